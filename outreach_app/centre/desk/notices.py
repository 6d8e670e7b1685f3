"""What a laptop asks to leave the register: a contact erased, words blanked. Kept as it came, done at once, for good.

A notice reaches only what the same laptop had sent. What it took away is never taken again: ids of erased contacts and
records get a tombstone, a blanked record a floor under which no version is taken.
"""

from __future__ import annotations

from outreach_app.centre.desk import batch_rows
from outreach_app.vault.connection import Connection
from outreach_app.wire.batch_records import (
    BlankingRecord,
    CountedRecord,
    ErasureRecord,
    NoticeRecord,
    TallyRecord,
    VoidRecord,
    kind_of,
    write_record,
)


def find_owner(connection: Connection, notice_id: str) -> str | None:
    """Return the laptop a notice belongs to, or None when it is new."""
    row = connection.execute("SELECT device FROM notices WHERE id = ? LIMIT 1", (notice_id,)).fetchone()
    return str(row[0]) if row else None


def find_body(connection: Connection, notice_id: str, version: int) -> bytes | None:
    """Return the notice as it was taken in, or None."""
    row = connection.execute(
        "SELECT body FROM notices WHERE id = ? AND version = ?", (notice_id, version)
    ).fetchone()
    return bytes(row[0]) if row else None


def is_gone(connection: Connection, device: str, record: CountedRecord) -> bool:
    """Tell whether the record, its contact or this version was taken away before."""
    contact = record.id if isinstance(record, TallyRecord) else record.contact
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM tombstones WHERE device = ? AND id IN (?, ?))"
        " OR EXISTS (SELECT 1 FROM floors WHERE device = ? AND record = ? AND floor > ?)",
        (device, record.id, contact, device, record.id, record.version),
    ).fetchone()
    return bool(row[0])


def keep_notice(
    connection: Connection, notice: NoticeRecord, *, device: str, batch: str, line: int, now: str
) -> int:
    """Keep a new notice and do what it says; returns how many versions left. The caller holds the transaction."""
    if isinstance(notice, ErasureRecord):
        removed = _erase(connection, device, notice)
    elif isinstance(notice, BlankingRecord):
        removed = _blank(connection, device, notice)
    else:
        removed = 0
        give_up_number(connection, device, notice, now)
    connection.execute(
        "INSERT INTO notices (id, version, kind, device, batch, line, body, removed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (notice.id, notice.version, kind_of(notice), device, batch, line, write_record(notice), removed),
    )
    return removed


def give_up_number(connection: Connection, device: str, notice: VoidRecord, now: str) -> None:
    """Make a number void that never came or still waits; one that was taken in stays."""
    held = batch_rows.find_number(connection, device, notice.epoch, notice.seq)
    if held is None or (held.sha512 == notice.sha512 and held.state == batch_rows.WAITING):
        batch_rows.give_up(connection, device, notice.epoch, notice.seq, notice.sha512, now)


def _erase(connection: Connection, device: str, notice: ErasureRecord) -> int:
    ids = {notice.contact, *notice.records}
    connection.executemany(
        "INSERT INTO tombstones (device, id) VALUES (?, ?) ON CONFLICT DO NOTHING", [(device, each) for each in ids]
    )
    gone = set(
        connection.execute("SELECT id, version FROM records WHERE device = ? AND contact = ?", (device, notice.contact))
    )
    for each in notice.records:
        gone.update(connection.execute("SELECT id, version FROM records WHERE device = ? AND id = ?", (device, each)))
    return _remove(connection, gone)


def _blank(connection: Connection, device: str, notice: BlankingRecord) -> int:
    connection.execute(
        "INSERT INTO floors (device, record, floor) VALUES (?, ?, ?)"
        " ON CONFLICT (device, record) DO UPDATE SET floor = max(floor, excluded.floor)",
        (device, notice.record, notice.floor),
    )
    below = connection.execute(
        "SELECT id, version FROM records WHERE device = ? AND id = ? AND version < ?",
        (device, notice.record, notice.floor),
    )
    return _remove(connection, set(below))


def _remove(connection: Connection, versions: set[tuple[str, int]]) -> int:
    connection.executemany("DELETE FROM record_leaflets WHERE id = ? AND version = ?", versions)
    connection.executemany("DELETE FROM records WHERE id = ? AND version = ?", versions)
    return len(versions)
