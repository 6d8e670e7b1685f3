"""Taking in from the mailbox and from a stick, what is missing and what does not fit, and the log of receipts."""

from __future__ import annotations

from contextlib import closing

import pytest

from outreach_app.centre.desk.key_rotation import rotate_sealing_key
from outreach_app.centre.desk.words import missing_advice
from outreach_app.centre.mailbox.same_machine import SameMachineMailbox
from outreach_app.errors import CancelledError
from outreach_app.sync.carriers.stick import StickFolder
from tests.support.desk import coded, enrol, rows_of, sender
from tests.support.sticks import write_batch
from tests.support.sync_people import LAPTOP
from ui.desk.page_rows import FIRST_PAGE


@pytest.fixture
def page(desk):
    return desk.show(FIRST_PAGE)


@pytest.fixture
def laptop(desk):
    """A laptop that seals for this desk."""

    def begin(opened):
        enrol(opened, LAPTOP)
        return sender(opened, LAPTOP)

    return desk.ask(begin)


def test_a_stick_is_taken_in_and_answered(desk, page, laptop, tmp_path, monkeypatch):
    for number in (1, 2):
        write_batch(tmp_path, laptop.seal(coded(number)))
    monkeypatch.setattr("ui.desk.incoming.choose_folder", lambda *_asked: tmp_path)
    page.taking_in.stick.click()
    assert page.taking_in.progress.isVisible()
    assert not page.taking_in.mailbox.isEnabled()
    desk.settle()
    assert "Batches taken in: 2" in page.taking_in.told.text()
    assert "Receipts handed back: 2." in page.taking_in.told.text()
    assert page.taking_in.told.property("tone") == "calm"
    assert [row.first for row in page.last.rows()] == ["Laptop 3 · a1a1a1a1, batch 2", "Laptop 3 · a1a1a1a1, batch 1"]
    assert all(StickFolder(tmp_path).fetch_receipts(batch.sha512) for batch in laptop.sealed)
    assert page.taking_in.mailbox.hasFocus()


def test_a_stick_with_a_gap_and_a_damaged_file_says_what_to_do(desk, page, laptop, tmp_path):
    laptop.seal(coded(1))
    write_batch(tmp_path, laptop.seal(coded(2)))
    (tmp_path / f"outreach-batch-{'0' * 32}.ob1").write_bytes(b"nothing of ours")
    page.take_in_stick(tmp_path)
    desk.settle()
    assert "is damaged" in page.taking_in.told.text()
    assert page.taking_in.told.property("tone") == "notice"
    first, second = page.missing.rows()
    assert first.first == "1 batch waits here, sealed, for the ones before it."
    assert (second.first, second.second_line) == ("Missing from Laptop 3 (a1a1a1a1): batch 1.", missing_advice())
    page.missing.buttons()[0].click()
    desk.settle()
    assert desk.window.frame.current_name == "laptops"


def test_no_stick_chosen_takes_nothing(desk, page, monkeypatch):
    monkeypatch.setattr("ui.desk.incoming.choose_folder", lambda *_asked: None)
    page.taking_in.stick.click()
    desk.settle()
    assert not page.taking_in.told.isVisible()


def test_the_mailbox_on_this_machine_is_taken_in(desk, page, laptop, centre, clock):
    batch = laptop.seal(coded(1), coded(2))
    page.taking_in.mailbox.click()
    desk.settle()
    assert "Batches taken in: 0" in page.taking_in.told.text()
    with closing(SameMachineMailbox(centre, database=None, clock=clock)) as mailbox:
        mailbox._office.take_batch(batch.sha512, batch.data)
    page.taking_in.mailbox.click()
    desk.settle()
    assert "New records: 2" in page.taking_in.told.text()
    assert desk.ask(lambda opened: rows_of(opened, "records")) == 2


