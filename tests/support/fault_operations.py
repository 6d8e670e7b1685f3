"""What a worker does while faults strike: each operation acts through the real program, says when each change was
acknowledged, and can tell of any folder found afterwards whether all that was acknowledged is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

from outreach_app.errors import KnownError
from outreach_app.program import Program
from outreach_app.services.session import Session
from outreach_app.vault.errors import WrongPassphraseError
from outreach_app.vault.passphrase_change import change_passphrase
from tests.support.clock import FakeClock
from tests.support.fault_laptop import (
    AFTERWARDS,
    TEXTS,
    Ground,
    assert_kept,
    assert_whole,
    finished,
    program,
    text_of,
    texts_in,
    unlocked,
)
from tests.support.sessions import met
from tests.support.vaults import CHEAP_COST, OTHER_PASSPHRASE, PASSPHRASE

Acknowledge = Callable[[str], None]
AFTER_THE_FAULT = "Efter fejlen"


class Operation:
    """One kind of change. ``prepare`` makes the folder once; ``run`` acts in a copy; ``check`` looks at what is left."""

    name: ClassVar[str]
    enrolled: ClassVar[bool] = False
    real_derivation: ClassVar[bool] = False  # only for vaults that were not made here
    may_close: ClassVar[bool] = False  # a fault may leave the session locked; then the next opening must work

    def __init__(self, ground: Ground, folder: Path) -> None:
        self.ground = ground
        self.folder = folder
        self.changed: tuple[str, ...] = ()  # notes of the ground that the operation changes
        self.prepare()

    def prepare(self) -> None:
        self.ground.copy(self.folder)

    def run(self, folder: Path, acknowledge: Acknowledge, mended: Callable[[], None]) -> None:
        """Act; after a fault that is told, ``mended`` gives the space back and the same session must go on."""
        with unlocked(folder) as session:
            try:
                self.act(session, acknowledge)
            except KnownError:
                mended()
                self.go_on(session, acknowledge)
                raise

    def act(self, session: Session, acknowledge: Acknowledge) -> None:  # noqa: ARG002 - what an operation's own needs
        """Do what the faults strike and acknowledge what is durable; an operation with a ``run`` of its own has none."""
        raise AssertionError(f"{self.name} acts in a run of its own")

    def go_on(self, session: Session, acknowledge: Acknowledge) -> None:
        try:
            acknowledge("after " + finished(session, AFTER_THE_FAULT))
        except KnownError:
            if not self.may_close:
                raise AssertionError("the session did not go on after the fault") from None

    def reopen(self, folder: Path, _acknowledge: Acknowledge, _mended: Callable[[], None]) -> None:
        """What the worker does after a power cut; a second one may strike meanwhile."""
        with unlocked(folder, prefix=11):
            pass

    def check(self, folder: Path, acknowledged: list[str]) -> str:
        """Return what was found in a word; AssertionError or any error of the program is a fault of the program."""
        return self.look(folder, acknowledged, PASSPHRASE)

    def look(self, folder: Path, acknowledged: list[str], passphrase: str) -> str:
        """Open the folder, look at it, change something, open it again."""
        with unlocked(folder, passphrase, prefix=7) as session:
            kept = {note: text for note, text in self.ground.texts().items() if note not in self.changed}
            assert_whole(session, kept)
            found = self.found(session, acknowledged)
            for note_id in said(acknowledged, "after"):
                assert text_of(session, note_id) == AFTER_THE_FAULT, "what was written after the fault is lost"
            made = finished(session, AFTERWARDS)
        assert_kept(folder, made, passphrase)
        return found

    def found(self, session: Session, acknowledged: list[str]) -> str:  # noqa: ARG002 - for operations that need them
        """Look at what changed; without more to look at, a word."""
        return "whole"


def said(acknowledged: Iterable[str], verb: str) -> list[str]:
    """Return what was acknowledged with this verb."""
    return [line.partition(" ")[2] for line in acknowledged if line.partition(" ")[0] == verb]


def old_or_new(acknowledged: bool, is_new: bool, is_old: bool) -> str:
    """Assert that a change is there whole or not at all, and there if it was acknowledged."""
    assert is_new != is_old, "neither the old state nor the new one"
    assert is_new or not acknowledged, "an acknowledged change is lost"
    return "new" if is_new else "old"


class Finish(Operation):
    """Three notes are finished, one after the other; a short one and long ones."""

    name = "finish"
    texts = ("Kort", "Længere " * 300, "Meget lang " * 1200)

    def act(self, session: Session, acknowledge: Acknowledge) -> None:
        for text in self.texts:
            acknowledge(f"finished {finished(session, text)} {self.texts.index(text)}")

    def found(self, session: Session, acknowledged: list[str]) -> str:
        there = texts_in(session)
        for line in said(acknowledged, "finished"):
            note_id, _, number = line.partition(" ")
            assert there.get(note_id) == self.texts[int(number)], "an acknowledged note is lost"
        new = [there[each] for each in sorted(there.keys() - set(self.ground.notes)) if there[each] != AFTER_THE_FAULT]
        assert new == list(self.texts[: len(new)]), "a note is there in part"
        assert len(new) - len(said(acknowledged, "finished")) in {0, 1}
        return f"{len(new)} new"


class Draft(Operation):
    """A form is kept as it is typed, and finished."""

    name = "draft"

    def act(self, session: Session, acknowledge: Acknowledge) -> None:
        for number in range(1, 4):
            session.drafts.keep_draft("d" * 32, {"note": "ord " * number * 99}, page="encounter", cursor=number)
            acknowledge(f"draft {number}")
        session.encounters.finish_encounter(met("ord " * 297), draft_id="d" * 32)
        acknowledge("draft 4")

    def found(self, session: Session, acknowledged: list[str]) -> str:
        drafts = session.drafts.list_drafts()
        done = "ord " * 297 in texts_in(session).values()
        assert not (drafts and done), "finished, and a draft still"
        place = 4 if done else drafts[0].cursor if drafts else 0
        assert not drafts or drafts[0].fields["note"] == "ord " * place * 99
        assert place - len(said(acknowledged, "draft")) in {0, 1}, "what was typed is lost"
        return f"step {place}"


class Amend(Operation):
    """Two notes are amended."""

    name = "amend"

    def prepare(self) -> None:
        super().prepare()
        self.changed = self.ground.notes[:2]

    def act(self, session: Session, acknowledge: Acknowledge) -> None:
        for number, note_id in enumerate(self.changed):
            session.encounters.amend_encounter(note_id, met(f"Rettet {number} " * 400), "Hørt forkert")
            acknowledge(f"amended {number}")

    def found(self, session: Session, acknowledged: list[str]) -> str:
        found = [self._one(session, number, str(number) in said(acknowledged, "amended")) for number in (0, 1)]
        assert found != ["old", "new"], "a later change is there and an earlier one is not"
        return f"{found.count('new')} amended"

    def _one(self, session: Session, number: int, acknowledged: bool) -> str:
        versions = session.encounters.find_encounter(self.changed[number]).versions
        assert versions[0].content.note == TEXTS[number], "what stood before is not readable"
        new = len(versions) == 2 and versions[1].content.note == f"Rettet {number} " * 400
        return old_or_new(acknowledged, new, len(versions) == 1)


class Seal(Operation):
    """What waits is sealed, handed over, and its receipts are taken."""

    name = "seal"
    enrolled = True

    def act(self, session: Session, acknowledge: Acknowledge) -> None:
        assert self.ground.box is not None
        box = self.ground.box.fresh()
        for row in session.sending.seal():
            acknowledge(f"sealed {row.sha512}")
        for batch in session.sending.to_hand_over():
            data = session.sending.sealed_bytes(batch.sha512)
            assert data is not None
            stored = box.put_batch(data)
            assert stored is not None
            session.sending.mark_sent(batch.sha512, "network")
            acknowledge(f"sent {batch.sha512}")
            session.sending.take_receipt(batch.sha512, stored)
            acknowledge(f"receipt stored {batch.sha512}")
            box.ingest()
            session.sending.take_receipt(batch.sha512, box.fetch_receipts(batch.sha512)[-1])
            acknowledge(f"receipt ingested {batch.sha512}")

    def found(self, session: Session, acknowledged: list[str]) -> str:
        batches = session.sending.list_batches()
        assert set(said(acknowledged, "sealed")) <= {row.sha512 for row in batches}, "a sealed batch is lost"
        kept = {f"{kind} {sha512}" for sha512, kind, _ in session.sending.list_receipts()}
        assert set(said(acknowledged, "receipt")) <= kept, "a receipt is lost"
        sent = {row.sha512 for row in batches if row.sent_at is not None}
        assert set(said(acknowledged, "sent")) <= sent, "that it was sent is lost"
        after = list(texts_in(session).values()).count(AFTER_THE_FAULT)
        waits = session.sending.outbox().total - after
        assert waits == (0 if batches else len(TEXTS)), "a note would leave twice, or never"
        session.sending.seal()
        rows = session.sending.list_batches()
        assert sorted(row.seq for row in rows) == list(range(1, len(rows) + 1)), "the numbers of batches have a gap"
        return f"{len(batches)} sealed, {len(kept)} receipts"


class ChangePassphrase(Operation):
    """A worker gets a new passphrase: at any moment exactly one of the two opens."""

    name = "passphrase change"

    def act(self, session: Session, acknowledge: Acknowledge) -> None:
        change_passphrase(session._vault, PASSPHRASE, OTHER_PASSPHRASE, clock=FakeClock(), cost=CHEAP_COST)
        acknowledge("changed")

    def reopen(self, folder: Path, _acknowledge: Acknowledge, _mended: Callable[[], None]) -> None:
        assert opens(folder, OTHER_PASSPHRASE) or opens(folder, PASSPHRASE)

    def check(self, folder: Path, acknowledged: list[str]) -> str:
        working = [each for each in (PASSPHRASE, OTHER_PASSPHRASE) if opens(folder, each)]
        found = old_or_new("changed" in acknowledged, working == [OTHER_PASSPHRASE], working == [PASSPHRASE])
        self.look(folder, acknowledged, working[0])
        return found

class Create(Operation):
    """The first run makes the vault: afterwards there is one that opens, or none and it can be made."""

    name = "create"

    def prepare(self) -> None:
        self.folder.mkdir()

    def run(self, folder: Path, acknowledge: Acknowledge, mended: Callable[[], None]) -> None:
        try:
            program(folder, prefix=2).create_vault(PASSPHRASE, worker_name="AM").close()
            acknowledge("made")
        except KnownError:
            mended()
            if not Program(folder).vault_exists():
                program(folder, prefix=3).create_vault(PASSPHRASE, worker_name="AM").close()
            acknowledge("made")
            raise

    def reopen(self, folder: Path, acknowledge: Acknowledge, mended: Callable[[], None]) -> None:
        if Program(folder).vault_exists():
            super().reopen(folder, acknowledge, mended)
        else:
            program(folder, prefix=11).create_vault(PASSPHRASE, worker_name="AM").close()

    def check(self, folder: Path, acknowledged: list[str]) -> str:
        there = Program(folder).vault_exists()
        assert there or "made" not in acknowledged, "the vault is lost"
        if not there:
            program(folder, prefix=4).create_vault(PASSPHRASE, worker_name="AM").close()
        with unlocked(folder, prefix=7) as session:
            assert_whole(session, {})
            made = finished(session, AFTERWARDS)
        assert_kept(folder, made)
        return "made" if there else "none"


def opens(folder: Path, passphrase: str) -> bool:
    """Tell whether the passphrase opens the vault; any other answer than a wrong passphrase is raised."""
    try:
        with unlocked(folder, passphrase, prefix=6):
            return True
    except WrongPassphraseError:
        return False


MAIN_JOB: tuple[type[Operation], ...] = (Finish, Draft, Amend, Seal, ChangePassphrase, Create)
