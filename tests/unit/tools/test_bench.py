"""The bench compares ratios of one run with their limits, writes them down and fails when one is over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tools import bench

GOOD = '''
"""Fictional."""
RATIOS = {"ours to bare": ("ours", "bare", 2.0)}

def measure():
    return {"ours": 3.0, "bare": 2.0}
'''


@pytest.fixture
def benches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bench, "MODULES", tmp_path)
    monkeypatch.setattr(bench, "REPORT", tmp_path / "build" / "bench.json")
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_ratios_within_their_limits_pass(benches: Path) -> None:
    (benches / "good_bench.py").write_text(GOOD)
    result = CliRunner().invoke(bench.bench)
    assert result.exit_code == 0, result.output
    written = json.loads((benches / "build" / "bench.json").read_text())
    assert written["ratios"] == [{"title": "ours to bare", "value": 1.5, "limit": 2.0, "held": True}]
    assert written["seconds"] == {"good_bench": {"ours": 3.0, "bare": 2.0}}


def test_a_ratio_over_its_limit_fails(benches: Path) -> None:
    (benches / "good_bench.py").write_text(GOOD)
    (benches / "slow_bench.py").write_text(GOOD.replace("2.0)", "1.4)"))
    result = CliRunner().invoke(bench.bench)
    assert result.exit_code == 1
    assert "OVER ITS LIMIT" in result.output
    assert CliRunner().invoke(bench.bench, ["good"]).exit_code == 0


def test_no_bench_of_that_name_is_a_usage_error(benches: Path) -> None:
    assert CliRunner().invoke(bench.bench, ["nothing"]).exit_code == 2


def test_a_ratio_of_something_not_measured_is_a_bug() -> None:
    with pytest.raises(KeyError):
        bench.compared({"x": ("a", "b", 1.0)}, {"a": 1.0})
