"""An encounter as JSON from the command line: the shape ``outreach record`` takes (docs/manual/command-line.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from outreach_app.domain.consent import RECIPIENTS, ConsentLevel
from outreach_app.domain.contact import Identity, LinkageFacts
from outreach_app.domain.encounter import (
    CardAnswers,
    Encounter,
    FollowUp,
    HandOver,
    HealthBlock,
    LeafletGiven,
    WorkerView,
)
from outreach_app.domain.indicator import Answer
from outreach_app.domain.texts import NOTE_LIMIT, SHORT_LIMIT
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.strict import read_json

WHAT = "The encounter"
MOST_ENTRIES = 100

Note = Annotated[str, msgspec.Meta(max_length=NOTE_LIMIT)]
Short = Annotated[str, msgspec.Meta(max_length=SHORT_LIMIT)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=SHORT_LIMIT)]
CodeText = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_]{1,40}\Z")]
CodeOrNone = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_]{0,40}\Z")]
Few = msgspec.Meta(max_length=MOST_ENTRIES)
IdText = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]
Nation = Annotated[str, msgspec.Meta(pattern=r"^([A-Z]{2})?\Z")]
LanguageTag = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{2,8})*\Z")]
Age = Annotated[int, msgspec.Meta(ge=0, le=120)]
Copies = Annotated[int, msgspec.Meta(ge=1, le=10_000)]
TwoLetters = Annotated[str, msgspec.Meta(min_length=1, max_length=2)]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base: nothing unknown passes."""


class PlaceFields(_Strict, frozen=True, kw_only=True):
    """A place by its code; made when the register does not have it."""

    code: Name
    setting: CodeOrNone = ""
    region: CodeText = "unknown"
    note: Short = ""
    warning: Short = ""
    revisit_on: date | None = None
    suspicion: Short = ""


class IdentityFields(_Strict, frozen=True, kw_only=True):
    """A name, never without the reason for writing it down."""

    name: Name
    reason: Name


class LinkageFields(_Strict, frozen=True, kw_only=True):
    """Facts the person chose to give so that she is counted once."""

    first_name_start: TwoLetters
    last_name_start: TwoLetters
    born_on: date


class ContactFields(_Strict, frozen=True, kw_only=True):
    """Who was met: an id of this vault, or a short name (found again, or made as a new contact)."""

    id: IdText | None = None
    called: Name | None = None
    provisional: bool = True
    identity: IdentityFields | None = None
    linkage: LinkageFields | None = None


class LeafletFields(_Strict, frozen=True, kw_only=True):
    """Leaflets given."""

    sheet: CodeText
    language: LanguageTag
    format: CodeText = "wallet"
    copies: Copies = 1


class FollowUpFields(_Strict, frozen=True, kw_only=True):
    """A dated to-do."""

    due_on: date
    what: Short = ""


class HandOverFields(_Strict, frozen=True, kw_only=True):
    """What was handed over by phone."""

    to_whom: Name
    said: Note = ""
    without_consent_because: Short = ""


class HealthFields(_Strict, frozen=True, kw_only=True):
    """The health block."""

    check: bool = False
    sti_test: bool = False
    contraception: bool = False
    pregnancy: bool = False
    emergency: bool = False
    words: Note = ""


class ViewFields(_Strict, frozen=True, kw_only=True):
    """What the worker makes of the assessment."""

    agrees: bool
    reason: Short = ""


class CardFields(_Strict, frozen=True, kw_only=True):
    """Answers she gave on cards in her language; ``draft`` while nobody has checked the translation."""

    language: LanguageTag
    draft: bool = True
    answers: dict[CodeText, Literal["yes", "no", "skip"]] = {}


