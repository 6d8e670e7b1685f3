"""The slot file: strict reading, two copies, and a MAC."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.errors import DiskFullError, FolderNotWritableError
from outreach_app.vault import slot_file
from outreach_app.vault.errors import VaultDamagedError, VaultNewerError
from outreach_app.vault.keys import new_keys
from outreach_app.vault.slot_file import (
    SlotFile,
    authenticated,
    check_mac,
    parse,
    read_newest,
    write_both,
    write_older,
)
from outreach_app.vault.slots import canonical
from tests.support.full_disk import limited_process
from tests.support.vaults import Template


def resealed(file: SlotFile, **values: object) -> bytes:
    """What someone without keys can write: a right checksum, but an old MAC."""
    changed = msgspec.structs.replace(file, checksum="", **values)
    return canonical(msgspec.structs.replace(changed, checksum=slot_file._checksum(changed)))


def test_reads_back_what_was_written(template: Template) -> None:
    assert parse(canonical(template.file)) == template.file
    check_mac(template.file, template.unlocked.keys)


def test_every_changed_byte_is_seen(template: Template) -> None:
    content = canonical(template.file)
    for place in range(0, len(content), 7):
        changed = bytearray(content)
        changed[place] ^= 1 << (place % 8)
        assert parse(bytes(changed)) is None


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_nonsense_is_not_a_slot_file(content: bytes) -> None:
    assert parse(content) is None


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"format":' * 50_000, b"{}", b"null", b"\xff\xfe"])
def test_hostile_json_is_not_a_slot_file(content: bytes) -> None:
    assert parse(content) is None


def test_other_spellings_of_the_same_content_are_refused(template: Template) -> None:
    content = canonical(template.file)
    tree = json.loads(content)
    assert parse(json.dumps(tree, indent=1).encode()) is None
    assert parse(content.replace(b'{"checksum"', b'{"checksum":"","checksum"', 1)) is None
    assert parse(content + b"\n") is None
    assert parse(content.replace(b'"generation":1', b'"generation":1.0')) is None
    assert parse(content.replace(b'"generation":1', b'"generation":1,"more":1')) is None


@pytest.mark.parametrize(
    "values",
    [
        {"generation": 0}, {"generation": -5}, {"slots": ()}, {"vault_id": "nonsense"}, {"vault_id": "c" * 32},
        {"format": "outreach-slots/0"}, {"format": "something"},
    ],
)  # fmt: skip
def test_unsound_content_with_a_right_checksum_is_refused(template: Template, values: dict[str, object]) -> None:
    assert parse(resealed(template.file, **values)) is None


def test_one_slot_twice_or_too_many_slots_are_refused(template: Template) -> None:
    slot = template.file.slots[0]
    assert parse(resealed(template.file, slots=(slot, slot))) is None
    many = [
        msgspec.structs.replace(slot, header=msgspec.structs.replace(slot.header, slot_id=f"{n:032x}")) for n in range(33)
    ]
    assert parse(resealed(template.file, slots=tuple(many))) is None
    assert parse(resealed(template.file, slots=tuple(many[:32]))) is not None


@pytest.mark.parametrize(
    "values", [{"role": "owner"}, {"slot_id": "x"}, {"salt": b"short"}, {"public_key": b"short"}, {"vault_id": "c" * 32}]
)
def test_unsound_slots_are_refused(template: Template, values: dict[str, object]) -> None:
    slot = template.file.slots[0]
    changed = msgspec.structs.replace(slot, header=msgspec.structs.replace(slot.header, **values))
    assert parse(resealed(template.file, slots=(changed,))) is None


def test_checksum_can_be_made_by_anyone_the_mac_cannot(template: Template) -> None:
    forged = parse(resealed(template.file, generation=9))
    assert forged is not None
    with pytest.raises(VaultDamagedError):
        check_mac(forged, template.unlocked.keys)
    with pytest.raises(VaultDamagedError):
        check_mac(template.file, new_keys())


@pytest.mark.parametrize("name", slot_file.NAMES)
@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_one_damaged_copy_does_no_harm(template: Template, folder: Path, name: str, damage: bytes | None) -> None:
    (folder / name).unlink()
    if damage is not None:
        (folder / name).write_bytes(damage)
    assert read_newest(folder) == template.file


def test_two_damaged_copies_are_damage(folder: Path) -> None:
    for name in slot_file.NAMES:
        (folder / name).write_bytes(b"nonsense")
    with pytest.raises(VaultDamagedError, match="slots"):
        read_newest(folder)


@pytest.mark.parametrize("names", [slot_file.NAMES, slot_file.NAMES[:1], slot_file.NAMES[1:]])
def test_newer_format_is_said(folder: Path, names: tuple[str, ...]) -> None:
    for name in names:
        (folder / name).write_bytes(b'{"format":"outreach-slots/3","unknown":[1,2]}')
    with pytest.raises(VaultNewerError):
        read_newest(folder)


def test_huge_file_is_damage(folder: Path) -> None:
    for name in slot_file.NAMES:
        (folder / name).write_bytes(b" " * (slot_file.MOST_BYTES + 1))
    with pytest.raises(VaultDamagedError):
        read_newest(folder)


def test_newest_generation_is_taken_and_the_older_copy_written_first(template: Template, folder: Path) -> None:
    second = authenticated(template.file.vault_id, 2, template.file.slots, template.unlocked.keys)
    write_older(folder, second)
    copies = [parse((folder / name).read_bytes()) for name in slot_file.NAMES]
    assert copies == [second, template.file]
    assert read_newest(folder) == second
    third = authenticated(template.file.vault_id, 3, template.file.slots, template.unlocked.keys)
    write_older(folder, third)
    assert [parse((folder / name).read_bytes()) for name in slot_file.NAMES] == [second, third]
    write_both(folder, third)
    assert [parse((folder / name).read_bytes()) for name in slot_file.NAMES] == [third, third]
    assert {(folder / name).stat().st_mode & 0o777 for name in slot_file.NAMES} == {0o600}


def test_full_disk_leaves_the_old_copies(template: Template, tmp_path: Path) -> None:
    with limited_process(tmp_path) as disk:
        write_both(disk.folder, template.file)
        before = {name: (disk.folder / name).read_bytes() for name in slot_file.NAMES}
        bigger = slot_file.signed(msgspec.structs.replace(template.file, generation=1000), template.unlocked.keys)
        disk.fill()
        with pytest.raises(DiskFullError):
            write_older(disk.folder, bigger)
        assert {name: (disk.folder / name).read_bytes() for name in slot_file.NAMES} == before


def test_missing_folder_is_said(template: Template, tmp_path: Path) -> None:
    with pytest.raises(FolderNotWritableError):
        write_older(tmp_path / "nowhere", template.file)
