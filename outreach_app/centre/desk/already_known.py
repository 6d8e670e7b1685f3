"""What the register says about the records of one batch, asked once for all of them and not line by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from outreach_app.centre.desk import notices, record_rows
from outreach_app.vault.connection import Connection
from outreach_app.wire.batch_records import CountedRecord, NoticeRecord, TallyRecord
from outreach_app.wire.strict import write_json


@dataclass(frozen=True, slots=True)
class AlreadyKnown:
    """Of the ids in one batch: whose they are, which versions were taken in, and what was taken away before.

    ``owners`` names the laptop of each record and notice; ``buried`` are contacts and records erased for this laptop,
    ``floors`` the lowest version of a record that may come, ``moved`` the last version of a record that is about an
    erased contact because a split said so.
    """

    owners: Mapping[str, str]
    versions: frozenset[tuple[str, int]]
    buried: frozenset[str]
    floors: Mapping[str, int]
    moved: Mapping[str, int]

    def is_gone(self, record: CountedRecord) -> bool:
        """Tell whether the record, its contact or this version was taken away before."""
        contact = record.id if isinstance(record, TallyRecord) else record.contact
        return (
            record.id in self.buried
            or contact in self.buried
            or self.floors.get(record.id, 0) > record.version
            or self.moved.get(record.id, 0) >= record.version
        )


def look_up(
    connection: Connection, device: str, records: Sequence[CountedRecord | NoticeRecord]
) -> AlreadyKnown:
    """Ask the register about the records of a batch of ``device``; reads only."""
    ids = _as_list(record.id for record in records)
    contacts = (one.contact for one in records if isinstance(one, CountedRecord) and not isinstance(one, TallyRecord))
    kept = [*notices.list_versions(connection, ids), *record_rows.list_versions(connection, ids)]
    return AlreadyKnown(
        owners={record: owner for record, _, owner in kept},
        versions=frozenset((record, version) for record, version, _ in kept),
        buried=_buried(connection, device, ids) | _buried(connection, device, _as_list(contacts)),
        floors=_floors(connection, device, ids),
        moved=_moved(connection, device, ids),
    )


def _as_list(ids: Iterable[str]) -> str:
    return write_json(list(dict.fromkeys(ids))).decode()


def _buried(connection: Connection, device: str, ids: str) -> frozenset[str]:
    rows = connection.execute(
        "SELECT t.id FROM json_each(?2) AS j JOIN tombstones AS t ON t.device = ?1 AND t.id = j.value", (device, ids)
    )
    return frozenset(row[0] for row in rows)


def _floors(connection: Connection, device: str, ids: str) -> dict[str, int]:
    rows = connection.execute(
        "SELECT f.record, f.floor FROM json_each(?2) AS j JOIN floors AS f ON f.device = ?1 AND f.record = j.value",
        (device, ids),
    )
    return dict(rows.fetchall())


def _moved(connection: Connection, device: str, ids: str) -> dict[str, int]:
    rows = connection.execute(
        "SELECT m.record, m.through FROM json_each(?2) AS j"
        " JOIN moved_records AS m ON m.device = ?1 AND m.record = j.value"
        " JOIN tombstones AS t ON t.device = m.device AND t.id = m.contact",
        (device, ids),
    )
    return dict(rows.fetchall())
