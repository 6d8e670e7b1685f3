"""Fetch batches from a road (mailbox or stick), take them in, hand the answers back over the same road.

May be stopped or killed anywhere: what was settled stays, the rest is fetched again, every answer is the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from outreach_app import logs
from outreach_app.centre.desk import batch_rows
from outreach_app.centre.desk.answering import find_receipt
from outreach_app.centre.desk.batch_rows import Gap
from outreach_app.centre.desk.devices import newest_list
from outreach_app.centre.desk.ingestion import Outcome, TakenIn, settle_waiting, take_in
from outreach_app.centre.desk.key_rotation import keep_up, rotation
from outreach_app.centre.desk.letters import letters_to, write_letters
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.publishing_roads import forget_given, give_packs
from outreach_app.errors import KnownError
from outreach_app.sync.carriers.carrier import DeskCarrier
from outreach_app.sync.errors import MailboxRefusedError, NotInMailboxError, NotTheMailboxError
from outreach_app.sync.receipts import ReasonCode

RECEIPT_EXISTS = "receipt_exists"  # two of the mailbox's codes, see docs/formats-sync.md
LIST_OLDER = "list_older"

_log = logging.getLogger(__name__)

Progress = Callable[[int], None]
"""Told how many batches have been looked at so far; may raise CancelledError to stop between two batches."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What one round gave. ``receipts`` answers and ``letters`` were handed back; ``gaps`` are still open after it.

    ``new_key`` says whether a sealing key is ``due``, or one that was made ``waits`` to be published.
    ``packs_problem`` is why published files were not handed out, if they were not.
    """

    taken: tuple[TakenIn, ...]
    receipts: int
    gaps: tuple[Gap, ...]
    letters: int = 0
    new_key: str = ""
    packs_problem: KnownError | None = None

    def number_of(self, outcome: Outcome) -> int:
        """Return how many batches ended this way."""
        return sum(one.outcome is outcome for one in self.taken)

    @property
    def new_records(self) -> int:
        """Return how many records were new to the register."""
        return sum(one.new_records for one in self.taken)

    @property
    def quarantined(self) -> int:
        """Return how many lines were put aside."""
        return sum(one.quarantined for one in self.taken)


class MailboxRoad(DeskCarrier, Protocol):
    """A road that ends at a mailbox."""

    def put_devices(self, device_list: bytes) -> None:
        """Publish the root-signed list of laptops."""
        ...


def publish_devices(desk: Desk, mailbox: MailboxRoad) -> None:
    """Give a mailbox the newest list of laptops; a newer one there, from before the desk was put back, stays.

    Raises:
        SyncError: the mailbox cannot be reached or does not take it.
    """
    try:
        mailbox.put_devices(newest_list(desk))
    except MailboxRefusedError as error:
        if error.values.get("code") != LIST_OLDER:
            raise
        logs.event(_log, "list_older")


def collect_from_mailbox(
    desk: Desk, mailbox: DeskCarrier, *, name: str, from_start: bool = False, progress: Progress | None = None
) -> Collected:
    """Take in what a mailbox stored since the last round and hand it every answer it waits for.

    Args:
        desk: the open desk.
        mailbox: the road.
        name: under which the position in this mailbox is remembered, always the same for one mailbox.
        from_start: read the mailbox's whole list again; harmless, and right for one put back from a backup.
        progress: see ``Progress``.

    Raises:
        SyncError: the mailbox cannot be reached or is not one; what was taken in before stays.
    """
    keep_up(desk)
    taken = list(settle_waiting(desk))
    if from_start:
        _forget_letters(desk, name)
        forget_given(desk, name)
    after = 0 if from_start else _position(desk, name)
    seen = 0
    while listed := mailbox.list_batches(after):
        for batch in listed:
            if batch.number <= after:  # a list that does not grow would never end
                raise NotTheMailboxError
            taken.extend(_fetch(desk, mailbox, batch.sha512))
            after = batch.number
            _note(desk, name, batch.sha512, after)
            seen += 1
            if progress is not None:
                progress(seen)
    write_letters(desk)
    letters = _hand_letters(desk, mailbox, name)
    receipts = _hand_back(desk, mailbox, name)
    problem = give_packs(desk, mailbox, mailbox=name)
    return Collected(tuple(taken), receipts, list_gaps(desk), letters, rotation(desk).task, problem)


def collect_from_stick(desk: Desk, stick: DeskCarrier, *, progress: Progress | None = None) -> Collected:
    """Take in every batch on a stick and write the answer to each beside it."""
    keep_up(desk)
    taken = list(settle_waiting(desk))
    listed = stick.list_batches()
    for seen, batch in enumerate(listed, start=1):
        taken.extend(_fetch(desk, stick, batch.sha512))
        if progress is not None:
            progress(seen)
    write_letters(desk)
    with desk.vault.read() as connection:
        receipts = [find_receipt(connection, batch.sha512) for batch in listed]
        letters = [one for device in sorted({one.device for one in listed}) for one in letters_to(connection, device)]
    answers = [receipt for receipt in receipts if receipt is not None]
    for answer in answers:
        stick.put_receipt(answer)
    for letter in letters:
        stick.put_letter(letter)
    problem = give_packs(desk, stick)
    return Collected(tuple(taken), len(answers), list_gaps(desk), len(letters), rotation(desk).task, problem)


def list_gaps(desk: Desk) -> tuple[Gap, ...]:
    """Return which numbers of which laptop are missing while later ones wait: the gap letter."""
    with desk.vault.read() as connection:
        return batch_rows.list_gaps(connection)


def _fetch(desk: Desk, road: DeskCarrier, sha512: str) -> tuple[TakenIn, ...]:
    try:
        return take_in(desk, road.get_batch(sha512))
    except NotInMailboxError:  # gone or damaged since it was listed: the others must not wait for it
        return (TakenIn(sha512, Outcome.REFUSED, ReasonCode.BATCH_DAMAGED),)


def _position(desk: Desk, name: str) -> int:
    with desk.vault.read() as connection:
        row = connection.execute("SELECT after FROM source_positions WHERE source = ?", (name,)).fetchone()
    return int(row[0]) if row else 0


def _note(desk: Desk, name: str, sha512: str, after: int) -> None:
    """Remember in one step that this mailbox waits for an answer and how far its list was read."""
    with desk.vault.transaction() as connection:
        connection.execute(
            "INSERT INTO deliveries (source, batch) VALUES (?, ?)"
            " ON CONFLICT (source, batch) DO UPDATE SET delivered_at = NULL",
            (name, sha512),
        )
        connection.execute(
            "INSERT INTO source_positions (source, after) VALUES (?, ?)"
            " ON CONFLICT (source) DO UPDATE SET after = excluded.after",
            (name, after),
        )


def _hand_back(desk: Desk, mailbox: DeskCarrier, name: str) -> int:
    """Hand over every answer that exists and was not handed over; also those to batches that had to wait."""
    with desk.vault.read() as connection:
        owed = connection.execute(
            "SELECT d.batch, r.document FROM deliveries AS d JOIN receipts AS r ON r.batch = d.batch"
            " WHERE d.source = ? AND d.delivered_at IS NULL ORDER BY r.log_size",
            (name,),
        ).fetchall()
    for sha512, document in owed:
        put_once(mailbox, bytes(document))
        with desk.vault.transaction() as connection:
            connection.execute(
                "UPDATE deliveries SET delivered_at = ? WHERE source = ? AND batch = ?",
                (desk.clock.now().isoformat(), name, sha512),
            )
    return len(owed)


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


def _hand_letters(desk: Desk, mailbox: DeskCarrier, name: str) -> int:
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


def _forget_letters(desk: Desk, name: str) -> None:
    """A mailbox put back from a backup has lost what it was given: it is given all of it again."""
    with desk.vault.transaction() as connection:
        connection.execute("DELETE FROM letter_deliveries WHERE source = ?", (name,))


def put_once(mailbox: DeskCarrier, receipt: bytes) -> None:
    """Hand over one answer; where another of its kind already lies, a desk put back from a backup answers anew."""
    try:
        mailbox.put_receipt(receipt)
    except MailboxRefusedError as error:
        if error.values.get("code") != RECEIPT_EXISTS:
            raise
        logs.event(_log, "receipt_exists")
