"""The receipts the desk gave: list them, find what was changed, lost or forgotten, hand the same bytes out again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from outreach_app.centre.desk import receipt_log
from outreach_app.centre.desk.devices import known_device
from outreach_app.centre.desk.handing_back import put_once
from outreach_app.centre.desk.letters import letters_to
from outreach_app.centre.desk.opening import Desk
from outreach_app.errors import KnownError
from outreach_app.sync.carriers.carrier import DeskCarrier
from outreach_app.sync.errors import NotInMailboxError
from outreach_app.sync.receipts import read_receipt_header
from outreach_app.vault.connection import Connection
from outreach_app.wire.receipts import ReasonCode, Receipt
from outreach_app.wire.strict import read_json

_ENTRY_LIMIT = 16 << 20


@dataclass(frozen=True, slots=True)
class Given:
    """One receipt: ``log_size`` is its place in the log; ``seq`` and ``epoch`` name the batch with ``sha512``."""

    sha512: str
    device: str
    label: str
    epoch: int
    seq: int
    kind: str
    reason: int
    log_size: int
    issued_at: str


@dataclass(frozen=True, slots=True)
class LogReport:
    """What checking gave: ``receipts`` in the log and its root.

    ``first_wrong`` is the first place whose entry does not fit the chain; ``differing`` receipts are not what the log
    says (128 hex digits each), ``unanswered`` settled batches have none. ``unchecked`` were given
    before their bytes were pinned: only what their outside says was compared.
    """

    receipts: int
    root: str
    first_wrong: int | None
    differing: tuple[str, ...]
    unanswered: tuple[str, ...]
    unchecked: int = 0

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is wrong."""
        return self.first_wrong is None and not self.differing and not self.unanswered


@dataclass(frozen=True, slots=True)
class HandedAgain:
    """How many receipts and letters were handed out; ``elsewhere`` batches never lay in this mailbox."""

    receipts: int
    letters: int
    elsewhere: int


def list_given(desk: Desk, device: str = "") -> tuple[Given, ...]:
    """Return the receipts of all laptops, or of the one named, newest first; DeviceUnknownError if it is none."""
    with desk.vault.read() as connection:
        _check_named(connection, device)
        found = connection.execute(
            "SELECT r.batch, r.device, d.label, coalesce(b.epoch, t.epoch), coalesce(b.seq, t.seq), r.kind,"
            " coalesce(t.reason, b.reason), r.log_size, r.issued_at FROM receipts AS r"
            " JOIN devices AS d ON d.id = r.device LEFT JOIN batches AS b ON b.sha512 = r.batch"
            " LEFT JOIN turned_away AS t ON t.sha512 = r.batch WHERE ? IN ('', r.device) ORDER BY r.log_size DESC",
            (device,),
        )
        return tuple(Given(*row) for row in found)


def verify_given(desk: Desk) -> LogReport:
    """Follow the log from its beginning and compare every receipt and every settled batch with it."""
    with desk.vault.read() as connection:
        head = receipt_log.find_head(connection)
        return LogReport(
            head.size,
            head.root,
            receipt_log.find_first_wrong_entry(connection),
            tuple(_differing(connection)),
            _unanswered(connection),
            _unchecked(connection),
        )


def hand_again(desk: Desk, road: DeskCarrier, device: str = "") -> HandedAgain:
    """Hand the same bytes out again, of all laptops or of the one named, with its newest letters.

    Raises:
        DeviceUnknownError: there is no such laptop.
        SyncError: the road does not go; what was handed over before lies there.
    """
    with desk.vault.read() as connection:
        _check_named(connection, device)
        documents = connection.execute(
            "SELECT document FROM receipts WHERE ? IN ('', device) ORDER BY log_size", (device,)
        ).fetchall()
        devices = connection.execute(
            "SELECT DISTINCT device FROM receipts WHERE ? IN ('', device) ORDER BY device", (device,)
        ).fetchall()
        letters = [letter for (one,) in devices for letter in letters_to(connection, one)]
    elsewhere = sum(not _hand(road, bytes(document)) for (document,) in documents)
    for letter in letters:
        road.put_letter(letter)
    handed = HandedAgain(len(documents) - elsewhere, len(letters), elsewhere)
    with desk.vault.transaction():
        desk.vault.audit("handed_again", device, f"{handed.receipts}")
    return handed


def _check_named(connection: Connection, device: str) -> None:
    if device:
        known_device(connection, device)


def _hand(road: DeskCarrier, receipt: bytes) -> bool:
    try:
        put_once(road, receipt)
    except NotInMailboxError:  # its batch came by another road
        return False
    return True


def _differing(connection: Connection) -> Iterator[str]:
    """Return receipts whose row, outside or place in the log do not say the same."""
    rows = connection.execute(
        "SELECT r.batch, r.device, r.kind, r.document, l.entry, coalesce(l.document, '')"
        " FROM receipts AS r"
        " LEFT JOIN receipt_log AS l ON l.size = r.log_size ORDER BY r.log_size"
    )
    for batch, device, kind, document, entry, pinned in rows:
        try:
            logged = read_json(bytes(entry or b""), Receipt, what="The entry", limit=_ENTRY_LIMIT)
            outside = read_receipt_header(bytes(document))
        except KnownError:
            yield batch
            continue
        said = {(one.sha512, one.device, one.kind) for one in (logged, outside)}
        if said != {(batch, device, kind)} or pinned not in {"", receipt_log.document_name(bytes(document))}:
            yield batch


def _unchecked(connection: Connection) -> int:
    (found,) = connection.execute("SELECT count(*) FROM receipt_log WHERE document IS NULL").fetchone()
    return int(found)


def _unanswered(connection: Connection) -> tuple[str, ...]:
    """Return settled batches without a receipt; a number given up before its batch came has none to get."""
    rows = connection.execute(
        "SELECT sha512 FROM batches WHERE state <> 'waiting' AND reason <> ?"
        " AND sha512 NOT IN (SELECT batch FROM receipts)"
        " UNION SELECT sha512 FROM turned_away WHERE sha512 NOT IN (SELECT batch FROM receipts) ORDER BY 1",
        (int(ReasonCode.GIVEN_UP),),
    )
    return tuple(str(name) for (name,) in rows)
