"""Figures add up, count the latest version only, and say what they are."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach_app.centre.desk.counting import RULE_VERSION, UNITS, CountRow, count
from outreach_app.centre.desk.ingestion import take_in
from outreach_app.centre.desk.opening import Desk
from outreach_app.wire.batch_records import LeafletCount
from tests.support.clock import FakeClock
from tests.support.desk import Sender, coded, enrol, note, record_id, referral, sender, tally
from tests.support.sync_people import LAPTOP, OTHER_LAPTOP


def leaflet(language: str, copies: int) -> LeafletCount:
    return LeafletCount(sheet="where_to_get_help", language=language, copies=copies)


def test_an_empty_register_counts_nothing(desk: Desk) -> None:
    counted = count(desk)
    assert (counted.rows, counted.leaflets) == ((), ())
    assert counted.totals.encounters == counted.totals.tallies == counted.totals.leaflets == 0
    assert counted.rule_version == RULE_VERSION


def test_every_figure_has_a_unit_and_the_day_it_was_counted(desk: Desk, clock: FakeClock) -> None:
    clock.advance(86_400 * 3)
    counted = count(desk)
    assert counted.as_of == date(2026, 3, 5)
    assert set(counted.units) == set(UNITS) == {
        "encounters", "contacts", "uses", "tallies", "persons_linked", "not_linkable", "leaflets",
    }


def test_months_settings_contacts_uses_and_tallies(desk: Desk, laptop: Sender) -> None:
    anna = record_id(77)
    batch = laptop.seal(
        coded(1, contact=anna), note(2, contact=anna), referral(3), coded(4, contact=anna, setting="bar"),
        coded(5, shift_date=date(2026, 4, 1)),
        tally(6, count=134), tally(7, count=3, setting="street"), tally(8, count=20, setting="mobile_health_unit"),
    )
    take_in(desk, batch.data)
    assert count(desk).rows == (
        CountRow("2026-03", "bar", 1, 1, 0, 0),
        CountRow("2026-03", "meeting_place", 0, 0, 134, 134),
        CountRow("2026-03", "mobile_health_unit", 0, 0, 20, 20),
        CountRow("2026-03", "street", 3, 2, 0, 3),
        CountRow("2026-04", "street", 1, 1, 0, 0),
    )
    totals = count(desk).totals
    assert (totals.encounters, totals.contacts, totals.uses, totals.tallies) == (5, 3, 154, 157)


def test_a_night_counts_on_the_evenings_month(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(note(1, shift_date=date(2026, 3, 31), met_at="2026-04-01T02:30:00+02:00")).data)
    assert [row.month for row in count(desk).rows] == ["2026-03"]


def test_an_amended_version_supersedes_also_when_it_arrives_first(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(coded(1, version=3, setting="bar", leaflets=[leaflet("th", 2)])).data)
    take_in(desk, laptop.seal(coded(1, version=2, setting="escort", leaflets=[leaflet("ro", 9)])).data)
    counted = count(desk)
    assert [(row.setting, row.encounters) for row in counted.rows] == [("bar", 1)]
    assert [(row.language, row.copies) for row in counted.leaflets] == [("th", 2)]
    take_in(desk, laptop.seal(coded(1, version=4, setting="online", leaflets=[])).data)
    assert [(row.setting, row.encounters) for row in count(desk).rows] == [("online", 1)]
    assert count(desk).totals.leaflets == 0


def test_a_consent_taken_back_to_coded_takes_its_linkage_code_out_of_the_figures(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(note(1, linkage_code="ab" * 32)).data)
    assert (count(desk).totals.persons_linked, count(desk).totals.not_linkable) == (1, 0)
    take_in(desk, laptop.seal(coded(1, version=2)).data)
    totals = count(desk).totals
    assert (totals.encounters, totals.contacts, totals.persons_linked, totals.not_linkable) == (1, 1, 0, 1)


def test_a_consent_taken_back_altogether_leaves_a_tally(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(coded(1)).data)
    take_in(desk, laptop.seal(tally(1, version=2, setting="street", count=1)).data)
    totals = count(desk).totals
    assert (totals.encounters, totals.contacts, totals.tallies) == (0, 0, 1)


def test_persons_are_told_apart_by_linkage_code_over_teams(desk: Desk, laptop: Sender) -> None:
    enrol(desk, OTHER_LAPTOP)
    take_in(desk, laptop.seal(note(1, linkage_code="ab" * 32), note(2, linkage_code="cd" * 32), coded(3)).data)
    take_in(desk, sender(desk, OTHER_LAPTOP).seal(note(4, linkage_code="ab" * 32), note(5)).data)
    totals = count(desk).totals
    assert (totals.encounters, totals.contacts, totals.persons_linked, totals.not_linkable) == (5, 5, 2, 2)


def test_one_note_with_a_code_makes_a_contact_linkable(desk: Desk, laptop: Sender) -> None:
    anna = record_id(77)
    take_in(desk, laptop.seal(coded(1, contact=anna), note(2, contact=anna, linkage_code="ab" * 32)).data)
    totals = count(desk).totals
    assert (totals.contacts, totals.persons_linked, totals.not_linkable) == (1, 1, 0)


def test_leaflets_by_month_sheet_and_language(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(
        coded(1, leaflets=[leaflet("ro", 2), leaflet("th", 1), leaflet("ro", 1)]),
        tally(2, leaflets=[leaflet("th", 10)]),
        tally(3, shift_date=date(2026, 4, 2), leaflets=[leaflet("ar", 4)]),
    ).data)  # fmt: skip
    assert [(row.month, row.language, row.copies) for row in count(desk).leaflets] == [
        ("2026-03", "ro", 3), ("2026-03", "th", 11), ("2026-04", "ar", 4),
    ]
    assert count(desk).totals.leaflets == 18


people = st.lists(
    st.tuples(st.sampled_from(("street", "bar", "prison")), st.integers(0, 70), st.integers(0, 4)), max_size=12
)


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=people)
def test_rows_always_add_up_to_the_totals(desk: Desk, people: list[tuple[str, int, int]]) -> None:
    before = count(desk).totals
    epoch = desk.vault.connection.execute("SELECT coalesce(max(epoch), 0) + 1 FROM batches").fetchone()[0]
    laptop = Sender(LAPTOP, desk.keys.current_sealing_key, epoch=epoch)
    records = [
        coded(epoch * 1000 + place, setting=setting, shift_date=date(2026, 1, 1) + timedelta(days), contact=record_id(who))
        for place, (setting, days, who) in enumerate(people)
    ]
    take_in(desk, laptop.seal(*records).data)
    counted = count(desk)
    assert counted.totals.encounters == before.encounters + len(people)
    assert sum(row.encounters for row in counted.rows) == counted.totals.encounters
    added = Counter((row.month, row.setting) for row in counted.rows)
    assert set(added.values()) <= {1}
