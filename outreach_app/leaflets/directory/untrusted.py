"""Reads a directory that came from outside, through the one strict reader, and writes one."""

from __future__ import annotations

import json
from typing import Any

from outreach_app.i18n import gettext as _
from outreach_app.leaflets.directory.entries import Directory, Entry
from outreach_app.leaflets.directory.hours_reading import BY_APPOINTMENT
from outreach_app.leaflets.directory.opening import WHOLE_DAY, OpeningHours
from outreach_app.leaflets.directory.reading import DEEPEST, LARGEST, SCHEMA, directory_of
from outreach_app.wire.strict import read_json


def read_directory(untrusted: bytes | str) -> Directory:
    """Return the directory written in ``untrusted``.

    Raises:
        DataTooLargeError, UntrustedDataError: not JSON of a bearable size.
        DirectoryFieldError, DirectoryNewerError: as ``directory_of``.
    """
    what = _("The list of help and places")
    return directory_of(read_json(untrusted, dict[str, Any], what=what, limit=LARGEST, depth=DEEPEST))


def write_directory(directory: Directory) -> bytes:
    """Return ``directory`` as JSON for people and for ``read_directory``; the same directory gives the same bytes."""
    return (json.dumps(directory_fields(directory), ensure_ascii=False, indent=1) + "\n").encode()


def directory_fields(directory: Directory) -> dict[str, Any]:
    """Return the directory as its JSON object."""
    return {
        "schema": SCHEMA,
        "version": directory.version,
        "published": directory.published,
        "entries": [entry_fields(entry) for entry in directory.entries],
    }


def entry_fields(entry: Entry) -> dict[str, Any]:
    """Return an entry as its JSON object; what nobody has told is left out."""
    told = {
        "name": entry.own_name,
        "regions": list(entry.regions),
        "address": entry.address,
        "number": entry.number,
        "other_numbers": list(entry.other_numbers),
        "email": entry.email,
        "web": entry.web,
        "hours": _hours(entry.hours),
        "languages": list(entry.languages),
        "promises": list(entry.promises),
        "note": entry.note,
    }
    return {
        "id": entry.id,
        "kind": entry.kind,
        **{name: value for name, value in told.items() if value},
        "source": entry.source,
        "as_of": entry.as_of,
        "confirmed": entry.confirmed,
        "stale_after_months": entry.stale_after_months,
    }


def _hours(hours: OpeningHours) -> dict[str, Any]:
    days = {
        day: [[_time(span.opens), _time(span.closes if span.closes <= WHOLE_DAY else span.closes - WHOLE_DAY)]
              for span in spans]
        for day, spans in hours.days
    }  # fmt: skip
    return {**days, BY_APPOINTMENT: True} if hours.by_appointment else days


def _time(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
