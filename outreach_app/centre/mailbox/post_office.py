"""The mailbox's rules without HTTP: who may leave what, and what is answered."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping

from outreach_app import logs
from outreach_app.centre.mailbox.batch_log import DeviceListChangedError
from outreach_app.centre.mailbox.configuration import MailboxConfiguration
from outreach_app.centre.mailbox.devices_in_use import DevicesInUse
from outreach_app.centre.mailbox.errors import RefusalError
from outreach_app.centre.mailbox.publications import Publications
from outreach_app.centre.mailbox.receipt_issuing import receipt_for
from outreach_app.centre.mailbox.store import MailboxStore, StoredBatch
from outreach_app.centre.mailbox.upload_office import UploadOffice
from outreach_app.clock import Clock
from outreach_app.sync.batch_format import FORMAT, read_header, split_batch
from outreach_app.sync.desk_request import verify_request
from outreach_app.sync.devices import DeviceEntry, read_device_list
from outreach_app.sync.errors import (
    BatchTooLargeError,
    BatchUnreadableError,
    ClocksDifferError,
    DeviceListUnreadableError,
    ReceiptUnreadableError,
    SignatureWrongError,
)
from outreach_app.sync.instants import write_instant
from outreach_app.sync.receipts import read_receipt_header
from outreach_app.wire.mailbox_config import BatchListing

_log = logging.getLogger(__name__)


class PostOffice:
    """Decides; the store remembers. Methods block and are called from worker threads."""

    def __init__(self, configuration: MailboxConfiguration, store: MailboxStore, clock: Clock) -> None:
        self._configuration = configuration
        self._store = store
        self._clock = clock
        self._devices = DevicesInUse(store, configuration.root)
        self.uploads = UploadOffice(configuration, store, clock, self._devices)
        self.publications = Publications(store)

    def knows_sender(self, untrusted_start: bytes) -> bool:
        """Say at once, without the store, whether the device of a batch may send; False: ``check_sender`` must look."""
        try:
            return self._devices.known(read_header(untrusted_start).device) is not None
        except (BatchTooLargeError, BatchUnreadableError):
            return False

    def check_sender(self, untrusted_start: bytes) -> None:
        """Look at the first bytes of a batch: whether its device may send at all. Before the rest is read."""
        self._find_sender(untrusted_start)

    def take_batch(self, sha512: str, untrusted_batch: bytes) -> bytes:
        """Keep a batch of an enrolled device and return the ``stored`` receipt."""
        if hashlib.sha512(untrusted_batch).hexdigest() != sha512:
            raise RefusalError(400, "wrong_hash")
        while True:
            try:
                return self._take_verified(sha512, untrusted_batch)
            except DeviceListChangedError:
                self._devices.look_again()

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

    def find_batch(self, sha512: str) -> StoredBatch:
        """Return a batch for the desk; its bytes are read piece by piece."""
        batch = self._store.find_batch(sha512)
        if batch is None:
            raise RefusalError(404, "not_found")
        return batch

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
        """Return if the store answers, and has the second node that was asked for."""
        self._store.device_list_number()
        problem = self._store.standby_problem() if self._store.require_standby else ""
        if problem:
            logs.event(_log, problem, logging.ERROR)
            raise RefusalError(503, "store_unavailable")

    def _take_verified(self, sha512: str, untrusted_batch: bytes) -> bytes:
        device, list_number = self._find_sender(untrusted_batch)
        try:
            parts = split_batch(untrusted_batch)
            device.signing.verify(parts.signed_bytes(), FORMAT.encode(), parts.signatures, what="The batch")
        except BatchTooLargeError as error:
            raise RefusalError(413, "too_large") from error
        except BatchUnreadableError as error:
            raise RefusalError(400, "not_a_batch") from error
        except SignatureWrongError as error:
            raise RefusalError(403, "signature_wrong") from error
        now = write_instant(self._clock.now())
        header = parts.header
        issue = receipt_for(sha512, header, device, at=now, issuer=self._configuration.receipt_keys)
        return self._store.put_batch(sha512, header, untrusted_batch, at=now, issue=issue, list_number=list_number)

    def _find_sender(self, untrusted_start: bytes) -> tuple[DeviceEntry, int]:
        try:
            header = read_header(untrusted_start)
        except BatchTooLargeError as error:
            raise RefusalError(413, "too_large") from error
        except BatchUnreadableError as error:
            raise RefusalError(400, "not_a_batch") from error
        return self._devices.probably_enrolled(header.device)
