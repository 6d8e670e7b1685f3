"""Enrolling at the desk: by files, with six words by phone, and never lost by leaving or by a lock."""

from __future__ import annotations

from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from outreach_app.centre.desk import facts
from outreach_app.centre.desk.device_states import list_states
from outreach_app.centre.desk.devices import newest_list
from outreach_app.centre.halves import revoke
from outreach_app.centre.mailbox.same_machine import SameMachineMailbox
from outreach_app.domain.ids import RandomIds
from outreach_app.errors import CancelledError
from outreach_app.program import Program
from outreach_app.vault.argon import FLOOR
from tests.support.desk_window import THIRD_LAPTOP, make_desk_shell, request
from tests.support.sync_people import Laptop

NEW_LAPTOP = Laptop("d4" * 16)


@pytest.fixture
def page(filled):
    return filled.show("laptops")


@pytest.fixture
def asked(tmp_path):
    """The request of a laptop that nobody knows yet."""
    (tmp_path / "request.json").write_bytes(request(NEW_LAPTOP, "Laptop 9"))
    return tmp_path / "request.json"


def begin(shell, page, file):
    page.enrol.click()
    page.enrolling.open_request(file)
    shell.settle()


def enrol_and_save(shell, page, file):
    page.enrolling.same.click()
    shell.settle()
    page.enrolling.save_reply(file)
    shell.settle()


def test_a_real_laptop_is_enrolled_by_files(desk, tmp_path, centre, clock, monkeypatch):
    page = desk.show("laptops")
    assert page.list._empty.isVisible()
    program = Program(tmp_path / "laptop" / "vault", clock=clock, ids=RandomIds(), cost=FLOOR)
    session = program.create_vault("cabin gentle napkin orbit wagon", worker_name="AM")
    asked = session.enrolling.request()
    (tmp_path / "request.json").write_bytes(asked.data)
    page.enrol.click()
    assert page.enrolling.open_file.hasFocus()
    monkeypatch.setattr("ui.desk.enrolling.choose_file_to_open", lambda *_asked: tmp_path / "request.json")
    page.enrolling.open_file.click()
    desk.settle()
    assert page.enrolling.six.words() == asked.words
    assert desk.ask(list_states) == ()
    assert page.enrolling.name.line.text() == "Laptop 1"
    page.enrolling.name.line.setText("Laptop 1, Aarhus")
    page.enrolling.same.click()
    desk.settle()
    (state,) = desk.ask(list_states)
    assert (state.status, state.label) == ("enrolled", "Laptop 1, Aarhus")
    monkeypatch.setattr("ui.desk.enrolling.choose_file_to_save", lambda *_asked: tmp_path / "reply.json")
    page.enrolling.save.click()
    desk.settle()
    assert "reply.json" in page.enrolling.told.text()
    pending = session.enrolling.accept((tmp_path / "reply.json").read_bytes())
    assert page.enrolling.six.words() == pending.words
    session.enrolling.confirm(pending)
    assert session.enrolling.state().state == "enrolled"
    session.close()
    with closing(SameMachineMailbox(centre, database=None, clock=clock)) as mailbox:
        assert mailbox._store.find_device_list() == desk.ask(newest_list)


def test_other_words_enrol_nothing(desk, asked):
    page = desk.show("laptops")
    begin(desk, page, asked)
    page.enrolling.differ.click()
    assert "Nothing was enrolled" in page.enrolling.told.text()
    assert desk.ask(list_states) == ()


def test_a_number_that_is_enrolled_with_other_keys_is_told(filled, page, tmp_path):
    (tmp_path / "request.json").write_bytes(request(THIRD_LAPTOP, "Odense 1"))
    begin(filled, page, tmp_path / "request.json")
    assert "already enrolled with other keys" in page.enrolling.told.text()
    assert page.enrolling.open_file.isVisible()
    assert not page.enrolling.same.isVisible()


def test_a_file_that_is_no_request_is_one_sentence(filled, page, tmp_path, monkeypatch):
    (tmp_path / "request.json").write_bytes(b"nothing of ours")
    page.enrol.click()
    page.enrolling.open_request(tmp_path / "request.json")
    filled.settle()
    assert page.enrolling.told.isVisible()
    page.enrolling.open_request(tmp_path / "missing.json")
    filled.settle()
    assert "missing.json" in page.enrolling.told.text()
    for asked in ("choose_file_to_open", "choose_file_to_save"):
        monkeypatch.setattr(f"ui.desk.enrolling.{asked}", lambda *_asked: None)
    page.enrolling.open_file.click()
    page.enrolling._choose_reply()
    QTest.keyClick(page.enrolling, Qt.Key.Key_Escape)
    assert not page.enrolling.isVisible()


def test_a_request_that_cannot_be_granted_while_it_is_enrolled_is_told(filled, page, asked):
    begin(filled, page, asked)
    page.enrolling._request = b"nothing of ours"
    page.enrolling.same.click()
    filled.settle()
    assert page.enrolling.told.isVisible()
    assert not page.enrolling.busy


