"""One row that would leave, field by field in plain words; what is empty in it, and what of the note stays here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast, get_args

from outreach_app.domain.assessment_words import answer_name
from outreach_app.domain.code_lists import ListName
from outreach_app.domain.encounter import CardAnswers
from outreach_app.domain.indicator import Answer
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.models.card_words import card_answers_in_words
from ui.models.codes import RECIPIENT_WORDS, Words, country_name, language_name
from ui.models.dates import day_in_words, moment_in_words
from ui.models.leaflets import sheet_names
from ui.models.note_words import outcome_words
from ui.models.sending_row_words import FIELD_WORDS, KIND_WORDS, STAYS_WORDS
from ui.models.signs import Signs, list_in_words
from ui.models.trait_words import trait_words

if TYPE_CHECKING:
    from outreach_app.services.outbox_preview import Preview

_LISTS: Mapping[str, ListName] = {
    "setting": "settings", "region": "regions", "gender": "genders", "age_band": "age_bands", "channel":
    "online_channels", "exploitation": "exploitation_forms", "sector": "sectors", "stay": "stays",
    "speaking": "speaking_situations", "interpreter": "interpreter_kinds", "help_given": "help_kinds",
    "help_offer": "offer_answers", "return_offer": "offer_answers", "items": "items_handed_out",
    "group": "tally_groups",
}  # fmt: skip
_NUMBERS = frozenset({"id", "worker", "contact", "into", "made", "merge", "record", "linkage_code", "sha512"})
_NOT_KNOWN = frozenset({"not_stated", "unknown", "not_offered", "not_said", "not_noted", "none"})
_DIGITS = 8  # of a random number, enough to tell two apart
_KNOWN = frozenset(get_args(Answer))


@dataclass(frozen=True, slots=True)
class RowReader:
    """Turns the values of a row into lines in the interface language."""

    words: Words
    signs: Signs
    today: Callable[[], date]

    def lines(self, preview: Preview) -> tuple[tuple[str, str], ...]:
        """Return (name, words) of every field that holds something, in the order of a note; a new field by its name."""
        told = ((name, self._value(name, value)) for name, value in _in_order(preview.fields))
        return tuple((_name(name), text) for name, text in told if text)

    def empty(self, preview: Preview) -> tuple[str, ...]:
        """Return the names of the fields that hold nothing, or that it is not known, in the order of a note."""
        return tuple(_name(name) for name, value in _in_order(preview.fields) if not self._value(name, value))

    def stays(self, preview: Preview) -> tuple[str, ...]:
        """Return what is noted and stays on this laptop, each as a line."""
        filled = {"name": isolated(preview.contact_name), "place": isolated(preview.place_code)}
        told = (_(STAYS_WORDS[name]).format(**filled) for name in preview.stays)
        return tuple(f"{each[:1].upper()}{each[1:]}" for each in told)

    def which(self, preview: Preview) -> str:
        """Return which note or count it is, the way the worker knows it."""
        values = preview.fields
        day = day_in_words(date.fromisoformat(values["shift_date"]), self.today()) if "shift_date" in values else ""
        setting = self.words.of("settings", preview.setting or str(values.get("setting", "")))
        about = (day, isolated(preview.contact_name), isolated(preview.place_code), setting if day else "")
        return " · ".join(filter(None, about)) or _kind(preview.kind)

    def _value(self, name: str, value: Any) -> str:
        if value in (None, "", [], {}) or (name in _LISTS and not isinstance(value, list) and value in _NOT_KNOWN):
            return ""
        if name in _LISTS:
            codes = value if isinstance(value, list) else [value]
            return self.words.all_of(_LISTS[name], codes)
        if name in _NUMBERS:
            return _("random number {digits} …").format(digits=str(value)[:_DIGITS])
        if name in _TOLD:
            return _TOLD[name](self, value)
        return _yes_no(value) if isinstance(value, bool) else isolated(str(value))


def _in_order(values: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """Return names and values in the order of a note; what nobody has words for yet comes last."""
    known = [name for name in FIELD_WORDS if name in values]
    return tuple((name, values[name]) for name in (*known, *(each for each in values if each not in FIELD_WORDS)))


def _name(field: str) -> str:
    return _(FIELD_WORDS[field]) if field in FIELD_WORDS else field


def _kind(code: str) -> str:
    return _(KIND_WORDS[code]) if code in KIND_WORDS else code


def _yes_no(value: object) -> str:
    return _("yes") if value else _("no")


def _joined(values: Mapping[str, Any]) -> str:
    """Return small values side by side: a call, a view."""
    told = (_("agrees") if each is True else "" if each is False else str(each) for each in values.values())
    return isolated(" · ".join(filter(None, told)))


def _notes(ids: Sequence[str]) -> str:
    return ngettext("{count} random number", "{count} random numbers", len(ids)).format(count=len(ids))


def _day(reader: RowReader, value: str) -> str:
    return day_in_words(date.fromisoformat(value), reader.today())


def _moment(reader: RowReader, value: str) -> str:
    return moment_in_words(datetime.fromisoformat(value), reader.today())


def _leaflets(_reader: RowReader, rows: Sequence[Mapping[str, Any]]) -> str:
    names = sheet_names()
    return "\n".join(
        f"{row['copies']} × {names.get(row['sheet'], row['sheet'])} ({language_name(row['language'])})" for row in rows
    )


def _signs(reader: RowReader, answers: Mapping[str, str]) -> str:
    told = (
        f"{reader.signs.label(sign)} – {answer_name(cast('Answer', answer)) if answer in _KNOWN else answer}"
        for sign, answer in answers.items()
    )
    return "\n".join(told)


def _sign_words(reader: RowReader, said: Mapping[str, str]) -> str:
    return "\n".join(f"{reader.signs.label(sign)}: {isolated(text)}" for sign, text in said.items())


def _assessment(_reader: RowReader, found: Mapping[str, Any]) -> str:
    heading = outcome_words(found["outcome"])
    return f"{heading} · {list_in_words(found['profile'], found['catalogue'], found.get('additions') or '')}"


_TOLD: Mapping[str, Callable[[RowReader, Any], str]] = {
    "shift_date": _day,
    "follow_up_on": _day,
    "met_at": _moment,
    "leaflets": _leaflets,
    "indicators": _signs,
    "sign_words": _sign_words,
    "assessment": _assessment,
    "languages": lambda _reader, tags: ", ".join(map(language_name, tags)),
    "nationality": lambda _reader, code: country_name(code),
    "traits": lambda _reader, codes: ", ".join(map(trait_words, codes)),
    "recipient": lambda _reader, code: _(RECIPIENT_WORDS[code]) if code in RECIPIENT_WORDS else str(code),
    **dict.fromkeys(("records", "through", "floors"), lambda _reader, ids: _notes(ids)),
    "kind": lambda _reader, code: _kind(code),
    "sells_sex": lambda _reader, ticked: _("Sells sex") if ticked else "",
    "cards": lambda _reader, cards: card_answers_in_words(CardAnswers(**cards)),
    **dict.fromkeys(("hand_over", "view"), lambda _reader, value: _joined(value)),
}
