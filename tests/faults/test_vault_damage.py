"""A flipped bit in any page, journal, slot file or anchor, and a file cut anywhere: loud, or made good; never silent."""

from __future__ import annotations

import random
import shutil
import struct
from pathlib import Path

import pytest

from outreach_app.vault import slot_file
from outreach_app.vault.anchor import NAMES as ANCHORS
from outreach_app.vault.anchor import SIZE as ANCHOR_BYTES
from outreach_app.vault.errors import AnchorLostError, VaultDamagedError, VaultEmptyError, VaultRolledBackError
from tests.support.vaults import PASSPHRASE, Template, add_thing, reopened, things

PAGE = 4096
WORDS = tuple(f"{number} " + "sommer " * (number * 53 % 400) for number in range(60))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return Template.made(tmp_path_factory.mktemp("vault"), *WORDS)


def outcome(template: Template, folder: Path) -> str:
    """What a worker gets to know: ``refused`` at opening, ``found`` by the check, or ``whole``."""
    try:
        vault = template.open(folder)
    except VaultDamagedError:
        return "refused"
    try:
        if vault.check():
            return "found"
        assert things(vault) == list(WORDS)
        return "whole"
    finally:
        vault.close()


def flip(file: Path, place: int, bit: int) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 1 << bit
    file.write_bytes(content)


