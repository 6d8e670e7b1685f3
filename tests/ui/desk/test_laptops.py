"""The laptops: how they stand, enrolling by files, revoking, and what goes onto a stick."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app.centre.desk.device_states import list_states
from outreach_app.centre.desk.devices import rename_device
from outreach_app.centre.desk.words import missing_advice
from tests.support.desk_window import THIRD_LAPTOP
from tests.support.sync_people import LAPTOP, OTHER_LAPTOP, Laptop

NEW_LAPTOP = Laptop("d4" * 16)


@pytest.fixture
def page(filled):
    return filled.show("laptops")


def cells(page):
    rows = page.rows
    return [[rows.data(rows.index(row, column)) for column in range(5)] for row in range(rows.rowCount())]


def test_the_list_says_which_team_to_call(page):
    assert cells(page) == [
        ["Laptop 3", "a1a1a1a1", "enrolled", "Call its team", "yesterday 22:00"],
        ["Aarhus, van", "b2b2b2b2", "enrolled", "", "yesterday 22:00"],
        ["Odense 1", "c3c3c3c3", "enrolled", "", "never"],
    ]


def test_a_long_name_has_the_room_that_is_left(filled, page):
    table = page.list.table
    assert table.columnWidth(0) == 560
    filled.window.resize(910, 512)
    filled.settle()
    assert 110 < table.columnWidth(0) < 560
    assert table.columnWidth(4) >= 130
    filled.show("laptops", device=LAPTOP.device)
    filled.window.resize(1366, 768)
    filled.settle()
    assert table.columnWidth(0) == 110, "one laptop stands beside the list"


def test_a_laptop_is_opened_by_enter_and_says_what_does_not_fit(filled, page):
    QTest.keyClick(page.list.table, Qt.Key.Key_Return)
    filled.settle()
    told = page.detail.told.text()
    assert told.startswith("Call its team.")
    assert "\nYesterday: its record of use became shorter." in told
    assert "1 batch was turned away" in told
    assert not page.detail.step_over.isVisible()


def test_the_list_keeps_its_place_when_it_is_read_again(filled, page):
    filled.show("laptops", device=LAPTOP.device)
    page.detail.leave.click()
    QTest.keyClick(page.list.table, Qt.Key.Key_Down)
    assert page.list.table.currentIndex().row() == 1
    page.reread()
    filled.settle()
    assert page.list.table.currentIndex().row() == 1


def test_rows_are_looked_for_by_name_and_number(page):
    page.list.filter.setText("aarhus")
    page.list.filtered.emit("aarhus")
    assert [row[0] for row in cells(page)] == ["Aarhus, van"]
    page.list.filter.setText("c3c3")
    page.list.filtered.emit("c3c3")
    assert [row[0] for row in cells(page)] == ["Odense 1"]


def test_a_laptop_is_revoked_after_its_name_was_typed_back(filled, page):
    filled.show("laptops", device=OTHER_LAPTOP.device)
    page.detail.revoke.click()
    panel = page.revoking
    assert panel.line.hasFocus()
    assert not panel.revoke.isEnabled()
    QTest.keyClicks(panel.line, "Aarhus")
    assert not panel.revoke.isEnabled()
    panel.left.emit()
    assert page.detail.revoke.hasFocus(), "nothing was done: the keyboard is where it was"
    page.detail.revoke.click()
    QTest.keyClicks(panel.line, "Aarhus, van")
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    filled.settle()
    states = {state.device: state.status for state in filled.ask(list_states)}
    assert states[OTHER_LAPTOP.device] == "revoked"
    assert states[LAPTOP.device] == "enrolled"
    assert cells(page)[1][2] == "revoked"
    assert page.detail.leave.hasFocus()
    assert not page.detail.revoke.isVisible()
    assert "is revoked" in filled.window.frame.banner.text()


def test_a_number_typed_in_groups_is_its_number(filled, page):
    filled.show("laptops", device=THIRD_LAPTOP.device)
    page.detail.revoke.click()
    assert "No batch of it was taken in yet. It has not reported yet." in page.revoking.which.text()
    page.revoking.line.setText("c3c3c3c3 c3c3c3c3 c3c3c3c3 c3c3c3c3")
    assert page.revoking.revoke.isEnabled()


def test_a_mailbox_that_cannot_be_told_is_one_sentence(filled, page):
    filled.show("laptops", device=THIRD_LAPTOP.device)
    (filled.context.home.folder / "mailbox" / "configuration.json").unlink()
    page.detail.revoke.click()
    page.revoking.line.setText("Odense 1")
    page.revoking.revoke.click()
    filled.settle()
    assert page.revoking.told.isVisible()


def test_a_batch_that_never_comes_is_waited_for_no_more(filled, page):
    filled.show("laptops", device=OTHER_LAPTOP.device)
    assert page.detail.told.text().splitlines() == ["Missing from Aarhus, van (b2b2b2b2): batch 2.", missing_advice()]
    page.detail.step_over.click()
    panel = page.stepping
    assert missing_advice() in panel.sentence.text()
    assert not panel.act.isEnabled()
    panel.why._buttons["stick_lost"].click()
    panel.act.click()
    filled.settle()
    assert "1 batch behind it was taken in" in filled.window.frame.banner.text()
    assert not page.detail.step_over.isVisible()
    panel.act.click()
    filled.settle()
    assert panel.told.text()


def test_receipts_and_letters_go_onto_a_stick_again(filled, page, tmp_path, monkeypatch):
    filled.show("laptops", device=LAPTOP.device)
    monkeypatch.setattr("ui.desk.laptops.choose_folder", lambda *_asked: None)
    page.detail.receipts.click()
    monkeypatch.setattr("ui.desk.laptops.choose_folder", lambda *_asked: tmp_path)
    page.detail.receipts.click()
    filled.settle()
    assert "On the stick:" in filled.window.frame.banner.text()
    assert list(tmp_path.glob("outreach-receipt-*"))


def test_several_missing_batches_are_named_by_their_ends(filled, page):
    def lose_more(desk):
        with desk.vault.transaction() as connection:
            connection.execute("UPDATE batches SET seq = 4 WHERE state = 'waiting'")

    filled.ask(lose_more)
    filled.show("laptops", device=OTHER_LAPTOP.device)
    assert "(b2b2b2b2): batches 2 to 3." in page.detail.told.text()
    assert page.go_back()
    assert not page.go_back()


def test_two_of_one_name_are_told_apart_and_revoked_by_number(filled, page):
    filled.ask(lambda opened: rename_device(opened, OTHER_LAPTOP.device, "laptop 3"))
    page.reread()
    filled.settle()
    assert [row[:2] for row in cells(page)][:2] == [
        ["Laptop 3", LAPTOP.device[:8]], ["laptop 3", OTHER_LAPTOP.device[:8]],
    ]  # fmt: skip
    filled.show("laptops", device=OTHER_LAPTOP.device)
    page.detail.revoke.click()
    panel = page.revoking
    assert f"Its number begins with {OTHER_LAPTOP.device[:8]}. Its last batch is number 1. It last reported yesterday" in panel.which.text()
    assert "first eight digits" in panel.which.text()
    for typed, may in (("laptop 3", False), (LAPTOP.device[:8], False), (OTHER_LAPTOP.device[:8], True)):
        panel.line.setText(typed)
        assert panel.revoke.isEnabled() is may


def test_a_laptop_is_renamed_on_its_detail(filled, page):
    filled.show("laptops", device=THIRD_LAPTOP.device)
    page.detail.rename.click()
    panel = page.renaming
    assert panel.name.line.selectedText() == "Odense 1"
    panel.name.line.setText("Odense \u202e")
    panel.rename.click()
    filled.settle()
    assert "one line of at most 80" in panel.told.text()
    panel.name.line.setText("Odense 2")
    QTest.keyClick(panel.name.line, Qt.Key.Key_Return)
    filled.settle()
    assert cells(page)[2][0] == "Odense 2"
    assert page.detail.heading.text() == "Odense 2"
    assert page.detail.leave.hasFocus()


def tab_stops(shell, *, count):
    """Return what the keyboard stands on, once for each press of Tab."""
    stops = []
    for _press in range(count):
        stops.append(QApplication.focusWidget())
        QTest.keyClick(stops[-1], Qt.Key.Key_Tab)
        shell.settle()
    return stops


def test_tab_goes_as_one_reads(filled, page):
    filled.show("laptops", device=LAPTOP.device)
    page.help.setFocus()
    assert tab_stops(filled, count=8) == [
        page.help, page.list.filter, page.enrol, page.list.table, page.detail.receipts, page.detail.rename,
        page.detail.revoke, page.detail.leave,
    ]  # fmt: skip


def test_without_laptops_the_keyboard_stands_on_the_first_thing_to_do(desk):
    page = desk.show("laptops")
    assert page.enrol.hasFocus()
    assert page.help in tab_stops(desk, count=12)


def test_a_task_has_the_whole_page_and_leads_back(filled, page):
    filled.window.resize(910, 512)
    page.help.click()
    assert not page.list.isVisible()
    assert page.go_back()
    assert page.help.hasFocus()
    page.enrol.click()
    page.enrolling.begin_busy("Enrolling")
    assert page.go_back()
    assert page.enrolling.isVisible()


def test_an_answer_that_comes_late_leaves_the_task_in_front(filled, page):
    filled.show("laptops", device=THIRD_LAPTOP.device)
    page.detail.rename.click()
    page.renaming.name.line.setText("Odense 2")
    page.renaming.rename.click()
    page.go_back()
    page.help.click()
    filled.settle()
    assert cells(page)[2][0] == "Odense 2"
    assert page.helping.isVisible()


def test_on_a_small_screen_one_laptop_stands_in_place_of_the_list(filled, interface_language):
    interface_language("da")
    filled.window.resize(910, 512)
    page = filled.show("laptops")
    QTest.keyClick(page.list.table, Qt.Key.Key_Return)
    filled.settle()
    assert not page.list.table.isVisible()
    assert page.detail.receipts.hasFocus()
    assert filled.window.frame.stack.horizontalScrollBar().maximum() == 0
    page.detail.leave.click()
    assert page.list.table.hasFocus()
