"""The reminder to call in: one open for each worker, moved, answered, and still there after a lock."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from outreach_app.services.errors import CheckInTimeError, NoCheckInError
from tests.support.sessions import Laptop, PreparedLaptop


def test_it_is_set_moved_and_answered(laptop: Laptop) -> None:
    verbs, now = laptop.session.check_ins, laptop.clock.now()
    assert verbs.open() is None
    first = verbs.set_for(now + timedelta(hours=2))
    assert first.changes.check_ins
    assert verbs.open() == first.check_in
    laptop.clock.advance(3600)
    moved = verbs.set_for(laptop.clock.now() + timedelta(minutes=10)).check_in
    assert (moved.id, moved.made_at) == (first.check_in.id, now)
    assert verbs.open() == moved
    assert verbs.done().check_ins
    assert verbs.open() is None
    with pytest.raises(NoCheckInError):
        verbs.done()


def test_an_overdue_one_stays_open_until_it_is_answered(laptop: Laptop) -> None:
    verbs = laptop.session.check_ins
    verbs.set_for(laptop.clock.now() + timedelta(minutes=30))
    laptop.clock.advance(7200)
    assert verbs.open() is not None


@pytest.mark.parametrize("ahead", [timedelta(), timedelta(seconds=-1), timedelta(hours=24, seconds=1)])
def test_a_time_nobody_means_is_refused(laptop: Laptop, ahead: timedelta) -> None:
    with pytest.raises(CheckInTimeError):
        laptop.session.check_ins.set_for(laptop.clock.now() + ahead)
    assert laptop.session.check_ins.open() is None


def test_it_is_still_there_when_the_vault_is_opened_again(prepared: PreparedLaptop, tmp_path: Path) -> None:
    with prepared.copy(tmp_path / "vault") as laptop:
        kept = laptop.session.check_ins.set_for(laptop.clock.now() + timedelta(hours=1)).check_in
    with prepared.open(tmp_path / "vault") as laptop:
        assert laptop.session.check_ins.open() == kept
