"""Enrolment by files: a laptop asks, the centre answers, and two people compare six words by phone.

The words are what makes it safe: both files travel unprotected, so the fingerprint of the request (at the centre) and
of the reply (at the laptop) is read out and compared before anything is accepted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from outreach_app.errors import BugError, KnownError
from outreach_app.sync.custodians import Custodians, are_three
from outreach_app.sync.devices import DeviceEntry, read_device, write_device
from outreach_app.sync.errors import EnrolmentUnreadableError
from outreach_app.sync.framing import read_base64, write_base64
from outreach_app.sync.instants import write_instant
from outreach_app.sync.keys import PublicReceivingKey, PublicSigningKeys, ReceivingKeys, SigningKeys
from outreach_app.sync.sealing import CentreSealingKey
from outreach_app.sync.signed_document import read_signed, read_unverified, write_signed
from outreach_app.wire.enrolment import EnrolmentReplyBody, EnrolmentRequestBody

FILE_LIMIT = 64 << 10
WORDS = 6
WORD_LIST_LENGTH = 2048
LINKAGE_KEY_LENGTH = 32
FOR_ANOTHER_REQUEST = "for another request"
FOR_ANOTHER_LAPTOP = "for another laptop"
_WORD_BITS = 11
_REQUEST = b"outreach-enrolment-request/1"
_REPLY = b"outreach-enrolment-reply/1"
_LINKAGE_INFO = b"outreach-linkage-key/1 "


@dataclass(frozen=True)
class EnrolmentRequest:
    """A request whose proof of possession holds. Who asks is known only after the words were compared."""

    device: DeviceEntry
    label: str
    code: str
    issued_at: str
    sha512: str

    def fingerprint(self) -> bytes:
        """Return the 64 bytes to compare as words."""
        return bytes.fromhex(self.sha512)


@dataclass(frozen=True)
class CentreKeys:
    """The public keys a laptop learns when it is enrolled, and where the mailbox is."""

    root: PublicSigningKeys
    sealing: CentreSealingKey
    mailbox: PublicSigningKeys
    desk: PublicSigningKeys
    mailbox_url: str | None = None


@dataclass(frozen=True)
class EnrolmentReply:
    """A reply that fits this laptop's request. ``linkage_key`` (32 bytes) is secret.

    ``custodians`` is None when the centre had none yet: then nobody can help with a forgotten passphrase.
    """

    device: DeviceEntry
    centre: CentreKeys
    linkage_key: bytes
    issued_at: str
    sha512: str
    custodians: Custodians | None = None

    def fingerprint(self) -> bytes:
        """Return the 64 bytes to compare as words."""
        return bytes.fromhex(self.sha512)

    def __repr__(self) -> str:
        return f"EnrolmentReply({self.sha512[:16]})"


def six_words(fingerprint: bytes, words: Sequence[str]) -> str:
    """Return six words (66 bits) of a fingerprint, for comparing by phone.

    Args:
        fingerprint: at least 9 bytes.
        words: exactly 2048 different words.
    """
    if len(words) != WORD_LIST_LENGTH or len(fingerprint) * 8 < WORDS * _WORD_BITS:
        raise BugError("six words need 2048 words and 9 bytes")
    number = int.from_bytes(fingerprint, "big") >> (len(fingerprint) * 8 - WORDS * _WORD_BITS)
    places = [(number >> (_WORD_BITS * place)) % WORD_LIST_LENGTH for place in reversed(range(WORDS))]
    return " ".join(words[place] for place in places)


def make_request(
    *, device: str, signing: SigningKeys, receiving: PublicReceivingKey, code: str, label: str, issued_at: datetime
) -> bytes:
    """Return a laptop's request, signed with the keys it names.

    ``code`` is a one-time code (4 to 64 letters, digits, dashes); ``label`` a neutral name such as "Laptop 3".
    """
    body = EnrolmentRequestBody(
        device=device,
        label=label,
        code=code,
        issued_at=write_instant(issued_at),
        signing_key=signing.public.to_text(),
        receiving_key=receiving.to_text(),
    )
    return write_signed(body, context=_REQUEST, keys=signing)


def read_request(untrusted: bytes) -> EnrolmentRequest:
    """Return a request after checking form and proof of possession; EnrolmentUnreadableError otherwise."""
    try:
        claimed = read_unverified(untrusted, EnrolmentRequestBody, what="The request", limit=FILE_LIMIT)
        signing = PublicSigningKeys.from_text(claimed.signing_key)
        body = read_signed(
            untrusted, EnrolmentRequestBody, context=_REQUEST, keys=signing, what="The request", limit=FILE_LIMIT
        )
        entry = DeviceEntry(body.device, signing, PublicReceivingKey.from_text(body.receiving_key))
    except KnownError as error:
        raise EnrolmentUnreadableError(reason=_reason(error)) from error
    return EnrolmentRequest(entry, body.label, body.code, body.issued_at, hashlib.sha512(untrusted).hexdigest())


def make_reply(
    request: EnrolmentRequest,
    *,
    root: SigningKeys,
    centre: CentreKeys,
    linkage_key: bytes,
    issued_at: datetime,
    custodians: Sequence[PublicReceivingKey] = (),
) -> bytes:
    """Return the centre's reply to one request, signed by its root; the linkage key is sealed to the device."""
    if len(linkage_key) != LINKAGE_KEY_LENGTH or centre.root != root.public:
        raise BugError("an enrolment reply needs a linkage key of 32 bytes and the root it is signed with")
    sealed = request.device.receiving.seal(linkage_key, _LINKAGE_INFO + request.fingerprint())
    body = EnrolmentReplyBody(
        request_sha512=request.sha512,
        issued_at=write_instant(issued_at),
        device=write_device(request.device),
        root_key=root.public.to_text(),
        sealing_key=centre.sealing.public.to_text(),
        sealing_key_id=centre.sealing.key_id,
        mailbox_key=centre.mailbox.to_text(),
        desk_key=centre.desk.to_text(),
        mailbox_url=centre.mailbox_url,
        sealed_linkage_key=write_base64(sealed),
        custodians=tuple(key.to_text() for key in custodians),
    )
    return write_signed(body, context=_REPLY, keys=root)


