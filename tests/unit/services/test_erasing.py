"""Erasing one contact: everything of her goes from every file, the centre is told by random ids and confirms."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from outreach_app import i18n
from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.contact import Identity, LinkageFacts
from outreach_app.domain.encounter import FollowUp, HealthBlock
from outreach_app.domain.errors import UnknownCodeError
from outreach_app.records.errors import NotFoundError
from outreach_app.services.erasing import confirms_erasing
from outreach_app.services.errors import ConfirmationDiffersError
from outreach_app.sync.receipts import ReasonCode
from outreach_app.vault.errors import KeyFileNeededError, VaultMissingError, WrongPassphraseError
from outreach_app.vault.opening import open_vault
from outreach_app.wire.batch_records import ErasureRecord, StandingRecord, VoidRecord
from tests.support.centre_box import CentreBox
from tests.support.clock import FakeClock
from tests.support.keeping import at_the_centre, finish, holding
from tests.support.sending import fetch, renew_key, send
from tests.support.sessions import Laptop, PreparedLaptop, met
from tests.support.vaults import OTHER_PASSPHRASE, PASSPHRASE

MARKER = "Kirsebaerblomst"
OTHER = "Bluetenstaub"
SURE = "Erase  this LAPTOP"


def hers(laptop: Laptop) -> str:
    contact = laptop.session.contacts.record_contact(f"Red {MARKER}")
    laptop.session.contacts.record_identity(contact.id, Identity(f"Anna {MARKER}", f"because {MARKER}"))
    laptop.session.contacts.record_linkage(contact.id, LinkageFacts("An", "Ek", date(1999, 1, 2)))
    return contact.id


def told(box: CentreBox, kind: type) -> list[Any]:
    return [record for record in box.records() if isinstance(record, kind)]


def test_everything_of_her_goes_from_every_file_and_nothing_of_others(laptop: Laptop, box: CentreBox) -> None:
    contact_id = hers(laptop)
    finish(laptop, f"{MARKER} one", contact_id=contact_id, follow_up=FollowUp(date(2026, 3, 9), f"call {MARKER}"))
    amended = laptop.finish(f"{MARKER} two", contact_id=contact_id)
    laptop.session.encounters.amend_encounter(amended, met(f"{MARKER} three", contact_id=contact_id), f"not {MARKER}")
    stays = laptop.finish(OTHER)
    laptop.session.drafts.keep_draft("d" * 32, {"note_id": amended, "content": {"note": MARKER}}, page="encounter")
    laptop.session.drafts.keep_draft("e" * 32, {"content": {"note": MARKER, "contact_id": contact_id}}, page="encounter")
    laptop.session.backing_up.backup_now()
    assert len(holding(laptop, MARKER)) == 2
    laptop.session.erasing.erase_contact(contact_id, "asked")
    assert holding(laptop, MARKER) == []
    assert len(holding(laptop, OTHER)) == 2
    assert [row.id for row in laptop.session.encounters.list_encounters()] == [stays]
    assert (laptop.session.contacts.list_contacts(), laptop.session.drafts.list_drafts()) == ((), ())
    assert laptop.session.search.search(MARKER) == ()
    assert laptop.session.check() == ()
    assert not laptop.session.keeping.overview().unfinished


def test_where_nothing_had_left_nobody_is_told(laptop: Laptop, box: CentreBox) -> None:
    contact_id = hers(laptop)
    finish(laptop, contact_id=contact_id)
    erased = laptop.session.erasing.erase_contact(contact_id, "mistake")
    assert laptop.session.sending.outbox().total == 0
    (row,) = laptop.session.erasing.confirmations()
    assert (row.id, row.kind, row.reason, row.state, row.left) == (erased.id, "contact", "mistake", "nothing_left", ())


def test_what_had_left_is_listed_before_and_after_and_the_centre_confirms(laptop: Laptop, box: CentreBox) -> None:
    contact_id = hers(laptop)
    first = finish(laptop, level=ConsentLevel.REFERRAL, contact_id=contact_id)
    at_the_centre(laptop, box)
    second = laptop.finish("coded", contact_id=contact_id)
    at_the_centre(laptop, box)
    preview = laptop.session.erasing.preview_erase(contact_id)
    assert (preview.short_name, preview.notes, preview.has_identity, preview.has_linkage) == (f"Red {MARKER}", 2, True, True)
    expected = [(first, 1, 1, "referral", "cmm"), (second, 1, 2, "coded", "")]
    assert [(one.record_id, one.version, one.batch, one.kind, one.recipient) for one in preview.left] == expected
    erased = laptop.session.erasing.erase_contact(contact_id, "asked")
    assert erased.left == preview.left
    assert [one.left_at for one in erased.left] == [laptop.clock.now()] * 2
    (row,) = laptop.session.erasing.confirmations()
    assert (row.state, row.left) == ("waiting", preview.left)
    assert laptop.session.sending.outbox().notices == 1
    send(laptop.session, box)
    assert laptop.session.erasing.confirmations()[0].state == "sent"
    box.ingest()
    fetch(laptop.session, box)
    (row,) = laptop.session.erasing.confirmations()
    assert (row.state, row.left) == ("confirmed", preview.left)
    assert row.confirmed_at is not None
    assert laptop.session.sending.outbox().total == 0


def test_the_tombstone_holds_random_ids_and_nothing_else(laptop: Laptop, box: CentreBox) -> None:
    contact_id = hers(laptop)
    note_id = finish(laptop, MARKER, contact_id=contact_id)
    at_the_centre(laptop, box)
    erased = laptop.session.erasing.erase_contact(contact_id, "asked")
    send(laptop.session, box)
    (record,) = told(box, ErasureRecord)
    assert record == ErasureRecord(
        id=erased.id, version=1, worker=laptop.session.worker.id, contact=contact_id, records=[note_id]
    )


def test_an_erasure_the_centre_put_aside_is_not_called_confirmed(laptop: Laptop, box: CentreBox) -> None:
    contact_id = hers(laptop)
    finish(laptop, contact_id=contact_id)
    at_the_centre(laptop, box)
    erased = laptop.session.erasing.erase_contact(contact_id, "asked")
    send(laptop.session, box)
    box.ingest(put_aside={erased.id: ReasonCode.UNKNOWN_SCHEMA})
    fetch(laptop.session, box)
    assert laptop.session.erasing.confirmations()[0].state == "put_aside"


def test_an_erasure_in_a_refused_batch_goes_out_again(laptop: Laptop, box: CentreBox) -> None:
    contact_id = hers(laptop)
    finish(laptop, contact_id=contact_id)
    at_the_centre(laptop, box)
    laptop.session.erasing.erase_contact(contact_id, "asked")
    send(laptop.session, box)
    box.refuse(list(box.batches)[-1], "reseal")
    fetch(laptop.session, box)
    assert laptop.session.erasing.confirmations()[0].state == "waiting"
    renew_key(laptop, box)
    at_the_centre(laptop, box)
    assert laptop.session.erasing.confirmations()[0].state == "confirmed"
    assert len(told(box, ErasureRecord)) == 2


def test_a_sealed_batch_nobody_confirmed_is_given_up_and_the_rest_of_it_goes_out_again(laptop: Laptop, box: CentreBox) -> None:
    contact_id = hers(laptop)
    finish(laptop, MARKER, contact_id=contact_id)
    other = finish(laptop, OTHER)
    (row,) = laptop.session.sending.seal()
    laptop.session.erasing.erase_contact(contact_id, "asked")
    assert laptop.session.sending.list_batches()[0].state == "voided"
    assert laptop.session.sending.unconfirmed() == ()
    at_the_centre(laptop, box)
    assert [record.id for record in box.records() if not isinstance(record, VoidRecord | ErasureRecord)] == [other]
    (void,) = told(box, VoidRecord)
    assert (void.epoch, void.seq, void.sha512) == (row.epoch, row.seq, row.sha512)
    assert [one.seq for one in laptop.session.sending.list_batches()] == [2, 1]
    assert laptop.session.erasing.confirmations()[0].left == (), "it was never handed over"
    steps = [step.state for step in laptop.session.encounters.find_encounter(other).sending]
    assert steps == ["finished", "sealed", "voided", "sealed", "sent", "stored", "ingested"]


def test_a_batch_handed_over_by_stick_is_given_up_and_still_told_of(laptop: Laptop, box: CentreBox) -> None:
    contact_id = hers(laptop)
    finish(laptop, MARKER, contact_id=contact_id)
    box.gives_stored = False
    send(laptop.session, box, road="stick")
    erased = laptop.session.erasing.erase_contact(contact_id, "asked")
    assert [(one.batch, one.kind) for one in erased.left] == [(1, "note")]
    assert laptop.session.sending.list_batches()[0].state == "voided"
    before = box.calls.count("put")
    send(laptop.session, box, road="stick")
    assert box.calls.count("put") == before + 1, "her batch is not handed over a second time"


def test_a_batch_handed_over_in_the_moment_it_is_given_up_is_told_of(laptop: Laptop, box: CentreBox) -> None:
    contact_id = hers(laptop)
    finish(laptop, contact_id=contact_id)
    (row,) = laptop.session.sending.seal()
    laptop.session.erasing.erase_contact(contact_id, "asked")
    assert laptop.session.erasing.confirmations()[0].left == ()
    laptop.session.sending.mark_sent(row.sha512, "network")
    (told_of,) = laptop.session.erasing.confirmations()
    assert [(one.batch, one.kind, one.left_at) for one in told_of.left] == [(1, "note", laptop.clock.now())]
    assert laptop.session.sending.list_batches()[0].state == "voided"


def test_a_batch_the_mailbox_has_is_not_given_up(laptop: Laptop, box: CentreBox) -> None:
    contact_id = hers(laptop)
    finish(laptop, contact_id=contact_id)
    send(laptop.session, box)
    laptop.session.erasing.erase_contact(contact_id, "asked")
    assert laptop.session.sending.list_batches()[0].state == "stored"
    assert laptop.db.execute("SELECT data FROM batches").fetchall() == [(None,)], "its bytes are not kept here"
    at_the_centre(laptop, box)
    assert (told(box, VoidRecord), len(told(box, ErasureRecord))) == ([], 1)


def test_versions_about_her_go_from_a_note_that_is_now_about_somebody_else(laptop: Laptop, box: CentreBox) -> None:
    contact_id = hers(laptop)
    other = laptop.session.contacts.record_contact("Blue hat")
    note_id = finish(laptop, MARKER, contact_id=contact_id)
    at_the_centre(laptop, box)
    laptop.session.encounters.amend_encounter(note_id, met(OTHER, contact_id=other.id), "mixed up")
    preview = laptop.session.erasing.preview_erase(contact_id)
    assert (preview.notes, preview.older_versions, len(preview.left)) == (0, 1, 1)
    laptop.session.erasing.erase_contact(contact_id, "asked")
    note = laptop.session.encounters.find_encounter(note_id)
    assert [(row.version, row.content.note) for row in note.versions] == [(2, OTHER)]
    assert holding(laptop, MARKER) == []
    at_the_centre(laptop, box)
    (record,) = told(box, ErasureRecord)
    assert (record.contact, record.records) == (contact_id, [])


def test_other_notes_that_name_her_are_told_of(laptop: Laptop) -> None:
    contact = laptop.session.contacts.record_contact("Red jacket")
    laptop.finish("hers", contact_id=contact.id)
    naming = laptop.finish("came with the RED Jacket of Monday")
    for text in ("nothing of her", "a red and a blue jacket", "she wore red jackets", "jacket red"):
        laptop.finish(text)
    assert [row.id for row in laptop.session.erasing.preview_erase(contact.id).mentions] == [naming]


@pytest.mark.parametrize("verb", ["preview_erase", "erase_contact"])
def test_nobody_can_be_erased_who_is_not_there(laptop: Laptop, verb: str) -> None:
    more = ("asked",) if verb == "erase_contact" else ()
    with pytest.raises(NotFoundError):
        getattr(laptop.session.erasing, verb)("f" * 32, *more)


def test_the_reason_is_a_code_and_never_words_about_her(laptop: Laptop) -> None:
    contact_id = hers(laptop)
    with pytest.raises(UnknownCodeError):
        laptop.session.erasing.erase_contact(contact_id, f"because {MARKER}")
    assert laptop.session.contacts.find_contact(contact_id).short_name == f"Red {MARKER}"


def test_health_parts_of_hers_go_too_whoever_erases(prepared_health: PreparedLaptop, tmp_path: Path) -> None:
    with prepared_health.copy(tmp_path / "vault") as laptop:
        contact_id = hers(laptop)
        laptop.finish("n", contact_id=contact_id, health=HealthBlock(check=True, words="h"))
    with prepared_health.open(tmp_path / "vault", health_hidden=True) as laptop:
        laptop.session.erasing.erase_contact(contact_id, "asked")
        assert laptop.db.execute("SELECT count(*) FROM encounter_versions").fetchone() == (0,)


def test_every_batch_says_where_the_vault_stood(laptop: Laptop, box: CentreBox) -> None:
    for number in range(3):
        laptop.finish(str(number))
        send(laptop.session, box)
    stood = [record for record in box.everything() if isinstance(record, StandingRecord)]
    assert len(stood) == 3
    assert [one.epoch for one in stood] == [1, 1, 1]
    assert sorted({one.step for one in stood}) == [one.step for one in stood]
    assert [one.audit_entries for one in stood] == sorted({one.audit_entries for one in stood})
    assert len({one.head for one in stood} | {one.audit_head for one in stood}) == 6


@pytest.mark.parametrize(("passphrase", "typed", "error"), [
    ("wrong words altogether", SURE, WrongPassphraseError), (PASSPHRASE, "erase", ConfirmationDiffersError),
])
def test_the_laptop_is_erased_only_by_passphrase_and_words(laptop: Laptop, passphrase: str, typed: str, error: type) -> None:
    with pytest.raises(error):
        laptop.session.erasing.erase_laptop(passphrase, typed)
    laptop.finish("still here")
    assert laptop.session.keeping.overview().notes == 1


def test_an_erased_laptop_leaves_nothing_of_ours(laptop: Laptop) -> None:
    laptop.finish(MARKER)
    laptop.session.backing_up.backup_now()
    folder = laptop.vault.folder
    (folder / "letter.txt").write_text("not ours")
    laptop.session.erasing.erase_laptop(PASSPHRASE, SURE)
    assert [path.name for path in folder.rglob("*")] == ["letter.txt"]
    with pytest.raises(VaultMissingError):
        open_vault(folder, PASSPHRASE, migrations=folder, clock=FakeClock())


def test_a_worker_with_a_key_file_needs_it_to_erase_the_laptop(laptop: Laptop) -> None:
    laptop.session.workers.add_worker("Lene", "outreach", OTHER_PASSPHRASE)
    key_file = laptop.session.workers.new_key_file()
    laptop.session.workers.set_key_file(PASSPHRASE, key_file)
    with pytest.raises(KeyFileNeededError):
        laptop.session.erasing.erase_laptop(PASSPHRASE, SURE)
    laptop.session.erasing.erase_laptop(PASSPHRASE, SURE, key_file)
    assert list(laptop.vault.folder.iterdir()) == []


def test_the_words_may_be_typed_in_the_language_of_the_window() -> None:
    assert confirms_erasing(" Erase  this LAPTOP ")
    assert not confirms_erasing("slet denne bærbare")
    i18n.use_language("da")
    try:
        assert confirms_erasing("Slet denne bærbare")
        assert confirms_erasing("erase this laptop")
    finally:
        i18n.use_language("en")


def test_a_short_name_without_a_word_in_it_is_mentioned_nowhere(laptop: Laptop) -> None:
    contact = laptop.session.contacts.record_contact("?!")
    assert laptop.session.erasing.preview_erase(contact.id).mentions == ()
