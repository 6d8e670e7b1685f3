"""What must be true of an encounter before it is kept: known codes, usable texts, consent that could be given."""

from __future__ import annotations

from dataclasses import replace

from outreach_app.domain.code_lists import CodeLists, ListName
from outreach_app.domain.consent import RECIPIENTS, ConsentLevel, offered_levels
from outreach_app.domain.encounter import Encounter
from outreach_app.domain.errors import (
    ConsentNotOfferedError,
    DateNotUsableError,
    RecipientMissingError,
    UnknownCodeError,
)
from outreach_app.domain.texts import NOTE_LIMIT, check_text

_ONE_CODE: tuple[tuple[str, ListName], ...] = (
    ("setting", "settings"),
    ("region", "regions"),
    ("speaking", "speaking_situations"),
    ("interpreter", "interpreter_kinds"),
    ("gender", "genders"),
    ("age_band", "age_bands"),
    ("exploitation", "exploitation_forms"),
    ("sector", "sectors"),
    ("stay", "stays"),
    ("help_offer", "offer_answers"),
    ("return_offer", "offer_answers"),
)
_MANY_CODES: tuple[tuple[str, ListName], ...] = (("help_given", "help_kinds"), ("items", "items_handed_out"))
_YEARS = range(1900, 2200)  # a laptop's clock may be ten years off; a year 0 or 9999 is a slip of the finger


def checked_encounter(content: Encounter, code_lists: CodeLists) -> Encounter:
    """Return the encounter with its texts in composed form.

    Raises:
        UnknownCodeError, TextNotUsableError, TextTooLongError, ConsentNotOfferedError, RecipientMissingError,
        DateNotUsableError: with the field's name.
    """
    _check_codes(content, code_lists)
    _check_consent(content)
    _check_years(content)
    return _with_checked_blocks(replace(content, note=check_text(content.note, "note", NOTE_LIMIT)))


def _check_codes(content: Encounter, code_lists: CodeLists) -> None:
    for field, name in _ONE_CODE:
        _check_code(getattr(content, field), name, code_lists)
    for field, name in _MANY_CODES:
        for code in getattr(content, field):
            _check_code(code, name, code_lists)


def _check_code(code: str, name: ListName, code_lists: CodeLists) -> None:
    if code and not code_lists[name].has(code):
        raise UnknownCodeError(code=code, list=name)


def _check_consent(content: Encounter) -> None:
    if content.consent not in offered_levels(free_to_speak=content.free_to_speak):
        raise ConsentNotOfferedError
    if content.consent is ConsentLevel.REFERRAL and content.recipient not in RECIPIENTS:
        raise RecipientMissingError


def _check_years(content: Encounter) -> None:
    if content.met_at.year not in _YEARS:
        raise DateNotUsableError(field="met_at")
    if content.follow_up is not None and content.follow_up.due_on.year not in _YEARS:
        raise DateNotUsableError(field="follow_up")


def _with_checked_blocks(content: Encounter) -> Encounter:
    checked = content
    if content.follow_up is not None:
        what = check_text(content.follow_up.what, "follow_up")
        checked = replace(checked, follow_up=replace(content.follow_up, what=what))
    if content.health is not None:
        words = check_text(content.health.words, "health", NOTE_LIMIT)
        checked = replace(checked, health=replace(content.health, words=words))
    if content.hand_over is not None:
        said = check_text(content.hand_over.said, "hand_over", NOTE_LIMIT)
        checked = replace(checked, hand_over=replace(content.hand_over, said=said))
    if content.view is not None:
        checked = replace(checked, view=replace(content.view, reason=check_text(content.view.reason, "view")))
    return checked
