"""The signed list of custodians: read back, and refused when it is changed or another centre's."""

from datetime import UTC, datetime

import pytest

from outreach_app.errors import BugError
from outreach_app.sync.custodians import make_custodians, read_custodians
from outreach_app.sync.errors import RecoveryUnreadableError
from outreach_app.sync.instants import write_instant
from outreach_app.sync.signed_document import write_signed
from outreach_app.wire.recovery import CustodiansBody
from tests.support.custodians import ANNA, BO, CUSTODIANS
from tests.support.sync_people import CENTRE, Centre

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
