"""A plainly made-up leaflet in eight languages that never changes with the shipped texts: for tests of how pages look."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from types import MappingProxyType

from outreach_app.leaflets.languages import language_of
from outreach_app.leaflets.placeholders import isolated, language_names
from outreach_app.leaflets.wording import Caption, Card, Cover, Wording, Words

UNCONFIRMED = "\u00a0*"
LOOKED_AT = ("da", "en", "th", "ar", "ro", "zh-Hans", "vi", "ru")
_BETWEEN_NUMBERS = re.compile("(?<=\u2069) ([^ \u2066]+) (?=\u2066)")  # "8:30 to 16:00" stays on one line


@functools.cache
def _texts(language: str) -> dict[str, str]:
    rows = json.loads(Path(__file__).with_name("leaflet_words.json").read_text("utf-8"))
    separator = language_of(language).time_separator
    hours = ("8:30", "16:00", "9:00", "15:00")
    names = ("weekdays_open", "weekdays_close", "weekends_open", "weekends_close")
    values = {name: isolated(time.replace(":", separator)) for name, time in zip(names, hours, strict=True)}
    values |= {"hotline": isolated("+45 70 20 25 50"), "emergency": isolated("112"), "as_of": isolated("2020")}
    values |= {"languages": language_names(("da", "en"), language_of(language)), "page": "{page}", "pages": "{pages}"}
    texts = {name: by_language[language].format(**values) for name, by_language in rows.items()}
    return {
        name: _BETWEEN_NUMBERS.sub(lambda found: found[0].replace(" ", "\u00a0"), text) for name, text in texts.items()
    }


def sample_wording(language: str, *, numbers_first: bool = True) -> Wording:
    """Return the leaflet as a draft: two headings are unconfirmed, and one statement."""
    text = _texts(language)
    return Wording(
        sheet="sample",
        language=language_of(language),
        title=text["title"],
        intro=(text["intro"],),
        numbers_first=numbers_first,
        emergency=Words(text["emergency"], (text["emergency_line"],), picture="emergency"),
        emergency_number=isolated("112"),
        hotline=Words(text["hotline"], (text["hotline_whose"], text["hotline_who"]), picture="phone"),
        hotline_number=isolated("+45 70 20 25 50"),
        hours=Words(text["hours"], (text["weekdays"], text["weekends"], text["languages"]), True, "hours"),
        sections=_sections(text),
        code_content="tel:+4570202550",
        code_caption=text["code_caption"],
        code_alternative=text["code_alternative"],
        card=Card(text["card_title"], (text["talk_decide"], text["talk_bring"]), text["card_emergency"]),
        pictograms=_pictograms(text),
        cover=Cover(text["cover_title"], (text["cover_line"],)),
        tear_off=text["tear_off"],
        page_of=text["page_of"],
        labels=MappingProxyType({}),
        small_print=(text["note"], text["as_of"]),
        draft_mark=text["draft"],
        left_out=(),
    )


def _sections(text: dict[str, str]) -> tuple[Words, ...]:
    talk = (text["talk_decide"], text["talk_bring"], text["talk_interpreter"], text["talk_ask"] + UNCONFIRMED)
    places = (text["places_meeting"], text["places_clinics"], text["places_ask"])
    return (
        Words(text["talk"], talk, picture="talk"),
        Words(text["places"], places, unconfirmed=True, picture="place"),
        Words(text["care"], (text["care_paper"], text["care_name"]), picture="help"),
    )


def _pictograms(text: dict[str, str]) -> tuple[Caption, ...]:
    rows = (
        ("phone", "hotline"), ("emergency", "emergency"), ("hours", "hours"), ("talk", "talk"), ("place", "places"),
        ("help", "care"),
    )  # fmt: skip
    return tuple(Caption(picture, text[name]) for picture, name in rows)
