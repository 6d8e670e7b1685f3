"""A letter of hers says 9 June: in the real window, by real keys, it replaces our day, and Today tells of it in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from outreach_app.domain.pathway_case import PathwayFacts
from outreach_app.domain.plan import ContactPerson
from tests.support.shell import Shell, make_shell
from ui.page_table import PAGES
from ui.pages.contacts.pathway import PathwayView

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
TEN_DAYS_BEFORE = datetime(2026, 5, 30, 9, tzinfo=UTC)


@pytest.fixture
def shell(qapp: QApplication, tmp_path: Path) -> Iterator[Shell]:
    made = make_shell(qapp, tmp_path, rows=PAGES)
    made.clock.set_wall(TEN_DAYS_BEFORE)
    made.open()
    made.settle()
    yield made
    made.end()
    assert not made.failures


def ask(shell: Shell, question: Callable[[Any], Any]) -> Any:
    return shell.context.tasks.call_vault(lambda: question(shell.context.sessions.session))


def begin(session: Any) -> str:
    contact_id: str = session.contacts.record_contact("red jacket").id
    session.plans.set_contact_person(contact_id, ContactPerson("Bo Lind", "CMM", "12 34 56 78"))
    session.pathways.keep_facts(contact_id, PathwayFacts("none", requested_days=(30,)))
    session.pathways.record_decision(contact_id, "dis", "period_given", date(2026, 5, 12))
    return contact_id


def press(shell: Shell, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or shell.window, key)


def typed(shell: Shell, text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget() or shell.window, text)


def words_on(shell: Shell) -> str:
    shown = shell.window.frame.current()
    assert shown is not None
    return "\n".join(label.text() for label in shown.findChildren(QLabel) if label.isVisible())


def test_a_letters_deadline_of_9_june_replaces_ours_which_stays_visible(shell: Shell) -> None:
    contact_id = ask(shell, begin)
    shell.context.go_to("contacts", {"contact_id": contact_id, "view": "pathway"})
    shell.settle()
    page, focused = shell.window.frame.current(), QApplication.focusWidget()
    assert page is not None
    assert focused is not None
    view: Any = page.findChild(PathwayView)
    assert view.facts.stay.isAncestorOf(focused)
    assert "First period ends: Thu 11 Jun" in words_on(shell)
    view.dates.new_letter.setFocus()
    press(shell, Qt.Key.Key_Return)
    press(shell, Qt.Key.Key_Right)
    press(shell, Qt.Key.Key_Right)  # the second date: where the first period ends
    press(shell, Qt.Key.Key_Tab)
    typed(shell, "9/6/2026")
    press(shell, Qt.Key.Key_Tab)
    typed(shell, "letter of 13 May")
    press(shell, Qt.Key.Key_Return)
    shell.settle()
    told = words_on(shell)
    assert "First period ends: Tue 9 Jun" in told
    assert "Our count: Thu 11 Jun" in told
    found = ask(shell, lambda session: session.pathways.find_pathway(contact_id))
    assert found.answer.dates["granted_until"] == date(2026, 6, 9)
    shell.context.go_to("today", {})
    shell.settle()
    assert "red jacket" in words_on(shell)
    near = ask(shell, lambda session: session.pathways.dates_near(date(2026, 5, 30)))
    assert [(row.which, row.on_date) for row in near] == [
        ("ask_extension_by", date(2026, 6, 8)), ("granted_until", date(2026, 6, 9)),
    ]  # fmt: skip
