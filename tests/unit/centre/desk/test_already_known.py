"""What the register knows about the records of a batch, asked once for all."""

from __future__ import annotations

from outreach_app.centre.desk.already_known import look_up
from outreach_app.centre.desk.ingestion import take_in
from outreach_app.centre.desk.opening import Desk
from outreach_app.wire.batch_records import BlankingRecord, ErasureRecord
from tests.support.desk import WORKER, Sender, note, record_id
from tests.support.sync_people import LAPTOP, OTHER_LAPTOP

ANNA, MARIA = record_id(71), record_id(72)


def test_nothing_is_known_of_what_never_came(desk: Desk, laptop: Sender) -> None:
    known = look_up(desk.vault.connection, LAPTOP.device, [note(1, contact=ANNA)])
    assert (known.owners, known.versions, known.buried) == ({}, frozenset(), frozenset())
    assert not known.is_gone(note(1, contact=ANNA))


def test_versions_and_owners_are_those_of_records_and_of_notices(desk: Desk, laptop: Sender) -> None:
    notice = BlankingRecord(id=record_id(50), version=1, worker=WORKER, record=record_id(1), floor=2)
    take_in(desk, laptop.seal(note(1, version=2, contact=ANNA), notice, note(9, contact=ANNA)).data)
    asked = [note(1, version=3, contact=ANNA), notice, note(2, contact=ANNA)]
    known = look_up(desk.vault.connection, OTHER_LAPTOP.device, asked)
    assert known.owners == {record_id(1): LAPTOP.device, record_id(50): LAPTOP.device}
    assert known.versions == {(record_id(1), 2), (record_id(50), 1)}


def test_what_went_is_gone_for_the_laptop_that_let_it_go_only(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(note(1, contact=ANNA), note(2, contact=MARIA)).data)
    erased = ErasureRecord(id=record_id(50), version=1, worker=WORKER, contact=ANNA, records=[record_id(1)])
    blanked = BlankingRecord(id=record_id(51), version=1, worker=WORKER, record=record_id(2), floor=3)
    take_in(desk, laptop.seal(erased, blanked).data)
    asked = [
        note(1, contact=MARIA), note(3, contact=ANNA), note(2, version=2, contact=MARIA),
        note(2, version=3, contact=MARIA),
    ]  # fmt: skip
    known = look_up(desk.vault.connection, LAPTOP.device, asked)
    assert [known.is_gone(one) for one in asked] == [True, True, True, False]
    strange = look_up(desk.vault.connection, OTHER_LAPTOP.device, asked)
    assert not any(strange.is_gone(one) for one in asked)
