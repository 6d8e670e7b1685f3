"""Erasing, shedding and blanking reach every table that hangs on a person: a marker in each text, and none is left."""

from __future__ import annotations

from outreach_app.records import contacts
from outreach_app.records.casework import BESIDE, TABLES
from tests.support.centre_box import CentreBox
from tests.support.keeping import at_the_centre, days_after_the_receipt, finish, holding
from tests.support.sessions import Laptop
from tests.support.whole_person import (
    GUARDED,
    NOT_TYPED,
    still_there,
    tables_about_people,
    text_columns,
    whole_person,
)

MARKER = "Kirsebaerblomst"
OWN = {"contacts", "encounters", "encounter_versions", "identities"}


def test_every_text_of_every_table_about_people_is_known_to_blanking(laptop: Laptop) -> None:
    typed = {
        f"{table}.{column}" for table in tables_about_people(laptop.db) if table not in OWN
        for column in text_columns(laptop.db, table)
    }  # fmt: skip
    blanked = {f"{table.name}.{column}" for table in (*TABLES, *BESIDE) for column in (*table.words, *table.trees)}
    assert typed - NOT_TYPED == blanked


def test_every_table_that_names_a_contact_moves_with_her(laptop: Laptop) -> None:
    db = laptop.db
    naming = {
        table for table in tables_about_people(db)
        if any(row[2] == "contacts" and row[3] == "contact_id" for row in db.execute(f"PRAGMA foreign_key_list({table})"))
    }  # fmt: skip
    assert naming - {"encounters", "tally_people"} == {table.name for table in TABLES}


def test_nothing_of_an_erased_contact_survives(laptop: Laptop, box: CentreBox) -> None:
    contact_id, _ = whole_person(laptop, MARKER)
    filled = {each.split(".")[0] for each in still_there(laptop.db, MARKER)}
    assert {table.name for table in (*TABLES, *BESIDE) if table.words or table.trees} - filled == {"kept_notes"}
    laptop.session.backing_up.backup_now()
    laptop.session.erasing.erase_contact(contact_id, "asked")
    assert still_there(laptop.db, MARKER) == set()
    assert holding(laptop, MARKER) == []
    assert laptop.session.search.search(MARKER) == ()
    assert laptop.db.execute("SELECT count FROM tallies").fetchall() == [(9,)], "counters stay"
    assert laptop.db.execute("SELECT count(*) FROM tally_people").fetchone() == (0,)
    assert laptop.session.check() == ()


def test_of_a_contact_whose_last_note_was_shed_only_the_short_name_and_the_day_stay(laptop: Laptop, box: CentreBox) -> None:
    contact_id, _ = whole_person(laptop, MARKER)
    merged = laptop.session.contacts.record_contact(f"{MARKER} merged").id
    laptop.session.grouping.merge_contacts(merged, contact_id)
    with laptop.vault.transaction() as db:
        for table in ("third_parties", "interview_bases", "plans"):  # these would hold her note, or keep her whole
            db.execute(f"DELETE FROM {table}")
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 15)
    assert laptop.session.keeping.shed().count == 1
    agreed = {"consents.partner", "consents.withdrawn_words"}
    assert still_there(laptop.db, MARKER) <= agreed | {"kept_searches.filters"}, "she may still take a consent back"
    assert contacts.find_contact(laptop.db, merged) is None
    assert laptop.session.contacts.find_contact(contact_id).short_name == "Red jacket"
    assert laptop.db.execute("SELECT count(*) FROM plan_steps").fetchone() == (0,)
    assert laptop.session.check() == ()


def test_a_blanked_name_is_gone_from_all_that_was_typed_about_her(laptop: Laptop, box: CentreBox) -> None:
    contact_id, note_id = whole_person(laptop, MARKER)
    laptop.session.keeping.keep_with_reason(note_id, f"until {MARKER} came")
    other = laptop.finish("another note of hers", contact_id=contact_id)
    assert other in {row.id for row in laptop.session.search.search(MARKER)}, "found by her further name"
    laptop.session.backing_up.backup_now()
    preview = laptop.session.erasing.preview_blank(note_id, MARKER)
    found = still_there(laptop.db, MARKER)
    laptop.session.erasing.blank(note_id, MARKER, "a true name")
    assert still_there(laptop.db, MARKER) == GUARDED
    follow = {"encounters.first_words", "kept_searches.filters"}
    assert preview.places == len(found - GUARDED - follow)
    assert laptop.session.search.search(MARKER) == ()
    laptop.session.contacts.forget_identity(contact_id)
    laptop.session.keeping.finish_leaving()
    assert holding(laptop, MARKER) == []
    (topics,) = laptop.db.execute("SELECT topics FROM interview_bases").fetchone()
    assert '"begin"' in topics
    assert laptop.session.check() == ()


def test_words_in_a_short_name_are_told_of_since_it_is_changed_by_itself(laptop: Laptop) -> None:
    contact_id, note_id = whole_person(laptop, MARKER, short_name=f"{MARKER} in red")
    laptop.session.names.add_alias(contact_id, "called", "Rosa")
    assert laptop.session.erasing.preview_blank(note_id, MARKER).in_short_name
    laptop.session.erasing.blank(note_id, MARKER, "a true name")
    laptop.session.names.rename_contact(contact_id, "Red jacket", provisional=True, for_good=True)
    laptop.session.contacts.forget_identity(contact_id)
    laptop.session.erasing.erase_contact(laptop.session.contacts.list_contacts(MARKER)[0].id, "mistake")
    assert holding(laptop, MARKER) == []
    other = laptop.finish(f"{MARKER} was here")
    assert not laptop.session.erasing.preview_blank(other, MARKER).in_short_name


def test_a_batch_that_holds_a_blanked_name_and_waits_is_given_up(laptop: Laptop, box: CentreBox) -> None:
    contact_id = laptop.session.contacts.record_contact("Red jacket").id
    note_id = finish(laptop, f"{MARKER} said", contact_id=contact_id)
    laptop.session.sending.seal()
    laptop.session.erasing.blank(note_id, MARKER, "a true name")
    assert laptop.session.sending.list_batches()[0].state == "voided"
    assert laptop.db.execute("SELECT data FROM batches").fetchall() == [(None,)]
    at_the_centre(laptop, box)
    assert MARKER not in repr(box.everything())
    assert holding(laptop, MARKER) == []
