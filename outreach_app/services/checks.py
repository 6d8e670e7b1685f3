"""What must be true before something is kept: known codes, countable numbers, usable texts, consent she could give.

Everything here may later be in a batch, so whatever the centre would put aside is refused here, where it can be mended.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from outreach_app.domain.code_lists import CodeLists, ListName
from outreach_app.domain.consent import RECIPIENTS, ConsentLevel, offered_levels
from outreach_app.domain.encounter import Encounter
from outreach_app.domain.errors import (
    ConsentNotOfferedError,
    DateNotUsableError,
    LanguageNotUsableError,
    NumberNotUsableError,
    RecipientMissingError,
    TooManyEntriesError,
    UnknownCodeError,
    ViewMissingError,
    ViewNeedsReasonError,
)
from outreach_app.domain.indicator import PRESENT
from outreach_app.domain.tally import Tally
from outreach_app.domain.texts import NOTE_LIMIT, check_text
from outreach_app.wire.traits import load_traits

MOST_ENTRIES = 100
MOST_COPIES = 10_000
OLDEST_AGE = 120
_ONE_CODE: tuple[tuple[str, ListName], ...] = (
    ("setting", "settings"),
    ("region", "regions"),
    ("speaking", "speaking_situations"),
    ("interpreter", "interpreter_kinds"),
    ("gender", "genders"),
    ("exploitation", "exploitation_forms"),
    ("stay", "stays"),
    ("help_offer", "offer_answers"),
    ("return_offer", "offer_answers"),
)
_CODE_OR_NONE: tuple[tuple[str, ListName], ...] = (
    ("age_band", "age_bands"),
    ("sector", "sectors"),
    ("channel", "online_channels"),
)
_MANY_CODES: tuple[tuple[str, ListName], ...] = (("help_given", "help_kinds"), ("items", "items_handed_out"))
_YEARS = range(1900, 2200)  # a laptop's clock may be ten years off; a year 0 or 9999 is a slip of the finger
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{2,8})*")
_COUNTRY = re.compile(r"([A-Z]{2})?")
_CARD_ANSWERS = frozenset({"yes", "no", "skip"})
_SHEET = re.compile(r"[a-z0-9_]{1,40}")


def checked_encounter(content: Encounter, code_lists: CodeLists) -> Encounter:
    """Return the encounter with its texts in composed form.

    Raises:
        UnknownCodeError, LanguageNotUsableError, NumberNotUsableError, TooManyEntriesError, TextNotUsableError,
        TextTooLongError, ConsentNotOfferedError, RecipientMissingError, ViewMissingError,
        DateNotUsableError: with the field's name.
    """
    _check_codes(content, code_lists)
    _check_people(content)
    _check_second_view(content)
    _check_leaflets(content)
    _check_consent(content)
    check_date(content.met_at, "met_at")
    return _with_checked_blocks(replace(content, note=check_text(content.note, "note", NOTE_LIMIT)))


def check_tally(tally: Tally, code_lists: CodeLists) -> None:
    """Refuse a tally that could not be counted.

    Raises:
        UnknownCodeError, LanguageNotUsableError, NumberNotUsableError, TooManyEntriesError, DateNotUsableError.
    """
    check_code(tally.setting, "settings", code_lists)
    check_code(tally.region, "regions", code_lists)
    check_code(tally.group, "tally_groups", code_lists)
    for code in _few(tally.help_given, "help_given"):
        check_code(code, "help_kinds", code_lists)
    for language, copies in tally.leaflets.items():
        _check_shape(_LANGUAGE, language, "leaflets")
        check_number(copies, "leaflets", 1, MOST_COPIES)
    check_number(len(tally.leaflets), "leaflets", 0, MOST_ENTRIES)
    check_number(tally.count, "count", 1, MOST_COPIES)
    check_date(tally.shift_date, "shift_date")


def check_code(code: str, name: ListName, code_lists: CodeLists) -> None:
    """Refuse a code that the list never had.

    Raises:
        UnknownCodeError: with the code and the list.
    """
    if not code_lists[name].has(code):
        raise UnknownCodeError(code=code, list=name)


def check_date(day: date | None, field: str) -> None:
    """Refuse a date in a year nobody means; none at all is fine.

    Raises:
        DateNotUsableError: with the field's name.
    """
    if day is not None and day.year not in _YEARS:
        raise DateNotUsableError(field=field)


def check_number(number: int, field: str, least: int, most: int) -> None:
    """Refuse a number outside of what can be counted.

    Raises:
        NumberNotUsableError: with the field's name and both ends.
    """
    if not least <= number <= most:
        raise NumberNotUsableError(field=field, least=least, most=most)


def check_language(tag: str, field: str) -> None:
    """Refuse what is no BCP 47 tag.

    Raises:
        LanguageNotUsableError: with the field's name.
    """
    _check_shape(_LANGUAGE, tag, field)


def _check_codes(content: Encounter, code_lists: CodeLists) -> None:
    for field, name in _ONE_CODE:
        check_code(getattr(content, field), name, code_lists)
    for field, name in _CODE_OR_NONE:
        if getattr(content, field):
            check_code(getattr(content, field), name, code_lists)
    for field, name in _MANY_CODES:
        for code in _few(getattr(content, field), field):
            check_code(code, name, code_lists)


def _check_people(content: Encounter) -> None:
    _check_shape(_COUNTRY, content.nationality, "nationality")
    for language in _few(content.languages, "languages"):
        _check_shape(_LANGUAGE, language, "languages")
    for field in ("age", "age_when_it_began"):
        years = getattr(content, field)
        if years is not None:
            check_number(years, field, 0, OLDEST_AGE)


def _check_second_view(content: Encounter) -> None:
    for code in _few(content.traits, "traits"):
        if not load_traits().has(code):
            raise UnknownCodeError(code=code, list="traits")
    for sign in content.sign_words:
        if sign not in content.answers:
            raise UnknownCodeError(code=sign, list="answers")
    if content.cards is not None:
        _check_shape(_LANGUAGE, content.cards.language, "cards")
        check_number(len(content.cards.answers), "cards", 0, MOST_ENTRIES)
        for card, answer in content.cards.answers.items():
            if not _SHEET.fullmatch(card) or answer not in _CARD_ANSWERS:
                raise UnknownCodeError(code=answer, list="cards")


def _check_leaflets(content: Encounter) -> None:
    check_number(len(content.leaflets), "leaflets", 0, MOST_ENTRIES)
    for given in content.leaflets:
        if not _SHEET.fullmatch(given.sheet):
            raise UnknownCodeError(code="", list="leaflets")
        _check_shape(_LANGUAGE, given.language, "leaflets")
        check_number(given.copies, "leaflets", 1, MOST_COPIES)


def _check_consent(content: Encounter) -> None:
    if content.consent not in offered_levels(free_to_speak=content.free_to_speak):
        raise ConsentNotOfferedError
    if content.consent is ConsentLevel.REFERRAL and content.recipient not in RECIPIENTS:
        raise RecipientMissingError
    if content.recipient and content.recipient not in RECIPIENTS:
        raise UnknownCodeError(code="", list="recipients")
    signs = any(answer in PRESENT for answer in content.answers.values())
    if content.consent is ConsentLevel.REFERRAL and signs and content.view is None:
        raise ViewMissingError  # no program refers anybody: a person has looked at what the signs add up to


def _check_shape(shape: re.Pattern[str], text: str, field: str) -> None:
    if not shape.fullmatch(text):
        raise LanguageNotUsableError(field=field)


def _few(codes: tuple[str, ...], field: str) -> tuple[str, ...]:
    if len(codes) > MOST_ENTRIES:
        raise TooManyEntriesError(field=field, limit=MOST_ENTRIES)
    return codes


def _with_checked_blocks(content: Encounter) -> Encounter:
    checked = content
    if content.follow_up is not None:
        check_date(content.follow_up.due_on, "follow_up")
        what = check_text(content.follow_up.what, "follow_up")
        checked = replace(checked, follow_up=replace(content.follow_up, what=what))
    if content.health is not None:
        words = check_text(content.health.words, "health", NOTE_LIMIT)
        checked = replace(checked, health=replace(content.health, words=words))
    if content.hand_over is not None:
        call = content.hand_over
        call = replace(
            call,
            to_whom=check_text(call.to_whom, "hand_over.to_whom"),
            said=check_text(call.said, "hand_over.said", NOTE_LIMIT),
            without_consent_because=check_text(call.without_consent_because, "hand_over.without_consent_because"),
        )
        checked = replace(checked, hand_over=call)
    if content.view is not None:
        reason = check_text(content.view.reason, "view")
        if not content.view.agrees and not reason.strip():
            raise ViewNeedsReasonError
        checked = replace(checked, view=replace(content.view, reason=reason))
    on_signs = {sign: check_text(said.strip(), "sign_words") for sign, said in content.sign_words.items()}
    return replace(checked, sign_words={sign: said for sign, said in on_signs.items() if said})
