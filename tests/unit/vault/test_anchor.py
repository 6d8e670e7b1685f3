"""The anchor's files: what is legal, what is a roll-back, and what damage does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.vault.anchor import FIRST_HEAD, NAMES, SIZE, Anchor, Step
from outreach_app.vault.errors import AnchorLostError, VaultRolledBackError

VAULT_ID, KEY = "a" * 32, bytes(32)
FIRST = Step(1, 0, FIRST_HEAD, FIRST_HEAD)


def anchor_in(folder: Path, key: bytes = KEY, vault_id: str = VAULT_ID) -> Anchor:
    (folder / "vault.db").write_bytes(bytes(4096 * 7))
    return Anchor(folder, vault_id, key)


def loaded(folder: Path, key: bytes = KEY, vault_id: str = VAULT_ID) -> Anchor:
    anchor = anchor_in(folder, key, vault_id)
    anchor.load()
    return anchor


def walked(folder: Path, steps: int) -> list[Step]:
    anchor, taken = anchor_in(folder), [FIRST]
    anchor.begin(FIRST)
    for _ in range(steps):
        taken.append(taken[-1].following())
        anchor.catch_up(taken[-1])
    return taken


@given(st.integers(0, 6))
@settings(max_examples=7, deadline=None)
def test_last_step_and_the_one_after_are_legal(tmp_path_factory: pytest.TempPathFactory, steps: int) -> None:
    folder = tmp_path_factory.mktemp("anchor")
    last = walked(folder, steps)[-1]
    loaded(folder).check(last)
    loaded(folder).check(last.following())


def test_older_later_and_other_steps_are_refused(tmp_path: Path) -> None:
    steps = walked(tmp_path, 4)
    wrong = [
        *steps[:-1],
        steps[-1].following().following(),
        steps[-2].following(),  # the same number on another branch
        steps[-2].following().following(),
        Step(2, steps[-1].number, steps[-1].head, steps[-1].previous),
    ]
    for step in wrong:
        with pytest.raises(VaultRolledBackError):
            loaded(tmp_path).check(step)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("damage", [None, b"", b"\0" * SIZE, b"\0" * (SIZE + 1)])
def test_one_damaged_file_is_made_good(tmp_path: Path, name: str, damage: bytes | None) -> None:
    now = walked(tmp_path, 3)[-1].following()  # the vault is one step ahead, as after a power cut
    (tmp_path / name).unlink()
    if damage is not None:
        (tmp_path / name).write_bytes(damage)
    anchor = loaded(tmp_path)
    if name == NAMES[1]:  # it held the newest mark: what is left is two steps behind
        with pytest.raises(VaultRolledBackError):
            anchor.check(now)
        return
    anchor.check(now)
    anchor.settle(now)
    other = NAMES[1] if name == NAMES[0] else NAMES[0]
    (tmp_path / other).unlink()
    loaded(tmp_path).check(now)


def test_every_changed_bit_is_seen(tmp_path: Path) -> None:
    walked(tmp_path, 2)
    (tmp_path / NAMES[1]).unlink()
    content = (tmp_path / NAMES[0]).read_bytes()
    for bit in range(len(content) * 8):
        changed = bytearray(content)
        changed[bit // 8] ^= 1 << (bit % 8)
        (tmp_path / NAMES[0]).write_bytes(changed)
        with pytest.raises(AnchorLostError):
            loaded(tmp_path)


def test_both_lost_is_said(tmp_path: Path) -> None:
    with pytest.raises(AnchorLostError):
        loaded(tmp_path)


def test_anchor_of_another_vault_or_key_does_not_count(tmp_path: Path) -> None:
    walked(tmp_path, 1)
    with pytest.raises(AnchorLostError):
        loaded(tmp_path, key=b"\1" * 32)
    with pytest.raises(AnchorLostError):
        loaded(tmp_path, vault_id="b" * 32)


def test_anchor_does_not_follow_a_vault_that_jumped(tmp_path: Path) -> None:
    last = walked(tmp_path, 1)[-1]
    anchor = loaded(tmp_path)
    anchor.check(last)
    with pytest.raises(VaultRolledBackError):
        anchor.catch_up(last.following().following())


def test_two_copies_of_one_vault_part_at_once() -> None:
    assert FIRST.following().head != FIRST.following().head


def test_remembers_the_size_of_the_database(tmp_path: Path) -> None:
    walked(tmp_path, 1)
    assert anchor_in(tmp_path).load().pages == 7


def test_nothing_fits_before_the_files_are_read(tmp_path: Path) -> None:
    with pytest.raises(VaultRolledBackError):
        anchor_in(tmp_path).check(FIRST)
