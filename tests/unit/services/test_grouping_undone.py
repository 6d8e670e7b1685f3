"""A split taken back after the merge that had brought its notes: each note goes to the person it is about."""

from __future__ import annotations

import pytest

from outreach_app.domain.consent import ConsentLevel
from tests.support.casework import Person, person
from tests.support.centre_box import CentreBox
from tests.support.keeping import finish
from tests.support.sending import send
from tests.support.sessions import Laptop, met

Standing = dict[str, str]


@pytest.fixture
def pair(laptop: Laptop) -> tuple[Person, Person]:
    return person(laptop, "Blue hat"), person(laptop)


def where(laptop: Laptop) -> Standing:
    """Return by the words of each note the short name of whom it stands with."""
    return {row.first_words: row.contact_name for row in laptop.session.encounters.list_encounters()}


def test_a_note_goes_to_the_one_it_came_from(laptop: Laptop, pair: tuple[Person, Person]) -> None:
    (hat, jacket), grouping = pair, laptop.session.grouping
    hats = hat.met("hers")
    jacket.met("the other's")
    merged = grouping.merge_contacts(hat.id, jacket.id)
    split = grouping.split_contact(jacket.id, [hats], "Third")
    grouping.undo_regrouping(merged.id)
    assert grouping.undo_regrouping(split.id).contact_id == hat.id
    assert where(laptop) == {"hers": "Blue hat", "the other's": "Red jacket"}
    assert [each.short_name for each in laptop.session.contacts.list_contacts()] == ["Blue hat", "Red jacket"]


def test_notes_of_both_go_to_either_and_again_to_the_centre(laptop: Laptop, box: CentreBox, pair: tuple[Person, Person]) -> None:
    (hat, jacket), grouping = pair, laptop.session.grouping
    hats, jackets = finish(laptop, "hers", contact_id=hat.id), finish(laptop, "the other's", contact_id=jacket.id)
    merged = grouping.merge_contacts(hat.id, jacket.id)
    split = grouping.split_contact(jacket.id, [hats, jackets], "Third")
    send(laptop.session, box)
    grouping.undo_regrouping(merged.id)
    assert grouping.undo_regrouping(split.id).contact_id == jacket.id
    assert where(laptop) == {"hers": "Blue hat", "the other's": "Red jacket"}
    send(laptop.session, box)
    told = [(record.id, record.contact) for record in box.records() if record.id in {hats, jackets}]
    assert (hats, hat.id) in told
    assert [row.id for row in laptop.session.search.search("hat")] == [hats]


def test_notes_of_two_who_were_merged_go_to_each(laptop: Laptop, pair: tuple[Person, Person]) -> None:
    (hat, jacket), grouping = pair, laptop.session.grouping
    scarf = person(laptop, "Green scarf")
    notes = [hat.met("hat's"), scarf.met("scarf's")]
    merges = [grouping.merge_contacts(each.id, jacket.id) for each in (hat, scarf)]
    split = grouping.split_contact(jacket.id, notes, "Third")
    for merged in merges:
        grouping.undo_regrouping(merged.id)
    grouping.undo_regrouping(split.id)
    assert where(laptop) == {"hat's": "Blue hat", "scarf's": "Green scarf"}


def test_of_a_chain_the_merge_that_was_undone_says_whose_it_is(laptop: Laptop, pair: tuple[Person, Person]) -> None:
    (hat, jacket), grouping = pair, laptop.session.grouping
    scarf = person(laptop, "Green scarf")
    note = hat.met("hat's")
    grouping.merge_contacts(hat.id, jacket.id)
    merged = grouping.merge_contacts(jacket.id, scarf.id)
    split = grouping.split_contact(scarf.id, [note], "Third")
    grouping.undo_regrouping(merged.id)
    assert grouping.undo_regrouping(split.id).contact_id == jacket.id
    assert where(laptop) == {"hat's": "Red jacket"}


def test_a_merge_undone_before_the_split_says_nothing(laptop: Laptop, pair: tuple[Person, Person]) -> None:
    (hat, jacket), grouping = pair, laptop.session.grouping
    note = hat.met("hers")
    grouping.undo_regrouping(grouping.merge_contacts(hat.id, jacket.id).id)
    laptop.clock.advance(60)
    laptop.session.encounters.amend_encounter(note, met("hers", contact_id=jacket.id), "mixed up")
    split = grouping.split_contact(jacket.id, [note], "Third")
    assert grouping.undo_regrouping(split.id).contact_id == jacket.id
    assert where(laptop) == {"hers": "Red jacket"}


def test_a_note_that_is_home_already_or_with_somebody_else_stays(laptop: Laptop, pair: tuple[Person, Person]) -> None:
    (hat, jacket), grouping = pair, laptop.session.grouping
    notes = [hat.met("one"), hat.met("two")]
    scarf = person(laptop, "Green scarf")
    merged = grouping.merge_contacts(hat.id, jacket.id)
    split = grouping.split_contact(jacket.id, notes, "Third")
    grouping.undo_regrouping(merged.id)
    other = met("two", contact_id=scarf.id, consent=ConsentLevel.CODED)
    laptop.session.encounters.amend_encounter(notes[1], other, "mixed up")
    grouping.merge_contacts(split.contact_id, hat.id)
    assert grouping.undo_regrouping(split.id).contact_id == hat.id
    assert where(laptop) == {"one": "Blue hat", "two": "Green scarf"}
