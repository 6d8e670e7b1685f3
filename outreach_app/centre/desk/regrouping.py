"""Which contacts of a laptop are one person, and notes that were about somebody else than they say.

What holds depends only on which notices have come, never on their order: a merge is in force unless its undoing is
here, too, and a split says up to which version it moves a note. Nothing is written into records: links are kept beside
them and hold for what comes later as well.
"""

from __future__ import annotations

from collections.abc import Mapping

from outreach_app.vault.connection import Connection
from outreach_app.wire.batch_records import MergeRecord, RegroupingRecord, SplitRecord


def regroup(
    connection: Connection, device: str, notice: RegroupingRecord, *, epoch: int, seq: int, line: int
) -> None:
    """Do what a new notice says, in the transaction of its batch.

    ``epoch``, ``seq`` and ``line`` are where it stood: of two merges of one contact that are both in force, which only
    a vault put back from a backup can bring about, the later one holds.
    """
    if isinstance(notice, SplitRecord):
        _move(connection, device, notice)
        return
    if isinstance(notice, MergeRecord):
        connection.execute(
            "INSERT INTO merges (device, id, contact, kept, epoch, seq, line) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (device, notice.id, notice.contact, notice.into, epoch, seq, line),
        )
    else:
        connection.execute(
            "INSERT INTO merges_undone (device, merge) VALUES (?, ?) ON CONFLICT DO NOTHING", (device, notice.merge)
        )
    _renew_roots(connection, device)


def roots_of(merged: Mapping[str, str]) -> dict[str, str]:
    """Return for each merged contact the one she is counted as, over chains.

    A circle, which no laptop makes by itself, is one person: the least id of it stands for all.
    """
    return {contact: _root(contact, merged) for contact in merged}


def _root(contact: str, merged: Mapping[str, str]) -> str:
    path = [contact]
    while path[-1] in merged:
        onward = merged[path[-1]]
        if onward in path:
            return min(path[path.index(onward) :])
        path.append(onward)
    return path[-1]


def _move(connection: Connection, device: str, notice: SplitRecord) -> None:
    connection.executemany(
        "INSERT INTO moved_records (device, record, through, contact) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (device, record) DO UPDATE SET through = excluded.through, contact = excluded.contact"
        " WHERE excluded.through >= through",
        [(device, each.id, each.version, notice.made) for each in notice.through],
    )


def _renew_roots(connection: Connection, device: str) -> None:
    """Work out anew who is counted as whom: a laptop has merges by the dozen, not by the thousand."""
    in_force = connection.execute(
        "SELECT m.contact, m.kept FROM merges AS m WHERE m.device = ?1 AND NOT EXISTS"
        " (SELECT 1 FROM merges_undone AS u WHERE u.device = ?1 AND u.merge = m.id) ORDER BY m.epoch, m.seq, m.line",
        (device,),
    )
    roots = roots_of(dict(in_force.fetchall()))
    connection.execute("DELETE FROM contact_roots WHERE device = ?", (device,))
    connection.executemany(
        "INSERT INTO contact_roots (device, contact, root) VALUES (?, ?, ?)",
        [(device, contact, root) for contact, root in roots.items() if root != contact],
    )
