"""Picking a leaflet: languages by any name with how far each is, groups where rights differ, options that fit."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app.leaflets.requests import LeafletRequest
from tests.ui.pages.leaflet_driving import choose, show, stands, without_vault
from ui.models.leaflets import Standing
from ui.pages.leaflets.language_rows import BELOW, CODE, GREY, ICON

NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def parts(qapp, tmp_path):
    made = without_vault(tmp_path)
    yield made
    made.end()


def rows(page):
    listed = page.board.languages.rows
    return [listed.item(row) for row in range(listed.count())]


def row_of(page, code):
    return next(item for item in rows(page) if item.data(CODE) == code)


def test_languages_stand_by_their_own_name_and_say_how_far_the_sheet_is(parts, qtbot, no_printer):
    page = show(parts, qtbot, states=True)
    assert {"Dansk", "English", "Română", "ไทย", "العربية", "简体中文"} <= {item.text() for item in rows(page)}
    thai = row_of(page, "th")
    assert (thai.data(BELOW), thai.data(ICON)) == ("draft · Thai", "draft")
    assert thai.data(Qt.ItemDataRole.AccessibleTextRole) == "ไทย, draft, Thai"
    heading = next(item for item in rows(page) if not item.data(CODE))
    assert heading.flags() == Qt.ItemFlag.NoItemFlags
    codes = [item.data(CODE) for item in rows(page)]
    assert codes.index("pcm") < codes.index(None) < codes.index("yo")


def test_letters_find_a_language_from_anywhere_in_the_list(parts, qtbot, no_printer):
    page = show(parts, qtbot)
    languages = page.board.languages
    languages.rows.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "t")
    assert languages.line.hasFocus()
    QTest.keyClicks(languages.line, "hai")
    assert languages.value() == "th"
    QTest.keyClick(languages.line, Qt.Key.Key_Down)
    assert (languages.value(), languages.line.text()) == ("ro", "")
    assert languages.rows.hasFocus()
    QTest.keyClicks(languages.rows, "u")
    QTest.keyClicks(languages.line, "kr")
    QTest.keyClick(languages.line, Qt.Key.Key_Escape)
    assert (languages.value(), languages.line.text()) == ("uk", "")
    QTest.keyClick(languages.rows, Qt.Key.Key_Return)
    assert page.board.card.choices.topics.isAncestorOf(QApplication.focusWidget()), "Enter goes on to the sheet"
    stands(parts, page, qtbot)


def test_letters_that_name_no_language_leave_the_choice(parts, qtbot, no_printer):
    page = show(parts, qtbot)
    page.board.languages.rows.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "q")
    assert page.board.languages.value() == "en"
    QTest.keyClick(page.board.languages.line, Qt.Key.Key_Escape)
    QTest.keyClick(page.board.languages.rows, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert page.board.languages.line.text() == "", "a key of the window is no letter"


def test_groups_are_asked_only_where_rights_differ(parts, qtbot, no_printer):
    page = show(parts, qtbot)
    choices = page.board.card.choices
    assert not choices.groups.isVisible()
    choose(parts, page, qtbot, "en", topic="rights")
    assert choices.groups.isVisible()
    assert page.wanted().sheet == "rights_eu"
    choices.groups._choose("asylum")
    stands(parts, page, qtbot)
    assert page.made.wanted.sheet == "rights_asylum"
    choose(parts, page, qtbot, "en", topic="health")
    assert (choices.groups.isVisible(), page.wanted().sheet) == (False, "health")


def test_only_options_that_mean_something_are_there(parts, qtbot, no_printer):
    page = show(parts, qtbot)
    choices = page.board.card.choices
    for form, code in page.board.offer.formats.items():
        choices.formats._choose(form)
        shown = (choices.cover.isVisible(), choices.duplex.isVisible(), choices.beside.isVisible())
        assert shown == (code.may_cover, code.may_duplex, code.bilingual), form
    choose(parts, page, qtbot, "en", "a4")
    choices.cover.setChecked(True)
    choices.duplex.setChecked(True)
    stands(parts, page, qtbot)
    assert (page.wanted().cover, page.wanted().duplex) == (True, True)
    choose(parts, page, qtbot, "en", "poster")
    assert (page.wanted().cover, page.wanted().duplex) == (False, False), "what is out of sight does nothing"


def test_two_languages_are_never_the_same_one(parts, qtbot, no_printer):
    page = show(parts, qtbot)
    choose(parts, page, qtbot, "th", "bilingual")
    assert page.wanted().beside == "en"
    choose(parts, page, qtbot, "en")
    assert page.wanted().beside == "da"
    page.board.card.choices.beside.chosen.emit("ro")
    choose(parts, page, qtbot, "ar")
    assert page.wanted().beside == "ro", "a choice that is still possible stays"


def test_a_sheet_with_places_asks_for_the_region_and_says_what_is_not_known(parts, qtbot, no_printer):
    page = show(parts, qtbot)
    choices = page.board.card.choices
    assert choices.region.isVisible()
    assert "to know first" in page.board.card.doubts.button.text()
    choices.region.set_value("nordjylland")
    choices.region.chosen.emit("nordjylland")
    stands(parts, page, qtbot)
    assert page.wanted().region == "nordjylland"
    assert "Not in the list for this region" in page.board.card.left_out.text()
    choose(parts, page, qtbot, "en", topic="not_to_blame")
    assert not choices.region.isVisible()
    assert page.wanted().region == ""


@pytest.mark.parametrize("lacks", [(), ("controller",)])
def test_a_language_without_the_sheet_is_grey_and_says_why(parts, qtbot, no_printer, lacks):
    page = show(parts, qtbot)
    page.picking._know({("where_to_get_help", "pl"): Standing("absent", "", lacks=lacks)})
    polish = row_of(page, "pl")
    assert (polish.data(GREY), polish.data(ICON)) == (True, "minus")
    page.board.languages.set_value("pl")
    parts.settle()
    assert page.made is None
    assert ("directory has none" if lacks else "not written in Polish") in page.board.nothing.text()
    assert not page.board.card.print_it.isEnabled()
    assert not page.board.preview.isVisible()
    choose(parts, page, qtbot, "ro")
    assert page.board.preview.isVisible()


def test_expired_texts_warn(parts, qtbot, no_printer, monkeypatch):
    page = show(parts, qtbot)
    page.picking._show_made(_expired(page.made))
    assert "expired" in page.board.card.state.text()
    assert page.board.card.state.isVisible()


def _expired(made):
    return type(made)(made.wanted, made.pdf, made.pages, "expired")


def test_what_was_picked_before_can_be_picked_again_whole(parts, qtbot, no_printer):
    page = show(parts, qtbot)
    wanted = LeafletRequest("rights_child", "ar", "a4", cover=True, duplex=True)
    page.picking.pick(wanted)
    stands(parts, page, qtbot)
    assert page.made.wanted == wanted
    page.picking.pick(LeafletRequest("health", "ar", "bilingual", beside="da"))
    stands(parts, page, qtbot)
    assert (page.made.wanted.beside, page.made.wanted.cover) == ("da", False)
