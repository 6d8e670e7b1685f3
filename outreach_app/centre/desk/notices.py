"""What a laptop tells besides records: kept as it came, done at once, for good, and only to what it had sent itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import msgspec

from outreach_app import typed_json
from outreach_app.centre.desk import batch_rows, removing
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.regrouping import regroup
from outreach_app.vault.connection import Connection
from outreach_app.wire.batch_records import (
    ApartRecord,
    BlankingRecord,
    ErasureRecord,
    MergeRecord,
    NoticeRecord,
    SplitRecord,
    VoidRecord,
    WithdrawalRecord,
    kind_of,
    write_record,
)

_ACTIONS = {"erasure": "erased", "blanking": "blanked"}


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who took back what was agreed to for whom, and what left the register for it.

    ``contact`` is her random id at the team of ``device``, ``records`` her notes that were lowered, ``removed`` how
    many of their versions went, ``heeded_at`` the UTC instant.
    """

    device: str
    label: str
    contact: str
    recipient: str
    records: tuple[str, ...]
    removed: int
    heeded_at: str


def list_versions(connection: Connection, ids: str) -> list[tuple[str, int, str]]:
    """Return (id, version, laptop) of the notices that came under these ids, a JSON list."""
    return connection.execute(
        "SELECT n.id, n.version, n.device FROM json_each(?) AS j JOIN notices AS n ON n.id = j.value", (ids,)
    ).fetchall()


def find_body(connection: Connection, notice_id: str, version: int) -> bytes | None:
    """Return the notice as it was taken in, or None."""
    row = connection.execute(
        "SELECT body FROM notices WHERE id = ? AND version = ?", (notice_id, version)
    ).fetchone()
    return bytes(row[0]) if row else None


def is_about_others(connection: Connection, device: str, notice: NoticeRecord) -> bool:
    """Tell whether a merge, its undoing, a split or a withdrawal names what only another laptop had sent.

    Erasures, blankings and voids may name anything: they reach their own laptop's records alone, and one strange id in
    them must not keep the others.
    """
    contacts, records, merge = _named(notice)
    rows = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM records AS r JOIN json_each(?2) AS j ON j.value = r.id WHERE r.device <> ?1)"
        " OR EXISTS (SELECT 1 FROM json_each(?3) AS j WHERE EXISTS (SELECT 1 FROM records AS r"
        "   WHERE r.device IN (SELECT id FROM devices WHERE id <> ?1) AND r.contact = j.value)"
        "  AND NOT EXISTS (SELECT 1 FROM records AS r WHERE r.device = ?1 AND r.contact = j.value))"
        " OR EXISTS (SELECT 1 FROM notices WHERE id = ?4 AND device <> ?1)",
        (device, _as_list(records), _as_list(contacts), merge),
    )
    return bool(rows.fetchone()[0])


def keep_notice(
    connection: Connection, notice: NoticeRecord, *, device: str, batch: str, line: int, now: str
) -> int:
    """Keep a new notice and do what it says; returns how many versions left. The caller holds the transaction."""
    removed = _heed(connection, notice, device=device, batch=batch, line=line, now=now)
    connection.execute(
        "INSERT INTO notices (id, version, kind, device, batch, line, body, removed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (notice.id, notice.version, kind_of(notice), device, batch, line, write_record(notice), removed),
    )
    return removed


def audited(notice: NoticeRecord, removed: int) -> tuple[str, str, str]:
    """Return what the desk's audit says of a notice: action, subject, detail."""
    kind = kind_of(notice)
    if kind in _ACTIONS:
        return _ACTIONS[kind], notice.id, f"removed:{removed}"
    return "changed", notice.id, f"{kind}:removed:{removed}"


def give_up_number(connection: Connection, device: str, notice: VoidRecord, now: str) -> None:
    """Make a number void that never came or still waits; one that was taken in stays."""
    held = batch_rows.find_number(connection, device, notice.epoch, notice.seq)
    if held is None or (held.sha512 == notice.sha512 and held.state == batch_rows.WAITING):
        batch_rows.give_up(connection, device, notice.epoch, notice.seq, notice.sha512, now)


def list_withdrawals(desk: Desk) -> tuple[Withdrawal, ...]:
    """Return every withdrawal of consent that was heeded, the latest first."""
    with desk.vault.read() as connection:
        rows = connection.execute(
            "SELECT n.body, n.device, d.label, n.removed, b.settled_at FROM notices AS n"
            " JOIN devices AS d ON d.id = n.device JOIN batches AS b ON b.sha512 = n.batch"
            " WHERE n.kind = 'withdrawal' ORDER BY b.settled_at DESC, n.id"
        ).fetchall()
    return tuple(_withdrawal(typed_json.decode(body, WithdrawalRecord), *rest) for body, *rest in rows)


def _withdrawal(record: WithdrawalRecord, device: str, label: str, removed: int, heeded_at: str) -> Withdrawal:
    lowered = tuple(each.id for each in record.floors)
    return Withdrawal(device, label, record.contact, record.recipient, lowered, removed, heeded_at)


def _heed(connection: Connection, notice: NoticeRecord, *, device: str, batch: str, line: int, now: str) -> int:
    match notice:
        case ErasureRecord():
            return removing.erase(connection, device, notice)
        case BlankingRecord():
            return removing.keep_from(connection, device, [(notice.record, notice.floor)])
        case WithdrawalRecord():
            return removing.keep_from(connection, device, [(each.id, each.version) for each in notice.floors])
        case VoidRecord():
            give_up_number(connection, device, notice, now)
        case _:
            epoch, seq = connection.execute("SELECT epoch, seq FROM batches WHERE sha512 = ?", (batch,)).fetchone()
            regroup(connection, device, notice, epoch=epoch, seq=seq, line=line)
    return 0


def _named(notice: NoticeRecord) -> tuple[Collection[str], Collection[str], str]:
    """Return the contacts and the records a notice speaks of, and the merge it takes back."""
    match notice:
        case MergeRecord():
            return (notice.contact, notice.into), (), ""
        case ApartRecord():
            return (notice.contact, notice.into), (), notice.merge
        case SplitRecord():
            return (notice.contact, notice.made), [each.id for each in notice.through], ""
        case WithdrawalRecord():
            return (notice.contact,), [each.id for each in notice.floors], ""
    return (), (), ""


def _as_list(ids: Collection[str]) -> str:
    return msgspec.json.encode(list(ids)).decode()
