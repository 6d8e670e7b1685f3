"""New texts of the centre show on the leaflets page, in the top bar and among the help lines without a restart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel

from outreach_app.content import NOTHING, Content, use_content
from outreach_app.services.packs import PacksState
from outreach_app.services.packs_road import checked_content
from tests.support.centre_box import enrol
from tests.support.content_packs import (
    COMMON,
    DIRECTORY,
    NEW_NUMBER,
    STATES,
    THAI,
    edited,
    other_number,
    pack_of,
    published,
    whole_files,
)
from tests.support.pdf_reading import text_by_pypdf
from tests.ui.pages.leaflet_driving import LONGEST, choose, show, stands
from ui.frame import Frame
from ui.models.packs_words import age_words
from ui.page_table import rows_for
from ui.pages.help_lines import HelpLinesPage
from ui.pages.leaflets import previewing

OLD = "คุณอยู่ในอันตรายตอนนี้ไหม"
NEW = "ตอนนี้มีอันตรายกับคุณไหม"


@pytest.fixture(autouse=True)
def nothing_in_use() -> Iterator[None]:
    yield
    use_content(NOTHING)


def thai_pack() -> bytes:
    """One Thai sentence otherwise, and the first sheet checked in Thai."""

    def check(states):
        states["where_to_get_help"]["th"] = {"state": "checked", "checked_by": "A. Checker", "checked_on": "2026-03-01"}

    thai = whole_files()[THAI].decode()
    assert OLD in thai
    words = {name: whole_files()[name] for name in (COMMON, "leaflets/topics/where_to_get_help.json")}
    return pack_of({**words, THAI: thai.replace(OLD, NEW).encode(), STATES: edited(STATES, check)})


def take(parts, pack: bytes) -> None:
    """Take a pack as a run of sending does."""
    found = published(pack)
    checked, refused = checked_content(found, parts.ask(lambda session: session.packs.known()))
    assert refused is None
    parts.context.change(lambda session: session.packs.take(found, checked))
    parts.settle()


def words(pdf: bytes) -> str:
    return re.sub(r"\s", "", "".join(text_by_pypdf(pdf)))


def test_the_page_says_how_old_the_texts_of_the_centre_are(parts, qtbot, no_printer):
    parts.ask(enrol)
    page = show(parts, qtbot)
    parts.context.changes_hub.changed.connect(page.refresh)
    choose(parts, page, qtbot, "th")
    assert page.board.age.isHidden(), "what came with the program has no age here"
    take(parts, thai_pack())
    qtbot.waitUntil(lambda: not page.board.age.isHidden(), timeout=LONGEST)
    assert page.board.age.text().startswith("Texts of the centre of ")
    stands(parts, page, qtbot)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (None, "Texts of the centre of Fri 2 Oct"),
        (PacksState(expires_on=date(2026, 10, 20)), "Texts of the centre of Fri 2 Oct"),
        (
            PacksState(expired=True, expires_on=date(2026, 10, 7)),
            "Texts of the centre of Fri 2 Oct; they should have been renewed by Wed 7 Oct",
        ),
    ],
)
def test_the_age_in_words(state, words):
    assert age_words(date(2026, 10, 2), state, date(2026, 10, 12)) == words
    assert age_words(None, state, date(2026, 10, 12)) == ""


def test_new_words_and_a_check_show_at_once(parts, qtbot, no_printer):
    parts.ask(enrol)
    page = show(parts, qtbot)
    parts.context.changes_hub.changed.connect(page.refresh)
    choose(parts, page, qtbot, "th")
    assert "Draft" in page.board.card.state.text()
    before = page.made.pdf
    assert "".join(NEW.split()) not in words(before)
    take(parts, thai_pack())
    qtbot.waitUntil(lambda: page.made is not None and page.made.pdf != before, timeout=LONGEST)
    stands(parts, page, qtbot)
    assert (page.wanted().language, page.made.state) == ("th", "checked")
    assert page.board.card.state.text() == ""
    assert page.picking.standing("where_to_get_help", "th").state == "checked"
    assert "".join(NEW.split()) in words(page.made.pdf)


def test_a_leaflet_that_was_begun_with_the_texts_before_is_made_anew(parts, qtbot, no_printer, monkeypatch):
    page = show(parts, qtbot)
    real, made = previewing.make, []

    def slowly(wanted, day):
        leaflet = real(wanted, day)
        if not made:
            use_content(Content("ab", {DIRECTORY: other_number()}))
        made.append(wanted.language)
        return leaflet

    monkeypatch.setattr(previewing, "make", slowly)
    choose(parts, page, qtbot, "da")
    assert made == ["da", "da"]
    assert NEW_NUMBER[4:] in text_by_pypdf(page.made.pdf).replace("\u00a0", " ")


def test_the_number_in_the_top_bar_and_among_the_help_lines_follows(parts, qtbot):
    parts.ask(enrol)
    frame = Frame(parts.context, rows_for(unlocked=True))
    qtbot.addWidget(frame)
    parts.context.changes_hub.changed.connect(frame.refresh)
    page = HelpLinesPage(parts.context)
    qtbot.addWidget(page)
    page.show()
    page.shown({})
    parts.context.changes_hub.changed.connect(page.refresh)
    take(parts, pack_of({DIRECTORY: other_number()}))
    parts.settle()
    shown = " ".join(label.text() for label in [*frame.top_bar.findChildren(QLabel), *page.findChildren(QLabel)])
    assert shown.replace("\u00a0", " ").count(NEW_NUMBER[4:]) == 2