class EncounterFields(_Strict, frozen=True, kw_only=True):
    """The whole encounter; only ``setting`` is required. Without ``met_at`` it is now."""

    setting: CodeText
    met_at: datetime | None = None
    place: PlaceFields | None = None
    region: CodeText = "unknown"
    contact: ContactFields | None = None
    consent: ConsentLevel = ConsentLevel.CODED
    recipient: Literal["", "cmm", "dis", "police", "health", "municipality", "partner"] = ""
    speaking: CodeText = "not_noted"
    interpreter: CodeText = "none"
    channel: CodeOrNone = ""
    gender: CodeText = "not_said"
    nationality: Nation = ""
    age: Age | None = None
    age_band: CodeOrNone = ""
    age_when_it_began: Age | None = None
    exploitation: CodeText = "not_stated"
    sector: CodeOrNone = ""
    stay: CodeText = "unknown"
    languages: Annotated[list[LanguageTag], Few] = []
    help_given: Annotated[list[CodeText], Few] = []
    help_offer: CodeText = "not_offered"
    return_offer: CodeText = "not_offered"
    items: Annotated[list[CodeText], Few] = []
    leaflets: Annotated[list[LeafletFields], Few] = []
    profile: Literal["adult_labour", "child_labour", "adult_sexual", "child_sexual"] = "adult_sexual"
    answers: dict[str, Answer] = {}
    sign_words: dict[str, Short] = {}
    traits: Annotated[list[CodeText], Few] = []
    cards: CardFields | None = None
    sells_sex: bool = False
    note: Note = ""
    follow_up: FollowUpFields | None = None
    hand_over: HandOverFields | None = None
    health: HealthFields | None = None
    view: ViewFields | None = None


@dataclass(frozen=True, slots=True)
class ReadEncounter:
    """An encounter from outside, checked for its shape; place and contact are still only named."""

    content: Encounter
    place: PlaceFields | None
    contact: ContactFields | None


def read_encounter(untrusted: bytes, now: datetime) -> ReadEncounter:
    """Return the encounter; ``now`` (local, aware) stands where no time is given.

    Raises:
        UntrustedDataError, DataTooLargeError: with the field's name.
    """
    fields = read_json(untrusted, EncounterFields, what=WHAT)
    met_at = fields.met_at or now
    if met_at.tzinfo is None:
        raise UntrustedDataError(what=WHAT, field="$.met_at", reason="no UTC offset, such as +01:00")
    if fields.contact is not None and (fields.contact.id is None) == (fields.contact.called is None):
        raise UntrustedDataError(what=WHAT, field="$.contact", reason="either id or called")
    if fields.consent is ConsentLevel.REFERRAL and fields.recipient not in RECIPIENTS:
        raise UntrustedDataError(what=WHAT, field="$.recipient", reason="a referral names its recipient")
    return ReadEncounter(_content(fields, met_at), fields.place, fields.contact)


def identity_of(fields: ContactFields) -> Identity | None:
    """Return the identity given with a contact."""
    return None if fields.identity is None else Identity(fields.identity.name, fields.identity.reason)


def linkage_of(fields: ContactFields) -> LinkageFacts | None:
    """Return the linkage facts given with a contact."""
    given = fields.linkage
    return None if given is None else LinkageFacts(given.first_name_start, given.last_name_start, given.born_on)


def _content(fields: EncounterFields, met_at: datetime) -> Encounter:
    plain = {
        name: getattr(fields, name)
        for name in (
            "setting", "region", "consent", "recipient", "speaking", "interpreter", "channel", "gender", "nationality",
            "age", "age_band", "age_when_it_began", "exploitation", "sector", "stay", "help_offer", "return_offer",
            "profile", "answers", "sign_words", "sells_sex", "note",
        )
    }  # fmt: skip
    return Encounter(
        **plain,
        met_at=met_at,
        languages=tuple(fields.languages),
        help_given=tuple(fields.help_given),
        items=tuple(fields.items),
        traits=tuple(fields.traits),
        cards=None if fields.cards is None else CardAnswers(**msgspec.structs.asdict(fields.cards)),
        leaflets=tuple(LeafletGiven(row.sheet, row.language, row.format, row.copies) for row in fields.leaflets),
        follow_up=None if fields.follow_up is None else FollowUp(fields.follow_up.due_on, fields.follow_up.what),
        hand_over=None if fields.hand_over is None else HandOver(**msgspec.structs.asdict(fields.hand_over)),
        health=None if fields.health is None else HealthBlock(**msgspec.structs.asdict(fields.health)),
        view=None if fields.view is None else WorkerView(fields.view.agrees, fields.view.reason),
    )
