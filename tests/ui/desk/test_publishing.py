"""Publishing with two keys: preparing, signing, the last step, handing out, and returning to what was before."""

from __future__ import annotations

from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from outreach_app.centre.desk.custodians import init_custodians
from outreach_app.centre.desk.key_rotation import list_keys
from outreach_app.centre.desk.publishing_state import FileChange, show
from outreach_app.centre.mailbox.same_machine import SameMachineMailbox
from outreach_app.paths import shipped_folder
from tests.support.desk_window import THIRD_LAPTOP, fill_register
from ui.desk.draft_files import grouped

PASSPHRASES = (
    "corner lamp river stone velvet", "cabin gentle napkin orbit wagon", "lantern orbit velvet canyon thistle",
)  # fmt: skip
DIRECTORY = "directory/directory.json"


@pytest.fixture
def keys(desk, tmp_path):
    desk.ask(lambda opened: init_custodians(opened, tmp_path / "keys", PASSPHRASES))
    return tmp_path / "keys"


@pytest.fixture
def source(tmp_path):
    """A folder with one file that a pack may hold."""
    (tmp_path / "source" / "directory").mkdir(parents=True)
    (tmp_path / "source" / DIRECTORY).write_bytes((shipped_folder("resources") / DIRECTORY).read_bytes())
    return tmp_path / "source"


@pytest.fixture
def page(desk, keys):
    assert keys
    return desk.show("publishing")


def sign(desk, page, keys, place):
    page.next.custodian.take_key_file(keys / f"custodian-{place}.key")
    page.next.custodian.entry.line.setText(PASSPHRASES[place - 1])
    QTest.keyClick(page.next.custodian.entry.line, Qt.Key.Key_Return)
    desk.settle()


def publish(desk, page, keys):
    for place in (1, 3):
        sign(desk, page, keys, place)
    page.next.publish.click()
    desk.settle()


def test_two_custodians_publish_a_folder(desk, page, keys, source, centre, clock, tmp_path, monkeypatch):
    assert page.next.folder.hasFocus()
    monkeypatch.setattr("ui.desk.publishing.choose_folder", lambda *_asked: None)
    page.next.folder.click()
    monkeypatch.setattr("ui.desk.publishing.choose_folder", lambda *_asked: source)
    page.next.folder.click()
    desk.settle()
    (group,) = page.next.files.groups
    assert group.button.text() == "Help lines and places: 1 new file"
    assert group.inside.text() == f"new: {DIRECTORY}"
    assert "sealing key" not in page.next.changes.text()
    assert "0 of 2" in page.next.signatures.text()
    assert group.button.hasFocus()
    assert not page.next.publish.isVisible()
    sign(desk, page, keys, 1)
    assert "1 of 2" in page.next.signatures.text()
    sign(desk, page, keys, 1)
    assert "signed already" in page.next.custodian.field.hint.text()
    assert not page.next.custodian.entry.typed()
    assert page.next.custodian.entry.line.hasFocus()
    assert not page.next.custodian.field.hint.visibleRegion().isEmpty()
    sign(desk, page, keys, 3)
    assert page.next.publish.hasFocus()
    page.next.publish.click()
    desk.settle()
    said = desk.window.frame.banner.text()
    assert said.startswith("Number 1 is published")
    assert "files were handed to the mailbox on this machine" in said
    assert page.to_stick.hasFocus()
    (row,) = page.history.rows()
    assert "signed by custodians 1, 3" in row.second_line
    page.to_mailbox.click()
    desk.settle()
    assert desk.window.frame.banner.text() == "It has everything already."
    with closing(SameMachineMailbox(centre, database=None, clock=clock)) as mailbox:
        assert mailbox.fetch_pack_file("timestamp.json", 1 << 20)
    (tmp_path / "stick").mkdir()
    monkeypatch.setattr("ui.desk.publishing.choose_folder", lambda *_asked: None)
    page.to_stick.click()
    monkeypatch.setattr("ui.desk.publishing.choose_folder", lambda *_asked: tmp_path / "stick")
    page.to_stick.click()
    desk.settle()
    assert (tmp_path / "stick" / "outreach-packs" / "timestamp.json").is_file()


def test_an_earlier_pack_is_returned_to(desk, page, keys, source):
    page.prepare_from(source)
    desk.settle()
    publish(desk, page, keys)
    text = (source / DIRECTORY).read_text("utf-8")
    (source / DIRECTORY).write_text(text + "\n", "utf-8")
    page.prepare_from(source)
    desk.settle()
    assert page.next.files.groups[0].inside.text() == f"changed: {DIRECTORY}"
    publish(desk, page, keys)
    assert [row.action for row in page.history.rows()] == ["", "Return to this"]
    page.history.buttons()[0].click()
    desk.settle()
    assert "which return to 1" in page.next.changes.text()
    publish(desk, page, keys)
    assert "return to 1" in page.history.rows()[0].second_line


