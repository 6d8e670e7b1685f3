"""A laptop compares its receipts: a log that was put back or written anew shows, an honest one does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from outreach_app.services.errors import NotEnrolledError
from outreach_app.services.receipt_checking import ReceiptFault
from outreach_app.sync.keys import SigningKeys
from tests.support.centre_box import CentreBox
from tests.support.sending import fetch, renew_key, send
from tests.support.sessions import Laptop


def answered(laptop: Laptop, box: CentreBox, *log: dict[str, Any]) -> None:
    """Let each batch be ingested with a receipt that says this of the desk's log."""
    for number, values in enumerate(log):
        laptop.finish(str(number))
        send(laptop.session, box)
        name = list(box.batches)[-1]
        box.receipts[name].append(box.receipt(name, "ingested", **values))
        fetch(laptop.session, box)


def place(size: int, root: str = "a", day: int = 3) -> dict[str, Any]:
    return {"log_size": size, "log_root": root * 128, "issued_at": f"2026-03-{day:02d}T09:00:00Z"}


def test_a_log_that_grew_with_time_is_well(laptop: Laptop, box: CentreBox) -> None:
    assert laptop.session.receipt_checking.check().faults == ()
    answered(laptop, box, place(3), place(7, "b", 4), place(8, "c", 4))
    checked = laptop.session.receipt_checking.check()
    assert (checked.receipts, checked.faults) == (6, ())


def test_two_receipts_at_the_same_place_cannot_both_be_true(laptop: Laptop, box: CentreBox) -> None:
    answered(laptop, box, place(3), place(3, "b", 5))
    assert laptop.session.receipt_checking.check().faults == (ReceiptFault("forked", "desk", 1, 2),)


def test_a_log_that_was_put_back_shows_by_its_dates(laptop: Laptop, box: CentreBox) -> None:
    answered(laptop, box, place(9), place(4, "b", 8))
    assert laptop.session.receipt_checking.check().faults == (ReceiptFault("backwards", "desk", 1, 1),)


def test_a_damaged_receipt_is_named(laptop: Laptop, box: CentreBox) -> None:
    answered(laptop, box, place(3))
    laptop.db.execute("UPDATE receipts SET sealed = X'00' WHERE kind = 'stored'")
    assert laptop.session.receipt_checking.check().faults == (ReceiptFault("unreadable", "mailbox", 1, 1),)


def test_receipts_from_before_a_new_key_still_count(laptop: Laptop, box: CentreBox) -> None:
    answered(laptop, box, place(3))
    box.centre = replace(box.centre, desk=SigningKeys.generate())
    renew_key(laptop, box)
    answered(laptop, box, place(3, "b", 1))
    checked = laptop.session.receipt_checking.check()
    assert (checked.receipts, checked.faults) == (4, ()), "a log of its own for each key"


def test_there_is_nothing_to_check_before_enrolment(alone: Laptop) -> None:
    with pytest.raises(NotEnrolledError):
        alone.session.receipt_checking.check()
