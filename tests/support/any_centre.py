"""A real desk to which anything may happen: batches again and again, a new key, being put back from a backup."""

from __future__ import annotations

import random
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from outreach_app.centre.desk.collecting import list_gaps
from outreach_app.centre.desk.enrolment import enrol_device
from outreach_app.centre.desk.gaps import step_over
from outreach_app.centre.desk.ingestion import take_in
from outreach_app.centre.desk.key_rotation import GRACE, keep_up, mark_published, rotate_sealing_key
from outreach_app.centre.desk.keys import load_keys
from outreach_app.centre.desk.opening import MIGRATIONS, VAULT_FOLDER, Desk
from outreach_app.errors import KnownError
from outreach_app.sync.instants import write_instant
from outreach_app.sync.sealing import key_id
from outreach_app.vault import slot_file
from outreach_app.vault.opening import open_unlocked
from outreach_app.vault.slot_file import SlotFile
from outreach_app.vault.slots import Unlocked, unlock_slot
from outreach_app.wire.centre_keys import CentreKeysBody
from outreach_app.wire.strict import write_json
from tests.support.clock import FakeClock
from tests.support.desk import PASSPHRASE, make_desk
from tests.support.sessions import PreparedLaptop
from tests.support.sync_people import CENTRE


@dataclass
class PreparedCentre:
    """A desk and two enrolled laptops, made once; copies open without the slow key derivation."""

    folder: Path
    file: SlotFile
    unlocked: Unlocked
    laptops: tuple[PreparedLaptop, ...]

    @classmethod
    def made(cls, folder: Path) -> PreparedCentre:
        laptops = tuple(PreparedLaptop.made(folder / name) for name in ("one", "two"))
        with make_desk(folder / "centre") as desk:
            for place, laptop in enumerate(laptops):
                laptop._copies = 100 * place  # ids of their own
                with laptop.open(laptop.folder) as opened:
                    enrolling = opened.session.enrolling
                    enrolling.confirm(enrolling.accept(enrol_device(desk, enrolling.request().data).reply))
        file = slot_file.read_newest(folder / "centre" / VAULT_FOLDER)
        return cls(folder, file, unlock_slot(file.slots[0], PASSPHRASE), laptops)

    def desk(self, centre: Path, clock: FakeClock) -> Desk:
        vault = open_unlocked(
            centre / VAULT_FOLDER, self.file, self.unlocked, migrations=MIGRATIONS, lock=None, clock=clock
        )
        with vault.read() as connection:
            return Desk(vault, clock, load_keys(connection))


@dataclass
class Centre:
    """The desk, every batch that ever reached its mailbox, and every answer it ever gave."""

    prepared: PreparedCentre
    folder: Path
    clock: FakeClock
    desk: Desk
    mailbox: list[bytes] = field(default_factory=list)
    answers: dict[str, bytes] = field(default_factory=dict)
    ever_answered: dict[str, list[bytes]] = field(default_factory=dict)
    saved: Path | None = None
    published: list[bytes] = field(default_factory=list)

    def bring(self, data: bytes) -> None:
        self.mailbox.append(data)
        self.take(data)

    def take(self, data: bytes) -> None:
        take_in(self.desk, data)
        self.remember()

    def bring_all_again(self, order: random.Random) -> None:
        for data in order.sample(self.mailbox, len(self.mailbox)):
            self.take(data)

    def save(self) -> None:
        self.saved = self.folder.with_name("saved")
        shutil.rmtree(self.saved, ignore_errors=True)
        self.desk.close()
        shutil.copytree(self.folder, self.saved)
        self.desk = self.prepared.desk(self.folder, self.clock)

    def put_back(self) -> None:
        """Put the desk back as it was saved; what it answered since is not known to it any more."""
        if self.saved is None:
            return
        self.desk.close()
        shutil.rmtree(self.folder)
        shutil.copytree(self.saved, self.folder)
        self.desk = self.prepared.desk(self.folder, self.clock)
        kept = self.desk.vault.connection.execute("SELECT batch, document FROM receipts")
        self.answers = {sha512: bytes(document) for sha512, document in kept}

    def publish_key(self) -> None:
        public = rotate_sealing_key(self.desk)
        body = CentreKeysBody(
            number=len(self.published) + 1, issued_at=write_instant(self.clock.now()), sealing_key=public.to_text(),
            sealing_key_id=key_id(public), mailbox_key=CENTRE.mailbox.public.to_text(),
            desk_key=self.desk.keys.receipt.public.to_text(),
        )  # fmt: skip
        self.published.append(write_json(body))
        mark_published(self.desk, key_id(public))
        self.save()  # as the manual says: what is sealed for a key that is in no backup is lost with the desk

    def let_weeks_pass(self, order: random.Random) -> None:
        """Retire what is due; a desk that was put back has read its mailbox from the start by then."""
        self.bring_all_again(order)
        self.clock.advance(GRACE.total_seconds())
        keep_up(self.desk)
        self.save()

    def step_over(self) -> None:
        for gap in list_gaps(self.desk):
            for seq in range(gap.first_missing, gap.last_missing + 1):
                with suppress(KnownError):
                    step_over(self.desk, gap.device, gap.epoch, seq, "stick_lost")
        self.remember()

    def remember(self) -> None:
        """Note every answer there is now; no batch may have another than before, unless the desk was put back."""
        for sha512, document in self.desk.vault.connection.execute("SELECT batch, document FROM receipts").fetchall():
            found = bytes(document)
            assert self.answers.setdefault(sha512, found) == found, "one batch has two answers"
            given = self.ever_answered.setdefault(sha512, [])
            given += [] if found in given else [found]
