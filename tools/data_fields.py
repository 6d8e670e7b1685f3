"""Every field this program keeps or sends, read from the program itself: live tables, structs, settings, files.

Sections and tables have the names that tools/data_map.toml gives words to.
"""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from outreach_app import settings
from outreach_app.centre.desk.opening import MIGRATIONS as DESK_MIGRATIONS
from outreach_app.centre.mailbox.schema import metadata
from outreach_app.clock import SystemClock
from outreach_app.domain import contact, encounter, pathway_case
from outreach_app.domain.ids import RandomIds
from outreach_app.records import MIGRATIONS as LAPTOP_MIGRATIONS
from outreach_app.vault import layout, recovery_slot, slot_file, slots
from outreach_app.vault.argon import FLOOR
from outreach_app.vault.creation import create_vault
from outreach_app.vault.passphrase import generate_passphrase
from outreach_app.wire import batch_records, counted, enrolment, receipts, recovery

Fields = dict[str, dict[str, list[str]]]  # section -> table -> fields in their order

ENGINE = frozenset({"vault_meta", "audit"})  # the same in a laptop's vault and in the desk's register
INDEXES = {"note_words": ["words"]}  # the tables behind a full-text index hold nothing else
_INSIDE = (
    encounter.Encounter, encounter.LeafletGiven, encounter.FollowUp, encounter.HandOver, encounter.HealthBlock,
    encounter.WorkerView, encounter.CardAnswers, contact.LinkageFacts, pathway_case.PathwayFacts,
)  # fmt: skip
_BATCH = (
    batch_records._Record,  # noqa: SLF001 - the fields that every record has
    batch_records.TallyRecord, batch_records.CodedRecord, batch_records.NoteRecord, batch_records.ReferralRecord,
    batch_records.LeafletCount, batch_records.AssessmentRow, batch_records.HandOverRow, batch_records.ViewRow,
    batch_records.CardsRow,
    batch_records.ErasureRecord, batch_records.BlankingRecord, batch_records.VoidRecord, batch_records.StandingRecord,
)  # fmt: skip
_DOCUMENTS = (
    enrolment.EnrolmentRequestBody, enrolment.EnrolmentReplyBody, receipts.Receipt,
    recovery.RecoveryRequestBody, recovery.RecoveryReplyBody,
)  # fmt: skip
_SLOT_FILE = (slot_file.SlotFile, slots.SlotHeader, slots.Slot, recovery_slot.RecoverySlot)
_FILES = (
    layout.DATABASE, layout.JOURNAL, *layout.SLOT_FILES, *layout.ANCHOR_FILES, layout.BACKUPS, layout.KEPT,
    layout.CONTENT_COPY, layout.CONTENT_READER,
    layout.COUNTER_INBOX, layout.RECOVERY_PENDING, layout.RESERVE, layout.TRIES, layout.ERASING, "vault.lock",
    settings.FILE_NAME,
)  # fmt: skip


def all_fields() -> Fields:
    """Return every field there is; makes two small vaults for it, which takes a second."""
    laptop, desk = _tables(LAPTOP_MIGRATIONS), _tables(DESK_MIGRATIONS)
    return {
        "laptop": _without(laptop, ENGINE),
        "inside": {kind.__name__: [each.name for each in dataclasses.fields(kind)] for kind in _INSIDE},
        "engine": {name: laptop[name] for name in sorted(ENGINE)},
        "files": {
            "folder": list(_FILES),
            **_structs(_SLOT_FILE),
            "Settings": list(settings.Settings._fields),
            **_structs([counted.CountedPrint]),
        },
        "batch": {kind.__name__.lstrip("_"): _own(kind) for kind in _BATCH},
        "documents": _structs(_DOCUMENTS),
        "desk": _without(desk, ENGINE),
        "mailbox": {table.name: [column.name for column in table.columns] for table in metadata.sorted_tables},
    }


def _structs(kinds: Iterable[type[msgspec.Struct]]) -> dict[str, list[str]]:
    return {kind.__name__: [each.encode_name for each in msgspec.structs.fields(kind)] for kind in kinds}


def _own(kind: type[msgspec.Struct]) -> list[str]:
    """Return the fields a struct adds to what it builds on."""
    inherited = {each.encode_name for base in kind.__bases__ if base is not msgspec.Struct
                 for each in msgspec.structs.fields(base)}  # fmt: skip
    return [each.encode_name for each in msgspec.structs.fields(kind) if each.encode_name not in inherited]


def _without(tables: Mapping[str, list[str]], names: frozenset[str]) -> dict[str, list[str]]:
    return {name: columns for name, columns in tables.items() if name not in names}


def _tables(migrations: Path) -> dict[str, list[str]]:
    """Return the tables of a fresh vault with their columns."""
    with tempfile.TemporaryDirectory() as base:
        vault = create_vault(
            Path(base) / "vault", generate_passphrase(), migrations=migrations, clock=SystemClock(), ids=RandomIds(),
            cost=FLOOR,
        )  # fmt: skip
        try:
            return {name: INDEXES.get(name) or _columns(vault.connection, name) for name in _names(vault.connection)}
        finally:
            vault.close()


def _names(connection: Any) -> list[str]:
    rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    hidden = tuple(f"{index}_" for index in INDEXES)
    return [name for (name,) in rows if not name.startswith(("sqlite_", *hidden))]


def _columns(connection: Any, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_xinfo({table})")]
