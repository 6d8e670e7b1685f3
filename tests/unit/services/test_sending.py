"""Sealing, handing over and receipts: every state with its date, nothing lost, nothing doubled."""

from __future__ import annotations

import shutil
from pathlib import Path
from threading import Event

import pytest

from outreach_app.domain.consent import ConsentLevel
from outreach_app.errors import CancelledError
from outreach_app.services import sending as sending_module
from outreach_app.services.errors import NotEnrolledError
from outreach_app.services.progress import Progress
from outreach_app.services.sending_road import SendingResult
from outreach_app.sync.carriers.carrier import Between, going_on
from outreach_app.sync.errors import NoNetworkError
from outreach_app.sync.sealing import read_header
from tests.support.centre_box import ANSWERED_AT, CentreBox
from tests.support.sending import TALLY, box_name, fetch, send, steps
from tests.support.sessions import Laptop, PreparedLaptop, met


def test_a_note_shows_every_state_with_its_date(laptop: Laptop, box: CentreBox) -> None:
    note_id = laptop.finish("one")
    finished_at = laptop.clock.now()
    laptop.clock.advance(3600)
    assert send(laptop.session, box) == SendingResult(sealed=1, sent=1, receipts=1, refused=(), stored=1)
    box.ingest()
    assert fetch(laptop.session, box) == (1, ())
    dates = {step.state: step.at for step in laptop.session.encounters.find_encounter(note_id).sending}
    assert dates == {
        "finished": finished_at, "sealed": laptop.clock.now(), "sent": laptop.clock.now(), "stored": ANSWERED_AT,
        "ingested": ANSWERED_AT,
    }  # fmt: skip
    (batch,) = laptop.session.sending.list_batches()
    assert (batch.seq, batch.records, batch.road, batch.state) == (1, 1, "network", "ingested")
    assert laptop.session.today.overview().last_receipt == ANSWERED_AT
    assert laptop.db.execute("SELECT data FROM batches").fetchone() == (None,), "what the desk has need not stay"
    assert [kind for _, kind, _ in laptop.session.sending.list_receipts()] == ["ingested", "stored"]


