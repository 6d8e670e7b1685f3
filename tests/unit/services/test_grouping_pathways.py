"""The pathways of two contacts that are one person: no deadline stops running, no letter is overruled."""

from __future__ import annotations

from datetime import date

import pytest

from outreach_app.domain.pathway_case import PathwayFacts
from outreach_app.domain.plan import ContactPerson
from tests.support.casework import Person, person
from tests.support.sessions import Laptop

DECIDED = date(2026, 3, 2)
LETTER, LATER = date(2026, 3, 25), date(2026, 3, 29)


@pytest.fixture
def pair(alone: Laptop) -> tuple[Person, Person]:
    """Return the contact that will be merged, for whom a period was given, and the one kept, with facts of her own."""
    gone, kept = person(alone, "Blue hat"), person(alone)
    gone.met()
    kept.met()
    alone.session.plans.set_contact_person(gone.id, ContactPerson("Bo Andersen", "Lighthouse", "+45 11 22 33 44"))
    alone.session.pathways.keep_facts(gone.id, PathwayFacts(stay="none"))
    alone.session.pathways.keep_facts(kept.id, PathwayFacts(stay="none"))
    alone.session.pathways.record_decision(gone.id, "dis", "period_given", DECIDED)
    return gone, kept


def near(laptop: Laptop) -> list[tuple[str, date]]:
    rows = laptop.session.pathways.dates_near(date(2026, 4, 30), 60)
    return [(row.contact_id, row.on_date) for row in rows if row.which == "first_period_ends"]


def test_a_running_period_is_told_of_though_the_kept_pathway_was_closed(alone: Laptop, pair: tuple[Person, Person]) -> None:
    (gone, kept), session = pair, alone.session
    session.pathways.close_pathway(kept.id)
    merged = session.grouping.merge_contacts(gone.id, kept.id)
    assert near(alone) == [(kept.id, date(2026, 4, 1))]
    assert session.pathways.find_pathway(kept.id).state == "open"
    assert {row.held_because for row in session.keeping.list_held()} == {"deadline_open"}
    session.grouping.undo_regrouping(merged.id)
    assert near(alone) == [(gone.id, date(2026, 4, 1))]
    states = [session.pathways.find_pathway(each.id).state for each in pair]
    assert states == ["open", "closed"]
    assert session.pathways.find_pathway(kept.id).dates == ()


def test_one_pathway_closed_for_both_holds_nothing_any_more(alone: Laptop, pair: tuple[Person, Person]) -> None:
    gone, kept = pair
    alone.session.grouping.merge_contacts(gone.id, kept.id)
    alone.session.pathways.close_pathway(kept.id)
    assert near(alone) == []
    assert "deadline_open" not in {row.held_because for row in alone.session.keeping.list_held()}


@pytest.mark.parametrize("written", ["decision", "letter"])
@pytest.mark.parametrize("begun", [True, False])
def test_what_was_decided_while_two_were_one_is_told_of_after_undoing(
    alone: Laptop, pair: tuple[Person, Person], written: str, begun: bool
) -> None:
    (gone, kept), verbs = pair, alone.session.pathways
    verbs.close_pathway(kept.id)
    if not begun:
        alone.db.execute("DELETE FROM pathways WHERE contact_id = ?", (kept.id,))
    merged = alone.session.grouping.merge_contacts(gone.id, kept.id)
    alone.clock.advance(60)
    if written == "decision":
        verbs.record_decision(kept.id, "cmm", "recognised", DECIDED)
    else:
        verbs.set_letter_date(kept.id, "first_period_ends", LETTER)
    alone.session.grouping.undo_regrouping(merged.id)
    here = [verbs.find_pathway(each.id) for each in pair]
    assert [(each.facts.stay, each.state) for each in here] == [("none", "open"), ("none" if begun else "unknown", "open")]


