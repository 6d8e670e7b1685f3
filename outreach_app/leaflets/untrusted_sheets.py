"""Leaflet files of a pack, checked before any is used: shapes, texts, and that they make sheets together.

What a pack leaves out is as shipped, so each file is looked at among those it will stand with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, TypeVar

from outreach_app.content import read_shipped_content
from outreach_app.i18n import gettext as _
from outreach_app.leaflets.common import Common, read_common
from outreach_app.leaflets.sheets import FIRST_SHEET, SheetName, read_sheet
from outreach_app.leaflets.states import read_states
from outreach_app.leaflets.texts import SOURCE_LANGUAGE
from outreach_app.leaflets.untrusted_shapes import (
    CommonShape,
    GroupsFile,
    LintShape,
    StatesFile,
    TopicShape,
    TopicsShape,
    YearsShape,
)
from outreach_app.leaflets.untrusted_texts import check_translations, places_of, text_fault
from outreach_app.typesetting.pictures import pictures
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.strict import read_json

T = TypeVar("T")
Read = Callable[[str], bytes]
COMMON, TOPICS, GROUPS, STATES = (f"leaflets/{name}.json" for name in ("common", "topics", "groups", "states"))
_OF_HEADINGS = frozenset({"hotline", "emergency"})  # always filled, whatever the directory lacks
_WITH_PLACES = frozenset({"text", "card_emergency", "page_of", "code_alternative"})
_SIMPLE: Mapping[str, Any] = MappingProxyType(
    {
        TOPICS: TopicsShape, GROUPS: GroupsFile, STATES: StatesFile, "leaflets/fact_years.json": YearsShape,
        "leaflets/lint.json": LintShape,
    }
)  # fmt: skip


def check_sheets(files: Mapping[str, bytes]) -> Iterator[str]:
    """Look at every leaflet file of a pack, yielding the name of each before it is looked at.

    Raises:
        KnownError: the file named last is not right.
    """
    for name in (name for name in files if name.startswith("leaflets/topics/")):
        yield name
        _check_texts(_read(files[name], TopicShape, name))
    for name, shape in _SIMPLE.items():
        if name in files:
            yield name
            _read(files[name], shape, name)
    for name in (name for name in files if name.startswith("locales/")):
        yield name
        check_translations(files[name], name)
    yield COMMON
    shared = _check_common(files.get(COMMON))
    yield from _check_together(files, shared)


def _check_common(untrusted: bytes | None) -> Common:
    shipped = read_shipped_content(COMMON)
    if untrusted is None:
        return read_common(shipped)
    own, ours = _read(untrusted, CommonShape, COMMON), _read(shipped, CommonShape, COMMON)
    _check_texts(own)
    for name, text in _filled(ours).items():  # what the program fills, and must find as it knows it
        if places_of(_filled(own).get(name, "")) != places_of(text):
            _refuse(COMMON, f"$.{name}", "not the places that are filled")
    return read_common(untrusted)


def _filled(common: CommonShape) -> dict[str, str]:
    """Return the shared texts that are filled by name."""
    marks = {f"marks.{name}": getattr(common.marks, name) for name in common.marks.__struct_fields__}
    places = {f"places.{name}": text for name, text in common.places.items()}
    own = {name: getattr(common, name) for name in ("card_emergency", "tear_off", "page_of")}
    call = {f"hotline.{name}": getattr(common.hotline, name) for name in ("code_caption", "code_alternative")}
    return {**marks, **places, **own, **call}


def _check_texts(shape: TopicShape | CommonShape) -> None:
    """Refuse a text that could not be printed or filled, and a picture that is not here."""
    for where, key, text in _texts(shape, "$"):
        loose = key in _WITH_PLACES or where.startswith(("$.marks", "$.places"))
        reason = text_fault(text, None if loose else _OF_HEADINGS)
        if key == "picture" and text and text not in pictures():
            reason = "no such picture"
        if reason:
            _refuse(_("a leaflet"), where, reason)


def _texts(value: Any, where: str, key: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield (where, the last name, text) of every text in a shape."""
    if isinstance(value, str):
        yield where, key, value
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _texts(each, f"{where}[{place}]", key)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _texts(each, f"{where}.{name}", key)
    elif hasattr(value, "__struct_fields__"):
        for name in value.__struct_fields__:
            yield from _texts(getattr(value, name), f"{where}.{name}", name)


def _check_together(files: Mapping[str, bytes], shared: Common) -> Iterator[str]:
    """Look at what one file says of another."""
    read = _reader(files)
    yield TOPICS
    order = _read(read(TOPICS), TopicsShape, TOPICS).order
    if FIRST_SHEET not in order:
        _refuse(TOPICS, "$.order", f"without {FIRST_SHEET}")
    yield GROUPS
    groups = set(_read(read(GROUPS), GroupsFile, GROUPS))
    for topic in order:
        yield (name := f"leaflets/topics/{topic}.json")
        shape = _read(_there(read, name), TopicShape, name)
        if not set(shape.groups) <= groups & set(shape.group_titles):
            _refuse(name, "$.groups", "a group without a name or a title")
        for group in shape.groups or ("",):
            read_sheet(read(name), SheetName(topic, group), shared)
    if STATES in files:
        yield STATES
        _check_states(files)


def _check_states(files: Mapping[str, bytes]) -> None:
    """A sheet is checked in the words that came with the check, never in whatever a program was shipped with."""
    topics = {PurePosixPath(name).stem for name in files if name.startswith("leaflets/topics/")}
    for (sheet, language), state in read_states(files[STATES]).items():
        if state.unchecked:
            continue
        words = language == SOURCE_LANGUAGE or f"locales/{language}/leaflets.po" in files
        topic = any(sheet == topic or sheet.startswith(f"{topic}_") for topic in topics)
        if not (words and topic and COMMON in files):
            _refuse(STATES, f"$.{sheet}.{language}", "checked, but its words are not in the pack")


def _reader(files: Mapping[str, bytes]) -> Read:
    return lambda name: files[name] if name in files else read_shipped_content(name)


def _there(read: Read, name: str) -> bytes:
    try:
        return read(name)
    except OSError as absent:
        raise UntrustedDataError(what=_("The content pack"), field=name, reason="missing") from absent


def _read(untrusted: bytes, shape: Any, name: str) -> Any:
    return read_json(untrusted, shape, what=name)


def _refuse(what: str, field: str, reason: str) -> None:
    raise UntrustedDataError(what=what, field=field, reason=reason)