def read_reply(untrusted: bytes, *, request: bytes, receiving: ReceivingKeys) -> EnrolmentReply:
    """Return the reply to this laptop's own ``request`` (the exact bytes it wrote).

    The root in it is only as good as the words: compare ``fingerprint()`` by phone before using anything.

    Raises:
        EnrolmentUnreadableError: damaged, for another request, or not sealed to this device.
    """
    try:
        asked = read_request(request)
        claimed = read_unverified(untrusted, EnrolmentReplyBody, what="The reply", limit=FILE_LIMIT)
        root = PublicSigningKeys.from_text(claimed.root_key)
        body = read_signed(untrusted, EnrolmentReplyBody, context=_REPLY, keys=root, what="The reply", limit=FILE_LIMIT)
        device, centre, custodians = read_device(body.device), _read_centre(body, root), _read_custodians(body)
    except KnownError as error:
        raise EnrolmentUnreadableError(reason=_reason(error)) from error
    if body.request_sha512 != asked.sha512 or device != asked.device:
        raise EnrolmentUnreadableError(reason=FOR_ANOTHER_REQUEST)
    sealed = read_base64(body.sealed_linkage_key)
    linkage_key = receiving.unseal(sealed, _LINKAGE_INFO + asked.fingerprint()) if sealed else None
    if linkage_key is None or len(linkage_key) != LINKAGE_KEY_LENGTH:
        raise EnrolmentUnreadableError(reason=FOR_ANOTHER_LAPTOP)
    sha512 = hashlib.sha512(untrusted).hexdigest()
    return EnrolmentReply(device, centre, linkage_key, body.issued_at, sha512, custodians)


def _read_centre(body: EnrolmentReplyBody, root: PublicSigningKeys) -> CentreKeys:
    sealing = CentreSealingKey(PublicReceivingKey.from_text(body.sealing_key))
    if sealing.key_id != body.sealing_key_id:
        raise EnrolmentUnreadableError(reason="sealing_key_id")
    mailbox, desk = PublicSigningKeys.from_text(body.mailbox_key), PublicSigningKeys.from_text(body.desk_key)
    return CentreKeys(root, sealing, mailbox, desk, body.mailbox_url)


def _read_custodians(body: EnrolmentReplyBody) -> Custodians | None:
    keys = tuple(PublicReceivingKey.from_text(text) for text in body.custodians)
    if keys and not are_three(keys):
        raise EnrolmentUnreadableError(reason="custodians")
    return Custodians(keys, body.issued_at) if keys else None


def _reason(error: KnownError) -> str:
    return str(error.values.get("field") or error.values.get("reason") or "signature")
