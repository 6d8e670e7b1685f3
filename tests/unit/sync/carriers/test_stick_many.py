"""A stick with 200,000 files of somebody else: ours are found in a moment, and the memory stays small."""

from __future__ import annotations

import os
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.sync.receipts import Receipt, make_receipt
from tests.support.mailboxes import batch
from tests.support.sticks import write_batch
from tests.support.sync_people import CENTRE, LAPTOP

MANY = 200_000
BATCHES = [batch(number) for number in (1, 2, 3)]
RECEIPT = make_receipt(
    Receipt(
        kind="ingested", device=LAPTOP.device, epoch=1, seq=2, sha512=BATCHES[1].sha512,
        issued_at="2026-03-02T20:00:00Z",
    ),
    device=LAPTOP.receiving.public,
    issuer=CENTRE.desk,
)  # fmt: skip


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("crowded")
    inside = os.open(folder, os.O_RDONLY)
    for number in range(MANY):
        os.mknod(f"holiday-{number}.jpg", dir_fd=inside)
    for sealed in BATCHES:
        write_batch(folder, sealed)
    StickFolder(folder).put_receipt(RECEIPT)
    yield folder
    for number in range(MANY):
        os.unlink(f"holiday-{number}.jpg", dir_fd=inside)
    os.close(inside)


def test_ours_are_found_and_written_among_them(crowded: Path) -> None:
    began = time.monotonic()
    road = StickFolder(crowded)
    assert [row.sha512 for row in road.list_batches()] == [sealed.sha512 for sealed in BATCHES]
    for sealed in BATCHES:
        assert road.fetch_receipts(sealed.sha512) == ((RECEIPT,) if sealed is BATCHES[1] else ())
    assert road.fetch_letters(LAPTOP.device) == ()
    road.put_batch(BATCHES[0].data)
    assert time.monotonic() - began < 30


def test_the_memory_stays_small(crowded: Path) -> None:
    tracemalloc.start()
    try:
        assert len(list(StickFolder(crowded).batches())) == len(BATCHES)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2 << 20, "a list of all the names alone would take ten times that"


def test_looks_do_not_grow_with_the_number_of_batches(crowded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, scans = os.scandir, list[object]()

    def counted(folder: Path) -> object:
        scans.append(folder)
        return real(folder)

    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", counted)
        road = StickFolder(crowded)
        for number in range(50):
            assert road.fetch_receipts(f"{number:0128x}") == ()
    assert len(scans) <= 2
