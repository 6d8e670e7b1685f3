"""The sending page's other views: a look at what leaves, the notes on their way, batches with receipts, the centre."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from outreach_app.domain.tally import Tally
from outreach_app.records.errors import NotFoundError
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.sync.receipts import ReasonCode
from tests.support.centre_box import enrol
from ui.models.sending_rows import CONTACT, STATE
from ui.models.sending_run import STICK, Road
from ui.pages.sending import SendingPage, centre

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def whole(filled, qtbot):
    """The page of an enrolled laptop, and the centre that answers."""
    box = filled.ask(enrol)
    page = SendingPage(filled.context)
    qtbot.addWidget(page)
    filled.context.changes_hub.changed.connect(page.refresh)
    page.resize(1190, 690)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.shown({})
    filled.settle()
    return box, page


def send_and_answer(parts, whole, folder, *, put_aside=()):
    """Send by stick, let the centre answer, and fetch its receipts."""
    box, page = whole
    view, stick = page.view("send"), StickFolder(folder)
    view.send(Road(STICK, folder=folder))
    parts.settle()
    for listing in stick.list_batches():
        box.put_batch(stick.get_batch(listing.sha512))
    box.ingest(put_aside=dict.fromkeys(put_aside, ReasonCode.UNKNOWN_REFERENCE))
    for receipts in box.receipts.values():
        for receipt in receipts:
            stick.put_receipt(receipt)
    view.send(Road(STICK, folder=folder))
    parts.settle()


def open_view(parts, whole, name, **place):
    view = whole[1].open_view(name, place)
    parts.settle()
    return view


def press(parts, view, key):
    QTest.keyClick(view, key, ALT)
    while any(button.isDown() for button in (view.before, view.after)):  # a tenth of a second, to be seen
        QTest.qWait(5)
    parts.settle()


def notes_of(parts):
    return [row.id for row in parts.ask(lambda session: session.encounters.list_encounters())]


# -- a look at what leaves --------------------------------------------------------------------------------------


def test_every_row_of_a_level_can_be_looked_at_by_keys_and_escape_leads_back(filled, whole):
    page = whole[1]
    page.view("send").outbox.leaving.looks["coded"].click()
    filled.settle()
    view = page.view("preview")
    assert view.isVisible()
    assert view.heading.text().startswith("Coded row only, 1 of 9 · ")
    assert view.back.hasFocus()
    assert not view.before.isEnabled()
    first = view.preview.id
    press(filled, view, Qt.Key.Key_Down)
    assert view.heading.text().startswith("Coded row only, 2 of 9 · ")
    assert view.preview.id != first
    press(filled, view, Qt.Key.Key_Up)
    assert view.preview.id == first
    assert page.go_back()
    assert page.view("send").isVisible()
    assert page.choices.value() == "send"


def test_the_look_says_what_stays_and_holds_the_row_word_for_word(filled, whole):
    page = whole[1]
    page.open_view("preview", {"group": "coded"})
    filled.settle()
    view = page.view("preview")
    line = filled.ask(lambda session: session.outbox_preview.preview(view.preview.id).line)
    view.exact.set_open(True)
    assert view.line.text() == line.decode()
    assert "note" not in json.loads(view.line.text())
    assert view.stays.text().startswith("The short name ")
    assert "no place finer than the region" in view.never.text()
    assert {"Not noted", "Nationality"} <= {label.text() for label in view.row.findChildren(QLabel)}
    assert "The hour" in view.stays.text().splitlines()


def test_one_count_needs_no_next_and_what_went_meanwhile_leads_back(filled, whole, tmp_path):
    page = whole[1]
    view = open_view(filled, whole, "preview", group="counts")
    assert view.after.isVisible()
    assert view.heading.text().startswith("Counts, 1 of 2 · today")
    assert not view.stays.isVisible()
    send_and_answer(filled, whole, tmp_path)
    view.after.click()
    filled.settle()
    assert page.view("send").isVisible(), "the row was sealed meanwhile"
    open_view(filled, whole, "preview", group="coded")
    assert page.view("send").isVisible(), "nothing of this group waits"


# -- notes on their way -----------------------------------------------------------------------------------------


def test_notes_are_looked_at_by_group_and_word_and_say_how_far_they_are(filled, whole, tmp_path):
    aside = notes_of(filled)[0]
    send_and_answer(filled, whole, tmp_path, put_aside=(aside,))
    view = open_view(filled, whole, "notes")
    assert [view.rows.id_at(row) for row in range(view.rows.rowCount())] == [aside]
    view.groups._choose("counted")
    filled.settle()
    assert view.rows.rowCount() == 8
    assert view.rows.text_of(view.rows._rows[0], STATE).startswith("counted ")
    view.search.setText("red")
    view.search.textEdited.emit("red")
    filled.settle()
    assert {view.rows.text_of(row, CONTACT) for row in view.rows._rows} == {"\u2068Red jacket\u2069"}
    view.search.setText("nobody")
    view.search.textEdited.emit("nobody")
    filled.settle()
    assert view._empty.isVisible()
    assert "“nobody”" in view._empty.sentence.text()


def test_on_a_small_screen_the_contact_stays_beside_an_open_note(filled, whole):
    whole[1].resize(690, 400)
    view = open_view(filled, whole, "notes")
    view.open_row(1)
    filled.settle()
    assert view.detail.isVisible()
    assert not view.table.isColumnHidden(CONTACT)


def test_a_note_put_aside_says_why_and_opens(filled, whole, tmp_path):
    aside = notes_of(filled)[0]
    send_and_answer(filled, whole, tmp_path, put_aside=(aside,))
    page = whole[1]
    send = open_view(filled, whole, "send")
    assert "put 1 note aside" in send.outbox.put_aside.text()
    send.outbox.put_aside.action_requested.emit()
    filled.settle()
    view = page.view("notes")
    assert view.groups.value() == "put_aside"
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    filled.settle()
    assert "put aside at the centre" in view.detail.story.text()
    assert "does not have yet" in view.detail.advice.text()
    assert not view.detail.look.isVisible()
    view.detail.open.click()
    assert filled.went[-1] == ("encounters", {"encounter_id": aside})
    assert page.go_back()
    assert view.detail.isHidden()


def test_a_waiting_note_leads_to_its_row_and_back(filled, whole):
    page, view = whole[1], open_view(filled, whole, "notes", group="waiting")
    view.open_row(1)
    filled.settle()
    note = view.rows.id_at(1)
    view.detail.look.click()
    filled.settle()
    preview = page.view("preview")
    assert preview.preview.id == note
    assert not preview.after.isVisible()
    preview.back.click()
    filled.settle()
    assert view.isVisible()
    assert not view.detail.isHidden()
    view.detail.back.click()
    assert view.detail.isHidden()


def test_a_note_that_is_gone_closes_its_detail(filled, whole):
    view = open_view(filled, whole, "notes")
    view.open_row(0)
    filled.settle()
    gone = view._open_id
    with pytest.raises(NotFoundError):
        filled.ask(lambda session: session.sending_states.find_note("0" * 32))
    view._open_id = "0" * 32
    view._ask_open()
    filled.settle()
    assert view.detail.isHidden()
    assert view.rows.row_of(gone) >= 0


def test_thousands_of_notes_come_page_by_page(filled, whole, monkeypatch):
    monkeypatch.setattr("ui.pages.sending.notes.PAGE_ROWS", 4)  # first: it takes its number when it is imported
    monkeypatch.setattr("ui.models.paged_rows.PAGE_ROWS", 4)
    asked = []
    view = whole[1].view("notes")
    question = view._question
    monkeypatch.setattr(view, "_question", lambda offset: (asked.append(offset), question(offset))[1])
    open_view(filled, whole, "notes")  # the table has room for more than the first page and asks for the next
    assert asked == [0, 4, 8]
    assert view.rows.rowCount() == 9
    assert not view.rows.canFetchMore(view.table.rootIndex())


# -- batches and the centre -------------------------------------------------------------------------------------


def test_receipts_of_a_batch_are_read_when_they_are_asked_for(filled, whole, tmp_path, monkeypatch):
    empty = open_view(filled, whole, "batches")
    assert empty.nothing.isVisible()
    send_and_answer(filled, whole, tmp_path)
    (batch,) = empty.lines()
    assert not batch.receipts.text()
    batch.opener.set_open(True)
    filled.settle()
    stored, counted = batch.receipts.text().split("\n")
    assert stored.startswith("stored at the centre ")
    assert "11 records" in counted
    assert not empty.older.isVisible()
    for _each in range(2):
        filled.ask(lambda session: session.tallies.record_tally(_tally(filled)))
        filled.ask(lambda session: session.sending.seal())
    empty._shown = 2
    empty._ask()
    filled.settle()
    assert (len(empty.lines()), empty.older.isVisible()) == (2, True)
    empty.older.click()
    filled.settle()
    assert (len(empty.lines()), empty.older.isVisible()) == (3, False)


def _tally(parts):
    return Tally(parts.clock.local_now().date(), "street", "hovedstaden", "mixed", 3)


def test_the_centre_shows_the_last_contact_and_the_address(filled, whole, tmp_path):
    send_and_answer(filled, whole, tmp_path)
    view = open_view(filled, whole, "centre")
    told = [label.text() for label in view._last.findChildren(type(view.mailbox.sentence))]
    assert "never" in told
    assert any("finished" in each for each in told)
    assert "https://mailbox.example" in view.mailbox.sentence.text()
    view.focus_first()
    assert view.mailbox.change.hasFocus()
    page = whole[1]
    assert page.go_back()
    assert page.choices.findChildren(type(page.choices._buttons["centre"]))
    assert not page.go_back(), "one step more belongs to the window"


def test_a_wrong_certificate_file_is_refused_in_the_field(filled, whole, tmp_path, monkeypatch):
    file = tmp_path / "none.pem"
    file.write_text("nothing of the kind")
    view = open_view(filled, whole, "centre", field="address")
    monkeypatch.setattr(centre, "choose_file_to_open", lambda *_told: None)
    view.mailbox.certificates.click()
    view.take_certificates(file.read_bytes())
    filled.settle()
    assert "holds no certificate" in view.mailbox.field.hint.text()


def test_how_far_a_note_is_has_room_for_its_words(filled, whole):
    assert open_view(filled, whole, "notes").table.columnWidth(STATE) == 300
    whole[1].resize(700, 440)
    filled.settle()
    assert whole[1].view("notes").table.columnWidth(STATE) == 230
