"""What she agreed to, worked through with the keyboard as a worker would: point by point, refused kindly, taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from outreach_app.domain.consent import POINTS, ConsentLevel
from tests.ui.pages.casework_driving import open_desk
from ui.pages.contacts import agreed_talk


@pytest.fixture
def desk(qtbot, parts, monkeypatch):
    monkeypatch.setattr(agreed_talk, "READING_SECONDS", 0.0)
    return open_desk(qtbot, parts)


def _begin_talk(desk):
    desk.note(speaking="alone", languages=("ro",))
    view = desk.open("agreed")
    view.new.click()
    desk.parts.settle()
    view.form.recipient.set_value("dis")
    view.form.confirmed.emit()
    desk.parts.settle()
    return view


def test_pressing_on_without_reading_agrees_to_nothing(desk, monkeypatch):
    monkeypatch.setattr(agreed_talk, "READING_SECONDS", 1.0)
    view, now = _begin_talk(desk), [100.0]
    view.talk.seconds = lambda: now[0]
    view.talk._show()
    for _press in POINTS:
        desk.press(Qt.Key.Key_Space)
    assert view.talk.talk().ticked == ()
    now[0] += 1.0
    for _press in POINTS:
        desk.press(Qt.Key.Key_Space)
    assert len(view.talk.talk().ticked) == 1


def test_after_the_last_point_it_says_what_will_be_kept_and_one_can_still_go_back(desk):
    view = _begin_talk(desk)
    for _point in POINTS:
        desk.press(Qt.Key.Key_Space)
    assert view.talk.text.text() == "To be kept: she agrees to all 7 points, for Immigration Service."
    assert desk.ask(lambda session: session.consents.list_consents(desk.id)) == ()
    desk.press(Qt.Key.Key_Escape)
    assert "Point 7" in view.talk.step.text()
    assert view.talk.step.isVisible()


def test_she_agrees_point_by_point_with_the_keyboard_alone(desk):
    desk.note(speaking="alone", languages=("ro",))
    view = desk.open("agreed")
    view.focus_first()
    desk.press(Qt.Key.Key_Space)
    assert QApplication.focusWidget().parent() is view.form.recipient
    desk.press(Qt.Key.Key_Right)  # from CMM to the Immigration Service
    assert view.form.act.isEnabled()
    view.form.act.setFocus()
    desk.press(Qt.Key.Key_Space)
    seen = []
    for number, _point in enumerate(POINTS, start=1):
        assert str(number) in view.talk.step.text()
        seen.append(view.talk.text.text())
        assert QApplication.focusWidget() is view.talk.tick
        desk.press(Qt.Key.Key_Space)
    assert len(set(seen)) == len(POINTS)
    assert "Immigration Service" in view.talk.text.text()
    desk.press(Qt.Key.Key_Space)
    (kept,) = desk.ask(lambda session: session.consents.list_consents(desk.id))
    assert (kept.recipient, set(kept.points), kept.in_force) == ("dis", set(POINTS), True)
    assert [row.first for row in view.list.rows()] == ["Immigration Service"]
    assert "take it back" in desk.said()


def test_a_point_can_be_gone_back_to_and_esc_leaves_without_a_consent(desk):
    view = _begin_talk(desk)
    for _point in range(3):
        desk.press(Qt.Key.Key_Space)
    assert "not anonymous" in view.talk.remark.text()
    assert "2023" in view.talk.source.text()
    for _back in range(3):
        desk.press(Qt.Key.Key_Escape)
    assert "1" in view.talk.step.text()
    desk.press(Qt.Key.Key_Escape)
    assert not view.form.isHidden()
    assert desk.page.go_back()
    assert view.form.isHidden()
    assert desk.ask(lambda session: session.consents.list_consents(desk.id)) == ()


def test_where_a_companion_interpreted_the_talk_is_kindly_refused(desk):
    desk.note(speaking="companion_interpreted", languages=("ro",))
    view = desk.open("agreed")
    view.new.click()
    desk.parts.settle()
    view.form.recipient.set_value("cmm")
    view.form._changed()
    assert not view.form.act.isEnabled()
    assert "Ask again when you are alone with her" in view.form.refusal.text()
    view.form.speaking.set_value("alone")
    assert view.form.act.isEnabled()
    assert view.form.refusal.isHidden()
    view.form.confirmed.emit()  # the note of this day still says otherwise
    desk.parts.settle()
    for _press in range(len(POINTS) + 1):
        desk.press(Qt.Key.Key_Space)
    assert "could not speak freely" in view.form.told.text()
    assert desk.ask(lambda session: session.consents.list_consents(desk.id)) == ()


def test_a_partner_is_named_and_a_language_is_typed(desk):
    view = desk.open("agreed")
    view.new.click()
    desk.parts.settle()
    form = view.form
    form.recipient.set_value("partner")
    form._changed()
    form.speaking.set_value("alone")
    assert not form.act.isEnabled()
    form.partner.setText("Lighthouse")
    form.language.setFocus()
    desk.type("roman")
    desk.press(Qt.Key.Key_Return)
    assert form.act.isEnabled()
    given = form.given()
    assert (given.partner, given.language, given.encounter_id) == ("Lighthouse", "ro", None)
    desk.type("x")
    assert not form.act.isEnabled()


def test_taking_back_says_what_it_changes_before_and_after(desk):
    desk.agrees("police")
    desk.note(consent=ConsentLevel.REFERRAL, recipient="police", note="words")
    desk.note(consent=ConsentLevel.REFERRAL, recipient="health")
    view = desk.open("agreed")
    assert [row.first for row in view.list.rows()] == ["Police", "Health services"]
    assert "without the seven points" in view.list.rows()[1].second_line
    view.list.focus_first()
    desk.press(Qt.Key.Key_Space)
    assert "1 note is lowered." in view.back.sentence.text()
    view.back.words.setFocus()
    desk.type("she is afraid")
    desk.press(Qt.Key.Key_Return)
    assert [row.first for row in view.list.rows()] == ["Health services"]
    (gone,) = view.gone.rows()
    assert gone.first == "Police"
    assert "she is afraid" in gone.second_line
    assert "Nothing had left" in gone.second_line