def test_leaving_keeps_what_was_begun(filled, page, asked):
    begin(filled, page, asked)
    words = page.enrolling.six.words()
    page.enrolling.name.line.setText("Laptop 9, Ribe")
    QTest.keyClick(page.enrolling, Qt.Key.Key_Escape)
    filled.settle()
    assert page.enrol.text() == "Go on enrolling …"
    assert page.enrol.hasFocus()
    page.help.click()
    page.helping.leave.click()
    filled.show("laptops", device=THIRD_LAPTOP.device)
    assert page.detail.isVisible()
    page.enrol.click()
    assert page.enrolling.six.words() == words
    assert page.enrolling.name.line.text() == "Laptop 9, Ribe"
    assert page.enrolling.differ.hasFocus()


def test_another_page_and_back_stands_where_it_was(filled, page, asked):
    begin(filled, page, asked)
    filled.show("incoming")
    filled.show("laptops")
    assert page.enrolling.isVisible()
    assert page.enrolling.differ.hasFocus()


def test_after_a_lock_the_words_are_there_again(qapp, filled, page, asked):
    begin(filled, page, asked)
    words = page.enrolling.six.words()
    shell = opened_again(qapp, filled)
    try:
        page = shell.show("laptops")
        assert page.enrol.hasFocus()
        page.enrol.click()
        shell.settle()
        assert page.enrolling.six.words() == words
        page.enrolling.differ.click()
        shell.settle()
        assert shell.ask(facts.begun_enrolment) is None
    finally:
        shell.end()


def test_after_a_lock_a_granted_one_goes_on_with_its_reply_until_it_was_saved(qapp, filled, page, asked, tmp_path):
    begin(filled, page, asked)
    page.enrolling.same.click()
    filled.settle()
    assert not page.enrolling.another.isVisible()
    words = page.enrolling.six.words()
    shell = opened_again(qapp, filled)
    try:
        page = shell.show("laptops")
        page.enrol.click()
        shell.settle()
        assert page.enrolling.six.words() == words
        page.enrolling.save_reply(tmp_path / "reply.json")
        shell.settle()
        assert page.enrolling.leave.text() == "Done"
        assert shell.ask(facts.begun_enrolment) is not None
        page.enrolling.leave.click()
        shell.settle()
        assert shell.ask(facts.begun_enrolment) is None
        assert page.enrol.text() == "Enrol a laptop …"
        page.enrol.click()
        assert page.enrolling.open_file.hasFocus()
    finally:
        shell.end()


def test_one_that_was_revoked_meanwhile_begins_anew(qapp, filled, page, asked):
    begin(filled, page, asked)
    page.enrolling.same.click()
    filled.settle()
    filled.ask(lambda desk: revoke(filled.context.home.folder, desk, NEW_LAPTOP.device))
    shell = opened_again(qapp, filled)
    try:
        page = shell.show("laptops")
        page.enrol.click()
        shell.settle()
        assert page.enrolling.told.isVisible()
        assert page.enrolling.open_file.isVisible()
        assert shell.ask(facts.begun_enrolment) is None
    finally:
        shell.end()


def test_another_laptop_follows_the_one_that_was_saved(filled, page, asked, tmp_path):
    begin(filled, page, asked)
    enrol_and_save(filled, page, tmp_path / "reply.json")
    page.enrolling.another.click()
    filled.settle()
    assert page.enrolling.open_file.hasFocus()
    assert filled.ask(facts.begun_enrolment) is None


def opened_again(app, shell):
    """Lock, and open the same register in a window of its own."""
    shell.context.tasks.call_vault(shell.context.sessions.close)
    again = make_desk_shell(app, shell.context.home.folder, shell.clock)
    again.open()
    return again


def test_an_interruption_while_it_is_taken_up_again_leaves_it_begun(qapp, filled, page, asked, monkeypatch):
    begin(filled, page, asked)
    shell = opened_again(qapp, filled)

    def interrupted(_desk, _request):
        raise CancelledError

    try:
        page = shell.show("laptops")
        with monkeypatch.context() as once:
            once.setattr("ui.desk.enrolling.look_with_name", interrupted)
            page.enrol.click()
            shell.settle()
        assert page.enrolling.told.isVisible()
        assert shell.ask(facts.begun_enrolment) is not None
        page.enrolling.leave.click()
        page.enrol.click()
        shell.settle()
        assert page.enrolling.six.words()
    finally:
        shell.end()


def test_escape_after_saving_is_leaving_for_good(filled, page, asked, tmp_path):
    begin(filled, page, asked)
    enrol_and_save(filled, page, tmp_path / "reply.json")
    QTest.keyClick(page.enrolling, Qt.Key.Key_Escape)
    filled.settle()
    assert filled.ask(facts.begun_enrolment) is None
    assert page.enrol.text() == "Enrol a laptop …"
    page.enrol.click()
    assert page.enrolling.open_file.hasFocus()


def test_a_file_written_late_does_not_count_as_the_next_laptops_reply(filled, page, asked, tmp_path):
    begin(filled, page, asked)
    enrol_and_save(filled, page, tmp_path / "reply.json")
    page.enrolling.save_reply(tmp_path / "once-more.json")
    page.enrolling._begin_another()
    filled.settle()
    assert "once-more.json" in page.enrolling.told.text()
    (tmp_path / "next.json").write_bytes(request(Laptop("e5" * 16), "Laptop 10"))
    page.enrolling.open_request(tmp_path / "next.json")
    filled.settle()
    page.enrolling.same.click()
    filled.settle()
    assert page.enrolling.leave.text() == "Not now"
    assert not page.enrolling.another.isVisible()
