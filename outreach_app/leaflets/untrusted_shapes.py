"""The shapes of leaflet files that come in a pack; nothing that is not named here may stand in one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

from outreach_app.domain.indicator import FALLBACK_LANGUAGE

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
Code = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,39}\Z")]
Fact = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
AsOf = Annotated[str, msgspec.Meta(max_length=10)]
LanguageCode = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})?\Z")]
Codes = Annotated[list[Code], msgspec.Meta(max_length=60)]
MOST_TEXTS = 200


class _Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What all shapes share: unknown fields are refused."""


class StatementShape(_Shape, frozen=True, kw_only=True):
    """One thing a sheet says."""

    text: Text
    facts: Annotated[list[Fact], msgspec.Meta(max_length=60)] = []
    confirmed: bool = False
    as_of: AsOf = ""
    advice: bool = False
    entry: Code | Literal[""] = ""
    promise: Code | Literal[""] = ""
    groups: Codes = []
    not_groups: Codes = []


Statements = Annotated[list[StatementShape], msgspec.Meta(max_length=MOST_TEXTS)]


class PictogramShape(_Shape, frozen=True, kw_only=True):
    """A drawing, by its name, and what stands under it."""

    picture: Code
    caption: Text
    groups: Codes = []
    not_groups: Codes = []


Pictograms = Annotated[list[PictogramShape], msgspec.Meta(max_length=MOST_TEXTS)]


class SectionShape(_Shape, frozen=True, kw_only=True):
    """A heading and what stands under it."""

    heading: Text
    statements: Statements
    picture: Code | Literal[""] = ""
    places: Codes = []
    groups: Codes = []
    region_places: Codes = []


class CardShape(_Shape, frozen=True, kw_only=True):
    """What stands on a card for the purse."""

    title: Text
    lines: Statements


class TopicShape(_Shape, frozen=True, kw_only=True):
    """The file of one topic."""

    title: Text
    intro: Statements
    sections: Annotated[list[SectionShape], msgspec.Meta(max_length=MOST_TEXTS)]
    card: CardShape
    pictograms: Pictograms
    groups: Codes = []
    group_titles: dict[Code, Text] = {}
    needs: Codes = []
    numbers_first: bool = False
    allowed_words: Codes = []


class CallShape(_Shape, frozen=True, kw_only=True):
    """The part about the help line."""

    heading: Text
    statements: Statements
    hours: SectionShape
    code_caption: Text
    code_alternative: Text
    picture: Code | Literal[""] = ""


class MarksShape(_Shape, frozen=True, kw_only=True):
    """Small print."""

    unconfirmed: Text
    draft: Text
    expired: Text
    as_of: Text


class CoverShape(_Shape, frozen=True, kw_only=True):
    """The neutral cover."""

    title: Text
    lines: Annotated[list[Text], msgspec.Meta(max_length=10)]


class CommonShape(_Shape, frozen=True, kw_only=True):
    """The file ``common.json``."""

    emergency: SectionShape
    hotline: CallShape
    card_emergency: Text
    marks: MarksShape
    cover: CoverShape
    tear_off: Text
    places: dict[Code, Text]
    page_of: Text
    pictogram_captions: Pictograms


class TopicsShape(_Shape, frozen=True, kw_only=True):
    """The file ``topics.json``: the order of topics, and their names by language of the interface."""

    order: Annotated[list[Code], msgspec.Meta(min_length=1, max_length=100)]
    names: dict[Code, dict[LanguageCode, Text]]

    def __post_init__(self) -> None:
        """Refuse a topic twice, or one without its name in English."""
        if len(set(self.order)) != len(self.order):
            raise ValueError("a topic twice")
        if not all(FALLBACK_LANGUAGE in self.names.get(topic, {}) for topic in self.order):
            raise ValueError("a topic without a name")


class GroupShape(_Shape, frozen=True, kw_only=True):
    """What a group of people is called."""

    name: dict[LanguageCode, Text]

    def __post_init__(self) -> None:
        """Refuse a group without its name in English."""
        if FALLBACK_LANGUAGE not in self.name:
            raise ValueError("a group without a name")


class StateShape(_Shape, frozen=True, kw_only=True):
    """How far one sheet is in one language; what fits together is ``states.read_states``'s to say."""

    state: Literal["draft", "checked", "expired"]
    checked_by: Text | None = None
    checked_on: date | None = None
    expires_on: date | None = None


class YearsShape(_Shape, frozen=True, kw_only=True):
    """The file ``fact_years.json``."""

    years: dict[Fact, AsOf]
    note: str = ""


class LintShape(_Shape, frozen=True, kw_only=True):
    """The file ``lint.json``; its patterns are for whoever writes leaflets."""

    note: str = ""
    most_words: dict[Code, Annotated[int, msgspec.Meta(ge=1, le=100)]]
    words_factor: dict[str, Annotated[float, msgspec.Meta(gt=0, le=10)]]
    longer_on_purpose: list[Text] = []
    before: dict[str, str]
    forbidden: dict[str, dict[Code, list[str]]]
    jargon: dict[str, list[str]]


GroupsFile = dict[Code, GroupShape]
StatesFile = dict[Code, dict[LanguageCode, StateShape]]
