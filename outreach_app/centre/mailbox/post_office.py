"""The mailbox's rules without HTTP: who may leave what, and what is answered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from outreach_app.centre.mailbox.configuration import MailboxConfiguration
from outreach_app.centre.mailbox.errors import RefusalError
from outreach_app.centre.mailbox.store import LogState, MailboxStore
from outreach_app.clock import Clock
from outreach_app.sync.batch_format import BatchHeader, read_header
from outreach_app.sync.desk_request import verify_request
from outreach_app.sync.devices import DeviceEntry, DeviceList, read_device_list
from outreach_app.sync.errors import (
    BatchTooLargeError,
    BatchUnreadableError,
    ClocksDifferError,
    DeviceListUnreadableError,
    ReceiptUnreadableError,
    SignatureWrongError,
)
from outreach_app.sync.instants import write_instant
from outreach_app.sync.receipts import Receipt, make_receipt, read_receipt_header
from outreach_app.sync.sealing import verify_batch
from outreach_app.wire.mailbox_config import BatchListing


class PostOffice:
    """Decides; the store remembers. Methods block and are called from worker threads."""

    def __init__(self, configuration: MailboxConfiguration, store: MailboxStore, clock: Clock) -> None:
        self._configuration = configuration
        self._store = store
        self._clock = clock
        self._devices: DeviceList | None = None

    def check_sender(self, untrusted_start: bytes) -> DeviceEntry:
        """Look at the first bytes of a batch: whether its device may send at all. Before the rest is read."""
        try:
            header = read_header(untrusted_start)
        except BatchTooLargeError as error:
            raise RefusalError(413, "too_large") from error
        except BatchUnreadableError as error:
            raise RefusalError(400, "not_a_batch") from error
        return self._enrolled(header)

    def take_batch(self, sha512: str, untrusted_batch: bytes) -> bytes:
        """Keep a batch of an enrolled device and return the ``stored`` receipt."""
        if hashlib.sha512(untrusted_batch).hexdigest() != sha512:
            raise RefusalError(400, "wrong_hash")
        device = self.check_sender(untrusted_batch)
        try:
            header = verify_batch(untrusted_batch, device.signing).header
        except BatchTooLargeError as error:
            raise RefusalError(413, "too_large") from error
        except BatchUnreadableError as error:
            raise RefusalError(400, "not_a_batch") from error
        except SignatureWrongError as error:
            raise RefusalError(403, "signature_wrong") from error
        now = write_instant(self._clock.now())

        def issue(state: LogState) -> bytes:
            receipt = Receipt(
                kind="stored", device=header.device, epoch=header.epoch, seq=header.seq, sha512=sha512,
                issued_at=now, log_size=state.size, log_root=state.root,
            )  # fmt: skip
            return make_receipt(receipt, device=device.receiving, issuer=self._configuration.receipt_keys)

        return self._store.put_batch(sha512, header, untrusted_batch, at=now, issue=issue)

    def find_receipts(self, sha512: str) -> tuple[bytes, ...]:
        """Return all receipts of a batch; knowing its name is enough, they are sealed to its device."""
        found = self._store.find_receipts(sha512)
        if not found:
            raise RefusalError(404, "not_found")
        return found

    def check_desk(self, method: str, target: str, untrusted_headers: Mapping[str, str]) -> str:
        """Return the hash the body must have, if the desk signed this request."""
        now, desk = self._clock.now(), self._configuration.desk
        try:
            return verify_request(method, target, untrusted_headers, now=now, keys=desk)
        except SignatureWrongError as error:
            raise RefusalError(401, "not_the_desk") from error
        except ClocksDifferError as error:
            raise RefusalError(401, "clocks_differ") from error

    def list_batches(self, after: int) -> tuple[BatchListing, ...]:
        """Return the next page of batches for the desk."""
        return self._store.list_batches(after)

    def find_batch(self, sha512: str) -> bytes:
        """Return a batch for the desk."""
        data = self._store.find_batch(sha512)
        if data is None:
            raise RefusalError(404, "not_found")
        return data

    def take_receipt(self, sha512: str, untrusted_receipt: bytes) -> None:
        """Keep a receipt of the desk; the ``stored`` one is the mailbox's own."""
        try:
            header = read_receipt_header(untrusted_receipt)
        except ReceiptUnreadableError as error:
            raise RefusalError(400, "not_a_receipt") from error
        if header.sha512 != sha512:
            raise RefusalError(400, "wrong_hash")
        if header.kind == "stored":
            raise RefusalError(400, "wrong_kind")
        self._store.put_receipt(sha512, header.kind, untrusted_receipt)

    def take_device_list(self, untrusted_list: bytes) -> None:
        """Keep a newer root-signed list of devices. Who carries it does not matter."""
        try:
            devices = read_device_list(untrusted_list, self._configuration.root)
        except DeviceListUnreadableError as error:
            raise RefusalError(400, "not_a_device_list") from error
        self._store.put_device_list(devices.number, untrusted_list)

    def check_health(self) -> None:
        """Return if the store answers."""
        self._store.device_list_number()

    def _enrolled(self, header: BatchHeader) -> DeviceEntry:
        device = self._current_devices().find(header.device)
        if device is None:
            raise RefusalError(403, "unknown_device")
        if device.status != "enrolled":
            raise RefusalError(403, "revoked_device")
        return device

    def _current_devices(self) -> DeviceList:
        """Return the newest list; read anew only when its number changed, perhaps through another worker."""
        known = self._devices
        if known is not None and self._store.device_list_number() == known.number:
            return known
        data = self._store.find_device_list()
        if data is None:
            raise RefusalError(503, "no_device_list")
        try:
            self._devices = read_device_list(data, self._configuration.root)
        except DeviceListUnreadableError as error:  # the database was changed behind the mailbox's back
            raise RefusalError(503, "no_device_list") from error
        return self._devices
