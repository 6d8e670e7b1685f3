"""Where this vault stands, for the centre: rides in each batch, so that a rolled-back or copied laptop is noticed."""

from __future__ import annotations

from outreach_app.services.parts import Parts
from outreach_app.vault import audit
from outreach_app.wire.batch_records import StandingRecord


def standing_of(parts: Parts) -> StandingRecord:
    """Return the step and both chain heads as they are now; asked inside the transaction that seals."""
    epoch, step, head = parts.vault.chain_step()
    entries, audit_head = audit.place(parts.vault.connection)
    return StandingRecord(
        id=parts.ids.new_id(), version=1, worker=parts.worker.id, epoch=epoch, step=step, head=head,
        audit_entries=entries, audit_head=audit_head,
    )  # fmt: skip
