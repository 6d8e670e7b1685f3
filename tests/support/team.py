"""A laptop, the real desk it is enrolled with, and a messenger who carries batches and receipts by hand."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from outreach_app.centre.desk.answering import find_receipt
from outreach_app.centre.desk.counting import Totals, count
from outreach_app.centre.desk.enrolment import enrol_device
from outreach_app.centre.desk.ingestion import take_in
from outreach_app.centre.desk.opening import Desk
from tests.support.decrypted import files_with
from tests.support.sessions import Laptop


@dataclass
class Team:
    """Everything that was brought to the desk is remembered in ``brought`` and can be brought again."""

    laptop: Laptop
    desk: Desk
    brought: list[bytes] = field(default_factory=list)

    def enrol(self) -> Team:
        enrolling = self.laptop.session.enrolling
        enrolling.confirm(enrolling.accept(enrol_device(self.desk, enrolling.request().data).reply))
        return self

    def carry(self) -> None:
        """Seal what waits, bring it to the desk, take the answers home."""
        self.laptop.session.sending.seal()
        self.bring_sealed()
        self.fetch()

    def bring_sealed(self, order: random.Random | None = None) -> None:
        """Bring every sealed batch that still has its bytes, in the order of its numbers or in any."""
        sending = self.laptop.session.sending
        rows = list(sending.to_hand_over())
        if order is not None:
            order.shuffle(rows)
        for row in rows:
            data = sending.sealed_bytes(row.sha512)
            assert data is not None
            sending.mark_sent(row.sha512, "stick")
            self.bring(data)

    def fetch(self) -> None:
        """Take home every answer there is."""
        for row in self.laptop.session.sending.unconfirmed():
            receipt = find_receipt(self.desk.vault.connection, row.sha512)
            if receipt is not None:
                self.laptop.session.sending.take_receipt(row.sha512, receipt)

    def bring(self, data: bytes) -> None:
        self.brought.append(data)
        take_in(self.desk, data)

    def bring_all_again(self, order: random.Random) -> None:
        for data in order.sample(self.brought, len(self.brought)):
            take_in(self.desk, data)

    def sealed(self) -> bytes:
        """Seal what waits and return the bytes, on a stick that never arrives."""
        self.laptop.session.sending.seal()
        (row,) = self.laptop.session.sending.unconfirmed()
        data = self.laptop.session.sending.sealed_bytes(row.sha512)
        assert data is not None
        return data

    def totals(self) -> Totals:
        return count(self.desk).totals

    def contacts_at_the_desk(self) -> dict[str, str]:
        """Return whom the desk holds each note to be about, by the note's id."""
        device = self.laptop.session.enrolling.enrolled().device
        rows = self.desk.vault.connection.execute(
            "SELECT id, contact FROM latest_records WHERE device = ? AND contact IS NOT NULL", (device,)
        )
        return dict(rows.fetchall())

    def contacts_here(self) -> dict[str, str]:
        """Return the same as the laptop sees it, of the notes that leave with a row."""
        return dict(
            self.laptop.db.execute(
                "SELECT id, coalesce(contact_id, subject_id) FROM encounters WHERE consent <> 'write_nothing'"
            ).fetchall()
        )

    def at_the_desk(self, marker: str) -> list[str]:
        return files_with(self.desk.vault.folder, self.desk.vault.unlocked.keys.database_key(), marker)
