"""Figures: people and uses are two things, merged contacts are one, and small groups do not leave the team."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from outreach_app.domain.encounter import FollowUp, LeafletGiven
from outreach_app.domain.figures import Figure
from outreach_app.domain.tally import Tally
from outreach_app.services.errors import FiguresNeedSupervisorError, PeriodNotUsableError, WeeksNotOverError
from outreach_app.services.figures import FiguresOfDays
from outreach_app.wire.strict import write_json
from tests.support.sessions import Laptop, PreparedLaptop, met

MONDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 8)
AT = datetime(2026, 3, 2, 21, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def prepared_supervisor(tmp_path_factory: pytest.TempPathFactory) -> PreparedLaptop:
    return PreparedLaptop.made(tmp_path_factory.mktemp("prepared") / "vault", role="supervisor")


@pytest.fixture
def laptop(prepared_supervisor: PreparedLaptop, tmp_path: Path) -> Iterator[Laptop]:
    with prepared_supervisor.copy(tmp_path / "vault") as opened:
        opened.clock.set_wall(datetime(2026, 3, 9, 8, 0, tzinfo=UTC))  # the week is over
        yield opened


def groups(figure: Figure) -> dict[str, int | None]:
    return {group.code: group.count for group in figure.groups if group.count != 0}


def counted(laptop: Laptop, name: Any, **options: Any) -> Figure:
    return laptop.session.figures.count(MONDAY, SUNDAY, **options).find(name)


def contact(laptop: Laptop, name: str) -> str:
    return laptop.session.contacts.record_contact(name).id


def test_an_empty_week_has_every_figure_and_says_that_it_is_empty(laptop: Laptop) -> None:
    figures = laptop.session.figures.count(MONDAY, SUNDAY)
    assert figures.empty
    assert figures.find("encounters").total == 0
    assert figures.find("stay_days").total is None
    assert [group.count for group in figures.find("encounters").groups] == [0] * 7
    assert figures.as_of == laptop.clock.local_now().date()
    assert laptop.session.figures.count(MONDAY, SUNDAY, outside=True).empty


def test_encounters_count_on_the_day_of_their_shift(laptop: Laptop) -> None:
    laptop.finish("late", met_at=datetime(2026, 3, 3, 2, 0, tzinfo=UTC))  # the night of Monday
    laptop.finish("next", met_at=datetime(2026, 3, 8, 23, 0, tzinfo=UTC), setting="bar")
    laptop.finish("too late", met_at=datetime(2026, 3, 9, 12, 0, tzinfo=UTC))
    figure = counted(laptop, "encounters")
    assert (figure.total, figure.unit, figure.kind) == (2, "encounters", "days")
    assert groups(figure) == {"2026-03-02": 1, "2026-03-08": 1}
    assert groups(counted(laptop, "encounters_by_setting")) == {"street": 1, "bar": 1}
    assert groups(counted(laptop, "encounters_by_region")) == {"unknown": 2}
    assert groups(counted(laptop, "encounters_named")) == {"unnamed": 2}


def test_a_longer_range_is_shown_by_weeks(laptop: Laptop) -> None:
    laptop.finish("one", met_at=AT)
    laptop.finish("two", met_at=AT + timedelta(days=7))
    figure = laptop.session.figures.count(date(2026, 2, 23), date(2026, 3, 22)).find("encounters")
    assert figure.kind == "weeks"
    assert [(group.code, group.count) for group in figure.groups] == [
        ("2026-W09", 0), ("2026-W10", 1), ("2026-W11", 1), ("2026-W12", 0),
    ]  # fmt: skip


def test_134_uses_by_20_people_are_134_uses_20_people_and_the_rest_uncoded(laptop: Laptop) -> None:
    known = [contact(laptop, f"Guest {number}") for number in range(20)]
    laptop.session.tallies.record_tally(Tally(MONDAY, "meeting_place", "hovedstaden", "women", 134))
    tally_id = laptop.session.tallies.list_tallies()[0].id
    with laptop.vault.transaction() as db:
        db.executemany(
            "INSERT INTO tally_people(tally_id, contact_id, uses) VALUES (?, ?, ?)",
            [(tally_id, contact_id, 3) for contact_id in known],
        )
    assert counted(laptop, "uses").total == 134
    assert groups(counted(laptop, "uses")) == {"coded": 60, "uncoded": 74}
    assert counted(laptop, "people_counted").total == 20
    assert counted(laptop, "people").total == 20
    assert counted(laptop, "encounters").total == 0
    assert groups(counted(laptop, "uses_by_setting")) == {"meeting_place": 134}
    assert groups(counted(laptop, "uses_by_region")) == {"hovedstaden": 134}


def test_a_person_is_counted_once_also_after_a_merge(laptop: Laptop) -> None:
    one, other = contact(laptop, "Red jacket"), contact(laptop, "Maria P.")
    for contact_id in (one, one, other):
        laptop.finish("x", met_at=AT, contact_id=contact_id)
    laptop.finish("nobody named", met_at=AT)
    assert counted(laptop, "people").total == 2
    with laptop.vault.transaction() as db:
        db.execute("UPDATE contacts SET merged_into = ? WHERE id = ?", (other, one))
    assert counted(laptop, "people").total == 1
    assert groups(counted(laptop, "encounters_named")) == {"named": 3, "unnamed": 1}


def test_signs_are_counted_by_fact_and_outcomes_by_note(laptop: Laptop) -> None:
    sign = next(iter(laptop.parts.catalogues["adult_sexual"].by_id()))
    fact = sign.partition(".")[2]
    twins = [each for catalogue in laptop.parts.catalogues.values() for each in catalogue.by_id() if each.partition(".")[2] == fact]
    note = laptop.finish("x", met_at=AT, answers={sign: "told"})
    with laptop.vault.transaction() as db:
        seq = db.execute("SELECT seq FROM encounters WHERE id = ?", (note,)).fetchone()[0]
        db.executemany("INSERT OR IGNORE INTO note_signs(seq, code) VALUES (?, ?)", [(seq, each) for each in {sign, *twins}])
    assert groups(counted(laptop, "signs")) == {fact: 1}
    assert sum(count or 0 for count in groups(counted(laptop, "outcomes")).values()) == 1


def test_given_and_printed_leaflets_are_kept_apart(laptop: Laptop) -> None:
    laptop.finish("x", met_at=AT, leaflets=(LeafletGiven("where_to_get_help", "ro", copies=2), LeafletGiven("rights", "th")))
    laptop.session.tallies.record_tally(Tally(MONDAY, "street", count=3, leaflets={"ro": 4}))
    with laptop.vault.transaction() as db:
        for number, at in enumerate(("2026-03-02T00:00:00", "2026-03-08T21:59:00", "2026-03-09T12:00:00")):
            db.execute(
                "INSERT INTO leaflets_printed(id, sheet, language, format, copies, printed_at) VALUES (?, 's', 'ro', 'a4', 10, ?)",
                (str(number), f"{at}.000000+00:00"),
            )
    assert groups(counted(laptop, "leaflets_given")) == {"ro": 6, "th": 1}
    assert counted(laptop, "leaflets_given").total == 7
    assert groups(counted(laptop, "leaflets_printed")) == {"ro": 20}


def test_follow_ups_that_were_due_are_kept_or_open(laptop: Laptop) -> None:
    for day in (2, 3, 9):
        laptop.finish("x", met_at=AT, follow_up=FollowUp(date(2026, 3, day), "call"))
    with laptop.vault.transaction() as db:
        db.execute("UPDATE follow_ups SET closed_at = ? WHERE due_on = '2026-03-02'", (laptop.parts.now_text(),))
    figure = counted(laptop, "follow_ups")
    assert figure.total == 2
    assert groups(figure) == {"kept": 1, "open": 1}


def test_a_follow_up_moved_by_an_amendment_counts_once(laptop: Laptop) -> None:
    note = laptop.finish("x", met_at=AT, follow_up=FollowUp(MONDAY, "call"))
    laptop.session.encounters.amend_encounter(note, met("x", met_at=AT, follow_up=FollowUp(SUNDAY, "call")), "moved")
    assert groups(counted(laptop, "follow_ups")) == {"open": 1}


def test_police_actions_and_shelter_stays(laptop: Laptop) -> None:
    her = contact(laptop, "Red jacket")
    with laptop.vault.transaction() as db:
        for number, (met_there, talked) in enumerate(((5, 3), (2, 0))):
            db.execute(
                "INSERT INTO police_actions(id, shift_date, district, region, met, talked_to, worker_id, recorded_at)"
                " VALUES (?, '2026-03-04', 'kbh', 'hovedstaden', ?, ?, ?, ?)",
                (str(number), met_there, talked, laptop.parts.worker.id, laptop.parts.now_text()),
            )
        for number, (entered, left) in enumerate((("2026-02-20", "2026-03-04"), ("2026-03-01", "2026-03-06"), ("2026-03-05", None))):
            db.execute(
                "INSERT INTO shelter_stays(id, contact_id, shelter, entered_on, left_on, worker_id, recorded_at)"
                " VALUES (?, ?, 'A', ?, ?, ?, ?)",
                (str(number), her, entered, left, laptop.parts.worker.id, laptop.parts.now_text()),
            )
    assert counted(laptop, "police_actions").total == 2
    assert groups(counted(laptop, "police_met")) == {"talked_to": 3, "not_talked_to": 4}
    assert counted(laptop, "stays_ended").total == 2
    assert counted(laptop, "stay_days").total == 8.5
    outside = laptop.session.figures.count(MONDAY, SUNDAY, outside=True)
    assert (outside.find("stays_ended").total, outside.find("stay_days").total) == (None, None)
    assert outside.find("stay_days").hidden
    assert not outside.empty


def test_small_groups_are_hidden_in_what_leaves_and_shown_in_the_team(laptop: Laptop) -> None:
    for setting, times in (("street", 4), ("bar", 1), ("escort", 3)):
        for _ in range(times):
            laptop.finish("x", met_at=AT, setting=setting)
    assert groups(counted(laptop, "encounters_by_setting")) == {"street": 4, "bar": 1, "escort": 3}
    hidden = counted(laptop, "encounters_by_setting", outside=True)
    assert groups(hidden) == {"street": 4, "bar": None, "escort": None}
    assert (hidden.total, hidden.hidden) == (8, True)
    assert counted(laptop, "people", outside=True).total == 0
    assert not counted(laptop, "encounters", outside=True).hidden  # all on one day


def test_a_figure_of_one_is_not_shown_at_all(laptop: Laptop) -> None:
    laptop.finish("x", met_at=AT, contact_id=contact(laptop, "Red jacket"))
    outside = laptop.session.figures.count(MONDAY, SUNDAY, outside=True)
    for name in ("encounters", "people", "encounters_by_setting"):
        figure = outside.find(name)  # type: ignore[arg-type]
        assert (figure.total, figure.groups, figure.hidden) == (None, (), True)


def test_where_only_noughts_would_be_left_only_the_total_is_shown(laptop: Laptop) -> None:
    for setting in ("street", "bar", "escort"):
        laptop.finish("x", met_at=AT, setting=setting)
    figure = counted(laptop, "encounters_by_setting", outside=True)
    assert (figure.total, figure.groups, figure.hidden) == (3, (), True)


def test_nothing_of_places_names_words_or_others_is_in_the_figures(laptop: Laptop) -> None:
    place = laptop.session.places.record_place("PLACEMARK", "street", "hovedstaden", note="NOTEMARK")
    for number in range(4):
        her = contact(laptop, f"NAMEMARK {number}")
        note = laptop.finish("WORDMARK", met_at=AT, place_id=place.id, contact_id=her)
        with laptop.vault.transaction() as db:
            db.execute(
                "INSERT INTO third_parties(id, encounter_id, role, offence, words, worker_id, recorded_at) VALUES (?, ?, 'ROLEMARK', 1, 'OTHERMARK', ?, ?)",
                (str(number), note, laptop.parts.worker.id, laptop.parts.now_text()),
            )
            db.execute(
                "INSERT INTO shelter_stays(id, contact_id, shelter, entered_on, left_on, worker_id, recorded_at)"
                " VALUES (?, ?, 'SHELTERMARK', '2026-03-01', '2026-03-03', ?, ?)",
                (str(number), her, laptop.parts.worker.id, laptop.parts.now_text()),
            )
            db.execute(
                "INSERT INTO police_actions(id, shift_date, district, region, met, talked_to, words, worker_id, recorded_at)"
                " VALUES (?, '2026-03-04', 'DISTRICTMARK', 'hovedstaden', 5, 3, 'POLICEMARK', ?, ?)",
                (str(number), laptop.parts.worker.id, laptop.parts.now_text()),
            )
    for outside in (False, True):
        said = str(write_json(laptop.session.figures.count(MONDAY, SUNDAY, outside=outside)))
        assert "MARK" not in said
        assert "hovedstaden" in said


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (SUNDAY, MONDAY),
        (MONDAY, MONDAY + timedelta(days=1098)),
        (date.min, date.min),
        (date.max, date.max),
    ],
)
def test_days_that_cannot_be_counted_are_refused(laptop: Laptop, first: date, last: date) -> None:
    with pytest.raises(PeriodNotUsableError):
        laptop.session.figures.count(first, last)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (MONDAY, MONDAY), (MONDAY + timedelta(days=1), SUNDAY), (MONDAY, SUNDAY - timedelta(days=1)),
        (MONDAY, SUNDAY + timedelta(days=1)), (MONDAY, SUNDAY + timedelta(days=7)),
    ],
)  # fmt: skip
def test_only_whole_weeks_that_are_over_leave_the_team(laptop: Laptop, first: date, last: date) -> None:
    """Two files that are a day apart would give away whoever was met on that day."""
    with pytest.raises(WeeksNotOverError):
        laptop.session.figures.count(first, last, outside=True)
    assert laptop.session.figures.count(first, last).empty
    assert laptop.session.figures.count(MONDAY - timedelta(days=14), SUNDAY, outside=True).empty


@pytest.mark.parametrize("day", [date(1970, 1, 1), date(9998, 12, 31)])
def test_the_first_and_the_last_day_can_be_counted(laptop: Laptop, day: date) -> None:
    assert laptop.session.figures.count(day, day).empty


def test_figures_are_for_supervisors_and_taking_them_out_is_written_down(laptop: Laptop) -> None:
    class NotSupervisor:
        may_manage = False

    with pytest.raises(FiguresNeedSupervisorError):
        FiguresOfDays(laptop.parts, NotSupervisor()).count(MONDAY, SUNDAY)  # type: ignore[arg-type]
    assert laptop.session.figures.may_see
    laptop.session.figures.note_export(outside=True)
    laptop.session.figures.note_export(outside=False)
    entries = laptop.session.auditing.list_entries(limit=2)
    assert [(entry.action, entry.detail) for entry in entries] == [
        ("exported", "figures:team"), ("exported", "figures:outside"),
    ]  # fmt: skip
