"""Reads the dated table of the law: the files in use, or newer ones that came from outside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Annotated, NoReturn, get_args

import msgspec

from outreach_app.content import remembered
from outreach_app.domain.pathway_case import Stay
from outreach_app.domain.pathway_rules import (
    PLACES,
    NumberName,
    NumberRule,
    Period,
    RuleTable,
    Statement,
    Topic,
    Unit,
    When,
    Who,
)
from outreach_app.i18n import gettext as _
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.shipped import read_current
from outreach_app.wire.strict import read_json

RuleId = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{3,20}\.[a-z][a-z_]{1,39}\Z")]
Sentence = Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
AsOf = Annotated[str, msgspec.Meta(pattern=r"^(19|20)[0-9]{2}(-[0-9]{2}(-[0-9]{2})?)?\Z")]
MOST_ROWS = 500
_PLACE = re.compile(r"\{([a-z_]+)\}")
ONE_DAY = timedelta(days=1)


class TextFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Both staff languages are always there."""

    en: Sentence
    da: Sentence

    def by_language(self) -> Mapping[str, str]:
        """Return the words by interface language."""
        return MappingProxyType({"en": self.en, "da": self.da})


class NumberFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number of the law."""

    rule: NumberName
    who: Who
    value: Annotated[int, msgspec.Meta(ge=1, le=1000)]
    unit: Unit
    source: TextFields
    as_of: AsOf
    confirmed: bool
    valid_from: date | None
    valid_until: date | None


class NumbersFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``numbers.json``."""

    version: Annotated[int, msgspec.Meta(ge=1)]
    published: date
    country: str
    numbers: Annotated[list[NumberFields], msgspec.Meta(min_length=1, max_length=MOST_ROWS)]


class WhenFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For whom a sentence is; what is left out holds for all."""

    stay: list[Stay] = []
    child: bool | None = None
    trial: bool | None = None
    period: list[Period] = []


class StatementFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence of the law."""

    rule: RuleId
    topic: Topic
    when: WhenFields
    text: TextFields
    source: TextFields
    as_of: AsOf
    confirmed: bool
    valid_from: date | None
    valid_until: date | None


class StatementsFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``statements.json``."""

    version: Annotated[int, msgspec.Meta(ge=1)]
    published: date
    country: str
    statements: Annotated[list[StatementFields], msgspec.Meta(min_length=1, max_length=MOST_ROWS)]


@remembered()
def load_rule_table() -> RuleTable:
    """Return the table in use.

    Raises:
        FileMissingError, UntrustedDataError: the installation is damaged.
    """
    return read_rule_table(read_current("pathways/numbers.json"), read_current("pathways/statements.json"))


def read_rule_table(untrusted_numbers: bytes | str, untrusted_statements: bytes | str) -> RuleTable:
    """Return the table written in the two texts.

    Raises:
        DataTooLargeError: larger than anything this program makes.
        UntrustedDataError: a wrong shape, a number without a value for some day, two confirmed ones for the same day, a
            sentence with a place that no number fills; names the field.
    """
    numbers = read_json(untrusted_numbers, NumbersFields, what=_("The table of the law"))
    statements = read_json(untrusted_statements, StatementsFields, what=_("The table of the law"))
    rows = tuple(_number(entry) for entry in numbers.numbers)
    for name in get_args(NumberName):
        for child in (False, True):
            _check_days(name, [row for row in rows if row.rule == name and row.is_for(child=child)])
    for place, entry in enumerate(statements.statements):
        _check_places(f"$.statements[{place}].text", entry)
    version = max(numbers.version, statements.version)
    published = max(numbers.published, statements.published)
    return RuleTable(version, published, rows, tuple(_statement(entry) for entry in statements.statements))


def _check_days(name: str, rows: Sequence[NumberRule]) -> None:
    """Refuse a number that some day has no value for, or that a day has two values for without saying it is unsure."""
    where = f"$.numbers.{name}"
    for day in _days_of_change(rows):
        valid = [row for row in rows if row.holds_on(day)]
        if not valid:
            _refuse(where, f"no value on {day.isoformat()}")
        if len(valid) > 1 and any(row.confirmed for row in valid):
            _refuse(where, f"two values on {day.isoformat()}, and not both unconfirmed")


def _days_of_change(rows: Iterable[NumberRule]) -> Iterator[date]:
    """Yield the days on which what holds may differ from the day before."""
    yield date.min
    for row in rows:
        if row.valid_from is not None:
            yield row.valid_from
        if row.valid_until is not None and row.valid_until < date.max:
            yield row.valid_until + ONE_DAY


def _check_places(where: str, entry: StatementFields) -> None:
    places = _places(f"{where}.en", entry.text.en)
    if not places <= PLACES.keys():
        _refuse(f"{where}.en", "a place that no number fills")
    if _places(f"{where}.da", entry.text.da) != places:
        _refuse(f"{where}.da", "not the places of the English sentence")


def _places(where: str, text: str) -> set[str]:
    """Return the places of a sentence, each a plain name in braces; anything else in braces is refused."""
    found = set(_PLACE.findall(text))
    if any(brace in _PLACE.sub("", text) for brace in "{}"):
        _refuse(where, "a brace that is no place")
    return found


def _number(entry: NumberFields) -> NumberRule:
    return NumberRule(
        rule=entry.rule, sources=entry.source.by_language(), as_of=entry.as_of, confirmed=entry.confirmed,
        valid_from=entry.valid_from, valid_until=entry.valid_until, value=entry.value, unit=entry.unit, who=entry.who,
    )  # fmt: skip


def _statement(entry: StatementFields) -> Statement:
    when = entry.when
    return Statement(
        rule=entry.rule, sources=entry.source.by_language(), as_of=entry.as_of, confirmed=entry.confirmed,
        valid_from=entry.valid_from, valid_until=entry.valid_until, topic=entry.topic,
        when=When(frozenset(when.stay), when.child, when.trial, frozenset(when.period)),
        texts=entry.text.by_language(),
    )  # fmt: skip


def _refuse(field: str, reason: str) -> NoReturn:
    raise UntrustedDataError(what=_("The table of the law"), field=field, reason=reason)
