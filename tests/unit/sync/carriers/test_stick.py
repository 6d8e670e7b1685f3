"""The road by hand: only whole files of the fixed pattern, nothing half-written, no links followed."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import msgspec
import pytest

from outreach_app.sync.carriers import stick_files
from outreach_app.sync.carriers.stick import StickFolder, damaged_files, list_batches
from outreach_app.sync.errors import (
    NotInMailboxError,
    StickCrowdedError,
    StickFullError,
    StickGoneError,
    StickProtectedError,
    StickReadBackError,
    StickUnusableError,
)
from outreach_app.sync.letters import make_letter
from outreach_app.sync.receipts import Receipt, make_receipt
from outreach_app.wire.letters import Letter
from tests.support.mailboxes import batch
from tests.support.sticks import write_batch
from tests.support.sync_people import CENTRE, LAPTOP, OTHER_LAPTOP

BATCH = batch()
NAME = f"outreach-batch-{BATCH.sha512[:32]}.ob1"
RECEIPT = make_receipt(
    Receipt(kind="ingested", device=LAPTOP.device, epoch=1, seq=1, sha512=BATCH.sha512, issued_at="2026-03-02T20:00:00Z"),
    device=LAPTOP.receiving.public,
    issuer=CENTRE.desk,
)
RECEIPT_NAME = f"outreach-receipt-{BATCH.sha512[:32]}-ingested.or1"


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_a_batch_is_written_and_found(tmp_path: Path) -> None:
    path = write_batch(tmp_path, BATCH)
    assert (path.name, path.read_bytes()) == (NAME, BATCH.data)
    (row,) = list_batches(tmp_path)
    assert (row.sha512, row.device, row.epoch, row.seq, row.size) == (BATCH.sha512, LAPTOP.device, 1, 1, len(BATCH.data))
    assert StickFolder(tmp_path).get_batch(BATCH.sha512) == BATCH.data


def test_writing_twice_is_harmless(tmp_path: Path) -> None:
    assert write_batch(tmp_path, BATCH) == write_batch(tmp_path, BATCH)
    assert names(tmp_path) == [NAME]


def test_what_lies_there_already_is_flushed_and_read_from_the_stick(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copied there by hand, or by a run that ended before the flush, it may be in the computer's memory only."""
    (tmp_path / NAME).write_bytes(BATCH.data)
    seen: list[str] = []
    flush, forget = os.fsync, stick_files._forget
    monkeypatch.setattr(stick_files.os, "fsync", lambda file: (seen.append("flushed"), flush(file)))
    monkeypatch.setattr(stick_files, "_forget", lambda file: (seen.append("from the stick"), forget(file)))
    write_batch(tmp_path, BATCH)
    assert seen == ["flushed", "flushed", "from the stick"]


def test_what_lies_there_and_cannot_be_flushed_is_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / NAME).write_bytes(BATCH.data)
    before = (tmp_path / NAME).stat().st_ino
    calls, flush = [], os.fsync

    def fail_once(file: int) -> None:
        calls.append(file)
        if len(calls) == 1:
            raise OSError(errno.EIO, "broken")
        flush(file)

    monkeypatch.setattr(stick_files.os, "fsync", fail_once)
    write_batch(tmp_path, BATCH)
    assert (tmp_path / NAME).read_bytes() == BATCH.data
    assert (tmp_path / NAME).stat().st_ino != before


def test_a_damaged_file_of_this_name_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"")
    write_batch(tmp_path, BATCH)
    assert (tmp_path / NAME).read_bytes() == BATCH.data


def test_batches_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for seq in (3, 1, 2):
        write_batch(tmp_path, batch(seq))
    assert [(row.number, row.seq) for row in list_batches(tmp_path)] == [(1, 1), (2, 2), (3, 3)]
    assert [row.seq for row in StickFolder(tmp_path).list_batches(2)] == [3]


def test_receipts_are_written_and_found(tmp_path: Path) -> None:
    StickFolder(tmp_path).put_receipt(RECEIPT)
    assert (tmp_path / RECEIPT_NAME).is_file()
    StickFolder(tmp_path).put_receipt(RECEIPT)
    assert StickFolder(tmp_path).fetch_receipts(BATCH.sha512) == (RECEIPT,)
    assert StickFolder(tmp_path).fetch_receipts("0" * 128) == ()


