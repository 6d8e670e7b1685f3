"""The device list: signed by the root, never older, no device twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from outreach_app.sync.devices import DeviceEntry, make_device_list, read_device_list
from outreach_app.sync.errors import DeviceListUnreadableError
from outreach_app.sync.signed_document import write_signed
from outreach_app.wire.enrolment import DeviceListBody, DeviceRow
from tests.support.sync_people import CENTRE, LAPTOP, OTHER_LAPTOP

NOW = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
FIRST = DeviceEntry(LAPTOP.device, LAPTOP.signing.public, LAPTOP.receiving.public)
SECOND = DeviceEntry(OTHER_LAPTOP.device, OTHER_LAPTOP.signing.public, OTHER_LAPTOP.receiving.public, "revoked")
LIST = make_device_list([FIRST, SECOND], number=5, issued_at=NOW, root=CENTRE.root)


def test_a_list_comes_back() -> None:
    found = read_device_list(LIST, CENTRE.root.public, known_number=5)
    assert (found.number, found.issued_at, found.devices) == (5, "2026-03-02T20:00:00Z", (FIRST, SECOND))
    assert found.find(LAPTOP.device) == FIRST
    assert found.find("0" * 32) is None


def test_list_signed_by_somebody_else_is_refused() -> None:
    with pytest.raises(DeviceListUnreadableError, match="signature"):
        read_device_list(LIST, CENTRE.desk.public)


def test_older_list_is_refused() -> None:
    with pytest.raises(DeviceListUnreadableError, match="older"):
        read_device_list(LIST, CENTRE.root.public, known_number=6)


def test_a_device_twice_is_refused() -> None:
    twice = make_device_list([FIRST, FIRST], number=5, issued_at=NOW, root=CENTRE.root)
    with pytest.raises(DeviceListUnreadableError, match="twice"):
        read_device_list(twice, CENTRE.root.public)


def test_a_list_with_a_key_that_is_none_is_refused() -> None:
    row = DeviceRow(device=LAPTOP.device, signing_key="QQ==", receiving_key="QQ==", status="enrolled")
    body = DeviceListBody(number=1, issued_at="2026-03-02T20:00:00Z", devices=(row,))
    signed = write_signed(body, context=b"outreach-device-list/1", keys=CENTRE.root)
    with pytest.raises(DeviceListUnreadableError):
        read_device_list(signed, CENTRE.root.public)


@pytest.mark.parametrize("untrusted", [b"", b"{}", b"[]", b'{"body":"!","signatures":""}', b'{"body":"","signatures":"!"}'])
def test_other_bytes_are_not_lists(untrusted: bytes) -> None:
    with pytest.raises(DeviceListUnreadableError):
        read_device_list(untrusted, CENTRE.root.public)


def test_every_flipped_bit_is_refused() -> None:
    for place in range(0, len(LIST), 127):
        broken = bytearray(LIST)
        broken[place] ^= 1 << (place % 8)
        with pytest.raises(DeviceListUnreadableError):
            read_device_list(bytes(broken), CENTRE.root.public)
