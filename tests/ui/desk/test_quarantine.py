"""What was put aside: the list, one line with what to do, and the settled ones apart."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from outreach_app.wire.receipts import ReasonCode
from ui.desk.quarantine_words import advice


@pytest.fixture
def page(filled):
    return filled.show("quarantine")


def test_a_line_says_where_it_came_from_and_what_to_do(filled, page):
    assert page.rows.rowCount() == 1
    QTest.keyClick(page.list.table, Qt.Key.Key_Return)
    assert page.detail.isVisible()
    assert page.detail.heading.text() == "Laptop 3"
    assert "Nothing has to be done here" in page.detail.told.text()
    page.detail.laptop.click()
    filled.settle()
    assert filled.window.frame.current_name == "laptops"


def test_esc_closes_the_line(filled, page):
    page.list.table.opened.emit(0)
    assert page.go_back()
    assert not page.go_back()


def test_settled_lines_stand_apart(filled, page):
    def settle(desk):
        with desk.vault.transaction() as connection:
            connection.execute("UPDATE quarantine SET record_id = ?", ("e" * 32,))
            connection.execute("INSERT INTO tombstones (device, id) VALUES (?, ?)", ("a1" * 16, "e" * 32))

    filled.ask(settle)
    page.reread()
    filled.settle()
    assert page.rows.rowCount() == 0
    page.which._buttons["settled"].click()
    assert page.rows.rowCount() == 1
    page.list.table.opened.emit(0)
    assert page.detail.told.text() == "Nothing has to be done."
    page.reread()
    filled.settle()
    assert page.list.table.currentIndex().row() == 0


def test_lines_are_looked_for_by_laptop(page):
    page.list.filter.setText("Odense")
    page.list.filtered.emit("Odense")
    assert page.rows.rowCount() == 0


def test_an_empty_list_teaches(desk):
    page = desk.show("quarantine")
    assert page.list._empty.isVisible()


@pytest.mark.parametrize(
    ("reason", "begins"),
    [
        (ReasonCode.UNKNOWN_SCHEMA, "Install"),
        (ReasonCode.SAME_VERSION_OTHER_CONTENT, "Call its team"),
        (ReasonCode.MORE_THAN_AGREED, "Call its team"),
        (ReasonCode.GONE_BEFORE, "Nothing has to be done"),
        (ReasonCode.WRONG_SHAPE, "Nothing has to be done here"),
    ],
)
def test_each_reason_says_what_to_do(reason, begins):
    assert advice(int(reason), "").startswith(begins)
