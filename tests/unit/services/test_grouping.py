"""Two contacts that are one person, notes of somebody else, and taking either back: nothing is lost on the way."""

from __future__ import annotations

from datetime import date

import pytest

from outreach_app.domain.contact import Identity, LinkageFacts
from outreach_app.domain.errors import ShortNameTakenError, TextTooLongError
from outreach_app.domain.pathway_case import PathwayFacts
from outreach_app.records.errors import NotFoundError
from outreach_app.services.errors import (
    AlreadyUndoneError,
    ContactMergedError,
    NoNotesChosenError,
    SameContactError,
)
from outreach_app.wire.batch_records import ErasureRecord
from tests.support.centre_box import CentreBox
from tests.support.keeping import at_the_centre, finish, holding
from tests.support.sending import send
from tests.support.sessions import Laptop, met

FACTS = LinkageFacts("An", "Ek", date(1999, 1, 2))


def contact(laptop: Laptop, name: str) -> str:
    return laptop.session.contacts.record_contact(name).id


def notes_of(laptop: Laptop, contact_id: str) -> list[str]:
    return [row.id for row in laptop.session.contacts.timeline(contact_id)]


def names(laptop: Laptop, text: str = "") -> list[str]:
    return [each.short_name for each in laptop.session.contacts.list_contacts(text)]


def test_a_merged_contact_is_hidden_and_found_by_its_names(laptop: Laptop) -> None:
    jacket, maria = contact(laptop, "Red jacket"), contact(laptop, "Maria P.")
    first, second = laptop.finish("one", contact_id=jacket), laptop.finish("two", contact_id=maria)
    laptop.session.names.add_alias(jacket, "phone", "+45 12 34 56 78")
    merged = laptop.session.grouping.merge_contacts(jacket, maria, "same tattoo")
    assert merged.contact_id == maria
    assert names(laptop) == ["Maria P."]
    assert notes_of(laptop, maria) == [second, first]
    (found,) = laptop.session.contacts.list_contacts("jacket")
    assert (found.id, found.found_by, found.encounters) == (maria, "Red jacket", 2)
    assert laptop.session.contacts.list_contacts("34 56")[0].found_by == "+45 12 34 56 78"
    assert laptop.session.contacts.find_contact_by_name("red JACKET").id == maria
    assert laptop.session.contacts.find_contact(jacket).merged_into == maria
    assert [row.id for row in laptop.session.search.search("Maria")] == [second, first]
    assert [row.id for row in laptop.session.search.search("jacket")] == [second, first]


def test_undoing_a_merge_puts_everything_back_and_keeps_the_history(laptop: Laptop) -> None:
    jacket, maria = contact(laptop, "Red jacket"), contact(laptop, "Maria P.")
    laptop.session.contacts.record_linkage(jacket, FACTS)
    laptop.session.contacts.record_identity(jacket, Identity("Ana Example", "asked for it"))
    laptop.session.names.add_alias(jacket, "called", "Rosa")
    first = laptop.finish("one", contact_id=jacket)
    before = laptop.db.execute("SELECT subject_id, contact_id FROM encounters WHERE id = ?", (first,)).fetchone()
    merged = laptop.session.grouping.merge_contacts(jacket, maria, "same tattoo")
    assert laptop.session.contacts.find_identity(maria) == Identity("Ana Example", "asked for it")
    assert laptop.session.contacts.find_identity(jacket) is None
    since = laptop.finish("two", contact_id=maria)
    laptop.session.grouping.undo_regrouping(merged.id)
    assert sorted(names(laptop)) == ["Maria P.", "Red jacket"]
    assert (notes_of(laptop, jacket), notes_of(laptop, maria)) == ([first], [since])
    assert laptop.db.execute("SELECT subject_id, contact_id FROM encounters WHERE id = ?", (first,)).fetchone() == before
    assert laptop.session.contacts.find_identity(jacket) == Identity("Ana Example", "asked for it")
    assert laptop.session.contacts.find_identity(maria) is None
    assert [each.name for each in laptop.session.names.list_aliases(jacket)] == ["Rosa"]
    assert laptop.db.execute("SELECT linkage IS NULL, id FROM contacts ORDER BY 1").fetchall() == [(0, jacket), (1, maria)]
    assert [row.id for row in laptop.session.search.search("jacket")] == [first]
    (row,) = laptop.session.grouping.list_regroupings(maria)
    assert (row.kind, row.from_name, row.into_name, row.reason, row.notes) == ("merge", "Red jacket", "Maria P.", "same tattoo", 1)
    assert (row.worker_name, row.undone_by, row.undone_at) == ("AM", "AM", laptop.clock.now())
    with pytest.raises(AlreadyUndoneError):
        laptop.session.grouping.undo_regrouping(merged.id)


