"""Each operation through power cuts, kills, a full disk and a faulty one: nothing acknowledged is lost, all is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.fault_operations import Operation
from tests.support.fault_sweeps import ALL, SAMPLE, sweep, width
from tests.support.fault_table import OPERATIONS

MAY_BE_TOLD = {
    "DiskFullError", "NoRoomToUpdateError", "DiskFaultError", "FolderNotWritableError", "VaultClosedError", "nothing",
}  # fmt: skip


@pytest.mark.timeout(ALL.seconds if width() is ALL else SAMPLE.seconds)
@pytest.mark.parametrize("kind", OPERATIONS, ids=lambda kind: kind.name)
def test_operation_survives(kind: type[Operation], shim: Path, tmp_path: Path) -> None:
    figures = sweep(shim, kind.name, tmp_path)
    print(figures)
    assert figures["failures"] == []
    assert figures["cuts"] == width().cuts
    assert figures["states"] >= 10, "the power was cut where nothing was at stake"
    assert figures["again"] > 0, "the power was never cut twice"
    assert figures["kills"] >= min(figures["calls"], width().places // 2)
    assert sum(figures["errors"].values()) == sum(figures["told"].values())
    assert set(figures["told"]) <= MAY_BE_TOLD
    assert len(figures["outcomes"]) >= 2, "both the old state and the new one must have been seen"


def test_enough_is_tried() -> None:
    assert SAMPLE.cuts * len(OPERATIONS) >= 400
    assert ALL.cuts * len(OPERATIONS) >= 10_000
    assert ALL.places > 10_000, "more than any operation has calls"