def test_damaged_receipts_do_not_hide_the_others(tmp_path: Path) -> None:
    StickFolder(tmp_path).put_receipt(RECEIPT)
    (tmp_path / RECEIPT_NAME.replace("ingested", "rejected")).write_bytes(RECEIPT)
    (tmp_path / f"outreach-receipt-{'0' * 32}-stored.or1").write_bytes(b"\xff" * 100)
    assert StickFolder(tmp_path).fetch_receipts(BATCH.sha512) == (RECEIPT,)


def test_damaged_batches_are_left_out_and_named(tmp_path: Path) -> None:
    write_batch(tmp_path, BATCH)
    cut = tmp_path / f"outreach-batch-{'0' * 32}.ob1"
    cut.write_bytes(BATCH.data[:-1])
    rubbish = tmp_path / f"outreach-batch-{hashlib.sha512(b'rubbish').hexdigest()[:32]}.ob1"
    rubbish.write_bytes(b"rubbish")
    assert len(list_batches(tmp_path)) == 1
    assert damaged_files(tmp_path) == tuple(sorted((cut.name, rubbish.name)))
    with pytest.raises(NotInMailboxError):
        StickFolder(tmp_path).get_batch("0" * 128)


def test_only_plain_files_of_the_pattern_are_looked_at(tmp_path: Path) -> None:
    stick_folder = tmp_path / "stick"
    stick_folder.mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / NAME).write_bytes(BATCH.data)
    (stick_folder / NAME).symlink_to(elsewhere / NAME)
    os.mkfifo(stick_folder / f"outreach-batch-{'1' * 32}.ob1")
    (stick_folder / f"outreach-batch-{'2' * 32}.ob1").mkdir()
    for name in (f"{NAME}.part", f"x{NAME}", f"{NAME}\n", "..ob1", "notes.txt"):
        (stick_folder / name).write_bytes(BATCH.data)
    assert list_batches(stick_folder) == ()
    (elsewhere / RECEIPT_NAME).write_bytes(RECEIPT)
    (stick_folder / RECEIPT_NAME).symlink_to(elsewhere / RECEIPT_NAME)
    assert StickFolder(stick_folder).fetch_receipts(BATCH.sha512) == ()


def test_files_that_are_too_large_are_not_read(tmp_path: Path) -> None:
    with (tmp_path / NAME).open("wb") as file:
        file.truncate((64 << 20) + 1)
    assert list_batches(tmp_path) == ()
    assert damaged_files(tmp_path) == (NAME,)


def test_a_link_at_our_name_is_replaced_and_its_target_left_alone(tmp_path: Path) -> None:
    stick_folder = tmp_path / "stick"
    stick_folder.mkdir()
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious")
    (stick_folder / NAME).symlink_to(precious)
    write_batch(stick_folder, BATCH)
    assert precious.read_bytes() == b"precious"
    assert not (stick_folder / NAME).is_symlink()


def test_no_stick(tmp_path: Path) -> None:
    with pytest.raises(StickGoneError, match="gone"):
        write_batch(tmp_path / "gone", BATCH)
    with pytest.raises(StickGoneError, match="ENOENT"):
        list_batches(tmp_path / "gone")
    with pytest.raises(StickGoneError):
        StickFolder(tmp_path / "gone").fetch_receipts(BATCH.sha512)


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_full_stick_keeps_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        if step == "write":
            patched.setattr(stick_files, "_write_flushed", lambda path, data: (path.write_bytes(data[:100]), full()))
        elif step == "fsync":
            patched.setattr(stick_files.os, "fsync", full)
        else:
            patched.setattr(Path, "replace", full)
        with pytest.raises(StickFullError, match="Nothing was lost"):
            write_batch(tmp_path, BATCH)
    assert names(tmp_path) == []


def test_a_stick_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> int:
        raise OSError(errno.EROFS, "read only")

    with monkeypatch.context() as patched:
        patched.setattr(stick_files, "_write_flushed", refuse)
        with pytest.raises(StickProtectedError, match="write-protected"):
            write_batch(tmp_path, BATCH)
    assert names(tmp_path) == []


def test_a_stick_that_forgets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(stick_files, "_write_flushed", lambda path, data: path.write_bytes(data[:-1] + b"\0"))
        with pytest.raises(StickReadBackError):
            write_batch(tmp_path, BATCH)
    assert names(tmp_path) == []


def test_too_many_files_are_a_calm_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stick_files, "FILES_LIMIT", 2)
    for place in range(3):
        (tmp_path / f"outreach-batch-{place:032x}.ob1").write_bytes(b"")
    with pytest.raises(StickCrowdedError, match="Take an empty stick"):
        list_batches(tmp_path)


