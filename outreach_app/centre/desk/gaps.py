"""Numbers that never come: a person may decide not to wait for one any more, so that it blocks nothing behind it.

Nothing is thrown away by that. If the batch comes after all it is taken in: each record counts once, by id and version,
and what was erased or blanked meanwhile stays away. Which number, why and when stands in the desk's audit.
"""

from __future__ import annotations

from typing import Literal

from outreach_app.centre.desk import batch_rows
from outreach_app.centre.desk.devices import known_device
from outreach_app.centre.desk.errors import NumberNotMissingError
from outreach_app.centre.desk.ingestion import TakenIn, settle_waiting
from outreach_app.centre.desk.opening import Desk

StepReason = Literal["laptop_lost", "laptop_restored", "stick_lost", "other"]
STEP_REASONS: tuple[StepReason, ...] = ("laptop_lost", "laptop_restored", "stick_lost", "other")


def step_over(desk: Desk, device: str, epoch: int, seq: int, reason: StepReason) -> tuple[TakenIn, ...]:
    """Wait for a missing number no more, and take in what waited for nothing else; the laptop learns by its gap letter.

    Raises:
        DeviceUnknownError: there is no such laptop.
        NumberNotMissingError: it came, or nothing behind it waits.
    """
    with desk.vault.transaction() as connection:
        known_device(connection, device)
        if not any(
            (gap.device, gap.epoch) == (device, epoch) and gap.first_missing <= seq <= gap.last_missing
            for gap in batch_rows.list_gaps(connection)
        ):
            raise NumberNotMissingError(seq=seq, epoch=epoch)
        batch_rows.step_over(connection, device, epoch, seq, reason, desk.clock.now().isoformat())
        desk.vault.audit("stepped_over", device, f"{epoch}.{seq}:{reason}")
    return settle_waiting(desk)
