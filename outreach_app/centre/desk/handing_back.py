"""Hand a mailbox what it is owed: answers and letters. One that it cannot take keeps no other away."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from outreach_app import logs
from outreach_app.centre.desk.opening import Desk
from outreach_app.sync.carriers.carrier import DeskCarrier
from outreach_app.sync.errors import MailboxRefusedError, NotInMailboxError

RECEIPT_EXISTS = "receipt_exists"  # one of the mailbox's codes, see docs/formats-sync.md

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HandedBack:
    """``receipts`` and ``letters`` were handed over.

    ``owed`` answers stay, for the mailbox does not have their batches; ``refused``: why it did not take one.
    """

    receipts: int
    owed: int = 0
    refused: MailboxRefusedError | None = None
    letters: int = 0


_OWED = """
SELECT l.device, l.kind, l.number, l.document FROM letters AS l
WHERE l.device IN (
    SELECT b.device FROM deliveries AS d JOIN batches AS b ON b.sha512 = d.batch WHERE d.source = :source
    UNION SELECT t.device FROM deliveries AS d JOIN turned_away AS t ON t.sha512 = d.batch WHERE d.source = :source
) AND NOT EXISTS (
    SELECT 1 FROM letter_deliveries AS g
    WHERE g.source = :source AND g.device = l.device AND g.kind = l.kind AND g.number >= l.number
) ORDER BY l.device, l.kind
"""


def hand_back(desk: Desk, mailbox: DeskCarrier, name: str) -> HandedBack:
    """Hand over every answer that was not handed over yet, and the newest letters to laptops that use this mailbox."""
    handing = _Handing(desk, mailbox, name)
    try:
        handing.letters()
        return handing.receipts()
    finally:
        handing.keep()


@dataclass
class _Handing:
    """What was handed over is kept in one step at the end, come what may: killed before it, it is handed over again."""

    desk: Desk
    mailbox: DeskCarrier
    name: str
    letters_given: list[tuple[str, str, str, int]] = field(default_factory=list)
    receipts_given: list[tuple[str, str, str]] = field(default_factory=list)

    def letters(self) -> None:
        with self.desk.vault.read() as connection:
            owed = connection.execute(_OWED, {"source": self.name}).fetchall()
        for device, kind, number, document in owed:
            try:
                self.mailbox.put_letter(bytes(document))
            except MailboxRefusedError:  # keeps no receipt away
                logs.event(_log, "letter_refused", logging.WARNING)
            else:
                self.letters_given.append((self.name, device, kind, number))

    def receipts(self) -> HandedBack:
        absent, refused, first = 0, 0, None
        owed = self._owed_receipts()
        for sha512, document in owed:
            try:
                put_once(self.mailbox, bytes(document))
            except NotInMailboxError:  # put back from a backup; owed until the laptop has handed the batch over again
                absent += 1
            except MailboxRefusedError as error:
                refused, first = refused + 1, first or error
            else:
                self.receipts_given.append((self.desk.clock.now().isoformat(), self.name, sha512))
        if absent:
            logs.event(_log, "receipts_owed", logging.WARNING, count=absent)
        return HandedBack(len(owed) - absent - refused, absent, first, len(self.letters_given))

    def keep(self) -> None:
        if not self.letters_given and not self.receipts_given:
            return
        with self.desk.vault.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO letter_deliveries (source, device, kind, number) VALUES (?, ?, ?, ?)",
                self.letters_given,
            )
            connection.executemany(
                "UPDATE deliveries SET delivered_at = ? WHERE source = ? AND batch = ?", self.receipts_given
            )

    def _owed_receipts(self) -> list[tuple[str, bytes]]:
        with self.desk.vault.read() as connection:
            return connection.execute(
                "SELECT d.batch, r.document FROM deliveries AS d JOIN receipts AS r ON r.batch = d.batch"
                " WHERE d.source = ? AND d.delivered_at IS NULL ORDER BY r.log_size",
                (self.name,),
            ).fetchall()


def put_once(mailbox: DeskCarrier, receipt: bytes) -> None:
    """Hand over one answer; where another of its kind already lies, a desk put back from a backup answers anew."""
    try:
        mailbox.put_receipt(receipt)
    except MailboxRefusedError as error:
        if error.values.get("code") != RECEIPT_EXISTS:
            raise
        logs.event(_log, "receipt_exists")
