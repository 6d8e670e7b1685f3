"""Sending by network from the page: an address typed once, the real mailbox on loopback, and what is said without it."""

from __future__ import annotations

from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from outreach_app.centre.mailbox.database import open_database
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.sync.carriers import patience
from outreach_app.sync.devices import DeviceEntry
from tests.support.centre_box import enrol
from tests.support.lines import self_signed
from tests.support.mailboxes import device_list, running_mailbox
from tests.ui.pages.test_sending import show, steps_of_first_batch
from ui.pages.sending import centre


@pytest.fixture(autouse=True)
def little_patience(monkeypatch):
    monkeypatch.setattr(patience, "IN_THE_WINDOW", patience.Patience(0.2))


@pytest.fixture
def page(filled, qtbot):
    """An enrolled laptop whose centre named no mailbox."""
    filled.ask(lambda session: enrol(session, url=None))
    return show(filled, qtbot)


@pytest.fixture
def mailbox(filled, page, tmp_path):
    """A mailbox that knows this laptop."""
    keys = filled.ask(lambda session: session.enrolling.enrolled())
    known = DeviceEntry(keys.device, keys.signing.public, keys.receiving.public)
    with closing(MailboxStore(open_database(None, tmp_path / "mailbox.db"))) as store:
        store.put_device_list(1, device_list(known))
        with running_mailbox(store) as running:
            yield running


def address_of(page):
    return page.whole.view("centre").mailbox


def give(parts, page, address):
    page.whole.open_view("centre", {"field": "address"})
    parts.settle()
    fields = address_of(page)
    fields.line.setText(address)
    QTest.keyClick(fields.line, Qt.Key.Key_Return)
    parts.settle()


def test_without_an_address_the_page_asks_for_it_and_says_why(filled, page):
    page.outbox.address.click()
    filled.settle()
    assert address_of(page).line.isVisible()
    page.whole.go_back()
    page.whole.open_view("send")
    assert not page.outbox.network.isEnabled()
    assert page.outbox.stick.isEnabled()
    assert "address of the mailbox" in page.outbox.why_not.text()


def test_an_address_is_typed_once_then_batches_go_there_and_receipts_come(filled, page, mailbox):
    give(filled, page, f"{mailbox.url}/")
    assert page.outbox.network.isEnabled()
    assert not page.outbox.why_not.isVisible()
    assert not address_of(page).line.isVisible()
    assert mailbox.url in address_of(page).sentence.text()
    page.outbox.network.click()
    filled.settle()
    assert filled.said[-1] == ("calm", "1 batch handed over, 1 receipt came.")
    assert steps_of_first_batch(filled, page) == [True, True, True, False]
    assert len(mailbox.store.list_batches(0)) == 1
    page.outbox.network.click()
    filled.settle()
    assert "Nothing new" in filled.said[-1][1]
    assert len(mailbox.store.list_batches(0)) == 1


@pytest.mark.parametrize("address", ["http://mailbox.example", "https://", "ftp://mailbox.example", "mail box"])
def test_an_address_that_cannot_be_used_stays_to_be_mended(filled, page, address):
    give(filled, page, address)
    assert address_of(page).line.text() == address
    assert "must begin with https://" in address_of(page).field.hint.text()
    assert not page.outbox.network.isEnabled()


def test_a_typed_address_can_be_changed_and_left_as_it_was(filled, page):
    give(filled, page, "mailbox.example")
    fields = address_of(page)
    assert "https://mailbox.example" in fields.sentence.text()
    fields.change.click()
    fields.line.setText("https://other.example")
    fields.leave.setFocus()
    fields.leave.click()
    assert not fields.line.isVisible()
    assert fields.window().focusWidget() is fields.change, "the keyboard is where it was"
    fields.change.click()
    QTest.keyClick(fields.line, Qt.Key.Key_Escape)
    assert not fields.line.isVisible()
    assert fields.window().focusWidget() is fields.change
    fields.change.click()
    give(filled, page, "https://mailbox.example")
    assert not fields.line.isVisible()
    give(filled, page, "")
    assert fields.line.isVisible()


def test_a_mailbox_that_is_not_there_is_said_calmly_and_nothing_is_lost(filled, page, mailbox):
    give(filled, page, "http://127.0.0.1:1")
    page.outbox.network.click()
    filled.settle()
    assert filled.said[-1][0] == "notice"
    assert page.outbox.network.isEnabled()
    give(filled, page, mailbox.url)
    page.outbox.network.click()
    filled.settle()
    assert "1 batch handed over" in filled.said[-1][1]


def test_a_certificate_file_is_chosen_and_given_up(filled, page, tmp_path, monkeypatch):
    certificate, _key = self_signed(tmp_path)
    monkeypatch.setattr(centre, "choose_file_to_open", lambda *_told: certificate)
    give(filled, page, "mailbox.example")
    fields = address_of(page)
    fields.change.click()
    assert not fields.usual.isVisible()
    fields.certificates.click()
    filled.settle()
    assert "certificate file" in fields.sentence.text()
    assert filled.ask(lambda session: session.mailbox.find_mailbox()).certificates == certificate.read_text()
    fields.change.click()
    fields.usual.click()
    filled.settle()
    assert "certificate" not in fields.sentence.text()
    certificate.write_text("nothing of the kind")
    fields.change.click()
    fields.certificates.click()
    filled.settle()
    assert "holds no certificate" in fields.field.hint.text()
