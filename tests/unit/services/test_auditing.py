"""Every verb of a worker leaves its entry in the audit, in the same change, and never a word of a note."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from outreach_app.domain.contact import Identity
from outreach_app.domain.tally import Tally
from outreach_app.errors import DiskFullError
from outreach_app.program import Program
from outreach_app.services.sending_road import seal_and_send
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.vault.open_vault import OpenVault
from tests.support.clock import FakeClock
from tests.support.ids import CountingIds
from tests.support.sessions import Laptop, PreparedLaptop, met
from tests.support.vaults import PASSPHRASE


def entries(laptop: Laptop, count: int) -> list[tuple[str, str, str]]:
    found = laptop.session.auditing.list_entries(limit=count)
    return [(entry.action, entry.subject, entry.detail) for entry in reversed(found)]


def test_notes_leave_finished_read_and_amended(laptop: Laptop) -> None:
    note = laptop.finish("Waits at the station")
    laptop.session.encounters.find_encounter(note)
    laptop.session.encounters.amend_encounter(note, met("Waited at the station"), "she had gone")
    assert entries(laptop, 3) == [("finished", note, ""), ("read", note, ""), ("amended", note, "")]
    assert laptop.session.auditing.verify().first_bad is None


def test_reading_again_soon_is_one_reading(laptop: Laptop) -> None:
    note = laptop.finish("x")
    before = laptop.session.auditing.verify().entries
    for _ in range(3):
        laptop.session.encounters.find_encounter(note)
    assert laptop.session.auditing.verify().entries == before + 1
    laptop.clock.advance(301)
    laptop.session.encounters.find_encounter(note)
    assert laptop.session.auditing.verify().entries == before + 2


def test_identity_leaves_its_own_entry_only_where_there_is_one(laptop: Laptop) -> None:
    contact = laptop.session.contacts.record_contact("Red jacket")
    assert laptop.session.contacts.find_identity(contact.id) is None
    assert entries(laptop, 1) == [("changed", contact.id, "contact")]
    laptop.session.contacts.record_identity(contact.id, Identity("Ana Example", "she asked for it"))
    laptop.session.contacts.find_identity(contact.id)
    assert entries(laptop, 2) == [("changed", contact.id, "identity"), ("identity_read", contact.id, "")]


def test_places_tallies_and_printing(laptop: Laptop) -> None:
    place = laptop.session.places.record_place("ST-1", "street")
    laptop.session.places.amend_place(dataclasses.replace(place, note="lamp out"))
    laptop.session.tallies.record_tally(Tally(met().shift_date, "street", "unknown", "women", 2, {"da": 1}, ()))
    laptop.session.printing.count_printed("rights", "zh-Hans", "a4", 2)
    actions = [(action, detail) for action, _, detail in entries(laptop, 4)]
    assert actions == [
        ("changed", "place"), ("changed", "place"), ("changed", "tally"), ("printed", "rights,zh-Hans,a4:2"),
    ]  # fmt: skip


def test_sealing_sending_and_receipts(laptop: Laptop, tmp_path: Path) -> None:
    laptop.finish("Waits at the station")
    stick = tmp_path / "stick"
    stick.mkdir()
    seal_and_send(lambda step: step(laptop.session.sending), StickFolder(stick), "stick")
    assert entries(laptop, 2) == [("sealed", "", "1.1:1"), ("sent", "", "1.1:stick")]


def test_a_full_disk_keeps_nobody_from_reading(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = laptop.finish("one"), laptop.finish("two")

    def full(*_: object) -> None:
        raise DiskFullError

    with monkeypatch.context() as patched:
        patched.setattr(OpenVault, "audit", full)
        assert laptop.session.encounters.find_encounter(first).current.content.note == "one"
    laptop.session.encounters.find_encounter(second)
    assert entries(laptop, 2) == [("read", first, ""), ("read", second, "")], "the entry owed comes first"


def test_unlocking_says_how_often_it_was_tried(prepared: PreparedLaptop, tmp_path: Path) -> None:
    with prepared.copy(tmp_path / "vault"):
        pass
    program = Program(tmp_path / "vault", clock=FakeClock(), ids=CountingIds(7))
    program.backoff.note_wrong()
    program.backoff.note_wrong()
    session = program.unlock(PASSPHRASE)
    newest, before = session.auditing.list_entries(limit=2)
    assert (before.action, before.detail, newest.action) == ("wrong_tries", "2", "unlocked")
    session.close()


def test_checking_follows_the_audit_and_is_noted(laptop: Laptop) -> None:
    assert laptop.session.check() == ()
    assert entries(laptop, 1) == [("checked", "", "whole")]
    laptop.db.execute("DELETE FROM audit WHERE seq = 1")
    [finding] = laptop.session.check()
    assert (finding.check, finding.detail) == ("audit", "entry 1")
    assert entries(laptop, 1) == [("checked", "", "damaged")]


def test_printing_while_locked_is_counted_at_the_next_unlocking(prepared: PreparedLaptop, tmp_path: Path) -> None:
    with prepared.copy(tmp_path / "vault") as laptop:
        before = laptop.session.printing.printed_by_language()
    program = Program(tmp_path / "vault", clock=FakeClock(), ids=CountingIds(7))
    assert program.count_printed_while_locked("rights", "ro", "a4", 3)
    assert program.count_printed_while_locked("rights", "not a code", "a4", 3)
    again = (tmp_path / "vault" / "counter.inbox").read_bytes()
    session = program.unlock(PASSPHRASE)
    assert session.printing.printed_by_language() == {**before, "ro": before.get("ro", 0) + 3}
    (tmp_path / "vault" / "counter.inbox").write_bytes(again)  # power failed before it was emptied
    session.printing.take_in_counted()
    assert session.printing.printed_by_language() == {**before, "ro": before.get("ro", 0) + 3}
    session.close()


def test_without_a_vault_nothing_is_counted(tmp_path: Path) -> None:
    assert not Program(tmp_path / "none").count_printed_while_locked("rights", "ro", "a4", 1)


def test_no_word_of_a_note_and_no_name_gets_in(laptop: Laptop) -> None:
    contact = laptop.session.contacts.record_contact("Red jacket")
    laptop.session.contacts.record_identity(contact.id, Identity("Ana Example", "reason"))
    laptop.finish("Waits at the station", contact_id=contact.id)
    told = json.dumps([dataclasses.asdict(entry) for entry in laptop.session.auditing.list_entries()], default=repr)
    assert not any(word in told for word in ("Red", "Ana", "station", "reason"))


def test_a_backup_is_due_made_and_noted(laptop: Laptop) -> None:
    assert laptop.session.backing_up.is_due()
    assert laptop.session.backing_up.last_good() is None
    seen: list[int] = []
    made = laptop.session.backing_up.backup_now(lambda done, _: seen.append(done), lambda: False)
    assert seen[-1] == 2 * made.bytes
    assert not laptop.session.backing_up.is_due()
    assert laptop.session.backing_up.last_good() == made
    assert laptop.session.backing_up.list_backups() == (made,)
    assert entries(laptop, 1) == [("backup_made", "", made.name)]