def test_the_state_of_a_batch_is_the_furthest_it_has_come(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("one")
    seen = []
    for step in (
        laptop.session.sending.seal,
        lambda: laptop.session.sending.mark_sent(box_name(laptop), "stick"),
        lambda: send(laptop.session, box),
        lambda: (box.ingest(), fetch(laptop.session, box)),
    ):
        step()
        seen.append(laptop.session.sending.list_batches()[0].state)
    assert seen == ["sealed", "sent", "stored", "ingested"]
    assert laptop.session.sending.list_batches()[0].road == "network"


def test_sealing_twice_or_sending_twice_doubles_nothing(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("one")
    laptop.session.tallies.record_tally(TALLY)
    assert send(laptop.session, box).sealed == 1
    before = dict(box.batches)
    for _ in range(3):
        assert send(laptop.session, box) == SendingResult(0, 0, 0, ())
    assert box.batches == before
    assert box.calls.count("put") == 1
    assert laptop.session.sending.outbox().total == 0
    box.ingest()
    assert [fetch(laptop.session, box)[0], fetch(laptop.session, box)[0]] == [1, 0]
    assert len(laptop.session.sending.list_receipts()) == 2


def test_what_a_stick_took_is_offered_again_until_somebody_answers(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("one")
    box.gives_stored = False
    assert send(laptop.session, box, "stick") == SendingResult(1, 1, 0, ())
    laptop.clock.advance(60)
    first = laptop.session.sending.list_batches()[0].sent_at
    assert send(laptop.session, box, "stick") == SendingResult(0, 1, 0, ())
    assert len(box.batches) == 1
    assert laptop.session.sending.list_batches()[0].sent_at == first, "sent says when it was sent first"
    box.ingest()
    assert fetch(laptop.session, box) == (1, ())
    assert laptop.session.sending.list_batches()[0].state == "ingested"


def test_an_amended_note_leaves_again_under_the_next_version(laptop: Laptop, box: CentreBox) -> None:
    note_id = laptop.finish("one", consent=ConsentLevel.FOLLOW_UP)
    send(laptop.session, box)
    assert laptop.session.sending.outbox().total == 0
    laptop.session.encounters.amend_encounter(note_id, met("two"), "she took it back")
    assert laptop.session.sending.outbox().by_level[ConsentLevel.CODED] == 1
    send(laptop.session, box)
    assert [(record.id, record.version) for record in box.records()] == [(note_id, 1), (note_id, 2)]
    assert steps(laptop, note_id) == [
        ("finished", 0), ("amended", 0), ("sealed", 1), ("sent", 1), ("stored", 1), ("sealed", 2), ("sent", 2), ("stored", 2),
    ]


def test_batches_count_on_and_name_the_one_before(laptop: Laptop, box: CentreBox) -> None:
    for number in range(3):
        laptop.finish(str(number))
        send(laptop.session, box)
    headers = [read_header(data) for data in box.batches.values()]
    assert [header.seq for header in headers] == [1, 2, 3]
    assert [header.prev_hash for header in headers] == ["0" * 128, *list(box.batches)[:2]]
    assert {header.epoch for header in headers} == {laptop.vault.epoch}


def test_the_outbox_says_what_would_leave(laptop: Laptop) -> None:
    for level in (ConsentLevel.CODED, ConsentLevel.CODED, ConsentLevel.FOLLOW_UP):
        laptop.finish(consent=level)
    laptop.session.tallies.record_tally(TALLY)
    outbox = laptop.session.sending.outbox()
    assert (outbox.by_level[ConsentLevel.CODED], outbox.by_level[ConsentLevel.FOLLOW_UP], outbox.tallies) == (2, 1, 1)
    assert (outbox.total, outbox.held_back) == (4, 0)


def test_where_the_centre_wants_review_only_reviewed_notes_leave(laptop: Laptop, box: CentreBox) -> None:
    with laptop.vault.transaction() as db:
        db.execute("UPDATE policy SET value = 'true' WHERE name = 'review_before_sending'")
    held, ready = laptop.finish("held"), laptop.finish("ready")
    with laptop.vault.transaction() as db:
        db.execute("UPDATE encounters SET state = 'reviewed' WHERE id = ?", (ready,))
    outbox = laptop.session.sending.outbox()
    assert (outbox.total, outbox.held_back) == (1, 1)
    send(laptop.session, box)
    assert [record.id for record in box.records()] == [ready]
    assert steps(laptop, held) == [("finished", 0)]
    with laptop.vault.transaction() as db:
        db.execute("DELETE FROM policy")
    assert laptop.session.sending.outbox().total == 1, "without a policy nothing waits for review"


def test_a_cancelled_seal_keeps_what_is_finished(
    laptop: Laptop, box: CentreBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending_module, "RECORDS_A_BATCH", 2)
    ids = [laptop.finish(str(number)) for number in range(5)]
    cancel, seen = Event(), list[Progress]()

    def report(progress: Progress) -> None:
        seen.append(progress)
        if progress.done == 2:
            cancel.set()

    with pytest.raises(CancelledError):
        laptop.session.sending.seal(report, cancel)
    assert [(progress.phase, progress.done, progress.total) for progress in seen] == [("sealing", 0, 5), ("sealing", 2, 5)]
    assert laptop.session.sending.outbox().total == 3
    send(laptop.session, box)
    assert [record.id for record in box.records()] == ids
    assert len(box.batches) == 3


def test_long_batches_are_cut_by_size_too(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending_module, "BYTES_A_BATCH", 3000)
    for number in range(5):
        laptop.finish("x" * (10_000 if number == 2 else 1000), consent=ConsentLevel.FOLLOW_UP)
    assert [row.records for row in laptop.session.sending.seal()] == [1, 1, 1, 1, 1]


@pytest.mark.parametrize("fails_after", [0, 1, 2])
def test_a_cut_line_loses_nothing_and_doubles_nothing(laptop: Laptop, box: CentreBox, fails_after: int) -> None:
    for number in range(3):
        laptop.finish(str(number))
        laptop.session.sending.seal()
    line = CutLine(box, fails_after)
    with pytest.raises(NoNetworkError):
        send(laptop.session, line)  # type: ignore[arg-type]  # a road is a road
    assert [row.state for row in reversed(laptop.session.sending.list_batches())].count("stored") == fails_after
    assert send(laptop.session, box).sent == 3 - fails_after
    box.ingest()
    fetch(laptop.session, box)
    assert {row.state for row in laptop.session.sending.list_batches()} == {"ingested"}
    assert len(box.records()) == 3


class CutLine:
    """A road that breaks after some batches, once before and once after the bytes went through."""

    def __init__(self, box: CentreBox, after: int) -> None:
        self._box = box
        self._left = after

    def put_batch(self, data: bytes, _between: Between = going_on) -> bytes | None:
        if self._left == 0:
            self._box.put_batch(data)  # it arrived, but the answer was lost
            raise NoNetworkError
        self._left -= 1
        return self._box.put_batch(data)

    def fetch_receipts(self, sha512: str) -> tuple[bytes, ...]:
        self._box.calls.append(sha512)
        raise NoNetworkError

    def fetch_pack_file(self, name: str, limit: int) -> bytes | None:
        return self._box.fetch_pack_file(name, limit)


def test_receipts_are_asked_for_batch_by_batch_and_can_be_stopped(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("one")
    cancel, seen = Event(), list[str]()

    def report(progress: Progress) -> None:
        seen.append(f"{progress.phase} {progress.done}/{progress.total}")
        if seen[-1] == "sending 1/1":
            cancel.set()

    with pytest.raises(CancelledError):
        send(laptop.session, box, report=report, cancel=cancel)
    assert seen == ["packs 0/1", "sealing 0/1", "sealing 1/1", "sending 0/1", "sending 1/1", "receiving 0/1"]
    assert laptop.session.sending.list_batches()[0].state == "stored"


def test_nothing_is_sealed_before_the_centre_has_answered(alone: Laptop) -> None:
    note_id = alone.finish("safe here")
    with pytest.raises(NotEnrolledError):
        alone.session.sending.seal()
    assert alone.session.sending.list_batches() == ()
    assert alone.session.encounters.find_encounter(note_id).current.content.note == "safe here"


def test_the_sealed_bytes_are_never_built_twice(laptop: Laptop, prepared: PreparedLaptop, tmp_path: Path) -> None:
    laptop.finish("one")
    (row,) = laptop.session.sending.seal()
    laptop.session.close()
    with prepared.open(shutil.copytree(laptop.vault.folder, tmp_path / "later")) as later:
        (file,) = later.session.sending.to_hand_over()
        assert file.sha512 == row.sha512
        assert later.session.sending.kinds_sent() == {laptop_record(later): "coded"}


def laptop_record(laptop: Laptop) -> str:
    return str(laptop.db.execute("SELECT record_id FROM batch_records").fetchone()[0])
