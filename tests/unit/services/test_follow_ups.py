"""To-dos: put off with a reason until a day, counted all the while, and back by themselves; done and undone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from outreach_app.domain.encounter import FollowUp
from outreach_app.domain.errors import SnoozeDayError, SnoozeNeedsReasonError
from outreach_app.records import follow_ups
from outreach_app.records.errors import NotFoundError
from outreach_app.services.follow_ups import MOST_DAYS
from tests.support.sessions import Laptop, met

TODAY = date(2026, 3, 2)


def due(laptop: Laptop) -> list[str]:
    return [row.what for row in laptop.session.follow_ups.list_due()]


def counts(laptop: Laptop) -> tuple[int, int]:
    overview = laptop.session.today.overview()
    return overview.due, overview.put_off


@pytest.fixture
def with_two(laptop: Laptop) -> Laptop:
    laptop.finish(follow_up=FollowUp(TODAY, "second"))
    laptop.finish(follow_up=FollowUp(TODAY - timedelta(days=4), "first"))
    return laptop


def test_put_off_is_counted_and_comes_back_by_itself(with_two: Laptop) -> None:
    verbs = with_two.session.follow_ups
    first = verbs.list_due()[0]
    assert verbs.snooze_follow_up(first.id, TODAY + timedelta(days=2), " she is away ").follow_ups
    assert (due(with_two), counts(with_two)) == (["second"], (1, 1))
    (row,) = verbs.list_put_off()
    assert (row.what, row.snoozed_until, row.snooze_reason, row.due_on) == (
        "first", TODAY + timedelta(days=2), "she is away", TODAY - timedelta(days=4),
    )  # fmt: skip
    with_two.clock.advance(86_400)
    assert counts(with_two) == (1, 1)
    with_two.clock.advance(86_400)
    assert (due(with_two), counts(with_two)) == (["first", "second"], (2, 0)), "its own date still says how late it is"


def test_it_can_be_brought_back_and_done_while_it_is_put_off(with_two: Laptop) -> None:
    verbs = with_two.session.follow_ups
    first = verbs.list_due()[0]
    verbs.snooze_follow_up(first.id, TODAY + timedelta(days=9), "away")
    verbs.wake_follow_up(first.id)
    assert due(with_two) == ["first", "second"]
    verbs.snooze_follow_up(first.id, TODAY + timedelta(days=9), "away")
    verbs.close_follow_up(first.id)
    assert counts(with_two) == (1, 0)
    with pytest.raises(NotFoundError):
        verbs.snooze_follow_up(first.id, TODAY + timedelta(days=9), "away")
    with pytest.raises(NotFoundError):
        verbs.wake_follow_up("f" * 32)


@pytest.mark.parametrize(
    ("days", "reason", "error"),
    [(0, "x", SnoozeDayError), (-1, "x", SnoozeDayError), (MOST_DAYS + 1, "x", SnoozeDayError), (1, " \n", SnoozeNeedsReasonError)],
)  # fmt: skip
def test_no_reason_and_no_day_ahead_put_nothing_off(
    with_two: Laptop, days: int, reason: str, error: type[Exception]
) -> None:
    first = with_two.session.follow_ups.list_due()[0]
    with pytest.raises(error):
        with_two.session.follow_ups.snooze_follow_up(first.id, TODAY + timedelta(days=days), reason)
    assert counts(with_two) == (2, 0)


def test_put_off_holds_its_note_like_before_and_the_audit_names_no_reason(with_two: Laptop) -> None:
    first = with_two.session.follow_ups.list_due()[0]
    with_two.session.follow_ups.snooze_follow_up(first.id, TODAY + timedelta(days=9), "her mother is ill")
    assert dict(with_two.session.keeping.overview().held) == {"follow_up_open": 2}
    told = with_two.db.execute("SELECT subject, detail FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    assert told == (first.id, "follow_up:snoozed")


def test_to_ask_again_alone_is_told_a_day_ahead(laptop: Laptop) -> None:
    note = laptop.finish()
    with laptop.vault.transaction() as db:
        follow_ups.add_follow_up(db, "a" * 32, note, FollowUp(TODAY + timedelta(days=1)), kind=follow_ups.ASK_ALONE)
        follow_ups.add_follow_up(db, "b" * 32, note, FollowUp(TODAY + timedelta(days=1), "ring"))
    (row,) = laptop.session.follow_ups.list_due()
    assert (row.kind, row.what) == ("ask_alone", "")
    assert follow_ups.list_due(laptop.db, date.max, 9)[-1].kind == ""


def test_a_to_do_opens_again_beside_one_of_another_kind(laptop: Laptop) -> None:
    note = laptop.finish(follow_up=FollowUp(TODAY, "ring"))
    with laptop.vault.transaction() as db:
        follow_ups.add_follow_up(db, "a" * 32, note, FollowUp(TODAY), kind=follow_ups.ASK_ALONE)
    own = next(row for row in laptop.session.follow_ups.list_due() if not row.kind)
    laptop.session.follow_ups.close_follow_up(own.id)
    laptop.session.follow_ups.reopen_follow_up(own.id)
    assert sorted(row.kind for row in laptop.session.follow_ups.list_due()) == ["", "ask_alone"]
    laptop.session.encounters.amend_encounter(note, met(follow_up=FollowUp(TODAY, "visit")), "moved")
    laptop.session.follow_ups.reopen_follow_up(own.id)
    assert [row.what for row in laptop.session.follow_ups.list_due() if not row.kind] == ["visit"]
