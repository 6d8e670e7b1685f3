"""Packs on a stick: copied so that a laptop can take them from there, never older than they were, and never judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach_app.errors import CancelledError, KnownError
from outreach_app.services.carrying import carry
from outreach_app.services.carrying_packs import carry_packs
from outreach_app.sync.carriers.stick import PACKS_FOLDER, StickFolder
from outreach_app.sync.errors import NoNetworkError, StickUnusableError
from outreach_app.sync.packs.client import refresh
from outreach_app.sync.packs.errors import PackIncompleteError, PackUntrustedError
from tests.support.packs import FIRST_CONTENT, PUBLISHED_AT, SUCCESSORS, PackRepository
from tests.unit.services.test_carrying import MemoryMailbox


@pytest.fixture
def stick(tmp_path: Path) -> StickFolder:
    return StickFolder(tmp_path)


def going_on() -> None:
    """Stop nowhere."""


def test_a_laptop_takes_the_packs_from_the_stick(stick: StickFolder) -> None:
    centre = PackRepository()
    assert carry_packs(centre, stick, going_on) == 7
    published = refresh(stick, centre.trust(), now=PUBLISHED_AT)
    assert published.content == FIRST_CONTENT
    assert carry_packs(centre, stick, going_on) == 0


def test_only_what_is_new_is_copied(stick: StickFolder) -> None:
    centre = PackRepository()
    carry_packs(centre, stick, going_on)
    trusted = refresh(stick, centre.trust(), now=PUBLISHED_AT).trusted
    centre.rotate(SUCCESSORS)
    centre.publish(b"more content")
    written = carry_packs(centre, stick, going_on)
    published = refresh(stick, trusted, now=PUBLISHED_AT)
    assert (written, published.content) == (5, b"more content"), "the keys stayed the same"


def test_a_stick_that_is_newer_keeps_what_it_has(stick: StickFolder) -> None:
    centre = PackRepository()
    older = PackRepository(files=dict(centre.files), roots=1)
    before = dict(centre.files)
    centre.publish(b"newer content")
    carry_packs(centre, stick, going_on)
    older.files = before
    assert carry_packs(older, stick, going_on) == 0
    assert refresh(stick, centre.trust(), now=PUBLISHED_AT).content == b"newer content"


def test_a_damaged_timestamp_on_the_stick_is_replaced(stick: StickFolder, tmp_path: Path) -> None:
    centre = PackRepository()
    carry_packs(centre, stick, going_on)
    (tmp_path / PACKS_FOLDER / "timestamp.json").write_bytes(b"{")
    assert carry_packs(centre, stick, going_on) == 1
    assert refresh(stick, centre.trust(), now=PUBLISHED_AT).content == FIRST_CONTENT


def test_a_damaged_file_on_the_stick_is_replaced_with_the_next_packs(stick: StickFolder, tmp_path: Path) -> None:
    centre = PackRepository()
    carry_packs(centre, stick, going_on)
    (keys,) = (tmp_path / PACKS_FOLDER).glob("*.keys.json")
    keys.write_bytes(b"damaged")
    centre.publish(FIRST_CONTENT)
    carry_packs(centre, stick, going_on)
    assert refresh(stick, centre.trust(), now=PUBLISHED_AT).content == FIRST_CONTENT


def test_a_mailbox_without_packs_brings_none(stick: StickFolder, tmp_path: Path) -> None:
    assert carry_packs(MemoryMailbox(), stick, going_on) == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("missing", ["snapshot.json", "targets.json", "content.zip"])
def test_packs_that_do_not_hang_together_leave_the_stick_as_new_as_it_was(stick: StickFolder, missing: str) -> None:
    centre = PackRepository()
    for name in [name for name in centre.files if name.endswith(missing)]:
        del centre.files[name]
    with pytest.raises(PackIncompleteError):
        carry_packs(centre, stick, going_on)
    assert stick.fetch_pack_file("timestamp.json", 1 << 20) is None


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("timestamp.json", b"{"),
        ("timestamp.json", b"{}"),
        ("timestamp.json", b'{"signed":[]}'),
        ("timestamp.json", b'{"signed":{"version":0}}'),
        ("timestamp.json", b'{"signed":{"version":"1"}}'),
        ("timestamp.json", b'{"signed":{"version":9}}'),
        ("timestamp.json", b'{"signed":{"version":9,"meta":[]}}'),
        ("timestamp.json", b'{"signed":{"version":9,"meta":{"snapshot.json":{"version":"../x"}}}}'),
        ("1.targets.json", b'{"signed":{}}'),
        ("1.targets.json", b'{"signed":{"targets":{"keys.json":{}}}}'),
        ("1.targets.json", b'{"signed":{"targets":{"keys.json":{"hashes":{"sha256":"../../x"}}}}}'),
        ("1.targets.json", b'{"signed":{"targets":{"keys.json":{"hashes":{"sha256":7}}}}}'),
    ],
)
def test_lists_made_to_harm_are_refused(stick: StickFolder, name: str, data: bytes) -> None:
    centre = PackRepository()
    assert name in centre.files
    centre.files[name] = data
    with pytest.raises(PackUntrustedError):
        carry_packs(centre, stick, going_on)
    assert stick.fetch_pack_file("timestamp.json", 1 << 20) is None


def test_a_file_with_other_bytes_than_its_name_is_refused(stick: StickFolder) -> None:
    centre = PackRepository()
    (name,) = (name for name in centre.files if name.endswith("content.zip"))
    centre.files[name] += b"more"
    with pytest.raises(PackUntrustedError):
        carry_packs(centre, stick, going_on)


def test_a_link_in_place_of_the_folder_leads_nowhere(stick: StickFolder, tmp_path: Path) -> None:
    elsewhere = tmp_path.parent / f"{tmp_path.name}-elsewhere"
    elsewhere.mkdir()
    (tmp_path / PACKS_FOLDER).symlink_to(elsewhere)
    with pytest.raises(StickUnusableError):
        carry_packs(PackRepository(), stick, going_on)
    assert list(elsewhere.iterdir()) == []


def test_it_can_be_stopped_between_files(stick: StickFolder) -> None:
    left = [1] * 4

    def check() -> None:
        if not left:
            raise CancelledError
        left.pop()

    with pytest.raises(CancelledError):
        carry_packs(PackRepository(), stick, check)
    assert stick.fetch_pack_file("timestamp.json", 1 << 20) is None


def test_bad_packs_keep_no_receipt_away_and_a_cut_line_is_said(stick: StickFolder) -> None:
    mailbox = MemoryMailbox()
    mailbox.packs["timestamp.json"] = b"{"
    assert isinstance(carry(stick, mailbox).packs_problem, PackUntrustedError)

    def cut(step: str) -> None:
        if step == "packs":
            raise NoNetworkError

    with pytest.raises(KnownError):
        carry(stick, MemoryMailbox(cut))