def test_a_mailbox_that_is_not_there_is_one_sentence(desk, page, monkeypatch, tmp_path):
    card = page.taking_in
    card.which._buttons["other"].click()
    assert not card.mailbox.isEnabled()
    card.suggest_address("http://127.0.0.1:9")
    card.suggest_address("http://other.example")
    assert card.address.text() == "http://127.0.0.1:9"
    monkeypatch.setattr("ui.desk.taking_in_card.choose_file_to_open", lambda *_asked: None)
    card.certificate.click()
    assert card.trust is None
    card.mailbox.click()
    desk.settle()
    assert card.told.isVisible()
    assert card.told.property("tone") == "notice"
    monkeypatch.setattr("ui.desk.taking_in_card.choose_file_to_open", lambda *_asked: tmp_path / "mailbox.pem")
    card.certificate.click()
    assert "mailbox.pem" in card.certificate.text()
    assert card.trust == tmp_path / "mailbox.pem"


def test_a_round_is_stopped_between_two_batches(desk, page, laptop, tmp_path):
    for number in range(1, 6):
        write_batch(tmp_path, laptop.seal(coded(number)))
    whole_round = page._context.tasks.marshalled

    def stop_at_once(callback, owner=None):
        def told(seen):
            page._stop.set()  # as the button does, see below
            whole_round(callback, owner)(seen)

        return told

    page._context.tasks.marshalled = stop_at_once
    page.take_in_stick(tmp_path)
    desk.settle()
    assert page.taking_in.told.text().startswith("Stopped.")
    taken = desk.ask(lambda opened: rows_of(opened, "records"))
    assert 1 <= taken < 5
    page._context.tasks.marshalled = whole_round
    page.take_in_stick(tmp_path)
    desk.settle()
    assert desk.ask(lambda opened: rows_of(opened, "records")) == 5


def test_the_stop_button_says_that_it_stops(desk, page):
    page.taking_in.begin()
    page.taking_in.progress._cancel.click()
    assert page._stop.is_set()
    assert page.taking_in.progress.text() == "Stopping after this batch"


def test_a_lock_stops_a_round(desk, page):
    stopped = []

    def endless(_desk, progress):
        desk.context.tasks.stopping.set()
        try:
            progress(1)
        except CancelledError:
            stopped.append(1)
            raise

    page._run(endless)
    desk.settle()
    assert stopped == [1]


def test_a_sealing_key_that_is_due_leads_to_its_page(desk, page, tmp_path):
    desk.window.auto_lock.rest()  # nobody sat there for so long
    desk.clock.advance(40 * 86_400)
    page.take_in_stick(tmp_path)
    desk.settle()
    assert "Make a new one on the page Publishing" in page.taking_in.told.text()
    desk.ask(rotate_sealing_key)
    page.take_in_stick(tmp_path)
    desk.settle()
    assert "waits on the page Publishing" in page.taking_in.told.text()


def test_what_does_not_fit_leads_to_its_laptop(filled):
    page = filled.show(FIRST_PAGE)
    told = [row.first for row in page.odd.rows()]
    assert any("number that is taken" in line for line in told)
    assert all("Call its team first" in row.second_line for row in page.odd.rows())
    page.odd.buttons()[0].click()
    filled.settle()
    assert filled.window.frame.current().detail.heading.text() == "Laptop 3"
    aside = filled.show(FIRST_PAGE).last.rows()[0].second_line
    assert "line put aside" in aside or "new record" in aside


def test_a_voided_batch_says_why(filled):
    def void(desk):
        with desk.vault.transaction() as connection:
            connection.execute("UPDATE batches SET state = 'rejected', reason = 5 WHERE state = 'ingested' AND seq = 2")

    filled.ask(void)
    page = filled.show(FIRST_PAGE)
    assert any(row.second_line.endswith(".") for row in page.last.rows())


def test_the_log_is_checked(filled):
    page = filled.show(FIRST_PAGE)
    page.check.click()
    filled.settle()
    assert page.checked.text() == "The log is whole: 4 receipts."

    def forget_one(desk):
        with desk.vault.transaction() as connection:
            connection.execute("DELETE FROM receipts WHERE log_size = 2")

    filled.ask(forget_one)
    page.check.click()
    filled.settle()
    assert "batches without one: 1" in page.checked.text()

    def change_one(desk):
        with desk.vault.transaction() as connection:
            connection.execute("UPDATE receipt_log SET entry = X'00' WHERE size = 2")

    filled.ask(change_one)
    page.check.click()
    filled.settle()
    assert page.checked.text().startswith("Entry 2 of the log does not fit")
    assert page.checked.property("tone") == "urgent"
