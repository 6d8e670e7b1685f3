"""Erasing somebody takes no words about others whose notes were split from hers."""

from __future__ import annotations

from tests.support.centre_box import CentreBox
from tests.support.keeping import at_the_centre, days_after_the_receipt, finish
from tests.support.sessions import Laptop, met

MARKER = "Kirsebaerblomst"
OTHER = "Bluetenstaub"


def hers(laptop: Laptop) -> str:
    return laptop.session.contacts.record_contact("Yellow coat").id


def test_the_first_words_about_somebody_split_off_twice_are_hers_alone(laptop: Laptop) -> None:
    session, first = laptop.session, laptop.session.contacts.record_contact("Red jacket").id
    note_id = finish(laptop, MARKER, contact_id=first)
    laptop.finish("another", contact_id=first)
    second = session.grouping.split_contact(first, [note_id], "Blue hat").contact_id
    third = session.grouping.split_contact(second, [note_id], "Green scarf").contact_id
    session.encounters.amend_encounter(note_id, met(OTHER, contact_id=third), "more")
    for each in (first, second):
        assert session.erasing.preview_erase(each).older_versions == 0
        session.erasing.erase_contact(each, "asked")
        assert [row.content.note for row in session.encounters.find_encounter(note_id).versions] == [MARKER, OTHER]


def test_words_of_a_merged_contact_split_off_since_stay_when_the_kept_one_is_erased(laptop: Laptop) -> None:
    session, blue = laptop.session, laptop.session.contacts.record_contact("Blue hat").id
    note_id = finish(laptop, MARKER, contact_id=blue)
    kept = hers(laptop)
    merged = session.grouping.merge_contacts(blue, kept)
    split = session.grouping.split_contact(kept, [note_id], "Green scarf").contact_id
    session.encounters.amend_encounter(note_id, met(OTHER, contact_id=split), "more")
    assert session.erasing.preview_erase(kept).older_versions == 0
    session.grouping.undo_regrouping(merged.id)
    assert session.erasing.preview_erase(blue).older_versions == 0


def test_words_written_before_a_mix_up_was_mended_are_hers_though_the_note_was_split_since(laptop: Laptop) -> None:
    session, contact_id = laptop.session, hers(laptop)
    other = session.contacts.record_contact("Blue hat").id
    note_id = finish(laptop, MARKER, contact_id=contact_id)
    session.encounters.amend_encounter(note_id, met(OTHER, contact_id=other), "mixed up")
    session.grouping.split_contact(other, [note_id], "Green scarf")
    assert session.erasing.preview_erase(contact_id).older_versions == 1


def test_words_about_somebody_split_off_stay_though_the_last_note_of_the_first_was_shed(
    laptop: Laptop, box: CentreBox
) -> None:
    session, first = laptop.session, hers(laptop)
    note_id = laptop.finish(MARKER, contact_id=first)
    finish(laptop, "another", contact_id=first)
    split = session.grouping.split_contact(first, [note_id], "Blue hat", f"{MARKER} said so").contact_id
    session.encounters.amend_encounter(note_id, met(OTHER, contact_id=split), "more")
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 20)
    assert session.keeping.shed().count == 1
    assert laptop.db.execute("SELECT reason FROM regroupings").fetchall() == [("",)]
    assert session.erasing.preview_erase(first).older_versions == 0
    session.erasing.erase_contact(first, "asked")
    assert [row.content.note for row in session.encounters.find_encounter(note_id).versions] == [MARKER, OTHER]
