"""Reads one entry of a directory from outside, field by field, and says by its name which one is not right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NoReturn, TypeVar

from outreach_app.i18n import gettext as _
from outreach_app.leaflets.directory.entries import EMERGENCY, KINDS, LINES, PROMISES, Entry, HelpLine
from outreach_app.leaflets.directory.errors import DirectoryFieldError
from outreach_app.leaflets.directory.hours_reading import HoursFaultError, read_hours
from outreach_app.leaflets.directory.known_languages import is_known_language
from outreach_app.leaflets.directory.opening import WEEKDAYS, WEEKENDS, OpeningHours
from outreach_app.leaflets.directory.safe_text import (
    CODE,
    EMAIL,
    LANGUAGE,
    LONGEST_NUMBER,
    NUMBER,
    WEB,
    form_fault,
    text_fault,
)

C = TypeVar("C", bound=str)

LONGEST: Mapping[str, int] = {"name": 80, "address": 120, "note": 200, "source": 400}  # characters
LONGEST_FORM = 80
MOST_IN_LIST = 12
REQUIRED = ("id", "kind", "source", "as_of", "confirmed", "stale_after_months")
FIELDS = (
    "id", "kind", "name", "regions", "address", "number", "other_numbers", "email", "web", "hours", "languages",
    "promises", "note", "source", "as_of", "confirmed", "stale_after_months",
)  # fmt: skip
_AS_OF = r"(?:19|20)[0-9]{2}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_MOST_MONTHS = 60


def read_entry(untrusted: object, number: int) -> Entry:
    """Return the entry in a parsed row, the ``number``-th from 1; raises DirectoryFieldError."""
    if not isinstance(untrusted, Mapping):
        raise DirectoryFieldError(entry=_("entry {number}").format(number=number), field="$", reason=_("not an object"))
    return _EntryReader(untrusted, number).entry()


class _EntryReader:
    def __init__(self, row: Mapping[Any, Any], number: int) -> None:
        self._row = row
        known = row.get("id")
        good = isinstance(known, str) and re.fullmatch(CODE, known) is not None
        self._name = str(known) if good else _("entry {number}").format(number=number)

    def entry(self) -> Entry:
        self._check_names()
        kind = self._choice("kind", KINDS)
        made = HelpLine if kind in LINES else Entry
        return made(
            id=self._form("id", CODE),
            kind=kind,
            own_name=self._text("name", needed=kind not in LINES),
            regions=self._forms("regions", CODE),
            address=self._text("address"),
            number=self._form("number", NUMBER, LONGEST_NUMBER, needed=kind in LINES),
            other_numbers=self._forms("other_numbers", NUMBER, LONGEST_NUMBER),
            email=self._form("email", EMAIL, needed=False),
            web=self._form("web", WEB, needed=False),
            hours=self._hours(line=kind in LINES),
            languages=self._languages(),
            promises=self._choices("promises", PROMISES),
            note=self._text("note"),
            source=self._text("source", needed=True),
            as_of=self._as_of(),
            confirmed=self._truth("confirmed"),
            stale_after_months=self._months(may_never=kind == EMERGENCY),
        )

    def _check_names(self) -> None:
        for name in self._row:
            if name not in FIELDS:
                shown = "".join(letter if letter.isprintable() else "?" for letter in str(name)[:40])
                self._refuse(shown, _("unknown field"))
        for name in REQUIRED:
            if name not in self._row:
                self._refuse(name, _("missing"))

    def _text(self, field: str, *, needed: bool = False) -> str:
        text = self._string(field, self._row.get(field, ""), needed=needed)
        return self._checked(field, text, text_fault(text, LONGEST[field]))

    def _form(self, field: str, form: str, most: int = LONGEST_FORM, *, needed: bool = True) -> str:
        text = self._string(field, self._row.get(field, ""), needed=needed)
        return self._checked(field, text, form_fault(text, form, most) if text else "")

    def _forms(self, field: str, form: str, most: int = LONGEST_FORM) -> tuple[str, ...]:
        texts = [self._string(field, text, needed=True) for text in self._list(field)]
        for text in texts:
            self._checked(field, text, form_fault(text, form, most))
        return tuple(texts)

    def _languages(self) -> tuple[str, ...]:
        codes = self._forms("languages", LANGUAGE)
        if not all(is_known_language(code) for code in codes):
            self._refuse("languages", _("not the code of a language"))
        return codes

    def _choices(self, field: str, known: Sequence[C]) -> tuple[C, ...]:
        return tuple(self._one_of(field, value, known) for value in self._list(field))

    def _choice(self, field: str, known: Sequence[C]) -> C:
        return self._one_of(field, self._row[field], known)

    def _one_of(self, field: str, value: object, known: Sequence[C]) -> C:
        found = [choice for choice in known if value == choice]
        if not found:
            self._refuse(field, _("not one of {known}").format(known=", ".join(known)))
        return found[0]

    def _list(self, field: str) -> list[object]:
        found = self._row.get(field, [])
        if not isinstance(found, list) or len(found) > MOST_IN_LIST:
            self._refuse(field, _("not a list of at most {most}").format(most=MOST_IN_LIST))
        if any(found.count(value) > 1 for value in found):
            self._refuse(field, _("given twice"))
        return found

    def _hours(self, *, line: bool) -> OpeningHours:
        try:
            hours = read_hours(self._row.get("hours", {}))
        except HoursFaultError as fault:
            self._refuse("hours" + fault.place, fault.reason)
        usual = [(day, len(spans)) for day, spans in hours.days] == [(WEEKDAYS, 1), (WEEKENDS, 1)]
        if line and (hours.by_appointment or not usual):
            self._refuse("hours", _("a line has one time for weekdays and one for weekends"))
        return hours

    def _as_of(self) -> str:
        text = self._form("as_of", _AS_OF)
        try:
            date.fromisoformat((text + "-01-01")[:10])
        except ValueError:
            self._refuse("as_of", _("not a date"))
        return text

    def _truth(self, field: str) -> bool:
        value = self._row[field]
        if not isinstance(value, bool):
            self._refuse(field, _("neither true nor false"))
        return value

    def _months(self, *, may_never: bool) -> int | None:
        value = self._row["stale_after_months"]
        if value is None and may_never:
            return None
        if type(value) is not int or not 1 <= value <= _MOST_MONTHS:
            self._refuse("stale_after_months", _("not a number from 1 to {most}").format(most=_MOST_MONTHS))
        return value

    def _string(self, field: str, value: object, *, needed: bool) -> str:
        if not isinstance(value, str):
            self._refuse(field, _("not a text"))
        if needed and not value:
            self._refuse(field, _("empty"))
        return value

    def _checked(self, field: str, text: str, fault: str) -> str:
        if fault:
            self._refuse(field, fault)
        return text

    def _refuse(self, field: str, reason: str) -> NoReturn:
        raise DirectoryFieldError(entry=self._name, field=field, reason=reason)
