"""What a list can be narrowed by, as choices to type ahead and as chips: each filter has a key of kind and value."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from outreach_app.domain.finding import MOST_SIGNS, STATES, Filters, FoundCode, fact_of
from outreach_app.domain.texts import isolated
from outreach_app.domain.type_ahead import begins_word
from outreach_app.i18n import N_, ngettext
from outreach_app.i18n import gettext as _
from ui.models.codes import Words, language_choices, language_name
from ui.models.finding import find_choices
from ui.models.note_words import state_words
from ui.models.signs import Signs
from ui.widgets.date_words import read_date_words, short_date
from ui.widgets.type_ahead import Choice

SPANS = (1, 7, 30, 90, 365)  # days back
LONGEST_LABEL = 40  # letters of a name on a chip
KINDS = {
    "words": N_("word"),
    "contact": N_("contact"),
    "place": N_("place"),
    "sign": N_("sign"),
    "language": N_("language"),
    "setting": N_("setting"),
    "state": N_("state"),
    "days": N_("day"),
    "day": N_("day"),
    "since": N_("day"),
    "until": N_("day"),
}
_A_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}")
_WITHOUT_YEAR = re.compile(r"\d{1,2}[./-]\d{1,2}$")
_SINGLE = {"contact": "contact_id", "place": "place_id", "language": "language", "setting": "setting", "state": "state"}


@dataclass(frozen=True)
class FilterChoices:
    """Offers filters in the interface language; ``today`` is handed in."""

    words: Words
    signs: Signs
    today: Callable[[], date]

    def find(self, typed: str, codes: tuple[FoundCode, ...] | None = ()) -> tuple[Choice, ...]:
        """Return what ``typed`` may mean: days if it is one, otherwise filters, and at last the words themselves.

        Hits inside a word are offered only where nothing begins so: neither a filter nor one of ``codes``, the
        contacts and places; None while these are not known yet.
        """
        standing = find_choices(self._standing, typed)
        begun = tuple(each for each in standing if begins_word(typed, f"{each.label} {each.detail} {each.key}"))
        found = (*self._days(typed), *begun, *self.codes(codes or ()))
        if not found and codes is not None:
            found = standing
        plain = " ".join(typed.split())
        return (*found, self._choice("words", plain, "")) if plain else found

    def codes(self, found: tuple[FoundCode, ...]) -> tuple[Choice, ...]:
        """Return contacts and places as choices."""
        return tuple(self._choice(each.kind, each.id, each.name) for each in found)

    def label(self, key: str, name: str = "") -> str:
        """Return the words of a filter; ``name`` is that of a contact or place."""
        kind, _colon, value = key.partition(":")
        if kind in {"contact", "place"}:
            return _short(name) if name else _("not here any more")
        if kind == "sign":
            return self._sign_labels.get(value, value)
        labels: dict[str, Callable[[str], str]] = {
            "words": lambda text: f"“{_short(text)}”",
            "language": language_name,
            "setting": lambda code: self.words.of("settings", code),
            "state": lambda code: _("held") if code == "held" else state_words(code),
            "days": _span,
            "day": lambda day: _("on {date}").format(date=short_date(date.fromisoformat(day))),
            "since": lambda day: _("from {date}").format(date=short_date(date.fromisoformat(day))),
            "until": lambda day: _("until {date}").format(date=short_date(date.fromisoformat(day))),
        }
        return labels[kind](value)

    def chips(self, filters: Filters, contact_name: str, place_code: str) -> tuple[tuple[str, str], ...]:
        """Return (key, label) of each filter that is set, the label with its kind before it."""
        names = {"contact": contact_name, "place": place_code}
        return tuple((key, self._chip(key, names.get(key.partition(":")[0], ""))) for key in keys_of(filters))

    def _chip(self, key: str, name: str) -> str:
        kind, label = key.partition(":")[0], self.label(key, name)
        return label if kind in {"words", "days", "day", "since", "until"} else f"{_(KINDS[kind])}: {label}"

    @cached_property
    def _sign_labels(self) -> dict[str, str]:
        """Return facts with their words; the lists share the facts."""
        found: dict[str, str] = {}
        for catalogue in self.signs.catalogues.values():
            for sign in catalogue.indicators:
                found.setdefault(fact_of(sign.id), self.signs.label(sign.id))
        return found

    @cached_property
    def _standing(self) -> tuple[Choice, ...]:
        return (
            *(self._choice("days", str(days), "") for days in SPANS),
            *(self._choice("state", code, "") for code in STATES),
            *(self._choice("setting", code, "") for code, _label in self.words.choices("settings")),
            *(self._choice("sign", fact, "") for fact in self._sign_labels),
            *(self._choice("language", tag, "") for tag, _label in language_choices()),
        )

    def _days(self, typed: str) -> tuple[Choice, ...]:
        plain = typed.strip()
        day = read_date_words(plain, self.today()) if _A_DAY.match(plain) else None
        if day is None:
            return ()
        if day > self.today() and _WITHOUT_YEAR.match(plain):  # it means the last one that was
            day = _year_before(day)
        return tuple(self._choice(kind, day.isoformat(), "") for kind in ("day", "since", "until"))

    def _choice(self, kind: str, value: str, name: str) -> Choice:
        key = f"{kind}:{value}"
        return Choice(key, self.label(key, name), _(KINDS[kind]))


def with_filter(filters: Filters, key: str) -> Filters:
    """Return the filters with one more; another of its kind gives way, signs add up."""
    kind, _colon, value = key.partition(":")
    if kind == "words":
        return replace(filters, words=value)
    if kind == "sign":
        return replace(filters, signs=tuple(dict.fromkeys((*filters.signs, value)))[:MOST_SIGNS])
    if kind == "days":
        return replace(filters, days=int(value), since=None, until=None)
    if kind == "day":
        return replace(filters, days=0, since=date.fromisoformat(value), until=date.fromisoformat(value))
    if kind in {"since", "until"}:
        day = date.fromisoformat(value)
        return replace(filters, days=0, **{kind: day})  # type: ignore[arg-type]  # the kind names the field
    return replace(filters, **{_SINGLE[kind]: value})  # type: ignore[arg-type]  # all of these are texts


def without_filter(filters: Filters, key: str) -> Filters:
    """Return the filters without this one."""
    kind, _colon, value = key.partition(":")
    if kind == "sign":
        return replace(filters, signs=tuple(sign for sign in filters.signs if sign != value))
    if kind == "day":
        return replace(filters, since=None, until=None)
    empty = getattr(Filters(), _SINGLE.get(kind, kind))
    return replace(filters, **{_SINGLE.get(kind, kind): empty})


def keys_of(filters: Filters) -> tuple[str, ...]:
    """Return the key of each filter that is set, in the order in which chips stand."""
    keys = [f"words:{filters.words}"] if filters.words else []
    keys += [f"{kind}:{getattr(filters, name)}" for kind, name in _SINGLE.items() if getattr(filters, name)]
    keys += [f"sign:{fact}" for fact in filters.signs]
    if filters.days:
        keys.append(f"days:{filters.days}")
    if filters.since is not None and filters.since == filters.until:
        return (*keys, f"day:{filters.since.isoformat()}")
    keys += [f"{name}:{day.isoformat()}" for name in ("since", "until") if (day := getattr(filters, name)) is not None]
    return tuple(keys)


def _span(value: str) -> str:
    days = int(value)
    if days == 1:
        return _("today")
    return ngettext("the last {count} day", "the last {count} days", days).format(count=days)


def _short(text: str) -> str:
    return isolated(text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…")


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)
