"""Look at each line of an opened batch: what is one of our records goes in, the rest is put aside alone and named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from outreach_app.centre.desk import notices, record_rows, removing
from outreach_app.domain.ids import is_id
from outreach_app.vault.connection import Connection
from outreach_app.wire.batch_records import (
    RECORD_LIMIT,
    CountedRecord,
    NoticeRecord,
    StandingRecord,
    read_record,
    write_record,
)
from outreach_app.wire.errors import DataTooLargeError, UntrustedDataError
from outreach_app.wire.receipts import ReasonCode
from outreach_app.wire.strict import read_json


@dataclass(frozen=True, slots=True)
class GoodRecord:
    """A line that is a record. ``known`` when exactly this version had arrived before."""

    line: int
    record: CountedRecord | NoticeRecord
    known: bool


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A line put aside: its number from 1, its record's id as far as readable, and the reason."""

    line: int
    record_id: str | None
    reason: ReasonCode


@dataclass(frozen=True, slots=True)
class Screened:
    """What became of the lines of one batch; ``standing`` rides along and is counted nowhere."""

    good: tuple[GoodRecord, ...]
    bad: tuple[BadRecord, ...]
    standing: StandingRecord | None = None


def screen_lines(connection: Connection, device: str, untrusted_lines: Sequence[bytes]) -> Screened:
    """Sort the lines of a batch of ``device``; reads the register, changes nothing."""
    good: list[GoodRecord] = []
    bad: list[BadRecord] = []
    standing: StandingRecord | None = None
    seen: dict[tuple[str, int], bytes] = {}
    for number, line in enumerate(untrusted_lines, start=1):
        checked = _check_line(connection, device, number, line, seen)
        if isinstance(checked, GoodRecord):
            good.append(checked)
        elif isinstance(checked, StandingRecord):
            standing = checked
        else:
            bad.append(checked)
    return Screened(tuple(good), tuple(bad), standing)


def _check_line(
    connection: Connection, device: str, number: int, line: bytes, seen: dict[tuple[str, int], bytes]
) -> GoodRecord | BadRecord | StandingRecord:
    try:
        record = read_record(line)
    except (DataTooLargeError, UntrustedDataError):
        return _explain(number, line)
    if isinstance(record, StandingRecord):
        return record
    if (refused := _refusal(connection, device, record)) is not None:
        return BadRecord(number, record.id, refused)
    body = write_record(record)
    key = (record.id, record.version)
    kept = record_rows.find_body(connection, *key) or notices.find_body(connection, *key)
    before = seen.get(key) or kept
    if before is not None and before != body:
        return BadRecord(number, record.id, ReasonCode.SAME_VERSION_OTHER_CONTENT)
    seen[key] = body
    return GoodRecord(number, record, known=before is not None)


def _refusal(connection: Connection, device: str, record: CountedRecord | NoticeRecord) -> ReasonCode | None:
    """Return why a record cannot be this laptop's to send, or None."""
    owner = record_rows.find_owner(connection, record.id) or notices.find_owner(connection, record.id)
    if owner is not None and owner != device:
        return ReasonCode.OTHER_RECORD_FAULT
    if isinstance(record, CountedRecord):
        return ReasonCode.GONE_BEFORE if removing.is_gone(connection, device, record) else None
    return ReasonCode.UNKNOWN_REFERENCE if notices.is_about_others(connection, device, record) else None


def _explain(number: int, line: bytes) -> BadRecord:
    """Say what is wrong with a line, and which record it was as far as that can be read."""
    try:
        tree = read_json(line, Any, what="The record", limit=RECORD_LIMIT)
    except (DataTooLargeError, UntrustedDataError):
        return BadRecord(number, None, ReasonCode.NOT_JSON)
    shown = tree.get("id") if isinstance(tree, dict) else None
    return BadRecord(number, shown if isinstance(shown, str) and is_id(shown) else None, ReasonCode.WRONG_SHAPE)