@pytest.mark.parametrize("first_undone", [0, 1])
def test_a_chain_of_merges_comes_apart_in_either_order(laptop: Laptop, first_undone: int) -> None:
    one, two, three = (contact(laptop, name) for name in ("One", "Two", "Three"))
    kept = {each: laptop.finish(each, contact_id=each) for each in (one, two, three)}
    laptop.session.contacts.record_identity(one, Identity("Ana Example", "why"))
    laptop.session.names.add_alias(one, "called", "Rosa")
    merges = [laptop.session.grouping.merge_contacts(one, two).id, laptop.session.grouping.merge_contacts(two, three).id]
    assert names(laptop) == ["Three"]
    assert sorted(notes_of(laptop, three)) == sorted(kept.values())
    assert laptop.session.contacts.find_identity(three).name == "Ana Example"
    assert {laptop.session.contacts.find_contact(each).merged_into for each in (one, two)} == {three}
    laptop.session.grouping.undo_regrouping(merges[first_undone])
    if first_undone == 0:
        assert (notes_of(laptop, one), len(notes_of(laptop, three))) == ([kept[one]], 2)
        assert laptop.session.contacts.find_identity(one).name == "Ana Example"
    else:
        assert (len(notes_of(laptop, two)), notes_of(laptop, three)) == (2, [kept[three]])
        assert laptop.session.contacts.find_contact(one).merged_into == two
        assert laptop.session.contacts.find_identity(two).name == "Ana Example"
    laptop.session.grouping.undo_regrouping(merges[1 - first_undone])
    assert {each: notes_of(laptop, each) for each in kept} == {each: [note] for each, note in kept.items()}
    assert laptop.session.contacts.find_identity(one).name == "Ana Example"
    assert [each.name for each in laptop.session.names.list_aliases(one)] == ["Rosa"]
    assert laptop.db.execute("SELECT count(*) FROM contacts WHERE merged_into IS NOT NULL").fetchone() == (0,)
    assert laptop.session.check() == ()


def test_what_was_taken_away_or_written_anew_meanwhile_stays_so(laptop: Laptop) -> None:
    jacket, maria = contact(laptop, "Red jacket"), contact(laptop, "Maria P.")
    alias = laptop.session.names.add_alias(jacket, "called", "Rosa").alias
    laptop.session.plans.set_goals(jacket, "a school")
    merged = laptop.session.grouping.merge_contacts(jacket, maria)
    laptop.session.names.take_alias_away(alias.id)
    laptop.session.plans.set_goals(jacket, "a room")  # written with the one that is kept
    laptop.session.grouping.undo_regrouping(merged.id)
    assert laptop.session.names.list_aliases(jacket) == ()
    assert laptop.session.plans.find_plan(jacket).goals == "a room"
    assert laptop.session.plans.find_plan(maria).goals == ""


def test_of_two_plans_or_pathways_each_stays_with_its_contact(laptop: Laptop) -> None:
    jacket, maria = contact(laptop, "Red jacket"), contact(laptop, "Maria P.")
    for each, words in ((jacket, "hers"), (maria, "her own")):
        laptop.session.plans.set_goals(each, words)
        laptop.session.pathways.keep_facts(each, PathwayFacts(stay="eu"))
    note = laptop.finish("words", contact_id=maria)
    laptop.session.pathways.close_pathway(maria)
    merged = laptop.session.grouping.merge_contacts(jacket, maria)
    assert [(row.note_id, row.held_because) for row in laptop.session.keeping.list_held()] == [(note, "deadline_open")]
    assert laptop.session.plans.find_plan(maria).goals == "her own"
    assert [case.plan.goals for case in laptop.session.own_data.gather(maria).casework] == ["her own", "hers"]
    laptop.session.grouping.undo_regrouping(merged.id)
    assert laptop.session.plans.find_plan(jacket).goals == "hers"


def test_nobody_unknown_is_opened_or_given_a_name(laptop: Laptop) -> None:
    with pytest.raises(NotFoundError):
        laptop.session.timelines.open_contact("f" * 32)
    with pytest.raises(NotFoundError):
        laptop.session.contacts.record_identity("f" * 32, Identity("Ana Example", "why"))
    with pytest.raises(NotFoundError):
        laptop.session.contacts.forget_identity("f" * 32)


