"""Who the three custodians are: a document signed by the centre's root, and part of each enrolment reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from outreach_app.errors import BugError, KnownError
from outreach_app.sync.errors import RecoveryUnreadableError
from outreach_app.sync.instants import write_instant
from outreach_app.sync.keys import PublicReceivingKey, PublicSigningKeys, SigningKeys
from outreach_app.sync.sealing import key_id
from outreach_app.sync.signed_document import read_signed, write_signed
from outreach_app.vault.recovery_slot import CUSTODIANS, Custodian
from outreach_app.wire.recovery import CustodiansBody

FILE_LIMIT = 64 << 10
_CONTEXT = b"outreach-custodians/1"


@dataclass(frozen=True)
class Custodians:
    """The keys of the three custodians, and when the centre said so (UTC as text; such texts sort by time)."""

    keys: tuple[PublicReceivingKey, ...]
    issued_at: str

    def for_slot(self) -> tuple[Custodian, ...]:
        """Return them as a recovery slot is made for them."""
        return tuple(Custodian(key_id(key), key.to_bytes()) for key in self.keys)

    def key_ids(self) -> tuple[str, ...]:
        """Return the ids of their keys, in order."""
        return tuple(key_id(key) for key in self.keys)


def are_three(keys: Sequence[PublicReceivingKey]) -> bool:
    """Tell whether these are three different keys."""
    return len(keys) == CUSTODIANS and len({key_id(key) for key in keys}) == CUSTODIANS


def make_custodians(keys: Sequence[PublicReceivingKey], *, issued_at: datetime, root: SigningKeys) -> bytes:
    """Return the signed document for laptops that were enrolled before these custodians were."""
    if not are_three(keys):
        raise BugError("three custodians with different keys are needed")
    body = CustodiansBody(issued_at=write_instant(issued_at), keys=tuple(key.to_text() for key in keys))
    return write_signed(body, context=_CONTEXT, keys=root)


def read_custodians(untrusted: bytes, root: PublicSigningKeys) -> Custodians:
    """Return the custodians after checking both signatures of the centre's root.

    Raises:
        RecoveryUnreadableError: damaged, not signed by this laptop's centre, or not three different keys.
    """
    what = "The list of custodians"
    try:
        body = read_signed(untrusted, CustodiansBody, context=_CONTEXT, keys=root, what=what, limit=FILE_LIMIT)
        keys = tuple(PublicReceivingKey.from_text(text) for text in body.keys)
    except KnownError as error:
        raise RecoveryUnreadableError(reason=str(error.values.get("field") or "signature")) from error
    if not are_three(keys):
        raise RecoveryUnreadableError(reason="$.keys")
    return Custodians(keys, body.issued_at)