def test_flipped_bit_in_each_page_is_loud(template: Template, tmp_path: Path) -> None:
    chance = random.Random(11)
    size = (template.folder / "vault.db").stat().st_size
    assert size > 15 * PAGE
    for page in range(size // PAGE):
        folder = template.copy(tmp_path / str(page))
        flip(folder / "vault.db", page * PAGE + chance.randrange(PAGE), chance.randrange(8))
        assert outcome(template, folder) in {"refused", "found"}, f"page {page}"
        shutil.rmtree(folder)


def test_damage_in_a_free_page_is_no_damage(template: Template, tmp_path: Path) -> None:
    """A power cut tears a free page that was being used again; no journal holds it, for nobody reads it."""
    thinned = template.copy(tmp_path / "thinned")
    with_free_pages = template.open(thinned)
    with with_free_pages.transaction() as connection:
        connection.execute("DELETE FROM thing WHERE id > 5")
    free = with_free_pages.connection.execute("PRAGMA freelist_count").fetchone()[0]
    with_free_pages.close()
    assert free > 10
    whole = 0
    for page in range((thinned / "vault.db").stat().st_size // PAGE):
        folder = tmp_path / str(page)
        shutil.copytree(thinned, folder)
        flip(folder / "vault.db", page * PAGE + 1234, 3)
        try:
            vault = template.open(folder)
        except VaultDamagedError:
            continue
        if not vault.check():
            whole += 1
            add_thing(vault, "so lang " * 20_000)  # takes the free pages
            assert vault.check() == ()
            assert len(things(vault)) == 6
        vault.close()
    assert whole == free - 1  # all but the page that lists the others


def test_check_reads_the_disk_and_not_what_it_remembers(template: Template, tmp_path: Path) -> None:
    for page in range(1, (template.folder / "vault.db").stat().st_size // PAGE):
        folder = template.copy(tmp_path / str(page))
        vault = template.open(folder)
        assert things(vault) == list(WORDS)
        flip(folder / "vault.db", page * PAGE + 1234, 3)
        assert vault.check(), f"page {page}"
        vault.close()


@pytest.mark.parametrize("region", ["salt", "first bytes", "iv", "mac", "end"])
def test_flipped_bit_in_each_region_of_the_first_page_is_refused(template: Template, tmp_path: Path, region: str) -> None:
    place = {"salt": 3, "first bytes": 16, "iv": PAGE - 80, "mac": PAGE - 64, "end": PAGE - 1}[region]
    folder = template.copy(tmp_path / "vault")
    flip(folder / "vault.db", place, 0)
    before = (folder / "vault.db").read_bytes()
    assert outcome(template, folder) == "refused"
    assert (folder / "vault.db").read_bytes() == before


def test_vault_cut_anywhere_is_loud(template: Template, tmp_path: Path) -> None:
    size = (template.folder / "vault.db").stat().st_size
    for kept in [*range(PAGE, size, PAGE), 1, 100, PAGE - 1, size - 1]:
        folder = template.copy(tmp_path / str(kept))
        with (folder / "vault.db").open("r+b") as stream:
            stream.truncate(kept)
        assert outcome(template, folder) in {"refused", "found"}, f"{kept} bytes left"
        shutil.rmtree(folder)


def test_vault_cut_to_nothing_is_not_an_empty_vault(template: Template, tmp_path: Path) -> None:
    folder = template.copy(tmp_path / "vault")
    (folder / "vault.db").write_bytes(b"")
    with pytest.raises(VaultEmptyError):
        reopened(folder, template.migrations)
    assert (folder / "vault.db").read_bytes() == b""


def test_old_page_that_carries_the_step_is_noticed(template: Template, tmp_path: Path) -> None:
    """The library takes an old page in its old place; the page with the step is the one the anchor guards."""
    folder = template.copy(tmp_path / "vault")
    old = (folder / "vault.db").read_bytes()
    vault = template.open(folder)
    with vault.transaction():
        pass  # only the step changes, and the counter on the first page
    vault.close()
    new = bytearray((folder / "vault.db").read_bytes())
    changed = [at for at in range(PAGE, len(new), PAGE) if new[at : at + PAGE] != old[at : at + PAGE]]
    assert len(changed) == 1
    new[changed[0] : changed[0] + PAGE] = old[changed[0] : changed[0] + PAGE]
    (folder / "vault.db").write_bytes(new)
    with pytest.raises(VaultRolledBackError):
        template.open(folder)


@pytest.mark.parametrize("name", slot_file.NAMES)
def test_one_damaged_slot_copy_is_made_good(template: Template, tmp_path: Path, name: str) -> None:
    chance = random.Random(12)
    folder = template.copy(tmp_path / "vault")
    size = (folder / name).stat().st_size
    whole = (folder / name).read_bytes()
    for place in range(0, size, 97):
        flip(folder / name, place, chance.randrange(8))
        assert slot_file.read_newest(folder) == template.file
        template.open(folder).close()
        assert (folder / name).read_bytes() == whole


def test_both_slot_copies_damaged_is_damage_not_a_wrong_passphrase(template: Template, tmp_path: Path) -> None:
    folder = template.copy(tmp_path / "vault")
    size = (folder / "slots.a").stat().st_size
    for place in range(0, size, 61):
        for name in slot_file.NAMES:
            shutil.copy(template.folder / name, folder / name)
            flip(folder / name, place, place % 8)
        with pytest.raises(VaultDamagedError):
            reopened(folder, template.migrations, PASSPHRASE)


@pytest.mark.parametrize("name", ANCHORS)
def test_one_damaged_anchor_is_made_good(template: Template, tmp_path: Path, name: str) -> None:
    folder = template.copy(tmp_path / "vault")
    for place in range(0, ANCHOR_BYTES, 13):
        flip(folder / name, place, place % 8)
        template.open(folder).close()
    for cut in (0, 1, ANCHOR_BYTES - 1):
        (folder / name).write_bytes((folder / name).read_bytes()[:cut])
        template.open(folder).close()


def test_both_anchors_damaged_is_said(template: Template, tmp_path: Path) -> None:
    folder = template.copy(tmp_path / "vault")
    for place in range(0, ANCHOR_BYTES, 13):
        for name in ANCHORS:
            shutil.copy(template.folder / name, folder / name)
            flip(folder / name, place, place % 8)
        with pytest.raises(AnchorLostError):
            template.open(folder)


@pytest.fixture(scope="module")
def hot(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault as a power cut in the middle of a commit leaves it: journal complete, half of the pages written."""
    folder = template.copy(tmp_path_factory.mktemp("hot") / "vault")
    old = (folder / "vault.db").read_bytes()
    vault = template.open(folder)
    with vault.transaction() as connection:
        connection.execute("UPDATE thing SET word = word || 'half'")
    vault.close()
    new = bytearray((folder / "vault.db").read_bytes())
    changed = [at for at in range(0, len(old), PAGE) if new[at : at + PAGE] != old[at : at + PAGE]]
    assert len(changed) > 10
    for at in changed[1::2]:
        new[at : at + PAGE] = old[at : at + PAGE]
    (folder / "vault.db").write_bytes(new)
    (folder / "vault.db-journal").write_bytes(journal_of(old, changed))
    for name in ANCHORS:
        shutil.copy(template.folder / name, folder / name)
    return folder


def journal_of(old: bytes, places: list[int], nonce: int = 0xFFFFFF00) -> bytes:
    """The library's own form, in which it plays old pages back."""
    magic = bytes.fromhex("d9d505f920a163d7")
    header = struct.pack(">8sIIIII", magic, len(places), nonce, len(old) // PAGE, 512, PAGE)
    records = []
    for at in places:
        page = old[at : at + PAGE]
        checksum = (nonce + sum(page[PAGE - 200 : 0 : -200])) % (1 << 32)
        records.append(struct.pack(">I", at // PAGE + 1) + page + struct.pack(">I", checksum))
    return header.ljust(512, b"\0") + b"".join(records)


def copy_of(hot: Path, to: Path) -> Path:
    shutil.copytree(hot, to)
    return to


def test_half_a_commit_is_undone(template: Template, hot: Path, tmp_path: Path) -> None:
    folder = copy_of(hot, tmp_path / "copy")
    assert outcome(template, folder) == "whole"
    journal = folder / "vault.db-journal"
    assert not journal.exists() or journal.stat().st_size == 0


@pytest.mark.parametrize(
    "places",
    [range(28), range(512, 516), range(512 + 4 + PAGE, 512 + 8 + PAGE), [516 + PAGE - 200], range(550, 40_000, 1999)],
    ids=["header", "page number", "checksum", "sampled byte", "anywhere"],
)
def test_flipped_bit_in_a_hot_journal_is_loud(
    template: Template, hot: Path, tmp_path: Path, places: list[int]
) -> None:
    for place in places:
        folder = copy_of(hot, tmp_path / f"copy{place}")
        flip(folder / "vault.db-journal", place, place % 8)
        before = (folder / "vault.db").read_bytes()
        result = outcome(template, folder)
        assert result in {"refused", "found"}, f"byte {place}"
        assert place >= 512 or (folder / "vault.db").read_bytes() == before
        shutil.rmtree(folder)


def test_bits_nobody_reads_do_no_harm(template: Template, hot: Path, tmp_path: Path) -> None:
    folder = copy_of(hot, tmp_path / "copy")
    flip(folder / "vault.db-journal", 40, 1)  # the rest of the header's sector
    assert outcome(template, folder) == "whole"


def test_hot_journal_cut_anywhere_is_loud(template: Template, hot: Path, tmp_path: Path) -> None:
    size = (hot / "vault.db-journal").stat().st_size
    for kept in [28, 511, 512, 515, 600, *range(PAGE, size, PAGE), 512 + PAGE + 8, size - 1]:
        folder = copy_of(hot, tmp_path / f"copy{kept}")
        with (folder / "vault.db-journal").open("r+b") as stream:
            stream.truncate(kept)
        assert outcome(template, folder) == "refused", f"{kept} bytes left"
        shutil.rmtree(folder)


def test_journal_without_a_completed_header_is_no_journal(template: Template, tmp_path: Path) -> None:
    folder = template.copy(tmp_path / "vault")
    for content in (b"", bytes(27), bytes(512) + b"x" * 9000, b"\xd9" + bytes(20)):
        (folder / "vault.db-journal").write_bytes(content)
        assert outcome(template, folder) == "whole"


def test_nothing_of_a_journal_that_was_not_completed_stays_behind_the_next_one(
    template: Template, tmp_path: Path
) -> None:
    """Found by cutting the power twice: the old end made the new journal look damaged, and a whole vault was refused."""
    folder = template.copy(tmp_path / "vault")
    (folder / "vault.db-journal").write_bytes(bytes(512) + b"x" * 99_000)
    vault = template.open(folder)
    assert (folder / "vault.db-journal").stat().st_size == 0
    vault.close()
