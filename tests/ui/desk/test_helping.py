"""A forgotten passphrase from the request to the laptop that opens: six words, two custodians, a reply."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from outreach_app.centre.desk.custodians import init_custodians
from outreach_app.domain.ids import RandomIds
from outreach_app.program import Program
from outreach_app.vault.argon import FLOOR

CUSTODIANS = ("corner lamp river stone velvet", "cabin gentle napkin orbit wagon", "lantern orbit velvet canyon thistle")
FORGOTTEN, NEW = "tunnel banjo rocket summer violin", "anchor basket copper desert elbow"


@pytest.fixture
def keys(desk, tmp_path):
    """The folder with three custodians' keys of this centre."""
    desk.ask(lambda opened: init_custodians(opened, tmp_path / "keys", CUSTODIANS))
    return tmp_path / "keys"


@pytest.fixture
def locked(desk, keys, tmp_path, clock):
    """A laptop of this centre whose passphrase nobody knows, and its request."""
    program = Program(tmp_path / "laptop" / "vault", clock=clock, ids=RandomIds(), cost=FLOOR)
    session = program.create_vault(FORGOTTEN, worker_name="AM")
    page = desk.show("laptops")
    (tmp_path / "request.json").write_bytes(session.enrolling.request().data)
    page.enrol.click()
    page.enrolling.open_request(tmp_path / "request.json")
    desk.settle()
    page.enrolling.same.click()
    desk.settle()
    session.enrolling.confirm(session.enrolling.accept(page.enrolling._named.enrolled.reply))
    session.close()
    slot = program.list_slots_without_passphrase()[0]
    asked = program.begin_recovery(slot.slot_id, NEW)
    (tmp_path / "asked.json").write_bytes(asked.document)
    return program, asked


@pytest.fixture
def panel(desk):
    page = desk.show("laptops")
    page.help.click()
    desk.settle()
    return page.helping


def answer(desk, panel, key, passphrase):
    panel.custodian.take_key_file(key)
    panel.custodian.entry.line.setText(passphrase)
    QTest.keyClick(panel.custodian.entry.line, Qt.Key.Key_Return)
    desk.settle()


def test_two_custodians_open_the_laptop(desk, keys, locked, panel, tmp_path, monkeypatch):
    program, asked = locked
    monkeypatch.setattr("ui.desk.helping.choose_file_to_open", lambda *_asked: tmp_path / "asked.json")
    panel.open_file.click()
    desk.settle()
    assert panel.six.words() == asked.words
    panel.same.click()
    panel.leave.click()
    desk.show("laptops").help.click()
    assert panel.custodian.choose.hasFocus(), "it goes on where it was left"
    assert not panel.answer.isEnabled()
    answer(desk, panel, keys / "custodian-1.key", "not these words at all")
    assert "does not open this custodian's key" in panel.custodian.field.hint.text()
    assert not panel.custodian.entry.typed()
    assert panel.custodian.entry.line.hasFocus()
    answer(desk, panel, keys / "custodian-1.key", CUSTODIANS[0])
    assert panel.custodian.entry.typed() == ""
    panel.leave.click()
    desk.show("laptops").help.click()
    assert panel.second.hasFocus()
    panel.second.click()
    answer(desk, panel, keys / "custodian-3.key", CUSTODIANS[2])
    assert panel.leave.text() == "Not now"
    monkeypatch.setattr("ui.desk.helping.choose_file_to_save", lambda *_asked: tmp_path / "reply.json")
    panel.save.click()
    desk.settle()
    assert "reply.json" in panel.told.text()
    panel.leave.click()
    desk.show("laptops").help.click()
    assert panel.open_file.isVisible()
    session = program.finish_recovery((tmp_path / "reply.json").read_bytes(), NEW)
    assert session.worker.name == "AM"
    session.close()


def test_the_second_custodian_comes_tomorrow(desk, keys, locked, panel, tmp_path, monkeypatch):
    panel.open_request(tmp_path / "asked.json")
    desk.settle()
    panel.same.click()
    answer(desk, panel, keys / "custodian-1.key", CUSTODIANS[0])
    panel.save_reply(tmp_path / "begun.json")
    desk.settle()
    panel.other.click()
    assert panel.open_file.hasFocus()
    panel.open_request(tmp_path / "asked.json")
    desk.settle()
    panel.same.click()
    monkeypatch.setattr("ui.desk.helping.choose_file_to_open", lambda *_asked: tmp_path / "begun.json")
    panel.go_on.click()
    desk.settle()
    assert "second custodian" in panel.sentence.text()
    answer(desk, panel, keys / "custodian-1.key", CUSTODIANS[0])
    assert panel.custodian.field.hint.isVisible()
    answer(desk, panel, keys / "custodian-2.key", CUSTODIANS[1])
    assert "Two custodians have answered" in panel.sentence.text()


def test_other_words_answer_nothing(desk, locked, panel, tmp_path):
    panel.open_request(tmp_path / "asked.json")
    desk.settle()
    panel.differ.click()
    assert "Nothing was answered" in panel.told.text()


def test_nothing_chosen_changes_nothing(desk, panel, monkeypatch):
    for name in ("choose_file_to_open", "choose_file_to_save"):
        monkeypatch.setattr(f"ui.desk.helping.{name}", lambda *_asked: None)
    monkeypatch.setattr("ui.desk.custodian_fields.choose_file_to_open", lambda *_asked: None)
    panel.open_file.click()
    panel._choose_earlier()
    panel._choose_reply()
    panel.custodian.choose.click()
    panel._answer()
    panel.save_reply(None)
    desk.settle()
    assert panel.custodian.key_file is None
    assert not panel.told.isVisible()


def test_a_file_that_is_no_request_is_one_sentence(desk, panel, tmp_path):
    (tmp_path / "asked.json").write_bytes(b"nothing of ours")
    panel.open_request(tmp_path / "asked.json")
    desk.settle()
    assert panel.told.isVisible()


def test_leaving_lets_the_passphrase_go(panel, tmp_path, monkeypatch):
    monkeypatch.setattr("ui.desk.custodian_fields.choose_file_to_open", lambda *_asked: tmp_path / "custodian-1.key")
    panel._ask_custodian()
    panel.custodian.choose.click()
    panel.custodian.entry.line.setText("some words")
    panel.leave.click()
    assert panel.custodian.entry.typed() == ""
    assert panel.custodian.key_file is None


def test_a_first_file_written_late_does_not_count_as_the_whole_reply(desk, keys, locked, panel, tmp_path):
    panel.open_request(tmp_path / "asked.json")
    desk.settle()
    panel.same.click()
    answer(desk, panel, keys / "custodian-1.key", CUSTODIANS[0])
    first = panel._helped
    panel.second.click()
    answer(desk, panel, keys / "custodian-2.key", CUSTODIANS[1])
    panel._saved(tmp_path / "begun.json", first)
    assert panel.leave.text() == "Not now"
    panel.save_reply(tmp_path / "reply.json")
    desk.settle()
    assert panel.leave.text() == "Done"
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    desk.show("laptops").help.click()
    assert panel.open_file.isVisible(), "Esc is leaving for good as well"
