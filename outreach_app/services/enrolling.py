"""Enrolment by files: ask, compare six words by phone, accept."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from outreach_app.domain.changes import Changes
from outreach_app.records import enrolment, packs
from outreach_app.records.enrolment import StoredEnrolment
from outreach_app.records.packs import KeysRow
from outreach_app.services.errors import (
    AlreadyEnrolledError,
    NoRequestError,
    NotEnrolledError,
    OwnRequestError,
    ReplyForAnotherError,
    RequestInsteadError,
)
from outreach_app.services.keys_in_force import KeysInForce, keys_in_force
from outreach_app.services.parts import Parts
from outreach_app.services.recovery_upkeep import try_to_bring_up_to_date
from outreach_app.sync.enrolment import (
    FOR_ANOTHER_LAPTOP,
    FOR_ANOTHER_REQUEST,
    EnrolmentReply,
    make_request,
    read_reply,
    read_request,
    six_words,
)
from outreach_app.sync.errors import EnrolmentUnreadableError
from outreach_app.sync.keys import PublicSigningKeys, ReceivingKeys, SigningKeys
from outreach_app.sync.sealing import CentreSealingKey
from outreach_app.vault.passphrase import word_list

NEUTRAL_LABEL = "laptop"


@dataclass(frozen=True, slots=True)
class EnrolmentState:
    """``state`` is none, requested or enrolled; ``words`` are those of the request, to be read out by phone."""

    state: str
    device: str = ""
    words: str = ""
    mailbox_url: str = ""


@dataclass(frozen=True, slots=True)
class RequestFile:
    """The bytes to bring to the centre, and the six words that name them."""

    data: bytes
    words: str


@dataclass(frozen=True, slots=True)
class PendingReply:
    """A reply that fits the request; used only after its six words were compared."""

    data: bytes
    words: str
    linkage_key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """This laptop's keys, the centre's reply, and which keys of the centre hold now.

    ``reply`` names the keys of the day of enrolment: what to seal for and whom to believe say ``sealing``,
    ``mailbox_key`` and ``desk_key``.
    """

    device: str
    signing: SigningKeys
    receiving: ReceivingKeys
    reply: EnrolmentReply
    keys: KeysInForce

    @property
    def sealing(self) -> CentreSealingKey:
        """The key to seal batches for."""
        return self.keys.sealing

    @property
    def mailbox_key(self) -> PublicSigningKeys:
        """Whose ``stored`` receipts are believed."""
        return self.keys.mailbox

    @property
    def desk_key(self) -> PublicSigningKeys:
        """Whose other receipts and letters are believed."""
        return self.keys.desk


class Enrolling:
    """The verbs of enrolment."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        # every step of a run asks; what stands in the vault is checked again only when it is something else
        self._checked: tuple[StoredEnrolment, tuple[KeysRow, ...], Enrolled] | None = None

    def state(self) -> EnrolmentState:
        """Return how far enrolment has come."""
        stored = self._stored()
        if stored is None:
            return EnrolmentState("none")
        words = six_words(read_request(stored.request).fingerprint(), word_list())
        url = self.enrolled().keys.mailbox_url if stored.state == "enrolled" else None
        return EnrolmentState(stored.state, stored.device, words, url or "")

    def request(self) -> RequestFile:
        """Make device keys in the vault and return the request; asked again, the same request comes back.

        Raises:
            AlreadyEnrolledError: the centre has answered already.
        """
        stored = self._stored()
        if stored is not None and stored.state == "enrolled":
            raise AlreadyEnrolledError
        data = stored.request if stored is not None else self._make_request()
        return RequestFile(data, six_words(read_request(data).fingerprint(), word_list()))

    def accept(self, untrusted: bytes) -> PendingReply:
        """Check the centre's reply; nothing is kept before ``confirm``.

        Raises:
            NoRequestError: this laptop never asked. AlreadyEnrolledError: the centre has answered already.
            OwnRequestError, RequestInsteadError: a request was given. ReplyForAnotherError: it belongs to another one.
            EnrolmentUnreadableError: damaged, or another kind of file.
        """
        stored = self._stored()
        if stored is None:
            raise NoRequestError
        if stored.state == "enrolled":
            raise AlreadyEnrolledError
        reply = _read_untrusted_reply(untrusted, stored)
        return PendingReply(untrusted, six_words(reply.fingerprint(), word_list()), reply.linkage_key)

    def confirm(self, pending: PendingReply) -> Changes:
        """Keep a reply whose six words were compared: the laptop is enrolled, and recoverable if there are custodians.

        Raises:
            AlreadyEnrolledError: another reply was kept meanwhile.
        """
        with self._parts.vault.transaction():
            db = self._parts.vault.connection
            stored = enrolment.find_enrolment(db)
            if stored is not None and stored.reply is not None:
                raise AlreadyEnrolledError
            enrolment.keep_reply(db, pending.data, pending.linkage_key, self._parts.now_text())
            self._parts.vault.audit("enrolled", detail="accepted")
        try_to_bring_up_to_date(self._parts, lambda: self.enrolled().reply)
        return Changes(enrolment=True, sending=True)

    def enrolled(self) -> Enrolled:
        """Return the keys and the centre's reply.

        Raises:
            NotEnrolledError: the centre has not answered yet.
        """
        stored = self._stored()
        if stored is None or stored.reply is None:
            raise NotEnrolledError
        with self._parts.vault.read() as db:
            told = tuple(packs.list_keys(db))
        if self._checked is None or self._checked[:2] != (stored, told):
            self._checked = (stored, told, _checked(stored, stored.reply, told))
        return self._checked[2]

    def _stored(self) -> StoredEnrolment | None:
        with self._parts.vault.read():
            return enrolment.find_enrolment(self._parts.vault.connection)

    def _make_request(self) -> bytes:
        signing, receiving = SigningKeys.generate(), ReceivingKeys.generate()
        device = self._parts.ids.new_id()
        data = make_request(
            device=device,
            signing=signing,
            receiving=receiving.public,
            code=secrets.token_hex(6),
            label=NEUTRAL_LABEL,
            issued_at=self._parts.clock.now(),
        )
        kept = StoredEnrolment(device, "requested", signing.to_bytes(), receiving.to_bytes(), data)
        with self._parts.vault.transaction():
            enrolment.keep_request(self._parts.vault.connection, kept, self._parts.now_text())
            self._parts.vault.audit("enrolled", detail="requested")
        return data


def _read_untrusted_reply(untrusted: bytes, stored: StoredEnrolment) -> EnrolmentReply:
    """Return the reply, or say which other file was given: both lie side by side on the same stick."""
    if untrusted == stored.request:
        raise OwnRequestError
    try:
        return read_reply(untrusted, request=stored.request, receiving=ReceivingKeys.from_bytes(stored.receiving_keys))
    except EnrolmentUnreadableError as error:
        if error.values["reason"] in {FOR_ANOTHER_REQUEST, FOR_ANOTHER_LAPTOP}:
            raise ReplyForAnotherError from error
        with suppress(EnrolmentUnreadableError):
            read_request(untrusted)
            raise RequestInsteadError from error
        raise


def _checked(stored: StoredEnrolment, reply: bytes, told: Sequence[KeysRow]) -> Enrolled:
    receiving = ReceivingKeys.from_bytes(stored.receiving_keys)
    read = read_reply(reply, request=stored.request, receiving=receiving)
    keys = keys_in_force(read.centre, told)
    return Enrolled(stored.device, SigningKeys.from_bytes(stored.signing_keys), receiving, read, keys)
