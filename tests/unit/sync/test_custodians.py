"""The signed list of custodians: read back, and refused when it is changed or another centre's."""

from datetime import UTC, datetime

import pytest

from outreach_app.errors import BugError
from outreach_app.sync.custodians import make_custodians, read_custodians
from outreach_app.sync.enrolment import CentreKeys, make_reply, make_request, read_reply, read_request
from outreach_app.sync.errors import EnrolmentUnreadableError, RecoveryUnreadableError
from outreach_app.sync.instants import write_instant
from outreach_app.sync.keys import PublicReceivingKey
from outreach_app.sync.signed_document import write_signed
from outreach_app.wire.recovery import CustodiansBody
from tests.support.custodians import ANNA, BO, CUSTODIANS
from tests.support.sync_people import CENTRE, LAPTOP, Centre

SAID_AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
KEYS = [keys.public for keys in CUSTODIANS]
DOCUMENT = make_custodians(KEYS, issued_at=SAID_AT, root=CENTRE.root)


def test_the_signed_list_is_read_back() -> None:
    found = read_custodians(DOCUMENT, CENTRE.root.public)
    assert (list(found.keys), found.issued_at) == (KEYS, write_instant(SAID_AT))
    assert tuple(custodian.key_id for custodian in found.for_slot()) == found.key_ids()


def test_a_list_of_another_centre_or_a_changed_one_is_refused() -> None:
    for untrusted, root in ((DOCUMENT, Centre().root.public), (b"{}", CENTRE.root.public)):
        with pytest.raises(RecoveryUnreadableError):
            read_custodians(untrusted, root)


def test_three_different_keys_are_needed() -> None:
    with pytest.raises(BugError):
        make_custodians([ANNA.public, BO.public], issued_at=SAID_AT, root=CENTRE.root)
    twice = CustodiansBody(issued_at=write_instant(SAID_AT), keys=tuple(key.to_text() for key in (KEYS[0], *KEYS[:2])))
    with pytest.raises(RecoveryUnreadableError):
        read_custodians(write_signed(twice, context=b"outreach-custodians/1", keys=CENTRE.root), CENTRE.root.public)


def reply_naming(keys: tuple[PublicReceivingKey, ...]) -> tuple[bytes, bytes]:
    """Return a request and a reply that names these custodians."""
    request = make_request(
        device=LAPTOP.device, signing=LAPTOP.signing, receiving=LAPTOP.receiving.public, code="1234", label="", issued_at=SAID_AT
    )
    centre = CentreKeys(CENTRE.root.public, CENTRE.sealing_key, CENTRE.mailbox.public, CENTRE.desk.public)
    reply = make_reply(
        read_request(request), root=CENTRE.root, centre=centre, linkage_key=bytes(32), issued_at=SAID_AT, custodians=keys
    )
    return request, reply


def test_the_enrolment_reply_names_three_custodians_or_none() -> None:
    request, reply = reply_naming(tuple(KEYS))
    named = read_reply(reply, request=request, receiving=LAPTOP.receiving).custodians
    assert named is not None
    assert (list(named.keys), named.issued_at) == (KEYS, write_instant(SAID_AT))
    request, reply = reply_naming(())
    assert read_reply(reply, request=request, receiving=LAPTOP.receiving).custodians is None


@pytest.mark.parametrize("keys", [KEYS[:2], [KEYS[0], KEYS[1], KEYS[0]]])
def test_a_reply_that_names_fewer_is_refused(keys: list[PublicReceivingKey]) -> None:
    request, reply = reply_naming(tuple(keys))
    with pytest.raises(EnrolmentUnreadableError):
        read_reply(reply, request=request, receiving=LAPTOP.receiving)