def test_a_new_sealing_key_is_made_and_published(desk, page, keys):
    assert "A new one is due after a month" in page.key.sentence.text()
    desk.window.resize(910, 512)
    page.next.keys.click()
    desk.settle()
    publish(desk, page, keys)
    page.key.rotate.click()
    desk.settle()
    assert page.key.ask.visibleRegion().boundingRect() == page.key.ask.rect(), "all of the question is in sight"
    page.key.ask.leave.click()
    desk.settle()
    assert page.key.rotate.hasFocus()
    assert "A new one was made" not in page.key.sentence.text()
    page.key.rotate.click()
    assert page.key.ask.leave.hasFocus()
    page.key.ask.act.click()
    desk.settle()
    assert "A new one was made" in page.key.sentence.text()
    assert not page.key.rotate.isVisible()
    assert page.next.keys.hasFocus()
    page.next.keys.click()
    desk.settle()
    assert "A new sealing key" in page.next.changes.text()
    assert "The files are those that are published now." in page.next.changes.text()
    publish(desk, page, keys)
    assert [key.stage.value for key in desk.ask(list_keys)] == ["previous", "current"]
    assert page.key.rotate.isVisible()


def test_a_key_older_than_a_month_asks_for_a_new_one(desk, page, clock):
    desk.window.auto_lock.rest()  # nobody sat there for so long
    clock.advance(40 * 86_400)
    page.reread()
    desk.settle()
    assert "more than a month old" in page.key.sentence.text()


def test_what_came_with_the_program_can_be_published(desk, page):
    page.next.shipped.click()
    desk.settle()
    groups = {group.button.text(): group.inside.text() for group in page.next.files.groups}
    assert "Romanian (locales/ro/leaflets.po)" in groups["Leaflet texts, by language: 24 new files"]
    assert sum(len(files.splitlines()) for files in groups.values()) == len(desk.ask(show).draft.files)
    page.next.other.click()
    assert page.next.folder.isVisible()


def test_without_custodians_the_page_leads_to_them(desk):
    page = desk.show("publishing")
    assert page.make_custodians.hasFocus()
    assert not page.next.isVisible()
    page.make_custodians.click()
    desk.settle()
    assert desk.window.frame.current_name == "custodians"


def test_a_folder_that_cannot_be_published_is_one_sentence(desk, page, tmp_path):
    (tmp_path / "empty").mkdir()
    page.prepare_from(tmp_path / "empty")
    desk.settle()
    assert "cannot be published" in page.next.told.text()
    page._sign()
    QTest.keyClick(page.next, Qt.Key.Key_Escape)


def test_revoked_laptops_are_told_of(desk, page, keys, clock):
    page.next.keys.click()
    desk.settle()
    publish(desk, page, keys)

    def revoke(opened):
        fill_register(opened, clock)
        with opened.vault.transaction() as connection:
            connection.execute("UPDATE devices SET status = 'revoked' WHERE id = ?", (THIRD_LAPTOP.device,))

    desk.window.auto_lock.rest()  # hours pass
    desk.ask(revoke)
    page.next.keys.click()
    desk.settle()
    assert f"Laptop {THIRD_LAPTOP.device} is named as revoked." in page.next.changes.text()
    assert desk.ask(show).draft.revoked == (THIRD_LAPTOP.device,)



def test_another_key_file_empties_the_passphrase(page, keys):
    fields = page.next.custodian
    fields.take_key_file(keys / "custodian-1.key")
    fields.entry.line.setText(PASSPHRASES[0])
    fields.take_key_file(keys / "custodian-1.key")
    assert fields.entry.typed()
    fields.take_key_file(keys / "custodian-3.key")
    assert not fields.entry.typed()


def test_what_cannot_be_handed_out_is_kept_and_handed_out_later(desk, page, keys, centre):
    configuration = centre / "mailbox" / "configuration.json"
    kept = configuration.read_bytes()
    configuration.unlink()
    page.next.keys.click()
    desk.settle()
    publish(desk, page, keys)
    assert desk.window.frame.banner.text() == "Signed and kept. Hand it out now."
    assert page.next.told.isVisible()
    assert page.to_mailbox.hasFocus()
    assert len(page.history.rows()) == 1
    configuration.write_bytes(kept)
    page.to_mailbox.click()
    desk.settle()
    assert "handed over" in desk.window.frame.banner.text()


def test_files_are_counted_by_what_became_of_them():
    changes = [FileChange(f"indicators/{name}.json", name) for name in ("new", "changed", "removed")]
    told = grouped([*changes, FileChange("odd.txt", "new")])
    assert list(told) == ["Lists of signs: 1 new file, 1 changed file, 1 removed file", "Other files: 1 new file"]


def test_the_button_for_the_key_file_is_as_wide_as_its_words(desk, page):
    page.next.keys.click()
    desk.settle()
    choose = page.next.custodian.choose
    assert choose.isVisible()
    assert choose.width() == choose.sizeHint().width()
