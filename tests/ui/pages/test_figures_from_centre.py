"""What the centre counted, on the figures page: only for supervisors, with its day and rule, and a word while there is none."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app.sync.instants import write_instant
from outreach_app.sync.letters import make_letter
from outreach_app.wire.letters import FiguresRow, Letter
from tests.support.centre_box import enrol
from tests.support.vaults import OTHER_PASSPHRASE
from ui.pages.figures import FiguresPage


@pytest.fixture
def page(parts, qtbot):
    page = FiguresPage(parts.context)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    parts.context.changes_hub.changed.connect(page.refresh)
    return page


def take_figures(parts):
    box = parts.ask(enrol)
    rows = [("2026-02", "street", 4, 3, 0, 1), ("2026-03", "meeting_place", 2, 2, 40, 2)]
    names = ("month", "setting", "encounters", "contacts", "uses", "tallies")
    letter = Letter(
        kind="figures", device=parts.ask(lambda session: session.enrolling.state().device), number=1,
        issued_at=write_instant(parts.clock.now()), as_of=parts.clock.local_now().date(), rule="counting-2",
        rows=tuple(FiguresRow(**dict(zip(names, row, strict=True))) for row in rows),
    )  # fmt: skip
    sealed = make_letter(letter, device=box.receiving, issuer=box.centre.desk)
    return parts.ask(lambda session: session.letters.take(sealed))


def test_before_a_letter_the_card_says_when_it_comes(parts, page):
    page.shown({"view": "centre"})
    parts.settle()
    assert "comes back with the receipts" in page.from_centre.sentence.text()
    assert not page.from_centre.table.isVisible()


def test_one_key_leads_to_the_centres_count_and_back(parts, page):
    page.shown({})
    parts.settle()
    assert not page.from_centre.isVisible()
    assert page.days.isVisible()
    page.choices.setFocus()
    for key, there in ((Qt.Key.Key_Right, True), (Qt.Key.Key_Left, False)):
        QTest.keyClick(page.choices.focusProxy() if key == Qt.Key.Key_Right else QApplication.focusWidget(), key)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
        assert (page.from_centre.isVisible(), page.days.isVisible()) == (there, not there)
    page.shown({"view": "centre"})
    assert page.from_centre.isVisible()
    assert page.choices.isAncestorOf(QApplication.focusWidget())


def test_the_newest_month_comes_first_with_day_and_rule(parts, page):
    page.shown({"view": "centre"})
    parts.context.changes_hub.changed.emit(take_figures(parts))
    parts.settle()
    card = page.from_centre
    assert card.sentence.text() == "As of today, by the centre's rule counting-2."
    assert card.rows._rows[0].cells == ("March 2026", "Meeting place", "2", "2", "40", "2")
    assert card.rows.rowCount() == 2
    assert card.table.isVisible()
    assert "cannot be added up" in card.units.text()


def test_who_may_not_see_figures_sees_none_of_the_centre_either(parts, page):
    take_figures(parts)
    parts.ask(lambda session: session.workers.add_worker("Lene", "supervisor", OTHER_PASSPHRASE))
    page.shown({"view": "centre"})
    parts.settle()
    assert page.from_centre.rows.rowCount() == 0
    assert not page.from_centre.isVisible()
    assert not page.choices.isVisible()
