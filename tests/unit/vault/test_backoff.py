"""Waits grow with wrong tries; neither a restart nor the wall clock shortens them."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from outreach_app.vault.backoff import NAME, Backoff, wait_after
from outreach_app.vault.errors import WaitBeforeTryError
from tests.support.clock import FakeClock


def test_waits_grow_to_a_ceiling() -> None:
    waits = [wait_after(tries) for tries in range(14)]
    assert waits[:6] == [0, 0, 0, 2, 4, 8]
    assert waits == sorted(waits)
    assert waits[-1] == 300


def test_a_try_is_taken_again_after_the_wait(tmp_path: Path) -> None:
    clock = FakeClock()
    backoff = Backoff(tmp_path, clock)
    for _ in range(5):
        backoff.note_wrong()
    with pytest.raises(WaitBeforeTryError, match="Wait 8 seconds"):
        backoff.check()
    clock.advance(seconds=7.5)
    with pytest.raises(WaitBeforeTryError, match="Wait 1 seconds"):
        backoff.check()
    clock.advance(seconds=0.5)
    backoff.check()
    assert backoff.seconds_left() == 0


def test_wall_clock_does_not_help(tmp_path: Path) -> None:
    clock = FakeClock()
    backoff = Backoff(tmp_path, clock)
    for _ in range(4):
        backoff.note_wrong()
    clock.set_wall(clock.now() + timedelta(days=365))
    assert backoff.seconds_left() == 4


def test_restart_begins_the_wait_anew(tmp_path: Path) -> None:
    clock = FakeClock()
    first = Backoff(tmp_path, clock)
    for _ in range(5):
        first.note_wrong()
    clock.advance(seconds=7)
    again = Backoff(tmp_path, clock)
    assert again.wrong_tries == 5
    assert again.seconds_left() == 8


def test_right_try_forgets(tmp_path: Path) -> None:
    backoff = Backoff(tmp_path, FakeClock())
    backoff.note_right()
    for _ in range(4):
        backoff.note_wrong()
    backoff.note_right()
    assert backoff.seconds_left() == 0
    assert not (tmp_path / NAME).exists()


def test_count_stops_growing(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"99")
    backoff = Backoff(tmp_path, FakeClock())
    backoff.note_wrong()
    assert backoff.wrong_tries == 99
    assert backoff.seconds_left() == 300


@pytest.mark.parametrize("content", [b"", b"x", b"-1", b"123", "٣".encode()])
def test_damaged_count_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert Backoff(tmp_path, FakeClock()).wrong_tries == 0


def test_neither_a_new_process_nor_another_year_shortens_the_wait(tmp_path: Path) -> None:
    backoff = Backoff(tmp_path, FakeClock())
    for _ in range(6):
        backoff.note_wrong()
    waited = "import sys; from pathlib import Path; from outreach_app.vault.backoff import Backoff; "
    waited += "from tests.support.clock import FakeClock; from datetime import datetime, UTC; "
    waited += "print(Backoff(Path(sys.argv[1]), FakeClock(datetime(2027, 3, 2, tzinfo=UTC))).seconds_left())"
    told = subprocess.run([sys.executable, "-c", waited, str(tmp_path)], capture_output=True, text=True, check=True)
    assert float(told.stdout) == 16.0
