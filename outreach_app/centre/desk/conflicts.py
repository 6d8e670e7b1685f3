"""What cannot be of one laptop going on as it should: numbers taken, chains broken, vaults that went back."""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.words import alarm_words, batch_reason
from outreach_app.wire.receipts import ReasonCode

_LISTED = """
SELECT t.device, d.label, d.status, t.epoch, t.seq, t.reason, '', t.arrived_at AS at
FROM turned_away AS t JOIN devices AS d ON d.id = t.device
UNION ALL SELECT a.device, d.label, d.status, coalesce(b.epoch, 0), coalesce(b.seq, 0), 0, a.kind, a.raised_at
FROM alarms AS a JOIN devices AS d ON d.id = a.device LEFT JOIN batches AS b ON b.sha512 = a.batch
ORDER BY at DESC, 1, 4 DESC, 5 DESC, 7
"""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One batch that shows it, at ``at`` (UTC). It was turned away for ``reason``, or it raised the alarm ``alarm``.

    ``status`` is the laptop's: revoked, nothing of it is taken and nothing is to do.
    """

    device: str
    label: str
    status: str
    epoch: int
    seq: int
    reason: int
    alarm: str
    at: str

    @property
    def words(self) -> str:
        """Return what happened, as the end of a sentence that begins with the batch."""
        return alarm_words(self.alarm) if self.alarm else batch_reason(self.reason)

    @property
    def needs_a_call(self) -> bool:
        """Tell whether somebody should phone the team before anything else."""
        return self.status == "enrolled" and self.reason != ReasonCode.DEVICE_REVOKED


def list_conflicts(desk: Desk) -> tuple[Conflict, ...]:
    """Return everything that ever was in conflict, newest first."""
    with desk.vault.read() as connection:
        return tuple(Conflict(*row) for row in connection.execute(_LISTED))
