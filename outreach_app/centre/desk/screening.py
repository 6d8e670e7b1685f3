"""Look at each line of an opened batch: what is one of our records goes in, the rest is put aside alone and named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from outreach_app.centre.desk import notices, record_rows
from outreach_app.centre.desk.already_known import AlreadyKnown, look_up
from outreach_app.domain.ids import is_id
from outreach_app.vault.connection import Connection
from outreach_app.wire.batch_records import (
    RECORD_LIMIT,
    CountedRecord,
    NoticeRecord,
    StandingRecord,
    read_line,
)
from outreach_app.wire.errors import DataTooLargeError, UntrustedDataError
from outreach_app.wire.receipts import ReasonCode
from outreach_app.wire.strict import read_json


@dataclass(frozen=True, slots=True)
class GoodRecord:
    """A line that is a record; ``body`` is how it is kept. ``known`` when exactly this version had arrived before."""

    line: int
    record: CountedRecord | NoticeRecord
    body: bytes
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
    read = [_read(number, line) for number, line in enumerate(untrusted_lines, start=1)]
    ours = [one.record for one in read if isinstance(one, _Line)]
    screening = _Screening(connection, device, look_up(connection, device, ours))
    standing: StandingRecord | None = None
    good: list[GoodRecord] = []
    bad: list[BadRecord] = []
    for number, one in enumerate(read, start=1):
        if isinstance(one, StandingRecord):
            standing = one
            continue
        checked = screening.check(number, one) if isinstance(one, _Line) else one
        if isinstance(checked, GoodRecord):
            good.append(checked)
        else:
            bad.append(checked)
    return Screened(tuple(good), tuple(bad), standing)


@dataclass(frozen=True, slots=True)
class _Line:
    """A record that was read, and how it is kept."""

    record: CountedRecord | NoticeRecord
    body: bytes


class _Screening:
    """One batch of ``device`` against the register, and each line against those before it."""

    def __init__(self, connection: Connection, device: str, known: AlreadyKnown) -> None:
        self._connection = connection
        self._device = device
        self._known = known
        self._seen: dict[tuple[str, int], bytes] = {}

    def check(self, number: int, line: _Line) -> GoodRecord | BadRecord:
        record, body = line.record, line.body
        if (refused := self._refusal(record)) is not None:
            return BadRecord(number, record.id, refused)
        before = self._before(record)
        if before is not None and before != body:
            return BadRecord(number, record.id, ReasonCode.SAME_VERSION_OTHER_CONTENT)
        self._seen[record.id, record.version] = body
        return GoodRecord(number, record, body, known=before is not None)

    def _before(self, record: CountedRecord | NoticeRecord) -> bytes | None:
        """Return what came before under this id and version, in this batch or ever."""
        key = (record.id, record.version)
        if key in self._seen or key not in self._known.versions:
            return self._seen.get(key)
        return record_rows.find_body(self._connection, *key) or notices.find_body(self._connection, *key)

    def _refusal(self, record: CountedRecord | NoticeRecord) -> ReasonCode | None:
        """Return why a record cannot be this laptop's to send, or None."""
        if self._known.owners.get(record.id, self._device) != self._device:
            return ReasonCode.OTHER_RECORD_FAULT
        if isinstance(record, CountedRecord):
            return ReasonCode.GONE_BEFORE if self._known.is_gone(record) else None
        about_others = notices.is_about_others(self._connection, self._device, record)
        return ReasonCode.UNKNOWN_REFERENCE if about_others else None


def _read(number: int, line: bytes) -> _Line | StandingRecord | BadRecord:
    try:
        record, body = read_line(line)
    except (DataTooLargeError, UntrustedDataError):
        return _explain(number, line)
    return record if isinstance(record, StandingRecord) else _Line(record, body)


def _explain(number: int, line: bytes) -> BadRecord:
    """Say what is wrong with a line, and which record it was as far as that can be read."""
    try:
        tree = read_json(line, Any, what="The record", limit=RECORD_LIMIT)
    except (DataTooLargeError, UntrustedDataError):
        return BadRecord(number, None, ReasonCode.NOT_JSON)
    shown = tree.get("id") if isinstance(tree, dict) else None
    return BadRecord(number, shown if isinstance(shown, str) and is_id(shown) else None, ReasonCode.WRONG_SHAPE)
