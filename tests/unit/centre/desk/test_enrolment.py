"""A request becomes an entry, a reply and a signed list; the same one again changes nothing."""

from __future__ import annotations

import pytest

from outreach_app.centre.desk import facts
from outreach_app.centre.desk.devices import list_devices, newest_list, revoke_device
from outreach_app.centre.desk.enrolment import enrol_device, look_at_request
from outreach_app.centre.desk.errors import CodeUsedError, DeviceKnownError, DeviceRevokedError, DeviceUnknownError
from outreach_app.centre.desk.opening import Desk
from outreach_app.sync.devices import read_device_list
from outreach_app.sync.enrolment import read_reply, six_words
from outreach_app.sync.errors import EnrolmentUnreadableError
from outreach_app.vault.passphrase import word_list
from tests.support.desk import request_of, rows_of
from tests.support.sync_people import CENTRE, LAPTOP, OTHER_LAPTOP, Laptop


def test_the_reply_gives_the_laptop_everything_it_needs(desk: Desk) -> None:
    facts.keep_mailbox_address(desk, "https://mailbox.example")
    request = request_of(OTHER_LAPTOP)
    enrolled = enrol_device(desk, request)
    reply = read_reply(enrolled.reply, request=request, receiving=OTHER_LAPTOP.receiving)
    assert reply.centre.root == desk.keys.root.public
    assert reply.centre.desk == desk.keys.receipt.public
    assert reply.centre.mailbox == CENTRE.mailbox.public
    assert reply.centre.sealing == desk.keys.current_sealing_key
    assert (reply.centre.mailbox_url, reply.linkage_key) == ("https://mailbox.example", desk.keys.linkage)
    assert enrolled.reply_words == six_words(reply.fingerprint(), word_list())
    assert len(enrolled.request_words.split()) == 6


def test_the_list_names_every_laptop_and_its_number_grows(desk: Desk) -> None:
    enrolled = enrol_device(desk, request_of(OTHER_LAPTOP))
    listed = read_device_list(enrolled.device_list, desk.keys.root.public)
    assert listed.number == int(desk.clock.now().timestamp()) + 1  # the first laptop was enrolled in the same second
    assert {entry.device: entry.status for entry in listed.devices} == {
        LAPTOP.device: "enrolled",
        OTHER_LAPTOP.device: "enrolled",
    }
    revoked = read_device_list(revoke_device(desk, OTHER_LAPTOP.device), desk.keys.root.public)
    assert revoked.number == listed.number + 1
    assert revoked.find(OTHER_LAPTOP.device).status == "revoked"
    assert read_device_list(newest_list(desk), desk.keys.root.public) == revoked


def test_before_the_first_laptop_the_list_is_empty_and_stays_the_same(desk: Desk) -> None:
    with desk.vault.transaction() as connection:
        connection.execute("DELETE FROM device_lists")
        connection.execute("DELETE FROM devices")
    first = newest_list(desk)
    assert read_device_list(first, desk.keys.root.public).devices == ()
    assert newest_list(desk) == first


def test_the_same_request_again_gives_the_same_reply_and_list(desk: Desk) -> None:
    request = request_of(OTHER_LAPTOP)
    first = enrol_device(desk, request)
    assert enrol_device(desk, request) == first
    assert len(list_devices(desk.vault.connection)) == 2


def test_a_known_laptop_with_other_keys_is_refused(desk: Desk) -> None:
    with pytest.raises(DeviceKnownError):
        enrol_device(desk, request_of(Laptop(LAPTOP.device), code="another-code"))
    assert len(list_devices(desk.vault.connection)) == 1


def test_a_one_time_code_works_once(desk: Desk) -> None:
    with pytest.raises(CodeUsedError):
        enrol_device(desk, request_of(OTHER_LAPTOP, code=LAPTOP.device[:8]))


def test_a_revoked_laptop_does_not_come_back_with_its_old_request(desk: Desk) -> None:
    request = request_of(OTHER_LAPTOP)
    enrol_device(desk, request)
    revoke_device(desk, OTHER_LAPTOP.device)
    with pytest.raises(DeviceRevokedError):
        enrol_device(desk, request)
    with pytest.raises(DeviceUnknownError):
        revoke_device(desk, "0" * 32)


@pytest.mark.parametrize("untrusted", [b"", b"{}", b"[]", b"\xff", b'{"body":1}', b"x" * 200_000])
def test_what_is_not_a_request_is_refused(desk: Desk, untrusted: bytes) -> None:
    with pytest.raises(EnrolmentUnreadableError):
        enrol_device(desk, untrusted)


def test_a_changed_request_is_refused(desk: Desk) -> None:
    request = bytearray(request_of(OTHER_LAPTOP))
    for place in range(40, len(request), 499):
        changed = bytearray(request)
        changed[place] ^= 1
        with pytest.raises(EnrolmentUnreadableError):
            enrol_device(desk, bytes(changed))
    assert len(list_devices(desk.vault.connection)) == 1


def test_a_request_is_looked_at_before_it_is_granted(desk):
    asking = look_at_request(desk, request_of(OTHER_LAPTOP))
    assert (asking.device, asking.label, asking.known) == (OTHER_LAPTOP.device, "Laptop 3", False)
    assert rows_of(desk, "devices") == 1
    request = request_of(OTHER_LAPTOP)
    enrolled = enrol_device(desk, request)
    again = look_at_request(desk, request)
    assert (again.known, again.words) == (True, enrolled.request_words)


def test_the_enrolment_under_way_is_remembered_until_it_is_let_go(desk: Desk) -> None:
    request = request_of(LAPTOP)
    assert facts.begun_enrolment(desk) is None
    facts.keep_begun_enrolment(desk, b"the first request")
    facts.keep_begun_enrolment(desk, request)
    assert facts.begun_enrolment(desk) == request
    facts.forget_begun_enrolment(desk)
    assert facts.begun_enrolment(desk) is None
