"""Review: what waits, the note beside it, said by keyboard alone, and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from outreach_app.domain.changes import Changes
from outreach_app.domain.encounter import Encounter
from tests.support.window_parts import make_parts
from ui.frame import Frame
from ui.page_table import rows_for
from ui.pages.encounters import EncountersPage
from ui.pages.review import ReviewPage
from ui.pages.review.page import Queue

CTRL, ALT, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
NOTES = ("first of all", "second one", "third one")


@pytest.fixture(scope="module")
def made(qapp, tmp_path_factory):
    made = make_parts(tmp_path_factory.mktemp("review"), role="supervisor")
    yield made
    made.end()


@pytest.fixture
def supervised(made):
    """Nothing waits but three notes."""
    made.ask(lambda session: begin(session, made.clock))
    for heard in (made.said, made.undos, made.failures):
        heard.clear()
    return made


def begin(session, clock):
    session.policies.set_policy("review_before_sending", False)
    for row in (*session.reviews.list_waiting(), *session.reviews.list_all_returned()):
        session.reviews.mark_reviewed(row.id, row.version)
    for words in NOTES:
        content = Encounter(met_at=clock.local_now(), setting="street", note=words, languages=("ro",))
        session.encounters.finish_encounter(content)


@pytest.fixture
def page(supervised, qtbot):
    page = ReviewPage(supervised.context)
    qtbot.addWidget(page)
    supervised.context.changes_hub.changed.connect(page.refresh)
    page.resize(1190, 690)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.shown({})
    supervised.settle()
    return page


def press(page, parts, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or page, key, modifiers)
    wait_for_buttons(page)
    parts.settle()


def wait_for_buttons(page):
    """A key presses its button for a tenth of a second, to be seen."""
    while any(button.isDown() for button in page.findChildren(QAbstractButton)):
        QTest.qWait(5)


def states(parts):
    return [row.state for row in parts.ask(lambda session: session.encounters.list_encounters(limit=3))][::-1]


def test_the_first_note_that_waits_stands_beside_the_queue_with_what_it_lacks(page):
    assert page.rows.rowCount() == 3
    said = page.note.text()
    assert "first of all" in said
    assert "Missing, if it can be asked" in said
    assert "The figures by gender leave this note out." in said
    assert "Languages" in said
    assert page.table.hasFocus()
    assert not page.panel.give_back.isEnabled()


def test_ctrl_enter_marks_reviewed_and_the_next_one_comes(page, supervised):
    press(page, supervised, Qt.Key.Key_Return, CTRL)
    assert states(supervised) == ["reviewed", "finished", "finished"]
    assert "second one" in page.note.text()
    assert supervised.said[-1] == ("calm", "Reviewed.")
    assert page.which._buttons["waiting"].text() == "To review (2)"
    press(page, supervised, Qt.Key.Key_Return, CTRL)
    press(page, supervised, Qt.Key.Key_Return, CTRL)
    assert states(supervised) == ["reviewed"] * 3
    assert page._stack.currentWidget() is page._empty
    press(page, supervised, Qt.Key.Key_Return, CTRL)
    assert len(supervised.said) == 3, "nothing is in front any more"


def test_a_review_is_taken_back(page, supervised):
    press(page, supervised, Qt.Key.Key_Return, CTRL)
    supervised.undos[-1]()
    supervised.settle()
    assert states(supervised) == ["finished"] * 3
    assert "first of all" in page.note.text()


def test_keys_step_through_the_queue_from_the_remark_as_well(page, supervised):
    press(page, supervised, Qt.Key.Key_Down, ALT)
    assert "second one" in page.note.text()
    page.panel.remark.setFocus()
    press(page, supervised, Qt.Key.Key_Down, ALT)
    press(page, supervised, Qt.Key.Key_Down, ALT)
    assert "third one" in page.note.text(), "there is none after the last"
    press(page, supervised, Qt.Key.Key_Up, ALT)
    assert "second one" in page.note.text()


def test_a_half_written_remark_stays_with_its_note(page, supervised):
    page.panel.remark.setPlainText("which language")
    press(page, supervised, Qt.Key.Key_Down, ALT)
    assert page.panel.remark.toPlainText() == ""
    press(page, supervised, Qt.Key.Key_Up, ALT)
    assert page.panel.remark.toPlainText() == "which language"
    page.panel.remark.setFocus()
    assert page.go_back()
    assert page.table.hasFocus()
    assert not page.go_back()


def test_a_note_goes_back_with_a_remark_and_waits_for_its_writer(page, supervised):
    page.panel.remark.setFocus()
    QTest.keyClicks(page.panel.remark, "Which language?")
    press(page, supervised, Qt.Key.Key_Return, CTRL | SHIFT)
    assert supervised.said[-1] == ("calm", "Returned. The writer sees it on Today.")
    assert [row.remark for row in supervised.ask(lambda session: session.reviews.list_returned())] == ["Which language?"]
    assert page.panel.remark.toPlainText() == ""
    page.which._choose("returned")
    supervised.settle()
    assert "Returned by" in page.note.text()
    assert "Which language?" in page.note.text()
    supervised.undos[-1]()
    supervised.settle()
    assert supervised.ask(lambda session: session.reviews.list_returned()) == ()
    assert page._stack.currentWidget() is page._none_returned
    page.which._choose("waiting")
    supervised.settle()
    assert page.panel.remark.toPlainText() == "Which language?"


def test_words_that_turn_their_surroundings_round_stay_in_their_place(page, supervised):
    note_id = page.rows.id_at(0)
    supervised.ask(lambda session: session.encounters.amend_encounter(
        note_id, Encounter(met_at=supervised.clock.local_now(), setting="street", note="ab\u202ecd"), "why\u202e"
    ))  # fmt: skip
    page.shown({"encounter_id": note_id})
    supervised.settle()
    said = page.note.text()
    assert "\u2068ab\u202ecd\u2069" in said
    assert "\u2068why\u202e\u2069" in said
    assert "Version 1" in "".join(button.text() for button in page.note.findChildren(QAbstractButton))


def test_a_note_amended_meanwhile_is_not_marked(page, supervised):
    note_id = page.rows.id_at(0)
    supervised.ask(lambda session: session.encounters.amend_encounter(
        note_id, Encounter(met_at=supervised.clock.local_now(), setting="bar"), "moved"
    ))  # fmt: skip
    press(page, supervised, Qt.Key.Key_Return, CTRL)
    assert "amended in the meantime" in supervised.said[-1][1]
    assert "Amended because" in page.note.text(), "it stands there as it is now"
    assert states(supervised)[0] == "amended"


def test_only_reviewed_notes_are_sent_once_a_supervisor_says_so(page, supervised):
    page.first.click()
    supervised.settle()
    assert supervised.ask(lambda session: session.sending.outbox().held_back) == 3
    assert supervised.said[-1] == ("calm", "From now on a note leaves only once it was reviewed.")
    supervised.undos[-1]()
    supervised.settle()
    assert supervised.ask(lambda session: session.sending.outbox().held_back) == 0
    assert supervised.said[-1] == ("calm", "From now on notes leave without a review.")


def test_whoever_does_not_review_is_told_whose_page_it_is(page):
    page._show(Queue(allowed=False))
    assert page._stack.currentWidget() is page._not_here


def test_the_rail_has_the_pages_of_supervisors_once_one_is_known(supervised, qtbot):
    frame = Frame(supervised.context, rows_for(unlocked=True))
    qtbot.addWidget(frame)
    frame.show()
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)
    frame.go_to("settings")
    assert not frame.rail.shows("review")
    QTest.keyClick(frame, Qt.Key.Key_R, CTRL | SHIFT)
    assert frame.current_name == "settings", "a row that is not there has no key"
    frame.ask_what_is_held()
    supervised.settle()
    assert frame.rail.shows("figures")
    assert frame.rail.button("review").accessibleName() == "Review (3)"
    frame._supervisor_rows._show(None)
    assert not frame.rail.shows("review")
    frame._supervisor_rows._show(0)
    QTest.keyClick(frame, Qt.Key.Key_R, CTRL | SHIFT)
    assert frame.current_name == "review"
    supervised.settle()


def test_the_writer_reads_the_remark_on_the_note(supervised, qtbot):
    note_id = supervised.ask(lambda session: session.reviews.list_waiting()[0].id)
    supervised.ask(lambda session: session.reviews.return_note(note_id, 1, "Which language?"))
    page = EncountersPage(supervised.context)
    qtbot.addWidget(page)
    page.show()
    page.shown({"encounter_id": note_id})
    supervised.settle()
    assert "Returned by \u2068AM\u2069, today 21:00: \u2068Which language?\u2069" in page.note.text()
    supervised.ask(lambda session: session.reviews.mark_reviewed(note_id, 1))
    page.open_note(note_id)
    supervised.settle()
    assert "Reviewed by" in page.note.text()


def test_a_note_that_says_all_is_shown_with_its_signs_and_what_they_do_not_prove(supervised, page):
    sign = next(iter(supervised.context.program.catalogues["adult_sexual"].by_id()))
    note_id = supervised.ask(lambda session: session.encounters.finish_encounter(Encounter(
        met_at=supervised.clock.local_now(), setting="street", region="hovedstaden", gender="woman", age=30,
        nationality="RO", stay="eu", languages=("ro",), exploitation="sexual", answers={sign: "told"},
    )).id)  # fmt: skip
    assert supervised.ask(lambda session: session.reviews.find_in_review(note_id).lacks) == ()
    page.shown({"encounter_id": note_id})
    supervised.settle()
    said = page.note.text()
    assert "Nothing is missing for statistics or sending." in said
    assert "Signs" in said
    assert "Indicators prove nothing" in said
    page.refresh(Changes(drafts=True))
    supervised.settle()
    assert page.note.text() == said


def test_tab_reaches_what_stands_before_a_list(supervised, qtbot):
    supervised.ask(lambda session: session.contacts.record_contact("Red jacket"))
    frame = Frame(supervised.context, rows_for(unlocked=True))
    qtbot.addWidget(frame)
    frame.show()
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)
    for page, before in ((frame.go_to("review"), "first"), (frame.go_to("contacts"), "new")):
        frame.go_to("contacts" if before == "new" else "review")
        supervised.settle()
        page.setFocus()
        assert page.table.hasFocus()
        reached = set()
        for _stop in range(30):
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            reached.add(QApplication.focusWidget())
        assert getattr(page, before) in reached


def test_a_second_press_says_nothing_about_the_same_note(page, supervised):
    note_id = page.rows.id_at(0)
    page.panel.mark.click()
    page.panel.mark.click()
    supervised.settle()
    assert len(supervised.ask(lambda session: session.encounters.find_encounter(note_id).verdicts)) == 1
    assert states(supervised) == ["reviewed", "finished", "finished"]
