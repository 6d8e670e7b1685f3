"""Hand a mailbox what it is owed: answers and letters. One that it cannot take keeps no other away."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from outreach_app import logs
from outreach_app.centre.desk.opening import Desk
from outreach_app.sync.carriers.carrier import DeskCarrier
from outreach_app.sync.errors import MailboxRefusedError, NotInMailboxError

RECEIPT_EXISTS = "receipt_exists"  # one of the mailbox's codes, see docs/formats-sync.md

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HandedBack:
    """``receipts`` were handed over; ``owed`` stay, for the mailbox does not have their batches; ``refused``: why."""

    receipts: int
    owed: int = 0
    refused: MailboxRefusedError | None = None


def hand_back(desk: Desk, mailbox: DeskCarrier, name: str) -> HandedBack:
    """Hand over every answer that exists and was not handed over; also those to batches that had to wait."""
    with desk.vault.read() as connection:
        owed = connection.execute(
            "SELECT d.batch, r.document FROM deliveries AS d JOIN receipts AS r ON r.batch = d.batch"
            " WHERE d.source = ? AND d.delivered_at IS NULL ORDER BY r.log_size",
            (name,),
        ).fetchall()
    absent, refused, first = 0, 0, None
    for sha512, document in owed:
        try:
            put_once(mailbox, bytes(document))
        except NotInMailboxError:  # put back from a backup; owed until the laptop has handed the batch over again
            absent += 1
        except MailboxRefusedError as error:
            refused, first = refused + 1, first or error
        else:
            _keep_delivered(desk, name, sha512)
    if absent:
        logs.event(_log, "receipts_owed", logging.WARNING, count=absent)
    return HandedBack(len(owed) - absent - refused, absent, first)


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


def hand_letters(desk: Desk, mailbox: DeskCarrier, name: str) -> int:
    """Hand over the newest letters to laptops that use this mailbox; one it does not take keeps no receipt away."""
    with desk.vault.read() as connection:
        owed = connection.execute(_OWED, {"source": name}).fetchall()
    for device, kind, number, document in owed:
        try:
            mailbox.put_letter(bytes(document))
        except MailboxRefusedError:
            logs.event(_log, "letter_refused", logging.WARNING)
            continue
        with desk.vault.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO letter_deliveries (source, device, kind, number) VALUES (?, ?, ?, ?)",
                (name, device, kind, number),
            )
    return len(owed)


def put_once(mailbox: DeskCarrier, receipt: bytes) -> None:
    """Hand over one answer; where another of its kind already lies, a desk put back from a backup answers anew."""
    try:
        mailbox.put_receipt(receipt)
    except MailboxRefusedError as error:
        if error.values.get("code") != RECEIPT_EXISTS:
            raise
        logs.event(_log, "receipt_exists")


def _keep_delivered(desk: Desk, name: str, sha512: str) -> None:
    with desk.vault.transaction() as connection:
        connection.execute(
            "UPDATE deliveries SET delivered_at = ? WHERE source = ? AND batch = ?",
            (desk.clock.now().isoformat(), name, sha512),
        )
