"""Operations that are not in the figures yet, through power cuts, kills and a failing disk: all of it is there, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.test_faults import MAY_BE_TOLD
from tests.support.fault_sweeps import Width, sweep
from tests.support.fault_table import NEWER

NARROW = Width(cuts=6, places=2, seed=3, seconds=240)


@pytest.mark.timeout(NARROW.seconds)
@pytest.mark.parametrize("kind", NEWER, ids=lambda kind: kind.name)
def test_a_newer_operation_survives(kind, shim: Path, tmp_path: Path) -> None:
    figures = sweep(shim, kind.name, tmp_path, NARROW)
    assert figures["failures"] == []
    assert (figures["cuts"], figures["kills"] > 0, figures["again"] > 0) == (NARROW.cuts, True, True)
    assert set(figures["told"]) <= MAY_BE_TOLD
    assert figures["outcomes"].keys() == {"old", "new"}, "both the old state and the new one must have been seen"
