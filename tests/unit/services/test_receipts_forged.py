"""Threat 38: forged, replayed, other devices' and older receipts shed nothing and confirm nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from outreach_app.sync.errors import ReceiptUnreadableError
from outreach_app.sync.receipts import CoveredRecord, Receipt, make_receipt
from tests.support.centre_box import ANSWERED_AT, CentreBox
from tests.support.keeping import at_the_centre, days_after_the_receipt, finish
from tests.support.sending import box_name, fetch, send, steps
from tests.support.sessions import Laptop, met
from tests.support.sync_people import OTHER_LAPTOP, Centre

Forge = Callable[[Laptop, CentreBox, str, str], bytes]


def covering(note_id: str, version: int = 1) -> dict[str, object]:
    return {"covered": (CoveredRecord(id=note_id, version=version, completeness="full"),)}


def by_another_centre(_laptop: Laptop, box: CentreBox, name: str, note_id: str) -> bytes:
    return replace(box, centre=Centre()).receipt(name, "ingested", **covering(note_id))


def by_the_mailbox(_laptop: Laptop, box: CentreBox, name: str, note_id: str) -> bytes:
    return replace(box, centre=replace(box.centre, desk=box.centre.mailbox)).receipt(name, "ingested", **covering(note_id))


def by_the_laptop(laptop: Laptop, box: CentreBox, name: str, note_id: str) -> bytes:
    enrolled = laptop.session.enrolling.enrolled()
    return replace(box, centre=replace(box.centre, desk=enrolled.signing)).receipt(name, "ingested", **covering(note_id))


def sealed_to_another(_laptop: Laptop, box: CentreBox, name: str, note_id: str) -> bytes:
    return replace(box, receiving=OTHER_LAPTOP.receiving.public).receipt(name, "ingested", **covering(note_id))


def _changed(box: CentreBox, name: str, note_id: str, **changes: object) -> bytes:
    values: dict[str, object] = {
        "kind": "ingested", "device": "", "epoch": 1, "seq": 1, "sha512": name,
        "issued_at": ANSWERED_AT.strftime("%Y-%m-%dT%H:%M:%SZ"), **covering(note_id),
    }  # fmt: skip
    return make_receipt(
        Receipt(**(values | changes)), device=box.receiving, issuer=box.centre.desk  # type: ignore[arg-type]  # wrong ones on purpose
    )  # fmt: skip


def of_another_device(_laptop: Laptop, box: CentreBox, name: str, note_id: str) -> bytes:
    return _changed(box, name, note_id, device=OTHER_LAPTOP.device)


def of_another_number(laptop: Laptop, box: CentreBox, name: str, note_id: str) -> bytes:
    return _changed(box, name, note_id, device=laptop.session.sending.device(), seq=2, epoch=laptop.vault.epoch)


def of_another_life(laptop: Laptop, box: CentreBox, name: str, note_id: str) -> bytes:
    return _changed(box, name, note_id, device=laptop.session.sending.device(), epoch=laptop.vault.epoch + 1)


def of_another_batch(laptop: Laptop, box: CentreBox, name: str, note_id: str) -> bytes:
    changes = {"device": laptop.session.sending.device(), "epoch": laptop.vault.epoch, "sha512": "0" * 128}
    return _changed(box, name, note_id, **changes)


def cut_short(_laptop: Laptop, box: CentreBox, name: str, note_id: str) -> bytes:
    return box.receipt(name, "ingested", **covering(note_id))[:-1]


def with_more_behind(_laptop: Laptop, box: CentreBox, name: str, note_id: str) -> bytes:
    return box.receipt(name, "ingested", **covering(note_id)) + b"\0"


def another_outside(_laptop: Laptop, box: CentreBox, name: str, note_id: str) -> bytes:
    return box.receipt(name, "ingested", **covering(note_id)).replace(b'"ingested"', b'"rejected"', 1)


FORGERIES: list[Forge] = [
    by_another_centre, by_the_mailbox, by_the_laptop, sealed_to_another, of_another_device, of_another_number,
    of_another_life, of_another_batch, cut_short, with_more_behind, another_outside,
]  # fmt: skip


@pytest.mark.parametrize("forge", FORGERIES)
def test_it_sheds_nothing_and_the_true_one_is_still_taken(laptop: Laptop, box: CentreBox, forge: Forge) -> None:
    note_id = finish(laptop)
    send(laptop.session, box)
    name = box_name(laptop)
    untrusted = forge(laptop, box, name, note_id)
    with pytest.raises(ReceiptUnreadableError, match="Your notes stay"):
        laptop.session.sending.take_receipt(name, untrusted)
    box.receipts[name].append(untrusted)
    result = send(laptop.session, box)
    assert isinstance(result.problem, ReceiptUnreadableError)
    days_after_the_receipt(laptop, 30)
    assert laptop.session.keeping.shed().count == 0
    assert [state for state, _ in steps(laptop, note_id)][-1] == "stored"
    box.receipts[name].pop()
    box.ingest()
    assert fetch(laptop.session, box) == (1, ())
    assert laptop.session.keeping.shed().count == 1


def test_a_receipt_played_again_changes_nothing(laptop: Laptop, box: CentreBox) -> None:
    note_id = finish(laptop)
    at_the_centre(laptop, box)
    name = box_name(laptop)
    before = laptop.db.execute("SELECT * FROM receipts").fetchall()
    for untrusted in box.receipts[name] * 3:
        assert not laptop.session.sending.take_receipt(name, untrusted).is_new
    assert laptop.db.execute("SELECT * FROM receipts").fetchall() == before
    assert [state for state, _ in steps(laptop, note_id)].count("ingested") == 1


def test_a_second_receipt_of_a_kind_covers_no_more_than_the_first(laptop: Laptop, box: CentreBox) -> None:
    named, other = finish(laptop, "one"), finish(laptop, "two")
    send(laptop.session, box)
    name = box_name(laptop)
    assert laptop.session.sending.take_receipt(name, box.receipt(name, "ingested", **covering(named))).is_new
    assert not laptop.session.sending.take_receipt(name, box.receipt(name, "ingested", **covering(other))).is_new
    days_after_the_receipt(laptop, 30)
    assert laptop.session.keeping.shed().count == 1
    assert laptop.session.encounters.find_encounter(other).current.content.note == "two"


def test_an_older_receipt_sheds_no_newer_version(laptop: Laptop, box: CentreBox) -> None:
    note_id = finish(laptop, "before")
    send(laptop.session, box)
    box.ingest()
    fetch(laptop.session, box)
    laptop.session.encounters.amend_encounter(note_id, met("after"), "why")
    send(laptop.session, box)
    newest = box_name(laptop)
    older = next(receipts for name, receipts in box.receipts.items() if name != newest)[-1]
    with pytest.raises(ReceiptUnreadableError):
        laptop.session.sending.take_receipt(newest, older)
    days_after_the_receipt(laptop, 30)
    assert laptop.session.keeping.shed().count == 0
    assert laptop.session.encounters.find_encounter(note_id).current.content.note == "after"


def test_a_stored_receipt_alone_sheds_nothing(laptop: Laptop, box: CentreBox) -> None:
    note_id = finish(laptop)
    send(laptop.session, box)
    name = box_name(laptop)
    laptop.session.sending.take_receipt(name, box.receipt(name, "stored", **covering(note_id)))
    days_after_the_receipt(laptop, 30)
    assert laptop.session.keeping.shed().count == 0


def test_a_receipt_that_names_notes_of_another_batch_covers_none_of_them(laptop: Laptop, box: CentreBox) -> None:
    first = finish(laptop, "one")
    send(laptop.session, box)
    second = finish(laptop, "two")
    send(laptop.session, box)
    name = box_name(laptop)
    laptop.session.sending.take_receipt(name, box.receipt(name, "ingested", **covering(first)))
    days_after_the_receipt(laptop, 30)
    assert laptop.session.keeping.shed().count == 0
    for note_id in (first, second):
        assert "ingested" not in [state for state, _ in steps(laptop, note_id)]


def test_a_batch_answered_with_a_forged_receipt_was_handed_over_all_the_same(laptop: Laptop, box: CentreBox) -> None:
    finish(laptop)
    laptop.session.sending.seal()
    name = box_name(laptop)
    box.receipts[name] = [b"not a receipt"]
    result = send(laptop.session, box)
    assert isinstance(result.problem, ReceiptUnreadableError)
    assert (result.sent, result.stored) == (1, 0)
    (batch,) = laptop.session.sending.list_batches()
    assert (batch.state, batch.road) == ("sent", "network")
    assert laptop.db.execute("SELECT detail FROM audit WHERE action = 'sent'").fetchall() == [("1.1:network",)]