def test_names_in_capitals_are_ours_too(tmp_path: Path) -> None:
    letter = make_letter(
        Letter(kind="gap", device=LAPTOP.device, number=1, issued_at="2026-03-02T20:00:00Z"),
        device=LAPTOP.receiving.public, issuer=CENTRE.desk,
    )  # fmt: skip
    road = StickFolder(tmp_path)
    road.put_batch(BATCH.data)
    road.put_receipt(RECEIPT)
    road.put_letter(letter)
    for path in tuple(tmp_path.iterdir()):
        path.rename(tmp_path / path.name.upper())
    road = StickFolder(tmp_path)
    assert [row.sha512 for row in road.list_batches()] == [BATCH.sha512]
    assert road.get_batch(BATCH.sha512) == BATCH.data
    assert road.fetch_receipts(BATCH.sha512) == (RECEIPT,)
    assert road.fetch_letters(LAPTOP.device) == (letter,)
    assert damaged_files(tmp_path) == ()


def test_a_batch_that_lies_here_twice_is_listed_once(tmp_path: Path) -> None:
    write_batch(tmp_path, BATCH)
    (tmp_path / NAME.upper()).write_bytes(BATCH.data)
    assert len(list_batches(tmp_path)) == 1


def test_several_laptops_share_a_stick_and_each_takes_its_own(tmp_path: Path) -> None:
    others = batch(laptop=OTHER_LAPTOP)
    road = StickFolder(tmp_path)
    letters = {}
    for laptop, sealed in ((LAPTOP, BATCH), (OTHER_LAPTOP, others)):
        road.put_batch(sealed.data)
        letter = Letter(kind="gap", device=laptop.device, number=1, issued_at="2026-03-02T20:00:00Z")
        letters[laptop.device] = make_letter(letter, device=laptop.receiving.public, issuer=CENTRE.desk)
        road.put_letter(letters[laptop.device])
    road.put_receipt(RECEIPT)
    (tmp_path / "holiday.jpg").write_bytes(b"sea")
    before = names(tmp_path)
    for _ in range(2):
        assert StickFolder(tmp_path).fetch_receipts(BATCH.sha512) == (RECEIPT,)
        assert StickFolder(tmp_path).fetch_receipts(others.sha512) == ()
        for device, letter_to in letters.items():
            assert StickFolder(tmp_path).fetch_letters(device) == (letter_to,)
    assert names(tmp_path) == before


def test_damaged_letters_are_passed_over_and_replaced(tmp_path: Path) -> None:
    road = StickFolder(tmp_path)
    letter = Letter(kind="gap", device=LAPTOP.device, number=1, issued_at="2026-03-02T20:00:00Z")
    made = make_letter(letter, device=LAPTOP.receiving.public, issuer=CENTRE.desk)
    other = make_letter(msgspec.structs.replace(letter, kind="figures"), device=LAPTOP.receiving.public, issuer=CENTRE.desk)
    file = tmp_path / f"outreach-letter-{LAPTOP.device}-gap.ol1"
    for content in (b"damaged", other):
        file.write_bytes(content)
        assert road.fetch_letters(LAPTOP.device) == ()
    road.put_letter(made)
    assert road.fetch_letters(LAPTOP.device) == (made,)


def test_pack_files_have_plain_names(tmp_path: Path) -> None:
    road = StickFolder(tmp_path)
    road.put_pack_file("timestamp.json", b"{}")
    (tmp_path / "secret").write_bytes(b"secret")
    assert road.fetch_pack_file("timestamp.json", 100) == b"{}"
    assert road.fetch_pack_file("timestamp.json", 1) is None
    for name in ("../secret", "gone.json", "TIMESTAMP.JSON", "a" * 200, ""):
        assert road.fetch_pack_file(name, 100) is None


def test_a_packs_folder_that_is_a_link_leads_nowhere(tmp_path: Path) -> None:
    elsewhere, stick = tmp_path / "elsewhere", tmp_path / "stick"
    for folder in (elsewhere, stick):
        folder.mkdir()
    (elsewhere / "timestamp.json").write_bytes(b"{}")
    (stick / "outreach-packs").symlink_to(elsewhere)
    assert StickFolder(stick).fetch_pack_file("timestamp.json", 100) is None


def test_a_folder_where_a_file_should_be(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(StickUnusableError, match="EISDIR"):
        write_batch(tmp_path, BATCH)
    assert names(tmp_path) == [NAME]