def test_a_pathway_somebody_went_on_with_is_not_closed_again(alone: Laptop, pair: tuple[Person, Person]) -> None:
    (gone, kept), verbs = pair, alone.session.pathways
    verbs.record_decision(kept.id, "cmm", "recognised", DECIDED)
    verbs.close_pathway(kept.id)
    merged = alone.session.grouping.merge_contacts(gone.id, kept.id)
    alone.clock.advance(60)
    verbs.keep_facts(kept.id, PathwayFacts(stay="eu"))
    alone.session.grouping.undo_regrouping(merged.id)
    assert verbs.find_pathway(kept.id).state == "open"  # somebody went on with it
    assert verbs.find_pathway(kept.id).facts.stay == "eu"


def test_a_letter_goes_with_the_decision(alone: Laptop, pair: tuple[Person, Person]) -> None:
    (gone, kept), session = pair, alone.session
    session.pathways.set_letter_date(gone.id, "first_period_ends", LETTER, "the letter")
    merged = session.grouping.merge_contacts(gone.id, kept.id)
    assert near(alone) == [(kept.id, LETTER)]
    session.grouping.undo_regrouping(merged.id)
    assert near(alone) == [(gone.id, LETTER)]
    assert session.pathways.find_pathway(kept.id).letters == {}


@pytest.mark.parametrize("days", [(LETTER, LATER), (LATER, LETTER)])
def test_of_two_letters_the_earlier_day_counts_and_each_goes_back(
    alone: Laptop, pair: tuple[Person, Person], days: tuple[date, date]
) -> None:
    (gone, kept), session = pair, alone.session
    for each, day in zip(pair, days, strict=True):
        session.pathways.set_letter_date(each.id, "first_period_ends", day, f"letter of {day}")
    merged = session.grouping.merge_contacts(gone.id, kept.id)
    assert near(alone) == [(kept.id, LETTER)]
    assert session.pathways.find_pathway(kept.id).letters["first_period_ends"].words == f"letter of {LETTER}"
    session.grouping.undo_regrouping(merged.id)
    letters = [session.pathways.find_pathway(each.id).letters["first_period_ends"] for each in (gone, kept)]
    assert [(each.on_date, each.words) for each in letters] == [(day, f"letter of {day}") for day in days]


def test_a_decision_is_counted_with_the_facts_it_was_made_on(alone: Laptop, pair: tuple[Person, Person]) -> None:
    (gone, kept), verbs = pair, alone.session.pathways
    verbs.keep_facts(kept.id, PathwayFacts(stay="unknown"))
    verbs.close_pathway(kept.id)
    merged = alone.session.grouping.merge_contacts(gone.id, kept.id)
    assert near(alone) == [(kept.id, date(2026, 4, 1))]
    found = verbs.find_pathway(kept.id)
    assert (found.facts.stay, found.state) == ("none", "open")
    alone.session.grouping.undo_regrouping(merged.id)
    here = [verbs.find_pathway(each.id) for each in pair]
    assert [(each.facts.stay, each.state) for each in here] == [("none", "open"), ("unknown", "closed")]


def test_where_both_are_decided_the_kept_facts_count(alone: Laptop, pair: tuple[Person, Person]) -> None:
    (gone, kept), verbs = pair, alone.session.pathways
    verbs.keep_facts(kept.id, PathwayFacts(stay="eu"))
    verbs.record_decision(kept.id, "cmm", "recognised", DECIDED)
    verbs.close_pathway(kept.id)
    merged = alone.session.grouping.merge_contacts(gone.id, kept.id)
    found = verbs.find_pathway(kept.id)
    assert (found.facts.stay, found.state, len(found.decisions)) == ("eu", "open", 2)
    alone.session.grouping.undo_regrouping(merged.id)
    here = [verbs.find_pathway(each.id) for each in pair]
    assert [(each.facts.stay, each.state, len(each.decisions)) for each in here] == [("none", "open", 1), ("eu", "closed", 1)]


def test_an_open_pathway_is_not_closed_by_one_that_was_decided(alone: Laptop, pair: tuple[Person, Person]) -> None:
    (gone, kept), verbs = pair, alone.session.pathways
    verbs.close_pathway(gone.id)
    merged = alone.session.grouping.merge_contacts(gone.id, kept.id)
    assert verbs.find_pathway(kept.id).state == "open"
    alone.session.grouping.undo_regrouping(merged.id)
    assert [verbs.find_pathway(each.id).state for each in pair] == ["closed", "open"]
