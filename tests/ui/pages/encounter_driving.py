"""Works the encounter page the way a worker does: by keys, over a real vault."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.pages.encounter import EncounterPage


class Keys:
    """Counts what a worker presses."""

    def __init__(self) -> None:
        self.pressed = 0

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.pressed += 1
        QTest.keyClick(QApplication.focusWidget(), key, modifier)
        QApplication.processEvents()

    def type(self, text):
        for letter in text:
            self.press(letter)


def shown_page(parts, qtbot, **place):
    page = EncounterPage(parts.context)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    parts.settle()
    page.shown(place or {"new": "1"})
    parts.settle()
    return page


def begin_at(page, code):
    place = next(each for each in page._book.places if each.code == code)
    page.place_step.offer(place)
    return place


def result(page):
    QApplication.processEvents()
    return page.form_view.adds_up.text()


def notes(parts):
    return parts.ask(lambda session: session.encounters.list_encounters(limit=500))


def drafts(parts):
    parts.settle()
    return parts.ask(lambda session: session.drafts.list_drafts())
