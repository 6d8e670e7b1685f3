"""She takes back what had been sent, and a coded note whose follow-up is open is whole on day twenty: in the real window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from outreach_app.domain.changes import Changes
from outreach_app.domain.consent import ConsentLevel, Given
from outreach_app.domain.contact import Identity
from outreach_app.domain.encounter import Encounter, FollowUp
from outreach_app.records import policy
from tests.support.casework import talked_through
from tests.support.centre_box import enrol
from tests.support.sending import fetch, send
from tests.support.shell import Shell, make_shell
from ui.page_table import PAGES
from ui.pages.contacts.agreed import AgreedView

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
WORDS = "She wants to see her daughter."


@pytest.fixture
def shell(qapp: QApplication, tmp_path: Path) -> Iterator[Shell]:
    made = make_shell(qapp, tmp_path, rows=PAGES)
    made.open()
    made.settle()
    yield made
    made.end()
    assert not made.failures


def ask(shell: Shell, question: Callable[[Any], Any]) -> Any:
    return shell.context.tasks.call_vault(lambda: question(shell.context.sessions.session))


def words_on(shell: Shell) -> str:
    return "\n".join(label.text() for label in shell.window.findChildren(QLabel) if label.isVisible())


def show(shell: Shell, page: str, **place: str) -> None:
    shell.context.go_to(page, place)
    shell.settle()


def test_she_withdraws_after_sending_and_is_told_what_left_when_and_to_whom(shell: Shell) -> None:
    now = shell.clock.local_now()

    def sent(session: Any) -> tuple[Any, str]:
        box = enrol(session)
        contact_id = session.contacts.record_contact("Red jacket").id
        session.contacts.record_identity(contact_id, Identity("Ana Example", "for the police"))
        given = Given("police", "ro", "spoken", "alone", now.date())
        session.consents.record_consent(contact_id, talked_through(), given)
        content = Encounter(now, "street", note=WORDS, contact_id=contact_id, consent=ConsentLevel.REFERRAL,
                            recipient="police")  # fmt: skip
        session.encounters.finish_encounter(content)
        send(session, box)
        return box, contact_id

    box, contact_id = ask(shell, sent)
    show(shell, "contacts", contact_id=contact_id, view="agreed")
    view = shell.window.frame.current().findChild(AgreedView)
    view.list.focus_first()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    shell.settle()
    before = words_on(shell)
    assert "Has left already and cannot be fetched back: a note with identity, today, to the centre, for Police" in before
    view.back.act.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    shell.settle()
    told = words_on(shell)
    assert "Left before: a note with identity, today, to the centre, for Police, in batch 1" in told
    assert "goes to the centre with the next batch" in told
    ask(shell, lambda session: send(session, box))
    kinds = [type(record).__name__ for record in box.records()]
    assert kinds == ["ReferralRecord", "CodedRecord", "WithdrawalRecord"]
    box.ingest()
    ask(shell, lambda session: fetch(session, box))
    shell.context.changes_hub.changed.emit(Changes(sending=True))  # as the page that sends tells all others
    shell.settle()
    assert "The centre has confirmed the lowered note." in words_on(shell)


def test_a_coded_note_with_an_open_follow_up_is_whole_on_day_twenty_and_says_why(shell: Shell) -> None:
    day_twenty = shell.clock.local_now()

    def begun(session: Any) -> str:
        now = day_twenty - timedelta(days=20)
        shell.clock.set_wall(now)  # and forward again before the window looks: it would lock after such a sleep
        box = enrol(session)
        session.policies.set_policy(policy.EXPIRE_AFTER, {"coded": 5})
        due = FollowUp(now.date() + timedelta(days=30), "ask how it went")
        note_id: str = session.encounters.finish_encounter(Encounter(now, "street", note=WORDS, follow_up=due)).id
        send(session, box)
        box.ingest()
        fetch(session, box)
        shell.clock.set_wall(day_twenty)
        return note_id

    note_id = ask(shell, begun)
    assert ask(shell, lambda session: session.keeping.expire().count + session.keeping.shed().count) == 0
    show(shell, "laptop")
    assert "held: follow-up open" in words_on(shell)
    show(shell, "encounters", encounter_id=note_id)
    shell.wait(lambda: WORDS in shell.window.frame.current().note.text())
