"""What came in last, what waits, and how things stand in five numbers."""

from __future__ import annotations

from outreach_app.centre.desk.device_states import list_states
from outreach_app.centre.desk.devices import revoke_device
from outreach_app.centre.desk.incoming import LAST_SHOWN, read_incoming
from outreach_app.centre.desk.ingestion import take_in
from outreach_app.centre.desk.overview import DeskOverview, read_overview
from tests.support.desk import coded, standing


def test_an_empty_register_has_nothing_to_tell(desk):
    incoming = read_incoming(desk)
    assert (incoming.waiting, incoming.gaps, incoming.settled, incoming.receipts) == (0, (), (), 0)
    assert read_overview(desk) == DeskOverview(laptops=1, waiting=0, missing=0, alarmed=0, put_aside=0)


def test_batches_are_told_with_their_lines_newest_first(desk, laptop, clock):
    take_in(desk, laptop.seal(coded(1), coded(2)).data)
    clock.advance(60)
    take_in(desk, laptop.seal(coded(3), b"not json").data)
    newest, oldest = read_incoming(desk).settled
    assert (newest.seq, newest.records, newest.put_aside) == (2, 1, 1)
    assert (oldest.seq, oldest.records, oldest.put_aside, oldest.state) == (1, 2, 0, "ingested")
    assert newest.settled_at > oldest.settled_at
    assert read_incoming(desk).receipts == 2


def test_only_the_last_batches_are_told(desk, laptop):
    for number in range(LAST_SHOWN + 2):
        take_in(desk, laptop.seal(coded(number)).data)
    assert len(read_incoming(desk).settled) == LAST_SHOWN


def test_what_waits_and_what_is_missing_are_two_numbers(desk, laptop):
    laptop.seal(coded(1))
    laptop.seal(coded(2))
    take_in(desk, laptop.seal(coded(3)).data)
    assert read_incoming(desk).waiting == 1
    overview = read_overview(desk)
    assert (overview.waiting, overview.missing) == (1, 2)


def test_what_waits_of_a_revoked_laptop_is_counted_nowhere(desk, laptop):
    laptop.seal(coded(1))
    take_in(desk, laptop.seal(coded(2)).data)
    revoke_device(desk, laptop.laptop.device)
    assert (read_incoming(desk).waiting, read_overview(desk).waiting, list_states(desk)[0].waiting) == (0, 0, 0)


def test_a_revoked_laptop_asks_for_nothing(desk, laptop):
    take_in(desk, laptop.seal(standing(90, 5)).data)
    take_in(desk, laptop.seal(b"not json", standing(91, 4)).data)
    assert (read_overview(desk).alarmed, read_overview(desk).put_aside) == (1, 1)
    revoke_device(desk, laptop.laptop.device)
    overview = read_overview(desk)
    assert (overview.laptops, overview.alarmed) == (0, 0)
