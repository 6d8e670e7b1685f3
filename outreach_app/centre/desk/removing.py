"""What leaves the register for good: everything about an erased contact, and versions below a floor.

Nothing here follows a merge: an erasure names each id it means. What is named goes even if a merge or its undoing is
still on its way, and nobody else's goes with it.
"""

from __future__ import annotations

from collections.abc import Iterable

from outreach_app.centre.desk import record_rows
from outreach_app.vault.connection import Connection
from outreach_app.wire.batch_records import ErasureRecord


def erase(connection: Connection, device: str, notice: ErasureRecord) -> int:
    """Take out what a laptop had sent about a contact and bury the ids; returns how many versions went.

    A record goes whole when the notice names it, or when it is about her now: its last version, or the split that moved
    it, says so. Of a record that is about somebody else by now only the versions go that were sent as hers.
    """
    ids = {notice.contact, *notice.records}
    connection.executemany(
        "INSERT INTO tombstones (device, id) VALUES (?, ?) ON CONFLICT DO NOTHING", [(device, each) for each in ids]
    )
    gone = set(
        connection.execute("SELECT id, version FROM records WHERE device = ? AND contact = ?", (device, notice.contact))
    )
    for each in {*notice.records, *_about(connection, device, notice.contact)}:
        gone.update(connection.execute("SELECT id, version FROM records WHERE device = ? AND id = ?", (device, each)))
    return _remove(connection, gone)


def keep_from(connection: Connection, device: str, floors: Iterable[tuple[str, int]]) -> int:
    """Let no version of a record below its floor stay, now or later; returns how many versions went.

    Args:
        connection: the register, inside a transaction.
        device: the laptop that asked; only what it had sent goes.
        floors: (record, lowest version that may stay). A floor never sinks.
    """
    removed = 0
    for record, floor in floors:
        connection.execute(
            "INSERT INTO floors (device, record, floor) VALUES (?, ?, ?)"
            " ON CONFLICT (device, record) DO UPDATE SET floor = max(floor, excluded.floor)",
            (device, record, floor),
        )
        below = connection.execute(
            "SELECT id, version FROM records WHERE device = ? AND id = ? AND version < ?", (device, record, floor)
        )
        removed += _remove(connection, set(below))
    return removed


def _about(connection: Connection, device: str, contact: str) -> list[str]:
    """Return the records of a laptop that are about a contact as they stand now, merges apart."""
    rows = connection.execute(
        "SELECT r.id FROM records AS r WHERE r.device = ?1 AND r.contact = ?2"
        " AND r.version = (SELECT max(v.version) FROM records AS v WHERE v.id = r.id)"
        " AND NOT EXISTS (SELECT 1 FROM moved_records AS m"
        "  WHERE m.device = ?1 AND m.record = r.id AND m.through >= r.version)"
        " UNION SELECT m.record FROM moved_records AS m WHERE m.device = ?1 AND m.contact = ?2"
        " AND m.through >= (SELECT max(v.version) FROM records AS v WHERE v.id = m.record AND v.device = ?1)",
        (device, contact),
    )
    return [row[0] for row in rows]


def _remove(connection: Connection, versions: set[tuple[str, int]]) -> int:
    record_rows.remove_records(connection, versions)
    return len(versions)
