"""Which keys of the centre hold: those published last, or those of the enrolment; and what earlier ones may still say.

A receipt travels for weeks. One that an earlier key signed is believed where it was issued before newer keys were, and
only about a batch that was sealed before this laptop was told of them: a stolen key that was given up cannot answer
what came after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from outreach_app.records.packs import KeysRow
from outreach_app.sync.enrolment import CentreKeys
from outreach_app.sync.errors import ReceiptUnreadableError
from outreach_app.sync.instants import read_instant
from outreach_app.sync.keys import PublicReceivingKey, PublicSigningKeys, ReceivingKeys
from outreach_app.sync.receipts import BatchName, Receipt, ReceiptIssuers, open_receipt_of
from outreach_app.sync.sealing import CentreSealingKey
from outreach_app.wire.centre_keys import read_centre_keys


@dataclass(frozen=True, slots=True)
class EarlierKeys:
    """Keys that were given up: they hold for receipts issued ``until`` then, about the first ``batches`` batches."""

    issuers: ReceiptIssuers
    until: datetime
    batches: int


@dataclass(frozen=True, slots=True)
class KeysInForce:
    """What to seal for and whom to believe."""

    sealing: CentreSealingKey
    mailbox: PublicSigningKeys
    desk: PublicSigningKeys
    mailbox_url: str | None
    revoked: tuple[str, ...] = ()
    earlier: tuple[EarlierKeys, ...] = ()


def keys_in_force(centre: CentreKeys, told: Sequence[KeysRow]) -> KeysInForce:
    """Return what holds by the enrolment's reply and by every ``keys.json`` taken since, the newest first."""
    if not told:
        return KeysInForce(centre.sealing, centre.mailbox, centre.desk, centre.mailbox_url)
    bodies = [read_centre_keys(row.body) for row in told]
    issuers = [
        ReceiptIssuers(PublicSigningKeys.from_text(body.mailbox_key), PublicSigningKeys.from_text(body.desk_key))
        for body in bodies
    ]
    before = [*issuers[1:], ReceiptIssuers(centre.mailbox, centre.desk)]
    return KeysInForce(
        sealing=CentreSealingKey(PublicReceivingKey.from_text(bodies[0].sealing_key)),
        mailbox=issuers[0].mailbox,
        desk=issuers[0].desk,
        mailbox_url=bodies[0].mailbox_url or centre.mailbox_url,
        revoked=bodies[0].revoked,
        earlier=tuple(_given_up(told, issuers, before)),
    )


def open_receipt(
    untrusted: bytes, receiving: ReceivingKeys, keys: KeysInForce, *, batch: BatchName, place: int
) -> Receipt:
    """Return a receipt of the keys in force, or of earlier ones where they may still speak.

    Args:
        untrusted: the receipt as it came.
        receiving: this laptop's.
        keys: from ``keys_in_force``.
        batch: which it must be about.
        place: which batch of this laptop that is, from 1.

    Raises:
        ReceiptUnreadableError: none of them signed it, or an earlier one for what it may not speak of.
    """
    try:
        return open_receipt_of(untrusted, receiving, ReceiptIssuers(keys.mailbox, keys.desk), batch=batch)
    except ReceiptUnreadableError:
        for earlier in keys.earlier:
            found = _by_earlier(untrusted, receiving, earlier, batch)
            if found is not None and place <= earlier.batches:
                return found
        raise


def _by_earlier(
    untrusted: bytes, receiving: ReceivingKeys, earlier: EarlierKeys, batch: BatchName
) -> Receipt | None:
    try:
        receipt = open_receipt_of(untrusted, receiving, earlier.issuers, batch=batch)
    except ReceiptUnreadableError:
        return None
    issued = read_instant(receipt.issued_at)
    return receipt if issued is not None and issued <= earlier.until else None


def _given_up(
    told: Sequence[KeysRow], issuers: Sequence[ReceiptIssuers], before: Sequence[ReceiptIssuers]
) -> Iterator[EarlierKeys]:
    """Yield the keys each set took the place of; a set that changes only the sealing key gives none up."""
    for row, mine, former in zip(told, issuers, before, strict=True):
        if mine != former:
            yield EarlierKeys(former, row.issued_at, row.sealed_batches)
