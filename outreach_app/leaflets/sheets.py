"""Which sheets there are, what each says and in which order. English texts; no layout.

A sheet is a topic, or a topic as one group of people reads it: rights differ with the right to stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from outreach_app.content import remembered
from outreach_app.leaflets.common import Common, common
from outreach_app.leaflets.content_files import leaflet_file, read_leaflet_file, read_object
from outreach_app.leaflets.errors import SheetDamagedError, UnknownSheetError
from outreach_app.leaflets.statements import Pictogram, Section, Statement, pictograms_of, section_of, statements_of

FIRST_SHEET = "where_to_get_help"
_TOPICS = "topics.json"


@dataclass(frozen=True)
class Sheet:
    """One sheet in English, as the translators see it.

    ``group`` is empty for everybody's sheets; ``needs`` names directory entries without which it is not printed;
    ``allowed_words`` are words the topic has to say in its body though no other sheet may.
    """

    id: str
    topic: str
    group: str
    title: str
    intro: tuple[Statement, ...]
    sections: tuple[Section, ...]
    card_title: str
    card_lines: tuple[Statement, ...]
    pictograms: tuple[Pictogram, ...]
    needs: tuple[str, ...]
    numbers_first: bool
    allowed_words: tuple[str, ...]
    common: Common

    def own_statements(self) -> Iterator[Statement]:
        """Yield the statements only this sheet makes."""
        yield from self.intro
        for section in self.sections:
            yield from section.statements
        yield from self.card_lines

    def all_statements(self) -> Iterator[Statement]:
        """Yield every statement, the shared ones last."""
        yield from self.own_statements()
        yield from self.common.statements()

    def own_texts(self) -> Iterator[str]:
        """Yield the texts only this sheet has, in reading order."""
        yield self.title
        yield from (statement.text for statement in self.intro)
        for section in self.sections:
            yield section.heading
            yield from (statement.text for statement in section.statements)
        yield from (self.card_title, *(statement.text for statement in self.card_lines))
        yield from (pictogram.caption for pictogram in self.pictograms)

    def all_texts(self) -> Iterator[str]:
        """Yield every text a translator has to write for this sheet."""
        yield from self.own_texts()
        yield from self.common.texts()


@dataclass(frozen=True)
class SheetName:
    """Which topic a sheet is about and for which group."""

    topic: str
    group: str

    @property
    def id(self) -> str:
        """Return the name the sheet goes by everywhere."""
        return f"{self.topic}_{self.group}" if self.group else self.topic


@remembered()
def sheet_names() -> Mapping[str, SheetName]:
    """Return every sheet by its id, in the order they are offered; raises SheetDamagedError."""
    names = [SheetName(topic, group) for topic in topic_order() for group in _groups(topic) or ("",)]
    return MappingProxyType({name.id: name for name in names})


def sheet_ids() -> tuple[str, ...]:
    """Return the ids of all sheets in the order they are offered."""
    return tuple(sheet_names())


def topic_order() -> tuple[str, ...]:
    """Return the topics in the order they are offered; raises SheetDamagedError."""
    return tuple(read_leaflet_file(_TOPICS)["order"])


def topic_names() -> Mapping[str, Mapping[str, str]]:
    """Return topic -> language of the interface -> its short name."""
    return MappingProxyType(read_leaflet_file(_TOPICS)["names"])


def group_names() -> Mapping[str, Mapping[str, str]]:
    """Return group -> language of the interface -> its name."""
    groups = read_leaflet_file("groups.json")
    return MappingProxyType({group: row["name"] for group, row in groups.items()})


@remembered(64)
def load_sheet(sheet: str) -> Sheet:
    """Return the sheet; raises UnknownSheetError or SheetDamagedError."""
    name = sheet_names().get(sheet)
    if name is None:
        raise UnknownSheetError(sheet=sheet, known=", ".join(sheet_ids()))
    return read_sheet(leaflet_file(f"topics/{name.topic}.json"), name, common())


def read_sheet(data: bytes, name: SheetName, shared: Common) -> Sheet:
    """Return the topic in ``data`` as its group reads it; raises SheetDamagedError."""
    try:
        return _sheet(name, read_object(data, name.topic), shared)
    except (ValueError, KeyError, TypeError) as damaged:
        raise SheetDamagedError(sheet=name.topic) from damaged


def _groups(topic: str) -> tuple[str, ...]:
    return tuple(read_leaflet_file(f"topics/{topic}.json").get("groups") or ())


def _sheet(name: SheetName, row: dict[str, Any], shared: Common) -> Sheet:
    sections = [section_of(each, name.group) for each in row["sections"]]
    return Sheet(
        id=name.id,
        topic=name.topic,
        group=name.group,
        title=row["group_titles"][name.group] if name.group else row["title"],
        intro=statements_of(row["intro"], name.group),
        sections=tuple(each for each in sections if _is_for(each, name.group)),
        card_title=row["card"]["title"],
        card_lines=statements_of(row["card"]["lines"], name.group),
        pictograms=pictograms_of(row["pictograms"], name.group),
        needs=tuple(row.get("needs", ())),
        numbers_first=bool(row.get("numbers_first", False)),
        allowed_words=tuple(row.get("allowed_words", ())),
        common=shared,
    )


def _is_for(section: Section, group: str) -> bool:
    return bool(section.statements or section.places) and (not section.groups or group in section.groups)
