"""Changes the centre makes to its directory: an entry is set or taken away, and what changed is told by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from outreach_app.i18n import gettext as _
from outreach_app.leaflets.directory.entries import LINES, Directory, Entry
from outreach_app.leaflets.directory.entry_reading import FIELDS, read_entry
from outreach_app.leaflets.directory.errors import DirectoryFieldError, EntryProtectedError, EntryUnknownError
from outreach_app.leaflets.directory.reading import directory_of
from outreach_app.leaflets.directory.untrusted import directory_fields, entry_fields

USUAL_MONTHS = 12  # after so long a new entry is too old


@dataclass(frozen=True, slots=True)
class Edited:
    """A directory after a change to ``entry``; ``changed`` names the fields that are different now."""

    directory: Directory
    entry: str
    changed: tuple[str, ...]


def set_entry(
    directory: Directory, untrusted_fields: Mapping[str, Any], day: date, known: Mapping[str, Callable[[str], bool]]
) -> Edited:
    """Return ``directory`` with one entry made or changed; fields that are not given stay as they are.

    A change is as of ``day`` and not confirmed, unless the fields say otherwise. ``known`` tells of a field with a
    list of codes (``regions``, ``languages``) whether a code is one.

    Raises:
        DirectoryFieldError: a field is not right; nothing is changed.
    """
    wanted = untrusted_fields.get("id")
    number = len(directory.entries) + 1
    before = next((entry for entry in directory.entries if entry.id == wanted), None)
    old = entry_fields(before) if before else {}
    stamps = _stamps(day)
    usual = {**stamps, "stale_after_months": USUAL_MONTHS}
    entry = read_entry(usual | old | dict(untrusted_fields), number)
    if entry_fields(entry) == old and untrusted_fields.keys().isdisjoint(stamps):
        return Edited(directory, entry.id, ())
    entry = read_entry(usual | old | stamps | dict(untrusted_fields), number)
    _check_codes(entry, known)
    entries = [entry if each.id == entry.id else each for each in directory.entries]
    return _published(directory, entries if before else [*entries, entry], entry.id, day)


def remove_entry(directory: Directory, wanted: str, day: date) -> Edited:
    """Return ``directory`` without the entry ``wanted``.

    Raises:
        EntryProtectedError: the help line and the emergency number stay.
        EntryUnknownError: there is no such entry.
    """
    if wanted in LINES:
        raise EntryProtectedError(entry=wanted)
    ids = [entry.id for entry in directory.entries]
    if wanted not in ids:
        raise EntryUnknownError(entry=wanted, known=", ".join(ids))
    entries = [entry for entry in directory.entries if entry.id != wanted]
    return _published(directory, entries, wanted, day)


def entry_to_change(directory: Directory, wanted: str, day: date) -> dict[str, Any]:
    """Return the fields somebody who changes the entry ``wanted`` begins with: as they are, but of ``day`` and open."""
    return {"id": wanted, "stale_after_months": USUAL_MONTHS} | _fields_of(directory, wanted) | _stamps(day)


def _stamps(day: date) -> dict[str, Any]:
    return {"as_of": day.isoformat(), "confirmed": False}


def _check_codes(entry: Entry, known: Mapping[str, Callable[[str], bool]]) -> None:
    for field, is_known in known.items():
        for code in entry_fields(entry).get(field, ()):
            if not is_known(code):
                reason = _("no such code: {code}").format(code=code)
                raise DirectoryFieldError(entry=entry.id, field=field, reason=reason)


def _published(directory: Directory, entries: list[Entry], wanted: str, day: date) -> Edited:
    """Return the entries as the next version, checked together."""
    made = replace(directory, entries=tuple(entries), version=directory.version + 1, published=day.isoformat())
    checked = directory_of(directory_fields(made))
    old, new = (_fields_of(each, wanted) for each in (directory, checked))
    changed = tuple(name for name in FIELDS if old.get(name) != new.get(name))
    return Edited(checked, wanted, changed)


def _fields_of(directory: Directory, wanted: str) -> dict[str, Any]:
    return next((entry_fields(entry) for entry in directory.entries if entry.id == wanted), {})
