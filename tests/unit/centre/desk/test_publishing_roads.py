"""Handing out what is published: to a mailbox, to a stick, at each ``ingest``; never twice, never half."""

import logging
from pathlib import Path

import pytest

from outreach_app.centre.desk.collecting import collect_from_stick
from outreach_app.centre.desk.custodian_keys import CustodianSecrets
from outreach_app.centre.desk.errors import NumberTakenError
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.publishing import prepare
from outreach_app.centre.desk.publishing_roads import forget_given, give_packs, hand_out
from outreach_app.sync.carriers.stick import PACKS_FOLDER, StickFolder
from outreach_app.sync.errors import MailboxRefusedError, MailboxSilentError
from outreach_app.sync.packs.client import first_trust, refresh
from outreach_app.sync.packs.trusted_files import CONTENT, TIMESTAMP
from tests.support.clock import FakeClock
from tests.support.publishing import FILES, PackBox, publish, taken

Custodians = tuple[CustodianSecrets, ...]


def test_a_mailbox_is_given_only_what_it_does_not_have(publisher: Desk, custodians: Custodians) -> None:
    box = PackBox()
    assert hand_out(publisher, box, mailbox="own") == 0
    publish(publisher, custodians, FILES)
    assert hand_out(publisher, box, mailbox="own") == 7
    assert hand_out(publisher, box, mailbox="own") == 0
    assert hand_out(publisher, PackBox(), mailbox="https://other.example") == 7
    publish(publisher, custodians)
    assert hand_out(publisher, box, mailbox="own") == 3  # list of files, snapshot, timestamp
    forget_given(publisher, "own")
    assert hand_out(publisher, box, mailbox="own") == 7


def test_a_cut_line_goes_on_where_it_was_cut(publisher: Desk, custodians: Custodians) -> None:
    publish(publisher, custodians, FILES)
    box = PackBox(stops_after=3)
    with pytest.raises(MailboxSilentError):
        hand_out(publisher, box, mailbox="own")
    assert TIMESTAMP not in box.files
    box.stops_after = None
    assert hand_out(publisher, box, mailbox="own") == 4
    assert taken(publisher, box).number == 1


def test_a_stick_carries_it_to_a_laptop_without_a_network(
    publisher: Desk, custodians: Custodians, tmp_path: Path
) -> None:
    publish(publisher, custodians, FILES)
    stick = StickFolder(tmp_path)
    collect_from_stick(publisher, stick)
    trusted = first_trust(stick, publisher.keys.root.public)
    assert trusted is not None
    found = refresh(stick, trusted, now=publisher.clock.now())
    assert found.content is not None
    (lying,) = (tmp_path / PACKS_FOLDER).glob(f"*.{CONTENT}")
    assert lying.read_bytes() == found.content
    lying.write_bytes(b"x" * len(found.content))
    collect_from_stick(publisher, stick)  # damaged files are put right
    assert lying.read_bytes() == found.content


def test_each_ingest_says_that_it_is_still_the_newest(
    publisher: Desk, custodians: Custodians, clock: FakeClock
) -> None:
    publish(publisher, custodians, FILES)
    box = PackBox()
    give_packs(publisher, box, mailbox="own")
    clock.advance(86400)
    give_packs(publisher, box, mailbox="own")
    assert taken(publisher, box).timestamp_at == clock.now()


def test_a_road_that_takes_no_packs_stops_nothing_else(
    publisher: Desk, custodians: Custodians, caplog: pytest.LogCaptureFixture
) -> None:
    publish(publisher, custodians, FILES)
    with caplog.at_level(logging.WARNING):
        give_packs(publisher, PackBox(stops_after=0), mailbox="own")
    assert [record.getMessage().split()[0] for record in caplog.records] == ["packs_not_given"]


def test_a_register_that_was_put_back_takes_a_larger_number(publisher: Desk, custodians: Custodians) -> None:
    publish(publisher, custodians, FILES)
    box = PackBox({"1.targets.json": b"of before"})
    with pytest.raises(NumberTakenError) as caught:
        hand_out(publisher, box, mailbox="own")
    assert caught.value.values == {"number": 1}
    assert prepare(publisher, above=5).number == 6


def test_other_refusals_are_told_as_they_are(publisher: Desk, custodians: Custodians) -> None:
    class Closed(PackBox):
        def put_pack_file(self, name: str, data: bytes) -> None:
            raise MailboxRefusedError(code="not_the_desk" if data and name else "")

    publish(publisher, custodians, FILES)
    with pytest.raises(MailboxRefusedError):
        hand_out(publisher, Closed())
