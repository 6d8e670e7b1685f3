"""Lines of batches that were put aside, each alone: of which laptop, why, since when, and whether it is settled."""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.centre.desk.opening import Desk

_LISTED = """
SELECT b.device, d.label, b.epoch, b.seq, q.line, q.record_id, q.reason, b.settled_at,
    CASE WHEN EXISTS (
        SELECT 1 FROM (SELECT k.id, k.device, n.sha512 AS batch FROM records AS k
            JOIN record_batches AS n ON n.number = k.batch
            UNION ALL SELECT id, device, batch FROM notices) AS r
        JOIN batches AS later ON later.sha512 = r.batch
        WHERE r.id = q.record_id AND r.device = b.device AND (later.epoch, later.seq) > (b.epoch, b.seq)
    ) THEN 'taken_in' WHEN EXISTS (
        SELECT 1 FROM tombstones AS t WHERE t.device = b.device AND t.id = q.record_id
    ) THEN 'erased' ELSE '' END AS settled
FROM quarantine AS q JOIN batches AS b ON b.sha512 = q.batch JOIN devices AS d ON d.id = b.device
ORDER BY b.settled_at DESC, b.device, b.epoch DESC, b.seq DESC, q.line
"""


@dataclass(frozen=True, slots=True)
class PutAside:
    """One line. ``record_id`` is None where it could not be read; ``since`` in UTC.

    ``settled`` says what became of it: a later version was ``taken_in``, it was ``erased``, or nothing yet.
    """

    device: str
    label: str
    epoch: int
    seq: int
    line: int
    record_id: str | None
    reason: int
    since: str
    settled: str


def list_put_aside(desk: Desk) -> tuple[PutAside, ...]:
    """Return every line that was ever put aside, newest first."""
    with desk.vault.read() as connection:
        return tuple(PutAside(*row) for row in connection.execute(_LISTED))
