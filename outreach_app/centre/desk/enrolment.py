"""Take a laptop's request in: an entry in the register, a reply for the laptop, a new signed list for the mailbox."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from outreach_app.centre.desk import facts
from outreach_app.centre.desk.clock_guard import heed_clock
from outreach_app.centre.desk.custodians import find_custodians
from outreach_app.centre.desk.devices import Device, add_device, code_used, find_device, issue_list, newest_list
from outreach_app.centre.desk.errors import CodeUsedError, DeviceKnownError, DeviceRevokedError
from outreach_app.centre.desk.opening import Desk
from outreach_app.sync.enrolment import CentreKeys, EnrolmentRequest, make_reply, read_request, six_words
from outreach_app.vault.passphrase import word_list


@dataclass(frozen=True)
class Enrolled:
    """What enrolling gave: the words to compare by phone, the file for the laptop, the list for the mailbox.

    ``request_words`` stand on the laptop that asked, ``reply_words`` on the laptop that reads the reply.
    """

    device: str
    label: str
    request_words: str
    reply_words: str
    reply: bytes
    device_list: bytes


def centre_words(desk: Desk) -> str:
    """Return the six words of the centre's root keys."""
    return six_words(desk.keys.root.public.fingerprint(), word_list())


@dataclass(frozen=True)
class Asking:
    """A request that may be granted: which laptop asks, and the six words to compare before it is.

    ``known`` when it was granted before: it gets the same reply again.
    """

    device: str
    label: str
    words: str
    known: bool


def look_at_request(desk: Desk, untrusted_request: bytes) -> Asking:
    """Return what a request says and change nothing; errors as of ``enrol_device``."""
    request = read_request(untrusted_request)
    known = _find(desk, request)
    words = six_words(request.fingerprint(), word_list())
    return Asking(request.device.device, request.label, words, known is not None)


def enrol_device(desk: Desk, untrusted_request: bytes) -> Enrolled:
    """Enrol the laptop that made this request. The same request again gives the same reply and changes nothing.

    Raises:
        EnrolmentUnreadableError: not a request, damaged, or not signed with the keys it names.
        DeviceKnownError: the laptop is enrolled with another request.
        CodeUsedError: the one-time code came before.
        DeviceRevokedError: the laptop was revoked.
        ClockDoubtfulError: nothing was done; see ``heed_clock``.
    """
    request = read_request(untrusted_request)
    known = _find(desk, request)
    if known is not None:
        return _enrolled(request, known, newest_list(desk))
    heed_clock(desk)
    with desk.vault.transaction():
        device = Device(request.device, request.label, request.sha512, _reply(desk, request))
        add_device(desk, device, request.code)
        desk.vault.audit("enrolled", device.entry.device)
        device_list = issue_list(desk)
    return _enrolled(request, device, device_list)


def _find(desk: Desk, request: EnrolmentRequest) -> Device | None:
    """Return the laptop this very request was granted to before; refuse what cannot be granted."""
    with desk.vault.read() as connection:
        known = find_device(connection, request.device.device)
        if known is None and code_used(connection, request.code):
            raise CodeUsedError
    if known is not None and known.entry.status == "revoked":
        raise DeviceRevokedError
    if known is not None and known.request_sha512 != request.sha512:
        raise DeviceKnownError
    return known


def _reply(desk: Desk, request: EnrolmentRequest) -> bytes:
    keys = desk.keys
    centre = CentreKeys(
        root=keys.root.public,
        sealing=keys.current_sealing_key,
        mailbox=facts.mailbox_receipt_key(desk),
        desk=keys.receipt.public,
        mailbox_url=facts.mailbox_address(desk),
    )
    custodians = find_custodians(desk)
    return make_reply(
        request,
        root=keys.root,
        centre=centre,
        linkage_key=keys.linkage,
        issued_at=desk.clock.now(),
        custodians=() if custodians is None else custodians.keys,
    )


def _enrolled(request: EnrolmentRequest, device: Device, device_list: bytes) -> Enrolled:
    words = word_list()
    return Enrolled(
        device=device.entry.device,
        label=device.label,
        request_words=six_words(request.fingerprint(), words),
        reply_words=six_words(hashlib.sha512(device.reply).digest(), words),
        reply=device.reply,
        device_list=device_list,
    )
