"""The list of devices, signed by the centre's root: who may send, and who no longer may."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from outreach_app.errors import KnownError
from outreach_app.sync.errors import DeviceListUnreadableError, SignatureWrongError
from outreach_app.sync.instants import write_instant
from outreach_app.sync.keys import PublicReceivingKey, PublicSigningKeys, SigningKeys
from outreach_app.sync.signed_document import read_signed, write_signed
from outreach_app.wire.enrolment import DeviceListBody, DeviceRow, DeviceStatus

_CONTEXT = b"outreach-device-list/1"


@dataclass(frozen=True)
class DeviceEntry:
    """One device: how to check what it signs, how to seal to it, and whether it may send."""

    device: str
    signing: PublicSigningKeys
    receiving: PublicReceivingKey
    status: DeviceStatus = "enrolled"


@dataclass(frozen=True)
class DeviceList:
    """A verified list. ``number`` only grows; a list with a smaller one is never used again."""

    number: int
    issued_at: str
    devices: tuple[DeviceEntry, ...]

    def find(self, device: str) -> DeviceEntry | None:
        """Return the entry of a device, revoked or not."""
        return next((entry for entry in self.devices if entry.device == device), None)


def make_device_list(devices: Iterable[DeviceEntry], *, number: int, issued_at: datetime, root: SigningKeys) -> bytes:
    """Return the signed list; ``number`` must be larger than that of every list before."""
    rows = tuple(write_device(entry) for entry in devices)
    body = DeviceListBody(number=number, issued_at=write_instant(issued_at), devices=rows)
    return write_signed(body, context=_CONTEXT, keys=root)


def read_device_list(untrusted: bytes, root: PublicSigningKeys, *, known_number: int = 0) -> DeviceList:
    """Return the list after checking it.

    Args:
        untrusted: the signed list.
        root: the centre's root keys.
        known_number: number of the list used so far; an older one is refused.

    Raises:
        DeviceListUnreadableError: damaged, not signed by the root, older, or a device stands in it twice.
    """
    try:
        body = read_signed(untrusted, DeviceListBody, context=_CONTEXT, keys=root, what="The device list")
        devices = tuple(read_device(row) for row in body.devices)
    except SignatureWrongError as error:
        raise DeviceListUnreadableError(reason="signature") from error
    except KnownError as error:
        raise DeviceListUnreadableError(reason=str(error.values.get("field", "form"))) from error
    if body.number < known_number:
        raise DeviceListUnreadableError(reason="older")
    if len({entry.device for entry in devices}) != len(devices):
        raise DeviceListUnreadableError(reason="a device twice")
    return DeviceList(body.number, body.issued_at, devices)


def write_device(entry: DeviceEntry) -> DeviceRow:
    """Return the entry as it stands in documents."""
    return DeviceRow(
        device=entry.device,
        signing_key=entry.signing.to_text(),
        receiving_key=entry.receiving.to_text(),
        status=entry.status,
    )


def read_device(untrusted: DeviceRow) -> DeviceEntry:
    """Return the entry with its keys checked; KeyUnreadableError otherwise."""
    signing = PublicSigningKeys.from_text(untrusted.signing_key)
    receiving = PublicReceivingKey.from_text(untrusted.receiving_key)
    return DeviceEntry(untrusted.device, signing, receiving, untrusted.status)
