"""The slot file: all slots of a vault, in two copies ``slots.a`` and ``slots.b``, written one after the other.

A checksum tells damage from a wrong passphrase before any key is known; after unlocking, a MAC under the vault's keys
tells whether anyone else changed the file. Text that is not exactly what this program would write is damage.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from outreach_app.domain.ids import is_id
from outreach_app.vault.argon import SALT_BYTES
from outreach_app.vault.errors import VaultDamagedError, VaultNewerError
from outreach_app.vault.failures import mapped_files
from outreach_app.vault.keys import VaultKeys
from outreach_app.vault.layout import SLOT_FILES
from outreach_app.vault.safe_files import read_limited, replace_durably
from outreach_app.vault.slots import ROLES, Slot, canonical

NAMES = SLOT_FILES
FORMAT = 1
MOST_BYTES = 256 * 1024
MOST_SLOTS = 32
_MARK = re.compile(r"outreach-slots/(\d{1,6})")
_PUBLIC_BYTES = 1184 + 32


class SlotFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Format mark, vault, generation (grows with each change), slots, MAC and checksum."""

    format: str
    vault_id: str
    generation: int
    slots: tuple[Slot, ...]
    mac: bytes = b""
    checksum: str = ""


class _Mark(msgspec.Struct):
    format: str


def authenticated(vault_id: str, generation: int, slots: Sequence[Slot], keys: VaultKeys) -> SlotFile:
    """Return a complete slot file for these slots."""
    bare = SlotFile(format=f"outreach-slots/{FORMAT}", vault_id=vault_id, generation=generation, slots=tuple(slots))
    with_mac = msgspec.structs.replace(bare, mac=_mac(bare, keys))
    return msgspec.structs.replace(with_mac, checksum=_checksum(with_mac))


def check_mac(file: SlotFile, keys: VaultKeys) -> None:
    """Check that a holder of the vault's keys wrote this file.

    Raises:
        VaultDamagedError: someone or something else changed it.
    """
    if not hmac.compare_digest(file.mac, _mac(file, keys)):
        raise VaultDamagedError(part="slots")


def read_newest(folder: Path) -> SlotFile:
    """Return the whole copy with the highest generation.

    Raises:
        VaultNewerError: a newer program wrote it.
        VaultDamagedError: neither copy is whole.
    """
    contents = [content for name in NAMES if (content := read_limited(folder / name, MOST_BYTES)) is not None]
    if any(_is_newer(content) for content in contents):  # even one: a newer program was about to change both
        raise VaultNewerError
    whole = [file for content in contents if (file := parse(content)) is not None]
    if whole:
        return max(whole, key=lambda file: file.generation)
    raise VaultDamagedError(part="slots")


def parse(untrusted: bytes) -> SlotFile | None:
    """Return the slot file, or None when it is not exactly what this program writes."""
    try:
        file = msgspec.json.decode(untrusted, type=SlotFile, strict=True)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    if canonical(file) != untrusted or file.checksum != _checksum(file):
        return None
    return file if _is_sound(file) else None


def write_older(folder: Path, file: SlotFile) -> None:
    """Write one copy, the older; with it a change of slots is in force.

    Raises:
        DiskFullError, FolderNotWritableError, DiskFaultError: nothing was changed.
    """
    with mapped_files(folder):
        replace_durably(older_first(folder)[0], canonical(file))


def write_both(folder: Path, file: SlotFile) -> None:
    """Write the copies that differ, the older first, so that one whole file is there at any moment.

    Raises:
        DiskFullError, FolderNotWritableError, DiskFaultError: the copy not yet written is as before.
    """
    content = canonical(file)
    for path in older_first(folder):
        if read_limited(path, MOST_BYTES) != content:
            with mapped_files(folder):
                replace_durably(path, content)


def older_first(folder: Path) -> list[Path]:
    """Return both paths; a missing, damaged or older copy comes first."""
    return sorted((folder / name for name in NAMES), key=_generation_at)


def _generation_at(path: Path) -> int:
    content = read_limited(path, MOST_BYTES)
    file = parse(content) if content is not None else None
    return file.generation if file is not None else -1


def _is_sound(file: SlotFile) -> bool:
    ids = {slot.header.slot_id for slot in file.slots}
    return (
        file.format == f"outreach-slots/{FORMAT}"
        and is_id(file.vault_id)
        and file.generation >= 1
        and 1 <= len(file.slots) <= MOST_SLOTS
        and len(ids) == len(file.slots)
        and all(_is_sound_slot(slot, file.vault_id) for slot in file.slots)
    )


def _is_sound_slot(slot: Slot, vault_id: str) -> bool:
    header = slot.header
    return (
        header.vault_id == vault_id
        and is_id(header.slot_id)
        and header.role in ROLES
        and len(header.salt) == SALT_BYTES
        and len(header.public_key) == _PUBLIC_BYTES
    )


def _is_newer(content: bytes) -> bool:
    try:
        mark = _MARK.fullmatch(msgspec.json.decode(content, type=_Mark).format)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return False
    return mark is not None and int(mark.group(1)) > FORMAT


def _mac(file: SlotFile, keys: VaultKeys) -> bytes:
    bare = msgspec.structs.replace(file, mac=b"", checksum="")
    return hmac.digest(keys.slots_key(), canonical(bare), "sha256")


def _checksum(file: SlotFile) -> str:
    return hashlib.sha256(canonical(msgspec.structs.replace(file, checksum=""))).hexdigest()
