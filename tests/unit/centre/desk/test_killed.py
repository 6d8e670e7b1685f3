"""The desk is killed in the middle of its work: after the next round every batch is in once, with one answer."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from outreach_app.centre.desk.answering import find_receipt
from outreach_app.centre.desk.collecting import collect_from_stick
from outreach_app.centre.desk.counting import count
from outreach_app.centre.desk.letters import letters_to
from outreach_app.centre.desk.opening import Desk, open_desk
from outreach_app.centre.desk.receipt_log import find_first_wrong_entry, find_head
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.sync.receipts import read_receipt_header
from outreach_app.sync.sealing import SealedBatch
from tests.support.clock import FakeClock
from tests.support.desk import PASSPHRASE, coded, opened, sender
from tests.support.sticks import read_receipts, write_batch
from tests.support.sync_people import LAPTOP

BATCHES = 12
KILLED_AFTER = (1, 4, 7, 12, 12)  # batches looked at; from the last on, answers are being written


def test_killed_again_and_again_nothing_is_lost_or_doubled(centre: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    batches = _fill(centre, stick)
    chance = random.Random(48)
    seen: dict[str, bytes] = {}
    for batches_seen in KILLED_AFTER:
        _kill_at_work(centre, stick, batches_seen, moment=chance.uniform(0.0, 0.04))
        for data in read_receipts(stick):  # what was handed out once stays as it was
            assert seen.setdefault(read_receipt_header(data).sha512, data) == data
    with open_desk(centre, PASSPHRASE, clock=FakeClock()) as desk:
        collect_from_stick(desk, StickFolder(stick))
        _assert_whole(desk, batches, seen)
    final = {read_receipt_header(data).sha512: data for data in read_receipts(stick)}
    assert seen.items() <= final.items()
    assert set(final) == {batch.sha512 for batch in batches}


def _fill(centre: Path, stick: Path) -> list[SealedBatch]:
    with open_desk(centre, PASSPHRASE, clock=FakeClock()) as desk:
        laptop = sender(desk, LAPTOP)
    batches = [laptop.seal(*[coded(10 * number + place) for place in range(5)]) for number in range(BATCHES)]
    for batch in batches:
        write_batch(stick, batch)
    return batches


def _kill_at_work(centre: Path, stick: Path, batches_seen: int, *, moment: float) -> None:
    command = [sys.executable, "-m", "tests.support.desk_at_work", str(centre), str(stick)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None
        said = [desk.stdout.readline() for _batch in range(batches_seen)]
        assert said[-1] == f"{batches_seen}\n"
        time.sleep(moment)
        desk.kill()


def _assert_whole(desk: Desk, batches: list[SealedBatch], seen: dict[str, bytes]) -> None:
    totals = count(desk).totals
    assert (totals.encounters, totals.contacts) == (5 * BATCHES, 5 * BATCHES)
    connection = desk.vault.connection
    assert (find_head(connection).size, find_first_wrong_entry(connection)) == (BATCHES, None)
    assert desk.vault.check() == ()
    assert len(letters_to(connection, LAPTOP.device)) == 1, "figures, for nothing is missing"
    for batch in batches:
        document = find_receipt(connection, batch.sha512)
        assert document is not None
        assert seen.get(batch.sha512, document) == document
        assert opened(desk.keys.receipt.public, LAPTOP, batch, document).counts.ingested == 5
