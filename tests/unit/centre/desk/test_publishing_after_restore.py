"""A register put back from a backup never calls older lists the newest: it looks first at what lies there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach_app.centre.desk.collecting import Collected, collect_from_mailbox, collect_from_stick
from outreach_app.centre.desk.custodian_keys import CustodianSecrets
from outreach_app.centre.desk.errors import CustodiansBehindError, RegisterBehindError
from outreach_app.centre.desk.opening import Desk, open_desk
from outreach_app.centre.desk.publishing import finish, prepare, refresh_timestamp, sign
from outreach_app.centre.desk.publishing_roads import hand_out
from outreach_app.centre.desk.words import ingest_lines, ingest_numbers
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.sync.packs.repository import make_timestamp
from outreach_app.sync.packs.trusted_files import TIMESTAMP
from tests.support.clock import FakeClock
from tests.support.desk import PASSPHRASE
from tests.support.packs import DESK_KEY
from tests.support.publishing import FILES, PackBox, Publishers, make_custodians, publish, taken

Custodians = tuple[CustodianSecrets, ...]
OTHER_FILES = FILES | {"pathways/numbers.json": b'{"fictional": 3}'}


class Box(PackBox):
    """A mailbox without batches."""

    def list_batches(self, after: int = 0) -> tuple[()]:
        assert after == 0
        return ()


@pytest.fixture
def before(made_publishers: Publishers, tmp_path: Path, clock: FakeClock) -> Path:
    """The register with one publication, as a backup kept it."""
    folder = Path(shutil.copytree(made_publishers.centre, tmp_path / "before"))
    with open_desk(folder, PASSPHRASE, clock=clock) as desk:
        publish(desk, made_publishers.custodians, FILES)
    return folder


@pytest.fixture
def box(before: Path, custodians: Custodians, tmp_path: Path, clock: FakeClock) -> Box:
    """A mailbox that was given a second publication, which the backup does not know."""
    box = Box()
    with open_desk(Path(shutil.copytree(before, tmp_path / "later")), PASSPHRASE, clock=clock) as desk:
        hand_out(desk, box, mailbox="own")
        clock.advance(3600)
        publish(desk, custodians, OTHER_FILES)
        hand_out(desk, box, mailbox="own")
    clock.advance(86_400)
    return box


@pytest.fixture
def restored(before: Path, clock: FakeClock) -> Iterator[Desk]:
    with open_desk(before, PASSPHRASE, clock=clock) as desk:
        yield desk


def collect(desk: Desk, box: Box) -> Collected:
    return collect_from_mailbox(desk, box, name="own")  # type: ignore[arg-type]  # no batch is asked for


def test_what_is_newer_there_stays_and_the_round_says_what_to_do(
    restored: Desk, box: Box, custodians: Custodians
) -> None:
    known, files = taken(restored, box), dict(box.files)
    done = collect(restored, box)
    assert isinstance(done.packs_problem, RegisterBehindError)
    assert box.files == files
    (said,) = (line for line in ingest_lines(ingest_numbers(done)) if "handed out" in line)
    assert "centre publish prepare --above 2" in said
    prepare(restored, OTHER_FILES, above=2)
    for custodian in custodians[:2]:
        sign(restored, custodian)
    assert finish(restored).number == 3
    assert collect(restored, box).packs_problem is None
    assert taken(restored, box, known.trusted).number == 3
    assert taken(restored, box).number == 3


def test_a_stick_that_is_newer_is_left_as_it_is_too(restored: Desk, box: Box, tmp_path: Path) -> None:
    stick = StickFolder(tmp_path)
    for name, data in box.files.items():
        stick.put_pack_file(name, data)
    assert isinstance(collect_from_stick(restored, stick).packs_problem, RegisterBehindError)
    assert stick.fetch_pack_file(TIMESTAMP, 1 << 20) == box.files[TIMESTAMP]


def test_where_the_newer_lists_are_lost_the_number_is_at_least_our_own(restored: Desk, box: Box) -> None:
    box.files = {name: data for name, data in box.files.items() if not name.endswith("snapshot.json")}
    problem = collect(restored, box).packs_problem
    assert problem is not None
    assert problem.values == {"number": 1}


def test_a_timestamp_that_only_was_said_later_stays(before: Path, tmp_path: Path, clock: FakeClock) -> None:
    box = Box()
    with open_desk(Path(shutil.copytree(before, tmp_path / "later")), PASSPHRASE, clock=clock) as desk:
        clock.advance(86_400)
        assert refresh_timestamp(desk)
        hand_out(desk, box, mailbox="own")
        known, later = taken(desk, box), box.files[TIMESTAMP]
    clock.advance(-80_000)
    with open_desk(before, PASSPHRASE, clock=clock) as desk:
        assert collect(desk, box).packs_problem is None
        assert box.files[TIMESTAMP] == later
        clock.advance(160_000)
        assert collect(desk, box).packs_problem is None
        assert box.files[TIMESTAMP] != later
        assert taken(desk, box, known.trusted).number == 1


def test_newer_keys_of_custodians_hold_everything_back(
    before: Path, custodians: Custodians, tmp_path: Path, clock: FakeClock
) -> None:
    box = Box()
    with open_desk(Path(shutil.copytree(before, tmp_path / "later")), PASSPHRASE, clock=clock) as desk:
        make_custodians(desk, tmp_path / "keys", old=custodians[:2])
        hand_out(desk, box, mailbox="own")
    files = dict(box.files)
    with open_desk(before, PASSPHRASE, clock=clock) as desk:
        assert isinstance(collect(desk, box).packs_problem, CustodiansBehindError)
    assert box.files == files


@pytest.mark.parametrize("lying", ["stranger", "rubbish", "snapshot", "root"])
def test_what_nobody_of_ours_signed_is_written_over(restored: Desk, box: Box, lying: str, clock: FakeClock) -> None:
    snapshot = next(data for name, data in box.files.items() if name.endswith("snapshot.json"))
    forged = {
        "stranger": make_timestamp(snapshot, version=9_999_999_999, now=clock.now(), signed_by=[DESK_KEY]),
        "rubbish": b"{",
        "snapshot": snapshot,
        "root": b"{}",
    }[lying]
    box.files = {"2.root.json" if lying == "root" else TIMESTAMP: forged}
    assert collect(restored, box).packs_problem is None
    assert box.files[TIMESTAMP] not in {forged, b""}
    box.files.pop("2.root.json", None)
    assert taken(restored, box).number == 1
