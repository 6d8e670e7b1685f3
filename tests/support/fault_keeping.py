"""Operations by which things leave for good: shed, blank, erase a contact, erase the laptop."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import ClassVar

from outreach_app.domain.erasing import REASONS
from outreach_app.errors import KnownError
from outreach_app.services.erasing import ERASE_LAPTOP_WORDS
from outreach_app.services.session import Session
from outreach_app.vault import database
from tests.support.fault_engine import databases, later
from tests.support.fault_laptop import finished, program, text_of, texts_in, unlocked
from tests.support.fault_operations import Acknowledge, Operation, old_or_new, opens
from tests.support.vaults import OTHER_PASSPHRASE, PASSPHRASE


class Leaving(Operation):
    """Something leaves for good: all of it is there, or nothing; once acknowledged, no database file holds its words."""

    may_close = True  # the database is written anew, and a fault may come after its file was exchanged
    words: ClassVar[tuple[str, ...]] = ()  # as they stand in notes, and in the search index

    def prepare(self) -> None:
        super().prepare()
        with unlocked(self.folder, prefix=12) as session:
            self.write(session)
            session.backing_up.backup_now()
            self.key = session._vault.unlocked.keys.database_key()
        assert len(holding(self.folder, self.key, self.words)) == 2, "the words must be in the vault and in its backup"

    def write(self, session: Session) -> None:
        """Write what is to leave."""

    def run(self, folder: Path, acknowledge: Acknowledge, mended: Callable[[], None]) -> None:
        with unlocked(folder, clock=later(30)) as session:
            try:
                self.act(session, acknowledge)
            except KnownError:
                mended()
                self.go_on(session, acknowledge)
                raise

    def reopen(self, folder: Path, _acknowledge: Acknowledge, _mended: Callable[[], None]) -> None:
        with unlocked(folder, prefix=11, clock=later(31)) as session:
            session.keeping.finish_leaving()

    def check(self, folder: Path, acknowledged: list[str]) -> str:
        if "left" in acknowledged:
            self._assert_gone(folder)
        found = self.look(folder, acknowledged, PASSPHRASE)
        with unlocked(folder, prefix=5, clock=later(31)) as session:
            session.keeping.finish_leaving()
        if found == "new":
            self._assert_gone(folder)
        return found

    def _assert_gone(self, folder: Path) -> None:
        found = holding(folder, self.key, self.words)
        assert not found, f"still in {', '.join(path.name for path in found)}"


class Shed(Leaving):
    """Two notes that the centre has whole leave after thirty days."""

    name = "shed"
    enrolled = True
    words = ("Sommer på havnen", "Efterår", "sommer", "efterar")

    def write(self, session: Session) -> None:
        assert self.ground.box is not None
        box = self.ground.box.fresh()
        session.sending.seal()
        for batch in session.sending.to_hand_over():
            data = session.sending.sealed_bytes(batch.sha512)
            assert data is not None
            stored = box.put_batch(data)
            assert stored is not None
            session.sending.mark_sent(batch.sha512, "network")
            session.sending.take_receipt(batch.sha512, stored)
            box.ingest()
            session.sending.take_receipt(batch.sha512, box.fetch_receipts(batch.sha512)[-1])
        self.changed = self.ground.notes[::2]

    def act(self, session: Session, acknowledge: Acknowledge) -> None:
        assert session.keeping.shed().count == 2
        acknowledge("left")

    def found(self, session: Session, acknowledged: list[str]) -> str:
        there = [note for note in self.changed if note in texts_in(session)]
        return old_or_new("left" in acknowledged, not there, there == list(self.changed))


class Blank(Leaving):
    """Words of a note are blanked, in every version."""

    name = "blank"
    words = ("Grøn jakke", "jakke")

    def write(self, session: Session) -> None:
        self.note = finished(session, "Hun bar en Grøn jakke i dag")

    def act(self, session: Session, acknowledge: Acknowledge) -> None:
        session.erasing.blank(self.note, "Grøn jakke", "Kan genkendes")
        acknowledge("left")

    def found(self, session: Session, acknowledged: list[str]) -> str:
        text = text_of(session, self.note)
        assert text.startswith("Hun bar en ")
        assert text.endswith(" i dag")
        return old_or_new("left" in acknowledged, "jakke" not in text, "Grøn jakke" in text)


class EraseContact(Leaving):
    """A contact and her notes are erased."""

    name = "erase contact"
    words = ("Liljekonval", "liljekonval", "Rød hue")

    def write(self, session: Session) -> None:
        self.contact = session.contacts.record_contact("Rød hue").id
        self.hers = {finished(session, f"Liljekonval {number} " * 99, contact_id=self.contact) for number in range(3)}

    def act(self, session: Session, acknowledge: Acknowledge) -> None:
        session.erasing.erase_contact(self.contact, REASONS[0])
        acknowledge("left")

    def found(self, session: Session, acknowledged: list[str]) -> str:
        there = self.hers & texts_in(session).keys()
        known = any(contact.id == self.contact for contact in session.contacts.list_contacts())
        return old_or_new("left" in acknowledged, not there and not known, there == self.hers and known)


class EraseLaptop(Operation):
    """The whole laptop is erased: the vault is whole, or nothing opens it ever again and a new one can be made."""

    name = "erase laptop"

    def prepare(self) -> None:
        super().prepare()
        with unlocked(self.folder) as session:
            session.backing_up.backup_now()

    def run(self, folder: Path, acknowledge: Acknowledge, mended: Callable[[], None]) -> None:
        session = program(folder, prefix=2).unlock(PASSPHRASE)
        try:
            session.erasing.erase_laptop(PASSPHRASE, ERASE_LAPTOP_WORDS)
            acknowledge("erased")
        except KnownError:
            mended()
            raise
        finally:
            session.close()

    def check(self, folder: Path, acknowledged: list[str]) -> str:
        there = program(folder, prefix=4).vault_exists()
        assert not (there and "erased" in acknowledged), "what was erased is there again"
        if there:
            self.look(folder, acknowledged, PASSPHRASE)
            return "whole"
        assert not databases(folder), "a database is left"
        program(folder, prefix=4).create_vault(OTHER_PASSPHRASE, worker_name="AM").close()
        assert not opens(folder, PASSPHRASE)
        assert opens(folder, OTHER_PASSPHRASE)
        return "erased"


def holding(folder: Path, key: bytes, words: tuple[str, ...]) -> list[Path]:
    """Return the database files in which any of the words stands, in a row, an index or a page of their own."""
    return [file for file in databases(folder) if any(word.encode() in content_of(file, key) for word in words)]


def content_of(file: Path, key: bytes) -> bytes:
    """Return all that a database holds, row by row; blobs as they are."""
    found: list[bytes] = []
    with closing(database.connect(file, key)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
        for (table,) in tables.fetchall():
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                found += [each if isinstance(each, bytes) else str(each).encode() for each in row]
    return b"\0".join(found)


KEEPING: tuple[type[Operation], ...] = (Shed, Blank, EraseContact, EraseLaptop)
