"""Receipts that are kept are opened again; one that cannot be read any more still says its kind and its day."""

from __future__ import annotations

import pytest

from outreach_app.records.errors import NotFoundError
from outreach_app.services.receipt_book import KeptReceipt
from outreach_app.sync.receipts import ReasonCode
from tests.support.centre_box import ANSWERED_AT, CentreBox
from tests.support.sending import box_name, fetch, send
from tests.support.sessions import Laptop


def test_receipts_come_oldest_first_with_what_was_counted(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("good")
    bad = laptop.finish("bad")
    send(laptop.session, box)
    box.ingest(put_aside={bad: ReasonCode.WRONG_SHAPE})
    fetch(laptop.session, box)
    assert laptop.session.receipt_book.list_receipts(box_name(laptop)) == (
        KeptReceipt("stored", ANSWERED_AT), KeptReceipt("ingested", ANSWERED_AT, counted=1, put_aside=1),
    )  # fmt: skip


def test_a_refusal_says_its_reason(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("one")
    send(laptop.session, box)
    box.refuse(box_name(laptop))
    fetch(laptop.session, box)
    assert laptop.session.receipt_book.list_receipts(box_name(laptop))[-1].reason == ReasonCode.BATCH_DAMAGED


def test_what_cannot_be_read_any_more_keeps_its_kind_and_day(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("one")
    send(laptop.session, box)
    with laptop.vault.transaction() as db:
        db.execute("UPDATE receipts SET sealed = x'00'")
    assert laptop.session.receipt_book.list_receipts(box_name(laptop)) == (KeptReceipt("stored", ANSWERED_AT),)


def test_no_batch_has_no_receipts(laptop: Laptop) -> None:
    with pytest.raises(NotFoundError):
        laptop.session.receipt_book.list_receipts("0" * 128)
