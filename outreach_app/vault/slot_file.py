"""The slot file: all slots of a vault, in two copies ``slots.a`` and ``slots.b``, written one after the other.

A third copy lies beside the backups, so that two damaged ones can be replaced and no old passphrase opens a backup.
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

from outreach_app import typed_json
from outreach_app.domain.ids import is_id
from outreach_app.vault import recovery_slot
from outreach_app.vault.argon import SALT_BYTES
from outreach_app.vault.erasing import is_erasing
from outreach_app.vault.errors import VaultDamagedError, VaultMissingError, VaultNewerError
from outreach_app.vault.failures import mapped_files
from outreach_app.vault.key_pair import PUBLIC_BYTES
from outreach_app.vault.keys import VaultKeys
from outreach_app.vault.layout import BACKUPS, SLOT_COPY, SLOT_FILES
from outreach_app.vault.recovery_slot import RecoverySlot
from outreach_app.vault.safe_files import read_limited, replace_durably
from outreach_app.vault.slots import ROLES, Slot, canonical

NAMES = SLOT_FILES
FORMAT = 2
MOST_BYTES = 512 * 1024
MOST_SLOTS = 32
_MARK = re.compile(r"outreach-slots/(\d{1,6})")
_FORM = "outreach-slots/{}"


class SlotFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Format mark, vault, generation (grows with each change), slots, MAC and checksum; from format 2 also the rest.

    ``recovery``: the way back with the centre's help. ``inbox_key``: what counters are sealed to while locked.
    ``health_generation``: of the health part in the slots. ``health_due``: somebody left who knew it. ``backups_due``:
    backups made before the last change of keys are still to be replaced.
    """

    format: str
    vault_id: str
    generation: int
    slots: tuple[Slot, ...]
    mac: bytes
    checksum: str
    recovery: RecoverySlot | None = None
    inbox_key: bytes = b""
    health_generation: int = 0
    health_due: bool = False
    backups_due: bool = False


class _Mark(msgspec.Struct):
    format: str


def authenticated(
    vault_id: str, generation: int, slots: Sequence[Slot], keys: VaultKeys, *, inbox_key: bytes = b""
) -> SlotFile:
    """Return a complete slot file for these slots."""
    bare = SlotFile("", vault_id, generation, tuple(slots), mac=b"", checksum="", inbox_key=inbox_key)
    return signed(bare, keys)


def signed(file: SlotFile, keys: VaultKeys) -> SlotFile:
    """Return the file in this program's format with its MAC and checksum made anew."""
    bare = msgspec.structs.replace(file, format=_FORM.format(FORMAT))
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
        VaultMissingError: the vault is being erased.
        VaultNewerError: a newer program wrote it.
        VaultDamagedError: no copy is whole.
    """
    if is_erasing(folder):
        raise VaultMissingError(folder=folder)
    contents = [content for path in copies(folder) if (content := read_limited(path, MOST_BYTES)) is not None]
    if any(_is_newer(content) for content in contents):  # even one: a newer program was about to change both
        raise VaultNewerError
    whole = [file for content in contents if (file := parse(content)) is not None]
    if whole:
        return max(whole, key=lambda file: file.generation)
    raise VaultDamagedError(part="slots")


def parse(untrusted: bytes) -> SlotFile | None:
    """Return the slot file, or None when it is not exactly what this program writes."""
    try:
        file = typed_json.decode(untrusted, SlotFile)
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

    The third copy is written only where there are backups.

    Raises:
        DiskFullError, FolderNotWritableError, DiskFaultError: the copies not yet written are as before.
    """
    content = canonical(file)
    third = [folder / BACKUPS / SLOT_COPY] if (folder / BACKUPS).is_dir() else []
    for path in older_first(folder) + third:
        if read_limited(path, MOST_BYTES) != content:
            with mapped_files(folder):
                replace_durably(path, content)


def copies(folder: Path) -> tuple[Path, ...]:
    """Return where the copies of the slot file lie: the two that count, and the one beside the backups."""
    return (*(folder / name for name in NAMES), folder / BACKUPS / SLOT_COPY)


def older_first(folder: Path) -> list[Path]:
    """Return the paths of the two that count; a missing, damaged or older copy comes first."""
    return sorted((folder / name for name in NAMES), key=_generation_at)


def _generation_at(path: Path) -> int:
    content = read_limited(path, MOST_BYTES)
    file = parse(content) if content is not None else None
    return file.generation if file is not None else -1


def _is_sound(file: SlotFile) -> bool:
    ids = {slot.header.slot_id for slot in file.slots}
    return (
        _is_sound_form(file)
        and is_id(file.vault_id)
        and file.generation >= 1
        and 1 <= len(file.slots) <= MOST_SLOTS
        and len(ids) == len(file.slots)
        and all(_is_sound_slot(slot, file.vault_id) for slot in file.slots)
    )


def _is_sound_form(file: SlotFile) -> bool:
    """Tell whether the fields are those of the file's format; an older one has fewer."""
    if file.format == _FORM.format(1):
        added = (file.recovery, file.inbox_key, file.health_generation, file.health_due, file.backups_due)
        return not any(added) and not any(
            slot.header.key_file or slot.sealed_next_key or slot.sealed_next_health for slot in file.slots
        )
    return (
        file.format == _FORM.format(FORMAT)
        and len(file.inbox_key) in {0, PUBLIC_BYTES}
        and file.health_generation >= 0
        and (file.recovery is None or recovery_slot.is_sound(file.recovery))
    )


def _is_sound_slot(slot: Slot, vault_id: str) -> bool:
    header = slot.header
    return (
        header.vault_id == vault_id
        and is_id(header.slot_id)
        and header.role in ROLES
        and len(header.salt) == SALT_BYTES
        and len(header.public_key) == PUBLIC_BYTES
    )


def _is_newer(content: bytes) -> bool:
    try:
        mark = _MARK.fullmatch(typed_json.decode(content, _Mark).format)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return False
    return mark is not None and int(mark.group(1)) > FORMAT


def _mac(file: SlotFile, keys: VaultKeys) -> bytes:
    bare = msgspec.structs.replace(file, mac=b"", checksum="")
    return hmac.digest(keys.slots_key(), canonical(bare), "sha256")


def _checksum(file: SlotFile) -> str:
    return hashlib.sha256(canonical(msgspec.structs.replace(file, checksum=""))).hexdigest()
