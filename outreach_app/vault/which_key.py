"""Finds which of two data keys the database is under; only while keys change does the slot file carry two.

The anchors tell it beforehand: a journal left by a crash must be checked against the right count of pages before the
database library plays it back. Only when power failed between the new database and its anchors do they tell the old
key, and then there is no journal.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import sqlcipher3

from outreach_app.vault import database
from outreach_app.vault.anchor import Anchor
from outreach_app.vault.connection import Connection
from outreach_app.vault.errors import AnchorLostError, VaultRolledBackError, WrongPassphraseError
from outreach_app.vault.failures import mapped_files
from outreach_app.vault.hot_journal import check_journal
from outreach_app.vault.keys import VaultKeys
from outreach_app.vault.layout import DATABASE, JOURNAL
from outreach_app.vault.slot_file import SlotFile
from outreach_app.vault.slots import Unlocked

_PRIMARY = 0xFF  # the low byte of an extended result code


@dataclass(frozen=True)
class Door:
    """The open database; what unlocked it, with the key that is in force; the anchors it has, and those that knew it.

    ``known`` is another than ``anchor`` only when the anchors are still to be written under the next key.
    """

    connection: Connection
    unlocked: Unlocked
    anchor: Anchor
    known: Anchor


def find_door(folder: Path, file: SlotFile, unlocked: Unlocked) -> Door:
    """Open the database with the key it is under.

    Raises:
        WrongPassphraseError: the slot was not given the next key, and that is in force: its worker has left.
        VaultRolledBackError: the slots are of before a change of keys, database and anchors of after it.
        AnchorLostError, VaultDamagedError: nothing was changed.
        sqlcipher3.Error: for ``failures.mapped`` of the caller.
    """
    has_left = unlocked.next_keys is None and any(slot.sealed_next_key for slot in file.slots)
    try:
        return _door(folder, file, unlocked)
    except AnchorLostError as error:
        if has_left:
            raise WrongPassphraseError from error
        if _is_all_under_another_key(folder, file, unlocked):
            raise VaultRolledBackError from error
        raise
    except sqlcipher3.DatabaseError as error:
        if has_left and _is_wrong_key(error):
            raise WrongPassphraseError from error
        raise


def _door(folder: Path, file: SlotFile, unlocked: Unlocked) -> Door:
    told, known = _told_by_anchors(folder, file, unlocked)
    check_journal(folder, known.load().pages)
    keys = told
    try:
        connection = database.connect(folder / DATABASE, keys.database_key())
    except sqlcipher3.DatabaseError as error:
        if not _is_wrong_key(error) or unlocked.next_keys in {None, told} or _has_journal(folder):
            raise
        keys = unlocked.next_keys
        connection = database.connect(folder / DATABASE, keys.database_key())
    anchor = known if keys is told else Anchor(folder, file.vault_id, keys.anchor_key())
    return Door(connection, replace(unlocked, keys=keys), anchor, known)


def _told_by_anchors(folder: Path, file: SlotFile, unlocked: Unlocked) -> tuple[VaultKeys, Anchor]:
    """Return the keys the anchors are under: the next ones as soon as one file is."""
    if unlocked.next_keys is not None:
        following = Anchor(folder, file.vault_id, unlocked.next_keys.anchor_key())
        with suppress(AnchorLostError):
            following.load()
            return unlocked.next_keys, following
    return unlocked.keys, Anchor(folder, file.vault_id, unlocked.keys.anchor_key())


def _is_all_under_another_key(folder: Path, file: SlotFile, unlocked: Unlocked) -> bool:
    """Tell whether neither anchors nor database know this key, though they look whole: the slots were put back."""
    anchor = Anchor(folder, file.vault_id, unlocked.keys.anchor_key())
    if not anchor.is_under_another_key() or _has_journal(folder):
        return False
    try:
        database.connect(folder / DATABASE, unlocked.keys.database_key()).close()
    except sqlcipher3.DatabaseError as error:
        return _is_wrong_key(error)
    return False


def _is_wrong_key(error: sqlcipher3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & _PRIMARY == sqlcipher3.SQLITE_NOTADB


def _has_journal(folder: Path) -> bool:
    journal = folder / JOURNAL
    with mapped_files(folder):
        return journal.exists() and journal.stat().st_size > 0
