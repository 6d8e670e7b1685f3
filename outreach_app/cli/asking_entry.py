"""Asks for an entry of the directory field by field, each answer checked before the next question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from outreach_app.i18n import gettext as _
from outreach_app.leaflets.directory.entries import KINDS, PROMISES
from outreach_app.leaflets.directory.entry_reading import FIELDS
from outreach_app.leaflets.directory.errors import DirectoryFieldError
from outreach_app.leaflets.directory.hours_reading import BY_APPOINTMENT

Fields = dict[str, Any]
_NOTHING = "-"
_CLOSED = "closed"
_LISTS = frozenset({"regions", "other_numbers", "languages", "promises"})
_STILL_TO_COME: Fields = {"source": "?"}  # asked last, but without it nothing can be checked
_YES, _NO = "yes", "no"


def ask_entry(old: Mapping[str, Any], check: Callable[[Fields], object]) -> Fields:
    """Return the fields of an entry as answered; an empty answer keeps what stands in ``old``, "-" empties it.

    ``check`` raises DirectoryFieldError for fields that are not right. What it says of the field just asked is told,
    and the question comes again.
    """
    click.echo(_("Enter keeps what stands in brackets; - empties it."), err=True)
    given: Fields = {"id": old["id"]}
    for field in FIELDS[1:]:
        given[field] = _ask(field, old.get(field), given, check)
    return given


def _ask(field: str, old: object, given: Fields, check: Callable[[Fields], object]) -> object:
    while True:
        written = click.prompt(f"{field} ({_hint(field)})", default=written_of(old), err=True)
        answer = read_answer(field, "" if written == _NOTHING else written)
        try:
            check(_STILL_TO_COME | given | {field: answer})
        except DirectoryFieldError as refusal:
            if str(refusal.values["field"]).split(".")[0] == field:
                click.echo(refusal.sentence(), err=True)
                continue
        return answer


def _hint(field: str) -> str:
    hints = {
        "kind": ", ".join(KINDS),
        "regions": _("codes with commas; none for the whole country"),
        "other_numbers": _("with commas"),
        "hours": _("such as: weekdays 08:30-16:00; saturday closed; by appointment"),
        "languages": _("codes with commas, such as da, en"),
        "promises": ", ".join(PROMISES),
        "as_of": _("year, month or day of the source"),
        "confirmed": _("has somebody made sure: yes or no"),
        "stale_after_months": _("after how many months it is too old"),
    }
    return hints.get(field, _("one line"))


def written_of(value: object) -> str:
    """Return a field's JSON value as people write it; what nobody has told is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, dict):
        days = [f"{day} {_times_written(times)}" for day, times in value.items() if day != BY_APPOINTMENT]
        return "; ".join([*days, "by appointment"] if value.get(BY_APPOINTMENT) else days)
    return ", ".join(value) if isinstance(value, list) else str(value)


def read_answer(field: str, written: str) -> object:
    """Return what was written as the field's JSON value; what cannot be read stays as it is, to be refused."""
    if field in _LISTS:
        return [part.strip() for part in written.split(",") if part.strip()]
    if field == "hours":
        return dict(_day(part.strip()) for part in written.split(";") if part.strip())
    if field == "confirmed":
        return {_YES: True, _NO: False}.get(written, written)
    if field == "stale_after_months":
        return int(written) if written.isascii() and written.isdecimal() and len(written) < 4 else written or None
    return written


def _day(part: str) -> tuple[str, object]:
    if part == "by appointment":
        return BY_APPOINTMENT, True
    day, _space, times = part.partition(" ")
    return day, [] if times == _CLOSED else [time.split("-") for time in times.split()] or None


def _times_written(times: list[list[str]]) -> str:
    return " ".join("-".join(pair) for pair in times) or _CLOSED
