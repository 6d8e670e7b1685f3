"""A clock that does not go with the desk's record of use is asked about once, and locks nobody out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from outreach_app.centre.desk.clock_guard import BACK, FORWARD, heed_clock
from outreach_app.centre.desk.collecting import collect_from_mailbox, collect_from_stick
from outreach_app.centre.desk.enrolment import enrol_device
from outreach_app.centre.desk.errors import ClockDoubtfulError
from outreach_app.centre.desk.key_rotation import GRACE, KEPT_RETIRED, list_keys, rotate_sealing_key
from outreach_app.centre.desk.opening import Desk
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.vault.audit import list_entries
from tests.support.clock import FakeClock
from tests.support.desk import Sender, coded, make_desk, request_of
from tests.support.sticks import read_receipts, write_batch
from tests.support.sync_people import OTHER_LAPTOP
from tests.unit.centre.desk.test_collecting import MemoryMailbox

YEARS = timedelta(days=5 * 365)
OneThing = Callable[[Desk, Path], object]
THINGS: tuple[OneThing, ...] = (
    lambda desk, _stick: collect_from_mailbox(desk, MemoryMailbox(), name="m"),
    lambda desk, stick: collect_from_stick(desk, StickFolder(stick)),
    lambda desk, _stick: rotate_sealing_key(desk),
)


@pytest.fixture
def used(clock: FakeClock, desk: Desk, laptop: Sender, tmp_path: Path) -> datetime:
    """A desk that has answered a batch; when it did."""
    (tmp_path / "first").mkdir()
    write_batch(tmp_path / "first", laptop.seal(coded(1)))
    assert collect_from_stick(desk, StickFolder(tmp_path / "first")).receipts == 1
    return clock.now()


def asked(desk: Desk) -> int:
    return sum((one.action, one.detail) == ("checked", "clock") for one in list_entries(desk.vault))


@pytest.mark.parametrize("do", THINGS, ids=("mailbox", "stick", "key"))
@pytest.mark.parametrize("off", [-YEARS, YEARS], ids=("back", "ahead"))
def test_a_doubtful_clock_is_asked_about_once(
    desk: Desk, clock: FakeClock, used: datetime, tmp_path: Path, do: OneThing, off: timedelta
) -> None:
    clock.set_wall(used + off)
    before = list_entries(desk.vault)
    with pytest.raises(ClockDoubtfulError, match=r"2026-03-02 21:00.*Nothing was done"):
        do(desk, tmp_path)
    assert list_entries(desk.vault)[1:] == before
    do(desk, tmp_path)
    assert asked(desk) == 1


def test_nothing_is_answered_and_no_key_destroyed_before_it_was_asked(
    desk: Desk, laptop: Sender, clock: FakeClock, used: datetime, tmp_path: Path
) -> None:
    clock.set_wall(used + YEARS)
    write_batch(tmp_path, laptop.seal(coded(2)))
    keys = list_keys(desk)
    with pytest.raises(ClockDoubtfulError):
        collect_from_stick(desk, StickFolder(tmp_path))
    assert (read_receipts(tmp_path), list_keys(desk)) == ((), keys)


def test_a_clock_set_right_is_not_asked_about(desk: Desk, clock: FakeClock, used: datetime) -> None:
    clock.set_wall(used + YEARS)
    with pytest.raises(ClockDoubtfulError):
        heed_clock(desk)
    clock.set_wall(used + timedelta(minutes=5))
    heed_clock(desk)
    assert asked(desk) == 1


def test_one_wrong_time_is_no_answer_about_another(desk: Desk, clock: FakeClock, used: datetime) -> None:
    for off in (YEARS, -YEARS, YEARS * 2, YEARS * 2 + timedelta(days=2)):
        clock.set_wall(used + off)
        with pytest.raises(ClockDoubtfulError):
            heed_clock(desk)
    heed_clock(desk)


@pytest.mark.parametrize("off", [-BACK, FORWARD, timedelta()])
def test_what_may_be_is_not_asked_about(desk: Desk, clock: FakeClock, used: datetime, off: timedelta) -> None:
    clock.set_wall(used + off)
    heed_clock(desk)
    assert asked(desk) == 0


def test_a_whole_life_of_a_key_may_pass_between_two_uses() -> None:
    assert GRACE + KEPT_RETIRED < FORWARD


def test_a_new_laptop_is_enrolled_by_a_right_clock(desk: Desk, clock: FakeClock) -> None:
    clock.advance(-YEARS.total_seconds())
    with pytest.raises(ClockDoubtfulError):
        enrol_device(desk, request_of(OTHER_LAPTOP))
    assert enrol_device(desk, request_of(OTHER_LAPTOP)).device == OTHER_LAPTOP.device


def test_a_desk_that_was_never_used_has_nothing_to_compare_with(tmp_path: Path, clock: FakeClock) -> None:
    with make_desk(tmp_path / "centre", clock) as new:
        clock.advance(YEARS.total_seconds())
        heed_clock(new)
        assert list_entries(new.vault) == ()
