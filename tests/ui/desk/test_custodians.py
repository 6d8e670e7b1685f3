"""Making three custodians, replacing them with two who agree or by hand, and the list for older laptops."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from outreach_app.centre.desk.custodians import custodians_document, find_custodians, init_custodians

OLD = ("corner lamp river stone velvet", "cabin gentle napkin orbit wagon", "lantern orbit velvet canyon thistle")


@pytest.fixture
def page(desk):
    return desk.show("custodians")


@pytest.fixture
def with_custodians(desk, tmp_path):
    desk.ask(lambda opened: init_custodians(opened, tmp_path / "old", OLD))
    return tmp_path / "old"


def choose_words(desk, wizard) -> str:
    """Take the five words offered and type them back, as a custodian does."""
    desk.wait(lambda: wizard.typing is not None)
    typing = wizard.typing
    passphrase = typing.new_words.passphrase()
    typing.on.click()
    QTest.keyClicks(typing.type_back.entry.line, passphrase)
    QTest.keyClick(typing.type_back.entry.line, Qt.Key.Key_Return)
    return passphrase


def make_three(desk, page, folder) -> None:
    page.wizard.use_folder(folder)
    desk.settle()
    for _custodian in range(3):
        choose_words(desk, page.wizard)
    desk.settle()


def test_the_keyboard_comes_back_to_the_step_after_another_page(desk, page, tmp_path):
    page.make.click()
    desk.show("incoming")
    desk.show("custodians")
    assert page.wizard.choose.hasFocus()
    page.wizard.use_folder(tmp_path / "keys")
    desk.wait(lambda: page.wizard.typing is not None)
    desk.show("incoming")
    desk.show("custodians")
    assert page.wizard.typing.on.hasFocus()


def test_the_key_to_choose_is_first_again_and_not_that_the_keys_are_lost(desk, with_custodians):
    assert with_custodians
    page = desk.show("custodians")
    page.replace.click()
    desk.show("incoming")
    desk.show("custodians")
    assert page.wizard.custodian.choose.hasFocus()


def test_what_has_the_keyboard_is_in_sight_on_a_small_window(qapp, desk, with_custodians):
    assert with_custodians
    desk.window.theme.apply("light")
    desk.window.resize(910, 512)
    try:
        page = desk.show("custodians")
        QTest.qWait(20)
        assert page.save.hasFocus()
        assert page.save.visibleRegion().boundingRect() == page.save.rect()
    finally:
        qapp.setStyleSheet("")


def test_three_custodians_are_made_each_with_a_passphrase_of_their_own(desk, page, tmp_path, monkeypatch):
    assert page.make.hasFocus()
    assert not page.save.isVisible()
    page.make.click()
    monkeypatch.setattr("ui.desk.custodian_wizard.choose_folder", lambda *_asked: tmp_path / "keys")
    page.wizard.choose.click()
    desk.settle()
    first = choose_words(desk, page.wizard)
    second = page.wizard.typing
    second.new_words._generated = first
    second.on.click()
    QTest.keyClicks(second.type_back.entry.line, first)
    second.on.click()
    assert "passphrase of their own" in second.fault.text()
    second.step_back()
    second.new_words.other.click()
    choose_words(desk, page.wizard)
    choose_words(desk, page.wizard)
    desk.settle()
    assert "custodian-3.key" in page.wizard.panel.sentence.text()
    assert page.wizard.typing is None
    assert page.wizard._typed == []
    page.wizard.panel.leave.click()
    desk.settle()
    known = desk.ask(find_custodians)
    assert [row.second_line for row in page.who.rows()[:3]] == [f"Key {key[:8]}" for key in known.key_ids()]
    assert page.save.hasFocus()
    assert not page.make.isVisible()


def test_the_list_is_saved_for_older_laptops(desk, with_custodians, tmp_path, monkeypatch):
    assert with_custodians
    page = desk.show("custodians")
    monkeypatch.setattr("ui.desk.custodians.choose_file_to_save", lambda *_asked: None)
    page.save.click()
    monkeypatch.setattr("ui.desk.custodians.choose_file_to_save", lambda *_asked: tmp_path / "list.json")
    page.save.click()
    desk.settle()
    assert (tmp_path / "list.json").read_bytes() == desk.ask(custodians_document)
    assert "list.json" in desk.window.frame.banner.text()
    page.save_list(tmp_path / "no folder" / "list.json")
    desk.settle()
    assert "no folder" in desk.window.frame.banner.text()


def test_two_of_those_before_agree_to_new_ones(desk, with_custodians, tmp_path):
    page = desk.show("custodians")
    before = desk.ask(find_custodians).key_ids()
    page.replace.click()
    wizard = page.wizard
    desk.settle()
    assert "0 of 2" in wizard.panel.sentence.text()
    wizard._agree()
    for place in (0, 2):
        assert not wizard.agree.isEnabled()
        wizard.custodian.take_key_file(with_custodians / f"custodian-{place + 1}.key")
        wizard.custodian.entry.line.setText("not these words at all")
        wizard.agree.click()
        desk.settle()
        assert wizard.custodian.field.hint.isVisible()
        assert not wizard.custodian.entry.typed()
        wizard.custodian.entry.line.setText(OLD[place])
        QTest.keyClick(wizard.custodian.entry.line, Qt.Key.Key_Return)
        desk.settle()
    make_three(desk, page, tmp_path / "new")
    assert "custodian-1.key" in wizard.panel.sentence.text()
    assert set(desk.ask(find_custodians).key_ids()).isdisjoint(before)


def test_without_their_keys_laptops_follow_by_hand(desk, with_custodians, tmp_path):
    page = desk.show("custodians")
    before = desk.ask(find_custodians).key_ids()
    page.replace.click()
    page.wizard.without.click()
    assert "by hand" in page.wizard.panel.sentence.text()
    page.wizard.by_hand.click()
    make_three(desk, page, with_custodians)
    assert "already a file" in page.wizard.panel.told.text()
    assert desk.ask(find_custodians).key_ids() == before
    page.wizard.leave()
    page.replace.click()
    page.wizard.without.click()
    page.wizard.by_hand.click()
    make_three(desk, page, tmp_path / "new")
    assert set(desk.ask(find_custodians).key_ids()).isdisjoint(before)


def test_esc_steps_back_and_lets_everything_go(desk, page, tmp_path, monkeypatch):
    page.make.click()
    monkeypatch.setattr("ui.desk.custodian_wizard.choose_folder", lambda *_asked: None)
    page.wizard.choose.click()
    page.wizard.use_folder(tmp_path / "keys")
    desk.settle()
    choose_words(desk, page.wizard)
    assert page.go_back()
    assert page.wizard._typed == []
    assert page.wizard.typing is None
    assert not page.go_back()


def test_keys_of_the_first_kind_are_named(desk, with_custodians):
    def first_kind(opened):
        with opened.vault.transaction() as connection:
            connection.execute("DELETE FROM trust_roots")

    assert with_custodians
    desk.ask(first_kind)
    page = desk.show("custodians")
    assert "first kind" in page.who.rows()[-1].second_line
