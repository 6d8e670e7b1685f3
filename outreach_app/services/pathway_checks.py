"""What must be true of the facts of a pathway before they are kept."""

from __future__ import annotations

import re
from typing import get_args

from outreach_app.domain.code_lists import CodeLists
from outreach_app.domain.errors import LanguageNotUsableError, TooManyEntriesError, UnknownCodeError
from outreach_app.domain.pathway_case import (
    MOST_DAYS,
    MOST_REQUESTS,
    OLDEST_AGE,
    AgeSaid,
    DateName,
    PathwayFacts,
    Stay,
)
from outreach_app.services.checks import check_code, check_date, check_number

_COUNTRY = re.compile(r"([A-Z]{2})?")


def check_facts(facts: PathwayFacts, code_lists: CodeLists) -> None:
    """Refuse facts that the engine cannot be asked with.

    Raises:
        UnknownCodeError, NumberNotUsableError, TooManyEntriesError, LanguageNotUsableError, DateNotUsableError: with
            the field's name.
    """
    _check_word(facts.stay, get_args(Stay), "stays")
    if isinstance(facts.age, str):
        _check_word(facts.age, get_args(AgeSaid), "age_bands")
    elif facts.age is not None:
        check_number(facts.age, "age", 0, OLDEST_AGE)
    if len(facts.requested_days) > MOST_REQUESTS:
        raise TooManyEntriesError(field="requested_days", limit=MOST_REQUESTS)
    for days in facts.requested_days:
        check_number(days, "requested_days", 1, MOST_DAYS)
    check_date(facts.returned_on, "returned_on")
    if not _COUNTRY.fullmatch(facts.return_country):
        raise LanguageNotUsableError(field="return_country")
    if facts.return_partner:
        check_code(facts.return_partner, "return_partners", code_lists)


def check_date_name(which: str) -> None:
    """Refuse a name that is none of the dates of a pathway.

    Raises:
        UnknownCodeError: with the name.
    """
    _check_word(which, get_args(DateName), "pathway_dates")


def _check_word(word: str, known: tuple[str, ...], name: str) -> None:
    if word not in known:
        raise UnknownCodeError(code=word, list=name)
