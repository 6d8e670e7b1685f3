"""What the laptop holds: counted, listed with reasons, let go of, kept with a reason; and the end of the laptop."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.encounter import Encounter
from outreach_app.domain.keeping import KINDS, HeldBecause
from outreach_app.records.mentions import WHERE
from outreach_app.services.erasing import ERASE_LAPTOP_WORDS
from tests.support.centre_box import enrol
from tests.support.sending import send
from tests.support.window_parts import PASSPHRASE
from tests.ui.pages.laptop_driving import open_view
from ui.models import keeping_words
from ui.pages.laptop import holding

DAYS = 24 * 3600.0


def finish(parts, days=0, **values):
    """Finish a note of some days ago; return its id."""
    met = Encounter(parts.clock.local_now() - timedelta(days=days), "street", **values)
    return parts.ask(lambda session: session.encounters.finish_encounter(met).id)


@pytest.fixture
def confirmed(parts):
    """Two whole notes that the centre has confirmed long enough ago, and one that nobody has."""
    box = parts.ask(enrol)
    for number in range(2):
        finish(parts, note=f"words {number}", consent=ConsentLevel.FOLLOW_UP)
    parts.ask(lambda session: send(session, box))
    box.ingest()
    parts.ask(lambda session: send(session, box))
    parts.clock.advance(20 * DAYS)
    finish(parts, note="not sent", consent=ConsentLevel.FOLLOW_UP)
    return parts


@pytest.fixture
def over_soon(parts):
    """One note whose time is over in ten days."""
    parts.ask(lambda session: session.policies.set_policy("expire_after_days", {"coded": 30}))
    parts.clock.advance(20 * DAYS)
    return finish(parts, days=20, note="to be kept")


def test_what_is_held_is_said_in_one_line_and_listed_with_reasons(filled, qtbot):
    finish(filled, note="nobody met again")
    view = open_view(filled, qtbot, "holding")
    held = "10 held: follow-up open (9), not sent yet (1)"
    assert view.line.text() == f"10 notes, oldest 8 days; {held}."
    rows = view.held.rows()
    assert len(rows) == 6
    rows[0].on_action()
    assert filled.went[-1][0] == "encounters"
    assert not view.shed.isVisible()


def test_a_long_list_of_held_notes_begins_short(parts, qtbot):
    for _each in range(15):
        finish(parts)
    view = open_view(parts, qtbot, "holding")
    assert len(view.held.rows()) == 6
    assert view.held.more.text() == "Show 9 more"
    view.held.more.click()
    assert len(view.held.rows()) == 15
    assert not view.held.more.isVisible()
    assert not view.held.beyond.isVisible()


def test_more_than_a_list_can_show_is_counted(parts, qtbot, monkeypatch):
    monkeypatch.setattr(holding, "MOST_LISTED", 3)
    for _each in range(5):
        finish(parts)
    view = open_view(parts, qtbot, "holding")
    assert len(view.held.rows()) == 3
    assert view.held.beyond.text() == "2 more are held."
    assert view.held.beyond.isVisible()


def test_what_the_centre_has_is_let_go_of_with_one_press(confirmed, qtbot):
    view = open_view(confirmed, qtbot, "holding")
    assert view.shed.text() == "Let go of 2 notes the centre has"
    QTest.keyClick(view.shed, Qt.Key.Key_Return)
    assert view.leaving.isVisible()
    confirmed.settle()
    assert not view.leaving.isVisible()
    assert confirmed.ask(lambda session: session.encounters.count_encounters()) == 1
    assert view.line.text().startswith("1 note, ")
    assert not view.shed.isVisible()
    assert confirmed.said[-1] == ("calm", "2 notes have left this laptop.")


def test_letting_go_can_be_stopped_and_finished_later(confirmed, qtbot):
    view = open_view(confirmed, qtbot, "holding")
    view.shed.click()
    view.leaving.cancel_requested.emit()
    confirmed.settle()
    assert confirmed.said[-1][0] == "notice"
    assert view.finish.isVisible()
    view.finish.click()
    confirmed.settle()
    assert not view.finish.isVisible()
    assert not confirmed.ask(lambda session: session.keeping.overview()).unfinished


def test_a_note_whose_time_is_over_soon_is_kept_with_a_reason(parts, over_soon, qtbot):
    box = parts.ask(enrol)
    parts.ask(lambda session: send(session, box))
    box.ingest()
    parts.ask(lambda session: send(session, box))
    view = open_view(parts, qtbot, "holding")
    (row,) = view.expiring.list.rows()
    assert "leaves" in row.second_line
    row.on_second()
    assert QApplication.focusWidget() is view.expiring.reason
    assert not view.expiring.keep.act.isEnabled()
    QTest.keyClicks(view.expiring.reason, "a court may ask")
    QTest.keyClick(view.expiring.reason, Qt.Key.Key_Return)
    parts.settle()
    assert not view.expiring.keep.isVisible()
    (held,) = view.held.rows()
    assert held.second_line == "kept with a reason · \u2068a court may ask\u2069"
    held.on_second()
    parts.settle()
    assert view.held.rows() == ()
    parts.undos[-1]()
    parts.settle()
    assert len(view.held.rows()) == 1


def test_what_is_over_its_time_is_let_go_of(parts, over_soon, qtbot):
    box = parts.ask(enrol)
    parts.ask(lambda session: send(session, box))
    box.ingest()
    parts.ask(lambda session: send(session, box))
    parts.clock.advance(15 * DAYS)
    view = open_view(parts, qtbot, "holding")
    assert view.expire.text() == "Let go of 1 note kept long enough"
    view.expire.click()
    parts.settle()
    assert view.line.text() == "This laptop holds no notes."


def test_esc_leaves_the_question_of_keeping(parts, over_soon, qtbot):
    view = open_view(parts, qtbot, "holding")
    view.expiring.list.rows()[0].on_second()
    QTest.keyClicks(view.expiring.reason, "half")
    QTest.keyClick(view.expiring.reason, Qt.Key.Key_Escape)
    assert not view.expiring.keep.isVisible()
    assert view.expiring.reason.text() == ""
    view.expiring.list.rows()[0].on_second()
    assert view.go_back()
    assert not view.go_back()


def test_the_policy_is_shown(parts, over_soon, qtbot):
    view = open_view(parts, qtbot, "holding")
    assert "14 days after its receipt" in view._policy_lines.text()
    assert "Coded row only: leaves after 30 days." in view._policy_lines.text()
    assert "supervisor" in view.policy.sentence.text()


def test_what_was_erased_is_listed_without_a_name(filled, qtbot):
    contact = filled.ask(lambda session: session.contacts.find_contact_by_name("Maria P.").id)
    filled.ask(lambda session: session.erasing.erase_contact(contact, "asked"))
    view = open_view(filled, qtbot, "holding")
    (row,) = view.confirmed.rows()
    assert row.first == "A person erased, today · She asked for it"
    assert "nothing to confirm" in row.second_line


def test_every_reason_and_kind_has_words():
    assert set(keeping_words.HELD_WORDS) == set(HeldBecause.__args__) - {""}
    assert set(keeping_words.MENTION_WORDS) == set(WHERE)
    assert set(keeping_words.REASON_WORDS) == {code for code, _words in keeping_words.reason_choices()}
    assert all(keeping_words.kind_words(kind) != kind for kind in KINDS)


def test_the_laptop_is_erased_only_with_passphrase_and_words(filled, qtbot, tmp_path):
    view = open_view(filled, qtbot, "holding")
    locks = []
    filled.context.navigation.lock_requested.connect(lambda: locks.append(True))
    view.end.begin.click()
    filled.settle()
    ask = view.end.ask
    assert QApplication.focusWidget() is ask.entry.line
    QTest.keyClicks(ask.entry.line, "not it at all")
    assert not ask.act.isEnabled()
    QTest.keyClicks(view.end.words, "Erase  this LAPTOP")
    assert ask.act.isEnabled()
    QTest.keyClick(view.end.words, Qt.Key.Key_Return)
    filled.settle()
    assert ask.told.isVisible()
    assert filled.context.program.vault_exists()
    ask.entry.line.setText(PASSPHRASE)
    view.end.words.setText(ERASE_LAPTOP_WORDS)
    QTest.keyClick(view.end.words, Qt.Key.Key_Return)
    filled.settle()
    assert locks == [True]
    assert not filled.context.program.vault_exists()


def test_esc_lets_go_of_the_passphrase_of_the_end(filled, qtbot):
    view = open_view(filled, qtbot, "holding")
    view.end.begin.click()
    filled.settle()
    view.end.ask.entry.line.setText(PASSPHRASE)
    assert view.go_back()
    assert view.end.ask.entry.typed() == ""
    assert view.end.begin.isVisible()


def test_what_the_centre_follows_is_told_without_a_name(parts, qtbot):
    box = parts.ask(enrol)
    contacts = [parts.ask(lambda session, name=name: session.contacts.record_contact(name).id) for name in ("Red", "Maria")]
    for contact_id in contacts:
        finish(parts, contact_id=contact_id)
    parts.ask(lambda session: send(session, box))
    merged = parts.ask(lambda session: session.grouping.merge_contacts(*contacts))
    parts.ask(lambda session: send(session, box))
    parts.clock.advance(60.0)
    parts.ask(lambda session: session.grouping.undo_regrouping(merged.id))
    view = open_view(parts, qtbot, "holding")
    rows = view.confirmed.rows()
    assert [row.first for row in rows] == ["A merge taken back, today", "Two contacts merged, today"]
    assert [row.second_line for row in rows] == [
        "The centre's confirmation is awaited; it is told with the next batch.",
        "The centre was told; its confirmation is awaited.",
    ]  # fmt: skip
    assert not any(name in row.first + row.second_line for row in rows for name in ("Red", "Maria"))