def test_what_cannot_be_merged(laptop: Laptop) -> None:
    one, two, three = (contact(laptop, name) for name in ("One", "Two", "Three"))
    grouping = laptop.session.grouping
    with pytest.raises(SameContactError):
        grouping.merge_contacts(one, one)
    with pytest.raises(TextTooLongError):
        grouping.merge_contacts(one, two, "x" * 401)
    for pair in ((one, "f" * 32), ("f" * 32, one)):
        with pytest.raises(NotFoundError):
            grouping.merge_contacts(*pair)
    grouping.merge_contacts(one, two)
    with pytest.raises(SameContactError):
        grouping.merge_contacts(two, one)  # they are one already
    with pytest.raises(ContactMergedError):
        grouping.merge_contacts(one, three)
    with pytest.raises(NotFoundError):
        grouping.undo_regrouping("f" * 32)
    with pytest.raises(ShortNameTakenError):
        contact(laptop, "one")


def test_merging_into_one_who_was_merged_reaches_the_one_kept(laptop: Laptop) -> None:
    one, two, three = (contact(laptop, name) for name in ("One", "Two", "Three"))
    laptop.session.grouping.merge_contacts(one, two)
    assert laptop.session.grouping.merge_contacts(three, one).contact_id == two
    assert laptop.session.contacts.find_contact(three).merged_into == two


def test_notes_of_somebody_else_are_split_off_and_put_back(laptop: Laptop) -> None:
    jacket = contact(laptop, "Red jacket")
    hers, others = laptop.finish("one", contact_id=jacket), laptop.finish("two", contact_id=jacket)
    split = laptop.session.grouping.split_contact(jacket, [others], "Other jacket", "two sisters")
    assert (notes_of(laptop, jacket), notes_of(laptop, split.contact_id)) == ([hers], [others])
    assert laptop.session.contacts.find_contact(split.contact_id).provisional
    assert [row.id for row in laptop.session.search.search("other jacket")] == [others]
    since = laptop.finish("three", contact_id=split.contact_id)
    back = laptop.session.grouping.undo_regrouping(split.id)
    assert back.contact_id == jacket
    assert notes_of(laptop, jacket) == [since, others, hers]
    assert names(laptop) == ["Red jacket"]
    assert [(row.kind, row.undone_at is None) for row in laptop.session.grouping.list_regroupings(jacket)] == [
        ("merge", True), ("split", False),
    ]  # fmt: skip
    laptop.session.grouping.undo_regrouping(back.id)
    assert notes_of(laptop, split.contact_id) == [since, others]


def test_a_split_that_was_merged_back_by_hand_is_only_marked(laptop: Laptop) -> None:
    jacket = contact(laptop, "Red jacket")
    split = laptop.session.grouping.split_contact(jacket, [laptop.finish("one", contact_id=jacket)], "Other")
    laptop.session.grouping.merge_contacts(split.contact_id, jacket)
    assert laptop.session.grouping.undo_regrouping(split.id).contact_id == jacket
    assert len(laptop.session.grouping.list_regroupings(jacket)) == 2


def test_a_split_needs_notes_of_this_contact_and_a_free_name(laptop: Laptop) -> None:
    jacket, maria = contact(laptop, "Red jacket"), contact(laptop, "Maria P.")
    hers, others = laptop.finish("one", contact_id=jacket), laptop.finish("two", contact_id=maria)
    for chosen in ([], [others], [hers, others]):
        with pytest.raises(NoNotesChosenError):
            laptop.session.grouping.split_contact(jacket, chosen, "Other")
    with pytest.raises(ShortNameTakenError):
        laptop.session.grouping.split_contact(jacket, [hers], "maria p.")
    assert notes_of(laptop, jacket) == [hers]
    assert sorted(names(laptop)) == ["Maria P.", "Red jacket"]


