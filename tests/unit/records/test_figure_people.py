"""Who stands behind a figure: one woman met three times is a group of one, and no file for outside shows her."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from outreach_app.domain.encounter import FollowUp, LeafletGiven
from outreach_app.domain.figures import Behind, Figures
from outreach_app.domain.tally import Tally
from outreach_app.records.figure_people import people_behind
from outreach_app.records.figures import Days
from tests.support.sessions import MET_AT, Laptop, PreparedLaptop

MONDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 8)
WEEK = Days(MONDAY, SUNDAY)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> PreparedLaptop:
    return PreparedLaptop.made(tmp_path_factory.mktemp("prepared") / "vault", role="supervisor")


@pytest.fixture
def laptop(prepared: PreparedLaptop, tmp_path: Path) -> Iterator[Laptop]:
    with prepared.copy(tmp_path / "vault") as opened:
        opened.clock.set_wall(datetime(2026, 3, 9, 8, 0, tzinfo=UTC))
        yield opened


def contact(laptop: Laptop, name: str) -> str:
    return laptop.session.contacts.record_contact(name).id


def outside(laptop: Laptop) -> Figures:
    return laptop.session.figures.count(MONDAY, SUNDAY, outside=True)


def shown(figures: Figures, name: Any) -> tuple[float | None, dict[str, int | None]]:
    figure = figures.find(name)
    return figure.total, {group.code: group.count for group in figure.groups if group.count != 0}


def a_sign(laptop: Laptop) -> str:
    return next(iter(laptop.parts.catalogues["adult_sexual"].by_id()))


def test_three_meetings_with_one_woman_are_a_group_of_one(laptop: Laptop) -> None:
    her = contact(laptop, "Red jacket")
    for _ in range(3):
        laptop.finish(
            "x", contact_id=her, region="syddanmark", leaflets=(LeafletGiven("rights", "vi", copies=4),),
            answers={a_sign(laptop): "told"}, follow_up=FollowUp(MONDAY, "call"),
        )  # fmt: skip
    figures = outside(laptop)
    for name in ("encounters", "encounters_by_region", "outcomes", "signs", "leaflets_given", "people", "follow_ups"):
        assert shown(figures, name) == (None, {}), name
    assert laptop.session.figures.count(MONDAY, SUNDAY).find("encounters").total == 3


def test_among_others_her_group_is_hidden_and_what_would_give_it_away(laptop: Laptop) -> None:
    her, sign = contact(laptop, "Red jacket"), a_sign(laptop)
    for _ in range(3):
        laptop.finish("x", contact_id=her, region="syddanmark", answers={sign: "told"})
    for region, times in (("hovedstaden", 5), ("midtjylland", 4)):
        for _ in range(times):
            laptop.finish("nobody named", region=region)
    figures = outside(laptop)
    assert shown(figures, "encounters_by_region") == (12, {"hovedstaden": 5, "midtjylland": None, "syddanmark": None})
    assert shown(figures, "encounters_named") == (12, {})
    assert shown(figures, "signs") == (None, {})


def test_merged_contacts_are_one_person_and_weeks_are_counted_apart(laptop: Laptop) -> None:
    one, other = contact(laptop, "Red jacket"), contact(laptop, "Maria P.")
    laptop.finish("x", contact_id=one)
    laptop.finish("y", contact_id=other, met_at=MET_AT - timedelta(days=7))
    laptop.finish("z", met_at=MET_AT + timedelta(days=1))
    laptop.session.grouping.merge_contacts(one, other)
    assert people_behind(laptop.db, WEEK)["encounters"] == Behind(2, {"2026-03-02": 1, "2026-03-03": 1})
    longer = people_behind(laptop.db, Days(MONDAY - timedelta(days=14), SUNDAY))["encounters"]
    assert longer == Behind(2, {"2026-W09": 1, "2026-W10": 2})


def test_uses_of_known_people_are_those_people_and_others_count_one_each(laptop: Laptop) -> None:
    her = contact(laptop, "Red jacket")
    tally = Tally(MONDAY, "meeting_place", "hovedstaden", "women", 9, {"vi": 12, "ro": 2})
    laptop.session.tallies.record_tally(tally)
    laptop.session.tallies.record_tally(Tally(MONDAY, "street", "hovedstaden", "women", 2))
    tally_id = next(row.id for row in laptop.session.tallies.list_tallies() if row.tally.setting == "meeting_place")
    with laptop.vault.transaction() as db:
        db.execute("INSERT INTO tally_people(tally_id, contact_id, uses) VALUES (?, ?, 9)", (tally_id, her))
    behind = people_behind(laptop.db, WEEK)
    assert behind["uses"] == Behind(3, {"coded": 1, "uncoded": 2})
    assert behind["uses_by_setting"].groups == {"meeting_place": 1, "street": 2}
    assert behind["uses_by_region"].groups == {"hovedstaden": 3}
    assert behind["leaflets_given"] == Behind(1, {"vi": 1, "ro": 1})
    figures = outside(laptop)
    assert shown(figures, "uses_by_setting") == (11, {})
    assert shown(figures, "leaflets_given") == (None, {})


def test_stays_of_one_woman_and_their_average_are_not_shown(laptop: Laptop) -> None:
    her = contact(laptop, "Red jacket")
    with laptop.vault.transaction() as db:
        for number in range(3):
            db.execute(
                "INSERT INTO shelter_stays(id, contact_id, shelter, entered_on, left_on, worker_id, recorded_at)"
                " VALUES (?, ?, 'A', '2026-03-01', '2026-03-04', ?, ?)",
                (str(number), her, laptop.parts.worker.id, laptop.parts.now_text()),
            )
    figures = outside(laptop)
    assert shown(figures, "stays_ended") == shown(figures, "stay_days") == (None, {})
    assert figures.find("stay_days").hidden
