"""Help a laptop whose passphrase was forgotten: look at its request, compare six words, add a custodian's answer.

Nothing here ever holds a key of the laptop, nor the secret that opens its recovery slot: what a custodian frees says
nothing alone, and it leaves sealed to the key of this one request.
"""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.centre.desk.devices import known_device
from outreach_app.centre.desk.errors import LaptopRevokedError
from outreach_app.centre.desk.opening import Desk
from outreach_app.sync.enrolment import six_words
from outreach_app.sync.keys import ReceivingKeys
from outreach_app.sync.recovery import ANSWERS_NEEDED, RecoveryAsked, answer, read_reply, read_request
from outreach_app.sync.sealing import key_id
from outreach_app.vault.passphrase import word_list


@dataclass(frozen=True)
class Asked:
    """A request of a laptop that is enrolled. ``words`` are compared by phone before any custodian answers."""

    request: RecoveryAsked
    label: str
    words: str

    @property
    def device(self) -> str:
        """The laptop's number."""
        return self.request.body.device

    @property
    def purpose(self) -> str:
        """``recover`` or ``drill``."""
        return self.request.body.purpose


@dataclass(frozen=True)
class Helped:
    """The reply so far, and how many custodians are in it; complete with two."""

    reply: bytes
    answers: int

    @property
    def complete(self) -> bool:
        """Whether the laptop can be opened with it."""
        return self.answers >= ANSWERS_NEEDED


def look_at_request(desk: Desk, untrusted_request: bytes) -> Asked:
    """Return what a request says, after checking that its laptop is enrolled and not revoked.

    Raises:
        RecoveryUnreadableError: not a request, or damaged.
        DeviceUnknownError, LaptopRevokedError: nobody is helped.
    """
    request = read_request(untrusted_request)
    with desk.vault.read() as connection:
        device = known_device(connection, request.body.device)
    if device.entry.status == "revoked":
        raise LaptopRevokedError
    return Asked(request, device.label, six_words(request.fingerprint(), word_list()))


def add_answer(desk: Desk, asked: Asked, custodian: ReceivingKeys, untrusted_earlier: bytes | None = None) -> Helped:
    """Return the reply with this custodian's answer added; call it only after the words were compared.

    The desk's audit has it before the reply leaves.

    Args:
        desk: open.
        asked: from ``look_at_request``.
        custodian: the opened key.
        untrusted_earlier: the reply of the first custodian, when this is the second.

    Raises:
        OtherCustodianError, CustodianAnsweredError, RecoveryUnreadableError, RecoveryOtherLaptopError,
        RecoveryOtherPurposeError, RecoveryOtherRequestError: nothing was answered.
    """
    earlier = None if untrusted_earlier is None else read_reply(untrusted_earlier)
    reply = answer(asked.request, custodian, earlier)
    with desk.vault.transaction():
        desk.vault.audit("recovery_helped", asked.device, f"{asked.purpose}.{key_id(custodian.public)}")
    return Helped(reply, 1 if earlier is None else len(earlier.answers) + 1)
