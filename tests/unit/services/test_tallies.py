"""Uses are not people: known people among those counted, each once, and the uses nobody is written down for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from outreach_app.domain.errors import MoreUsesThanCountedError, NumberNotUsableError
from outreach_app.domain.tally import Tally, UseFigures
from outreach_app.records.errors import NotFoundError
from outreach_app.services.errors import CountWentOnError
from outreach_app.wire.batch_records import TallyRecord
from tests.support.centre_box import CentreBox
from tests.support.pdf_reading import bare, text_by_pdfium
from tests.support.sending import send
from tests.support.sessions import Laptop
from ui.models.codes import Words
from ui.models.own_data import OwnDataWriter

DAY = date(2026, 3, 2)
MEETING = Tally(DAY, "meeting_place", "hovedstaden", "women", 134)


def _people(laptop: Laptop, count: int) -> list[str]:
    return [laptop.session.contacts.record_contact(f"Person {number}").id for number in range(count)]


def test_134_uses_by_20_coded_people_are_134_uses_20_people_and_the_uncoded_shown(laptop: Laptop) -> None:
    known = dict.fromkeys(_people(laptop, 20), 5)
    counted = laptop.session.tallies.record_tally(MEETING, known)
    figures = laptop.session.tallies.day_figures(DAY, "meeting_place")
    assert (figures.uses, figures.people, figures.uncoded) == (134, 20, 34)
    assert figures == counted.day == UseFigures(134, 20, 100, {"women": 134})


def test_the_day_grows_in_several_counts_and_groups_and_each_person_stays_one(laptop: Laptop) -> None:
    verbs, (anna, bea) = laptop.session.tallies, _people(laptop, 2)
    verbs.record_tally(replace(MEETING, count=10), {anna: 2})
    verbs.record_tally(replace(MEETING, count=5), {anna: 1, bea: 1})
    verbs.record_tally(replace(MEETING, group="men", count=4))
    laptop.session.sending.seal()
    verbs.record_tally(replace(MEETING, count=3), {bea: 3})
    verbs.record_tally(replace(MEETING, setting="street", count=7))
    figures = verbs.day_figures(DAY, "meeting_place")
    assert (figures.uses, figures.people, figures.coded, figures.uncoded) == (22, 2, 7, 15)
    assert figures.by_group == {"women": 18, "men": 4}
    assert verbs.day_figures(DAY).uses == 29


def test_a_person_who_came_on_two_days_is_one_person_of_the_month(laptop: Laptop) -> None:
    verbs, (anna,) = laptop.session.tallies, _people(laptop, 1)
    for day in (DAY, date(2026, 3, 3)):
        verbs.record_tally(replace(MEETING, shift_date=day, count=2), {anna: 1})
    assert verbs.figures(DAY, date(2026, 3, 31)) == UseFigures(4, 1, 2, {"women": 4})
    assert verbs.figures(date(2026, 4, 1), date(2026, 4, 30)) == UseFigures(0, 0, 0, {})
    assert [(row.shift_date.day, row.setting, row.uses) for row in verbs.list_uses_of(anna)] == [(3, "meeting_place", 1), (2, "meeting_place", 1)]


def test_two_names_of_one_person_are_one_person_while_merged(laptop: Laptop) -> None:
    verbs, (anna, red) = laptop.session.tallies, _people(laptop, 2)
    verbs.record_tally(MEETING, {anna: 1, red: 2})
    with laptop.vault.transaction():
        laptop.db.execute("UPDATE contacts SET merged_into = ? WHERE id = ?", (anna, red))
    assert verbs.day_figures(DAY).people == 1
    assert [row.uses for row in verbs.list_uses_of(anna)] == [3]
    with laptop.vault.transaction():
        laptop.db.execute("UPDATE contacts SET merged_into = NULL")
    assert verbs.day_figures(DAY).people == 2


def test_an_erased_person_leaves_only_the_number(laptop: Laptop) -> None:
    verbs, (anna,) = laptop.session.tallies, _people(laptop, 1)
    verbs.record_tally(MEETING, {anna: 4})
    with laptop.vault.transaction():
        laptop.db.execute("DELETE FROM contacts WHERE id = ?", (anna,))
    assert verbs.day_figures(DAY) == UseFigures(134, 0, 0, {"women": 134})


@pytest.mark.parametrize(
    ("uses", "error"), [(135, MoreUsesThanCountedError), (0, NumberNotUsableError), (-1, NumberNotUsableError)]
)
def test_known_people_who_cannot_be_among_those_counted_are_refused(laptop: Laptop, uses: int, error: type[Exception]) -> None:
    (anna,) = _people(laptop, 1)
    with pytest.raises(error):
        laptop.session.tallies.record_tally(MEETING, {anna: uses})
    with pytest.raises(NotFoundError):
        laptop.session.tallies.record_tally(MEETING, {"e" * 32: 1})
    assert laptop.session.tallies.list_tallies() == ()


def test_known_people_never_leave_with_the_count(laptop: Laptop, box: CentreBox) -> None:
    (anna,) = _people(laptop, 1)
    laptop.session.tallies.record_tally(MEETING, {anna: 4})
    send(laptop.session, box)
    (record,) = box.records()
    assert isinstance(record, TallyRecord)
    assert record.count == 134
    assert not any(anna.encode() in line for line in box.lines())


def test_a_slip_is_taken_back_to_what_stood_before(laptop: Laptop) -> None:
    verbs, (anna,) = laptop.session.tallies, _people(laptop, 1)
    first = verbs.record_tally(replace(MEETING, count=13), {anna: 1})
    slip = verbs.record_tally(replace(MEETING, count=500), {anna: 3})
    with pytest.raises(CountWentOnError):
        verbs.take_back(first)
    assert verbs.take_back(slip).tallies
    assert verbs.day_figures(DAY) == UseFigures(13, 1, 1, {"women": 13})
    with pytest.raises(CountWentOnError):
        verbs.take_back(slip)
    assert verbs.take_back(first).sending
    assert verbs.list_tallies() == ()
    with pytest.raises(CountWentOnError):
        verbs.take_back(first)


def test_a_count_that_was_sealed_is_not_taken_back(laptop: Laptop) -> None:
    counted = laptop.session.tallies.record_tally(MEETING)
    laptop.session.sending.seal()
    with pytest.raises(CountWentOnError):
        laptop.session.tallies.take_back(counted)
    assert laptop.session.tallies.day_figures(DAY).uses == 134


def test_what_is_kept_about_a_person_names_the_days_on_which_she_was_counted(laptop: Laptop) -> None:
    (anna,) = _people(laptop, 1)
    laptop.session.tallies.record_tally(MEETING, {anna: 4})
    data = laptop.session.own_data.gather(anna)
    assert [(row.shift_date, row.uses) for row in data.uses] == [(DAY, 4)]
    now = laptop.clock.local_now()
    writer = OwnDataWriter(Words(laptop.parts.code_lists), laptop.parts.catalogues, now.date, now.tzinfo)
    said = bare(text_by_pdfium(writer.set_paper(data)))
    assert bare("Counted among others") in said
    assert bare("Meeting place · 4 times") in said
