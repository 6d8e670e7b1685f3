"""Custodians follow each other: two of the old agree, or every laptop takes the new trust by hand."""

from pathlib import Path

import pytest

from outreach_app.centre.desk.custodian_keys import CustodianSecrets
from outreach_app.centre.desk.custodians import find_custodians
from outreach_app.centre.desk.errors import (
    CustodianCannotPublishError,
    OldKeysNeededError,
    OtherCustodianKeyError,
)
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.publishing import finish, prepare, refresh_timestamp, sign
from outreach_app.centre.desk.publishing_roads import files_to_publish, hand_out
from outreach_app.centre.desk.publishing_state import show
from outreach_app.sync.errors import MailboxSilentError
from outreach_app.sync.packs.client import take_trust
from outreach_app.sync.packs.errors import PackUntrustedError
from outreach_app.sync.packs.trusted_files import TIMESTAMP, TRUST
from tests.support.clock import FakeClock
from tests.support.publishing import FILES, PackBox, make_custodians, publish, taken

Custodians = tuple[CustodianSecrets, ...]


@pytest.fixture
def box(publisher: Desk, custodians: Custodians) -> PackBox:
    """A mailbox with a first publication."""
    publish(publisher, custodians, FILES)
    made = PackBox()
    hand_out(publisher, made, mailbox="own")
    return made


def test_laptops_follow_new_custodians_by_themselves(
    publisher: Desk, custodians: Custodians, box: PackBox, tmp_path: Path
) -> None:
    laptop = taken(publisher, box)
    prepare(publisher)
    successors = make_custodians(publisher, tmp_path / "new", old=custodians[1:])
    state = show(publisher)
    assert (state.root, state.draft, state.history[0].number) == (2, None, 3)  # what was prepared is withdrawn
    assert state.history[0].signed_by == (1, 2, 3)
    hand_out(publisher, box, mailbox="own")
    found = taken(publisher, box, laptop.trusted)
    assert (found.number, found.content) == (3, laptop.content)
    assert taken(publisher, box).trusted == found.trusted
    prepare(publisher)
    with pytest.raises(OtherCustodianKeyError):
        sign(publisher, custodians[0])
    for custodian in successors[:2]:
        sign(publisher, custodian)
    assert finish(publisher).signed_by == (1, 2)
    hand_out(publisher, box, mailbox="own")
    assert taken(publisher, box, laptop.trusted).number == 4


def test_a_line_cut_between_any_two_files_leaves_something_whole(
    publisher: Desk, custodians: Custodians, box: PackBox, tmp_path: Path, clock: FakeClock
) -> None:
    laptop, before = taken(publisher, box), dict(box.files)
    make_custodians(publisher, tmp_path / "new", old=custodians[:2])
    for count in range(len(files_to_publish(publisher)) + 1):
        box.files, box.stops_after = dict(before), count
        if count < len(files_to_publish(publisher)):
            with pytest.raises(MailboxSilentError):
                hand_out(publisher, box)
        assert taken(publisher, box, laptop.trusted).content == laptop.content
        assert taken(publisher, box).content == laptop.content
        box.stops_after = None
        hand_out(publisher, box)
        assert taken(publisher, box, laptop.trusted).number == 2
    clock.advance(2 * 86400)
    assert refresh_timestamp(publisher)
    hand_out(publisher, box)
    assert taken(publisher, box, laptop.trusted).timestamp_at == clock.now()


def test_two_of_the_old_must_agree(publisher: Desk, custodians: Custodians, tmp_path: Path) -> None:
    anna, bo, _carla = custodians
    before = find_custodians(publisher)
    for old, error in (
        ((), OldKeysNeededError),
        ((anna,), OldKeysNeededError),
        ((anna, anna), OldKeysNeededError),
        ((anna, CustodianSecrets(bo.receiving)), CustodianCannotPublishError),
    ):
        with pytest.raises(error):
            make_custodians(publisher, tmp_path / "new", old=old, replace=True)
    assert find_custodians(publisher) == before
    assert not (tmp_path / "new").exists()


def test_without_old_keys_each_laptop_takes_the_new_trust_by_hand(
    publisher: Desk, box: PackBox, tmp_path: Path
) -> None:
    laptop = taken(publisher, box)
    make_custodians(publisher, tmp_path / "new", by_hand=True, replace=True)
    hand_out(publisher, box, mailbox="own")
    with pytest.raises(PackUntrustedError):
        taken(publisher, box, laptop.trusted)
    trusted = take_trust(box.files[TRUST], publisher.keys.root.public, words="w", words_of=lambda _fingerprint: "w")
    assert taken(publisher, box, trusted).number == 2
    assert taken(publisher, box).number == 2
    names = [file.name for file in files_to_publish(publisher)]
    assert names[-3:] == [TIMESTAMP, "2.root.json", TRUST]


def test_before_anything_was_published_there_is_only_a_root(
    publisher: Desk, custodians: Custodians, tmp_path: Path
) -> None:
    make_custodians(publisher, tmp_path / "new", old=custodians[:2])
    assert files_to_publish(publisher) == ()
    assert show(publisher).root == 2