def test_amending_keeps_a_note_with_the_contact_it_was_put_with(laptop: Laptop) -> None:
    jacket, maria, other = (contact(laptop, name) for name in ("Red jacket", "Maria P.", "Blue hat"))
    note = laptop.finish("one", contact_id=jacket)
    draft = met("written before the merge", contact_id=jacket)
    merged = laptop.session.grouping.merge_contacts(jacket, maria)
    shown = laptop.session.encounters.find_encounter(note)
    assert (shown.contact.id, shown.current.content.contact_id, shown.current.contact_name) == (maria, maria, "Maria P.")
    laptop.session.encounters.amend_encounter(note, shown.current.content, "more")
    late = laptop.session.encounters.finish_encounter(draft).id
    assert notes_of(laptop, maria) == [late, note]
    laptop.session.grouping.undo_regrouping(merged.id)
    assert (notes_of(laptop, jacket), notes_of(laptop, maria)) == ([note], [late])
    assert laptop.session.encounters.find_encounter(note).current.content.contact_id == jacket
    laptop.session.encounters.amend_encounter(note, met("hers after all", contact_id=other), "mixed up")
    assert notes_of(laptop, other) == [note]


def test_undoing_leaves_a_note_alone_that_was_amended_to_be_about_somebody_else(laptop: Laptop) -> None:
    jacket, maria, other = (contact(laptop, name) for name in ("Red jacket", "Maria P.", "Blue hat"))
    note = laptop.finish("one", contact_id=jacket)
    merged = laptop.session.grouping.merge_contacts(jacket, maria)
    laptop.session.encounters.amend_encounter(note, met("x", contact_id=other), "mixed up")
    laptop.session.grouping.undo_regrouping(merged.id)
    assert (notes_of(laptop, jacket), notes_of(laptop, other)) == ([], [note])


# -- erasing one or the other -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", [0, 1])
def test_erasing_either_of_two_who_are_one_erases_the_person(laptop: Laptop, box: CentreBox, which: int) -> None:
    pair = (contact(laptop, "Kirsebaer one"), contact(laptop, "Kirsebaer two"))
    sent = finish(laptop, "Kirsebaer", contact_id=pair[0])
    at_the_centre(laptop, box)
    laptop.session.grouping.merge_contacts(*pair, "Kirsebaer")
    preview = laptop.session.erasing.preview_erase(pair[which])
    assert (preview.short_name, preview.notes) == ("Kirsebaer two", 1)
    laptop.session.erasing.erase_contact(pair[which], "asked")
    assert holding(laptop, "Kirsebaer") == []
    assert laptop.db.execute("SELECT count(*) FROM contacts").fetchone() == (0,)
    send(laptop.session, box)
    told = {record.contact: record.records for record in box.records() if isinstance(record, ErasureRecord)}
    assert told == {pair[1]: [sent], pair[0]: []}


@pytest.mark.parametrize("which", [0, 1])
def test_after_undoing_each_is_erased_alone(laptop: Laptop, which: int) -> None:
    pair = (contact(laptop, "One"), contact(laptop, "Two"))
    kept = {each: laptop.finish(each, contact_id=each) for each in pair}
    laptop.session.grouping.undo_regrouping(laptop.session.grouping.merge_contacts(*pair).id)
    laptop.session.erasing.erase_contact(pair[which], "asked")
    assert notes_of(laptop, pair[1 - which]) == [kept[pair[1 - which]]]
    assert laptop.session.grouping.list_regroupings(pair[1 - which]) == ()
    assert laptop.session.check() == ()


def test_erasing_the_one_a_note_was_split_from_keeps_the_others_versions(laptop: Laptop) -> None:
    jacket = contact(laptop, "Red jacket")
    note = laptop.finish("first", contact_id=jacket)
    laptop.session.encounters.amend_encounter(note, met("second", contact_id=jacket), "more")
    other = laptop.session.grouping.split_contact(jacket, [note], "Other").contact_id
    laptop.session.erasing.erase_contact(jacket, "asked")
    versions = laptop.session.encounters.find_encounter(note).versions
    assert [each.content.note for each in versions] == ["first", "second"]
    assert notes_of(laptop, other) == [note]


def test_erasing_the_one_split_off_takes_her_versions_from_a_note_that_went_on(laptop: Laptop) -> None:
    jacket, third = contact(laptop, "Red jacket"), contact(laptop, "Third")
    note = laptop.finish("Kirsebaer", contact_id=jacket)
    other = laptop.session.grouping.split_contact(jacket, [note], "Other").contact_id
    laptop.session.encounters.amend_encounter(note, met("about the third", contact_id=third), "mixed up")
    laptop.session.erasing.erase_contact(other, "asked")
    assert holding(laptop, "Kirsebaer") == []
    assert notes_of(laptop, third) == [note]
