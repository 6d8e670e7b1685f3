"""How each laptop stands with the desk: what it sent last, where its vault stood, and what does not fit."""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.centre.desk.devices import list_devices
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.standings import Alarm, last_standing, list_alarms
from outreach_app.vault.connection import Connection
from outreach_app.wire.receipts import ReasonCode

FORKED = (ReasonCode.NUMBER_TAKEN, ReasonCode.CHAIN_BROKEN)


@dataclass(frozen=True, slots=True)
class DeviceState:
    """A laptop as the desk knows it.

    ``epoch`` and ``last_batch`` are its newest life and the last number settled in it (0 before the first), ``step``
    and ``audit_entries`` where its vault stood then. ``forks`` counts batches turned away because their number was
    taken or their chain broken; ``erased`` counts erasures and blankings that were done for it. ``waiting`` batches
    came too early; of a revoked laptop none count.
    """

    device: str
    label: str
    status: str
    epoch: int
    last_batch: int
    last_heard: str
    waiting: int
    step: int
    audit_entries: int
    alarms: tuple[Alarm, ...]
    forks: int
    erased: int

    @property
    def is_suspicious(self) -> bool:
        """Tell whether somebody should call its team: the laptop may have been copied or put back."""
        return bool(self.alarms) or self.forks > 0


def list_states(desk: Desk) -> tuple[DeviceState, ...]:
    """Return every laptop there ever was, in the order of enrolment."""
    with desk.vault.read() as connection:
        return tuple(
            _state(connection, device.entry.device, device.label, device.entry.status)
            for device in list_devices(connection)
        )


def _state(connection: Connection, device: str, label: str, status: str) -> DeviceState:
    epoch, next_seq = connection.execute(
        "SELECT epoch, next_seq FROM positions WHERE device = ? ORDER BY epoch DESC LIMIT 1", (device,)
    ).fetchone() or (0, 1)
    heard, waiting = connection.execute(
        "SELECT coalesce(max(arrived_at), ''), count(*) FILTER (WHERE state = 'waiting') FROM batches WHERE device = ?",
        (device,),
    ).fetchone()
    (forks,) = connection.execute(
        "SELECT count(*) FROM turned_away WHERE device = ? AND reason IN (?, ?)", (device, *map(int, FORKED))
    ).fetchone()
    (erased,) = connection.execute(
        "SELECT count(*) FROM notices WHERE device = ? AND kind IN ('erasure', 'blanking')", (device,)
    ).fetchone()
    standing = last_standing(connection, device, epoch)
    step, entries = (0, 0) if standing is None else (standing.step, standing.audit_entries)
    waits = waiting if status == "enrolled" else 0
    return DeviceState(
        device, label, status, epoch, next_seq - 1, heard, waits, step, entries, list_alarms(connection, device),
        forks, erased,
    )  # fmt: skip
