"""Receipts: only those of this centre for this batch count, each says no more than it covers, and none keeps others away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from outreach_app.records.errors import NotFoundError
from outreach_app.sync.errors import ReceiptUnreadableError
from outreach_app.sync.receipts import QuarantinedRecord, ReasonCode
from outreach_app.wire.batch_records import TallyRecord
from tests.support.centre_box import CentreBox
from tests.support.sending import TALLY, box_name, fetch, renew_key, send, steps
from tests.support.sessions import Laptop
from tests.support.sync_people import Centre


@pytest.mark.parametrize("kind", ["rejected", "reseal"])
def test_a_refused_batch_frees_its_records_for_the_next_one(laptop: Laptop, box: CentreBox, kind: Any) -> None:
    note_id = laptop.finish("one")
    laptop.session.tallies.record_tally(TALLY)
    send(laptop.session, box)
    box.refuse(box_name(laptop), kind)
    assert fetch(laptop.session, box) == (1, (1,))
    assert steps(laptop, note_id)[-1] == (kind, 1)
    assert laptop.session.sending.list_batches()[0].state == kind
    assert laptop.session.sending.outbox().total == 2
    renew_key(laptop, box)
    send(laptop.session, box)
    assert [(record.id, record.version) for record in box.records()[2:]] == [(row.id, row.version) for row in box.records()[:2]]
    assert laptop.session.sending.list_batches()[0].seq == 2
    assert fetch(laptop.session, box) == (0, ()), "a last word is not asked for again"


def test_a_tally_that_went_out_in_a_refused_batch_does_not_grow(laptop: Laptop, box: CentreBox) -> None:
    laptop.session.tallies.record_tally(TALLY)
    send(laptop.session, box)
    box.refuse(box_name(laptop))
    fetch(laptop.session, box)
    laptop.session.tallies.record_tally(TALLY)
    assert [row.tally.count for row in laptop.session.tallies.list_tallies()] == [12, 12]
    send(laptop.session, box)
    counts = [record.count for record in box.records() if isinstance(record, TallyRecord)]
    assert counts == [12, 12, 12]


def test_a_record_the_centre_put_aside_is_never_called_ingested(laptop: Laptop, box: CentreBox) -> None:
    bad, good = laptop.finish("bad"), laptop.finish("good")
    send(laptop.session, box)
    box.ingest(put_aside={bad: ReasonCode.WRONG_SHAPE})
    fetch(laptop.session, box)
    assert [state for state, _ in steps(laptop, bad)] == ["finished", "sealed", "sent", "stored", "rejected"]
    assert [state for state, _ in steps(laptop, good)][-1] == "ingested"
    row = laptop.db.execute("SELECT outcome, reason FROM batch_records WHERE record_id = ?", (bad,)).fetchone()
    assert row == ("quarantined", "2")


def test_a_line_the_centre_could_not_even_name_changes_no_note(laptop: Laptop, box: CentreBox) -> None:
    note_id = laptop.finish("one")
    send(laptop.session, box)
    name = box_name(laptop)
    nameless = QuarantinedRecord(line=1, id=None, reason=ReasonCode.NOT_JSON)
    box.receipts[name].append(box.receipt(name, "ingested", quarantined=(nameless,)))
    fetch(laptop.session, box)
    assert [state for state, _ in steps(laptop, note_id)] == ["finished", "sealed", "sent", "stored"]


def test_a_receipt_that_covers_nothing_lets_no_note_say_ingested(laptop: Laptop, box: CentreBox) -> None:
    note_id = laptop.finish("one")
    send(laptop.session, box)
    name = box_name(laptop)
    box.receipts[name].append(box.receipt(name, "ingested"))
    fetch(laptop.session, box)
    assert "ingested" not in dict(steps(laptop, note_id))


def test_a_flipped_byte_in_any_part_of_a_receipt_is_refused(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("one")
    laptop.session.sending.seal()
    name = box_name(laptop)
    box.put_batch(laptop.session.sending.sealed_bytes(name) or b"")
    good = box.receipts[name][0]
    for place in [*range(0, 400, 41), *range(400, len(good), 977)]:
        broken = bytearray(good)
        broken[place] ^= 1
        with pytest.raises(ReceiptUnreadableError):
            laptop.session.sending.take_receipt(name, bytes(broken))
    assert laptop.session.sending.list_batches()[0].state == "sealed"
    assert laptop.session.sending.take_receipt(name, good).is_new
    assert not laptop.session.sending.take_receipt(name, good).is_new


def test_one_bad_receipt_keeps_no_other_away(laptop: Laptop, box: CentreBox) -> None:
    for number in range(3):
        laptop.finish(str(number))
        send(laptop.session, box)
    box.ingest()
    first = next(iter(box.receipts))
    box.receipts[first] = [receipt[:-1] + bytes([receipt[-1] ^ 1]) for receipt in box.receipts[first]]
    with pytest.raises(ReceiptUnreadableError):
        fetch(laptop.session, box)
    assert [row.state for row in laptop.session.sending.list_batches()] == ["ingested", "ingested", "stored"]


def test_receipts_of_another_batch_or_centre_are_refused(laptop: Laptop, box: CentreBox) -> None:
    for number in range(2):
        laptop.finish(str(number))
        send(laptop.session, box)
    second, first = (row.sha512 for row in laptop.session.sending.list_batches())
    with pytest.raises(ReceiptUnreadableError):
        laptop.session.sending.take_receipt(second, box.receipts[first][0])
    stranger = replace(box, centre=Centre())
    with pytest.raises(ReceiptUnreadableError):
        laptop.session.sending.take_receipt(first, stranger.receipt(first, "ingested"))
    with pytest.raises(NotFoundError):
        laptop.session.sending.take_receipt("e" * 128, box.receipts[first][0])
    assert {row.state for row in laptop.session.sending.list_batches()} == {"stored"}


def test_the_mailbox_may_not_say_ingested(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("one")
    send(laptop.session, box)
    forged = replace(box, centre=replace(box.centre, desk=box.centre.mailbox))
    with pytest.raises(ReceiptUnreadableError):
        laptop.session.sending.take_receipt(box_name(laptop), forged.receipt(box_name(laptop), "ingested"))


def test_a_batch_on_another_road_does_not_stop_the_others(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("by stick")
    stick = replace(box, batches={}, receipts={}, gives_stored=False)
    send(laptop.session, stick, "stick")
    laptop.finish("by network")
    laptop.session.sending.seal()
    newest = laptop.session.sending.unconfirmed()[-1]
    box.put_batch(laptop.session.sending.sealed_bytes(newest.sha512) or b"")
    assert fetch(laptop.session, box) == (1, ())
