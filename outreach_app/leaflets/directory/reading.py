"""Reads a directory from outside: size, shape and every text are checked, and what is wrong is told by its field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import NoReturn

from outreach_app.i18n import gettext as _
from outreach_app.leaflets.directory.entries import EMERGENCY, KINDS, LINES, Directory, Entry
from outreach_app.leaflets.directory.entry_reading import read_entry
from outreach_app.leaflets.directory.errors import DirectoryFieldError, DirectoryNewerError

SCHEMA = 1
LARGEST = 256 * 1024  # bytes
MOST_ENTRIES = 300
DEEPEST = 6
_FIELDS = {"schema", "version", "published", "entries"}
_LARGEST_VERSION = 1_000_000
EMERGENCY_NUMBER = "112"


def directory_of(untrusted: object) -> Directory:
    """Return the directory in parsed JSON.

    Raises:
        DirectoryFieldError: something is not right; names entry and field.
        DirectoryNewerError: a later form.
    """
    if not isinstance(untrusted, Mapping):
        _refuse("$", _("not an object"))
    schema = untrusted.get("schema")
    if type(schema) is int and schema > SCHEMA:
        raise DirectoryNewerError(schema=schema)
    if schema != SCHEMA or type(schema) is not int:
        _refuse("schema", _("not a form this program knows"))
    if set(untrusted) != _FIELDS:
        _refuse(_shown(min(set(untrusted) ^ _FIELDS)), _("unknown or missing"))
    version, rows = untrusted["version"], untrusted["entries"]
    if type(version) is not int or not 1 <= version <= _LARGEST_VERSION:
        _refuse("version", _("not a number from 1"))
    if not isinstance(rows, list) or len(rows) > MOST_ENTRIES:
        _refuse("entries", _("not a list of at most {most}").format(most=MOST_ENTRIES))
    entries = tuple(read_entry(row, number) for number, row in enumerate(rows, start=1))
    _check_together(entries)
    return Directory(entries, version, _day(untrusted["published"]))


def _check_together(entries: tuple[Entry, ...]) -> None:
    twice = [entry for entry, times in Counter(entry.id for entry in entries).items() if times > 1]
    if twice:
        raise DirectoryFieldError(entry=twice[0], field="id", reason=_("given twice"))
    for entry in entries:
        if entry.id in KINDS and entry.id != entry.kind:
            raise DirectoryFieldError(entry=entry.id, field="id", reason=_("the name of another kind"))
    for kind in LINES:
        if [entry.id for entry in entries if entry.kind == kind] != [kind]:
            raise DirectoryFieldError(entry=kind, field="kind", reason=_("there must be exactly one"))
    emergency = next(entry for entry in entries if entry.id == EMERGENCY)
    if emergency.number != EMERGENCY_NUMBER:
        raise DirectoryFieldError(entry=EMERGENCY, field="number", reason=_("it is 112"))
    if not emergency.always_open:
        raise DirectoryFieldError(entry=EMERGENCY, field="hours", reason=_("it answers day and night"))


def _day(untrusted: object) -> str:
    try:
        day = date.fromisoformat(untrusted) if isinstance(untrusted, str) else None
    except ValueError:
        day = None
    if day is None:
        _refuse("published", _("not a date"))
    return day.isoformat()


def _shown(name: object) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in str(name)[:40])


def _refuse(field: str, reason: str) -> NoReturn:
    raise DirectoryFieldError(entry=_("the list itself"), field=field, reason=reason)
