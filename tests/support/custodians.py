"""Three custodians for tests, made once, and a recovery slot that they can open."""

from __future__ import annotations

from outreach_app.sync.custodians import Custodians
from outreach_app.sync.keys import ReceivingKeys
from outreach_app.sync.recovery import answer, read_reply, read_request
from outreach_app.vault.keys import VaultKeys, new_keys
from outreach_app.vault.recovery_slot import RecoveryRequest, RecoverySlot, make_recovery_slot

ANNA, BO, CARLA = CUSTODIANS = tuple(ReceivingKeys.generate() for _ in range(3))
CUSTODIANS_DOCUMENT = Custodians(tuple(keys.public for keys in CUSTODIANS), "2026-03-01T08:00:00Z")
DEVICE = "d1" * 16
VAULT_ID = "e2" * 16
MADE_AT = "2026-03-02T20:00:00+00:00"


def recovery_slot(
    keys: VaultKeys | None = None, *, health: bytes | None = None, device: str = DEVICE, vault_id: str = VAULT_ID
) -> RecoverySlot:
    request = RecoveryRequest(vault_id, device, MADE_AT, CUSTODIANS_DOCUMENT.for_slot())
    return make_recovery_slot(request, keys or new_keys(), health)


def answered(request: bytes, *custodians: ReceivingKeys) -> bytes:
    """Return the reply of these custodians, one after the other, as the centre would make it."""
    reply = b""
    for keys in custodians:
        reply = answer(read_request(request), keys, read_reply(reply) if reply else None)
    return reply
