"""What the centre hears of merges, splits and their undoing: ids alone, and nothing about whom it knows nothing of."""

from __future__ import annotations

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.contact import Identity
from outreach_app.wire.batch_records import BlankingRecord, MergeRecord, RecordVersion, SplitRecord, kind_of
from tests.support.centre_box import CentreBox
from tests.support.keeping import finish
from tests.support.sending import send
from tests.support.sessions import Laptop


def contact(laptop: Laptop, name: str) -> str:
    return laptop.session.contacts.record_contact(name).id


def told(box: CentreBox) -> list[str]:
    return [kind_of(record) for record in box.records() if record.id and kind_of(record) not in {"coded", "note", "referral"}]


def test_a_merge_names_two_ids_and_no_reason(laptop: Laptop, box: CentreBox) -> None:
    jacket, maria = contact(laptop, "Red jacket"), contact(laptop, "Maria P.")
    finish(laptop, "one", contact_id=jacket)
    send(laptop.session, box)
    done = laptop.session.grouping.merge_contacts(jacket, maria, "Kirsebaerblomst said so")
    send(laptop.session, box)
    (merge,) = (record for record in box.records() if isinstance(record, MergeRecord))
    assert (merge.id, merge.contact, merge.into) == (done.id, jacket, maria)
    assert not any(b"Kirsebaerblomst" in line or b"Red jacket" in line for line in box.lines())


def test_a_chain_is_told_where_only_its_first_link_was_known(laptop: Laptop, box: CentreBox) -> None:
    first, second, third = (contact(laptop, name) for name in ("One", "Two", "Three"))
    finish(laptop, "one", contact_id=first)
    send(laptop.session, box)
    laptop.session.grouping.merge_contacts(first, second)
    laptop.session.grouping.merge_contacts(second, third)
    send(laptop.session, box)
    assert [(each.contact, each.into) for each in box.records() if isinstance(each, MergeRecord)] == [
        (first, second), (second, third),
    ]  # fmt: skip


def test_what_is_in_no_batch_yet_is_dropped_when_it_is_taken_back_or_she_is_erased(laptop: Laptop, box: CentreBox) -> None:
    jacket, maria = contact(laptop, "Red jacket"), contact(laptop, "Maria P.")
    notes = [finish(laptop, "one", contact_id=jacket), finish(laptop, "two", contact_id=jacket)]
    send(laptop.session, box)
    merged = laptop.session.grouping.merge_contacts(jacket, maria)
    laptop.session.grouping.undo_regrouping(merged.id)
    split = laptop.session.grouping.split_contact(jacket, notes[1:], "Green scarf")
    laptop.session.grouping.undo_regrouping(split.id)
    assert laptop.session.sending.outbox().notices == 0
    laptop.session.grouping.merge_contacts(jacket, maria)
    laptop.session.erasing.erase_contact(maria, "asked")
    send(laptop.session, box)
    assert told(box) == ["erasure"] * 3


def test_a_split_says_up_to_which_version_and_lets_a_name_of_the_other_go(laptop: Laptop, box: CentreBox) -> None:
    jacket = contact(laptop, "Red jacket")
    laptop.session.contacts.record_identity(jacket, Identity("Anna Example", "why"))
    note = finish(laptop, "about another", ConsentLevel.REFERRAL, contact_id=jacket)
    finish(laptop, "hers", contact_id=jacket)
    send(laptop.session, box)
    done = laptop.session.grouping.split_contact(jacket, [note], "Green scarf")
    send(laptop.session, box)
    (split,) = (record for record in box.records() if isinstance(record, SplitRecord))
    assert (split.id, split.contact, split.made) == (done.id, jacket, done.contact_id)
    assert split.through == [RecordVersion(id=note, version=1)]
    (let_go,) = (record for record in box.records() if isinstance(record, BlankingRecord))
    assert (let_go.record, let_go.floor) == (note, 2)
    again = [record for record in box.records() if record.id == note]
    assert [(each.version, each.contact, each.identity_name) for each in again] == [
        (1, jacket, "Anna Example"), (2, done.contact_id, ""),
    ]  # fmt: skip


def test_what_was_sealed_before_whose_it_was_was_kept_counts_as_known(laptop: Laptop, box: CentreBox) -> None:
    jacket, maria = contact(laptop, "Red jacket"), contact(laptop, "Maria P.")
    finish(laptop, "one", contact_id=jacket)
    send(laptop.session, box)
    laptop.db.execute("UPDATE batch_records SET contact = NULL, digest = NULL")
    laptop.session.grouping.merge_contacts(maria, contact(laptop, "Nobody"))
    assert laptop.session.sending.outbox().notices == 0
    laptop.session.grouping.merge_contacts(jacket, maria)
    send(laptop.session, box)
    assert told(box) == ["merge"]
