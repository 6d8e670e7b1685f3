"""How the mailbox makes a ``stored`` receipt, once the log says where the batch stands."""

from __future__ import annotations

from collections.abc import Callable

from outreach_app.centre.mailbox.batch_log import LogState
from outreach_app.sync.batch_format import BatchHeader
from outreach_app.sync.devices import DeviceEntry
from outreach_app.sync.keys import SigningKeys
from outreach_app.sync.receipts import Receipt, make_receipt


def receipt_for(
    sha512: str, header: BatchHeader, device: DeviceEntry, *, at: str, issuer: SigningKeys
) -> Callable[[LogState], bytes]:
    """Return what makes the receipt for one batch, signed by the mailbox and sealed to its device."""

    def issue(state: LogState) -> bytes:
        receipt = Receipt(
            kind="stored", device=header.device, epoch=header.epoch, seq=header.seq, sha512=sha512,
            issued_at=at, log_size=state.size, log_root=state.root,
        )  # fmt: skip
        return make_receipt(receipt, device=device.receiving, issuer=issuer)

    return issue
