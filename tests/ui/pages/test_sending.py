"""Sending: getting to know the centre, a run by stick with its receipts, stopping, and faults that lose nothing."""

from __future__ import annotations

import pytest

from outreach_app.services.errors import OwnRequestError
from outreach_app.sync.carriers.stick import StickFolder
from tests.support.centre_box import enrol, reply_to
from ui.models.sending_run import STICK, Road
from ui.pages.sending import SendingPage, enrolment_files


@pytest.fixture
def page(filled, qtbot):
    return show(filled, qtbot)


def show(parts, qtbot):
    """Return the first view of a page that is shown."""
    page = SendingPage(parts.context)
    qtbot.addWidget(page)
    parts.context.changes_hub.changed.connect(page.refresh)
    page.resize(1190, 690)
    page.show()
    page.shown({})
    parts.settle()
    view = page.view("send")
    view.whole = page  # the page must live as long as its view
    return view


@pytest.fixture
def enrolled(filled, qtbot):
    box = filled.ask(enrol)
    return box, show(filled, qtbot)


def send(parts, page, folder):
    page.send(Road(STICK, folder=folder))
    parts.settle()


def steps_of_first_batch(parts, page):
    batches = page.whole.open_view("batches")
    parts.settle()
    steps = [step.when != "" for step in batches.lines()[0].timeline.steps()]
    page.whole.open_view("send")
    return steps


def test_before_enrolment_nothing_can_be_sent_and_the_page_says_why(page):
    assert page.enrolment.isVisible()
    assert not page.outbox.network.isEnabled()
    assert not page.outbox.stick.isEnabled()
    assert "get to know each other" in page.outbox.why_not.text()


def test_what_was_erased_goes_along_and_is_told_of_without_a_name(filled, enrolled, tmp_path):
    _box, page = enrolled
    send(filled, page, tmp_path)
    assert not page.outbox.leaving.looks["notices"].isVisible()
    contact = filled.ask(lambda session: next(row.id for row in session.contacts.list_contacts() if row.encounters))
    filled.ask(lambda session: session.erasing.erase_contact(contact, "asked"))
    page.shown({})
    filled.settle()
    assert page.outbox.leaving.looks["notices"].isVisible()
    assert page.outbox.leaving.counts["notices"].text() == "2"
    assert "Nothing" not in page.outbox.heading.text()


def test_the_request_is_saved_and_its_words_stay_on_the_page(filled, page, tmp_path, monkeypatch):
    file = tmp_path / "request.json"
    monkeypatch.setattr(enrolment_files, "choose_file_to_save", lambda *_told: file)
    page.enrolment.request.click()
    filled.settle()
    asked = filled.ask(lambda session: session.enrolling.request())
    assert file.read_bytes() == asked.data
    assert page.enrolment.six_words.text() == asked.words
    assert page.enrolment.reply.isVisible()


def test_the_request_taken_for_the_reply_is_told_apart(filled, page, qtbot):
    request = filled.ask(lambda session: session.enrolling.request())
    page.files.take_reply(request.data)
    qtbot.waitUntil(lambda: bool(filled.failures))
    assert [str(error) for error in filled.failures] == [OwnRequestError().sentence()]
    filled.failures.clear()
    assert not page.enrolment.question.isVisible()


def test_a_reply_is_used_only_after_its_words_were_compared(filled, page, tmp_path, monkeypatch):
    request = filled.ask(lambda session: session.enrolling.request())
    file = tmp_path / "reply.json"
    file.write_bytes(reply_to(request.data, url="https://mailbox.example"))
    monkeypatch.setattr(enrolment_files, "choose_file_to_open", lambda *_told: file)
    page.shown({})
    filled.settle()
    page.enrolment.reply.click()
    filled.settle()
    pending = filled.ask(lambda session: session.enrolling.accept(file.read_bytes()))
    assert pending.words in page.enrolment.question.text()
    page.enrolment.differ.click()
    filled.settle()
    assert filled.ask(lambda session: session.enrolling.state().state) == "requested"
    page.enrolment.reply.click()
    filled.settle()
    page.enrolment.match.click()
    filled.settle()
    assert filled.ask(lambda session: session.enrolling.state().state) == "enrolled"
    assert not page.enrolment.isVisible()
    assert page.outbox.network.isEnabled()


def test_what_leaves_is_counted_by_what_was_agreed_to(enrolled):
    _box, page = enrolled
    counts = {group: label.text() for group, label in page.outbox.leaving.counts.items()}
    assert counts == {"coded": "9", "follow_up": "0", "referral": "0", "counts": "2", "notices": "0"}
    assert page.outbox.leaving.looks["coded"].isVisible()
    assert not page.outbox.leaving.looks["referral"].isVisible(), "what does not leave takes no room"


def test_a_run_by_stick_and_its_receipts(filled, enrolled, tmp_path):
    box, page = enrolled
    send(filled, page, tmp_path)
    assert "1 batch is on the stick" in filled.said[-1][1]
    assert page.outbox.heading.text() == "Nothing new waits."
    assert "1 batch is on a stick" in page.outbox.sentence.text()
    assert steps_of_first_batch(filled, page) == [True, True, False, False]
    stick = StickFolder(tmp_path)
    for listing in stick.list_batches():
        box.put_batch(stick.get_batch(listing.sha512))
    box.ingest()
    for receipts in box.receipts.values():
        for receipt in receipts:
            stick.put_receipt(receipt)
    send(filled, page, tmp_path)
    assert steps_of_first_batch(filled, page) == [True, True, True, True]
    assert "2 receipts came" in filled.said[-1][1]
    send(filled, page, tmp_path)
    assert "Nothing new" in filled.said[-1][1]


def test_a_missing_stick_is_said_calmly_and_can_be_tried_again(filled, enrolled, tmp_path):
    _box, page = enrolled
    send(filled, page, tmp_path / "gone")
    assert filled.said[-1][0] == "notice"
    assert page.outbox.stick.isEnabled()
    assert not page.outbox.progress.isVisible()
    send(filled, page, tmp_path)
    assert "1 batch is on the stick" in filled.said[-1][1]


def test_a_run_can_be_stopped_and_goes_on_later(filled, enrolled, tmp_path):
    _box, page = enrolled
    page.send(Road(STICK, folder=tmp_path))
    page.outbox.stop.click()
    filled.settle()
    assert page.outbox.stick.isEnabled()
    send(filled, page, tmp_path)
    assert len(StickFolder(tmp_path).list_batches()) == 1


def test_a_refused_batch_is_said_without_blame(filled, enrolled, tmp_path):
    box, page = enrolled
    send(filled, page, tmp_path)
    stick = StickFolder(tmp_path)
    (listing,) = stick.list_batches()
    box.put_batch(stick.get_batch(listing.sha512))
    box.refuse(listing.sha512)
    stick.put_receipt(box.receipts[listing.sha512][-1])
    send(filled, page, tmp_path)
    assert filled.said[-1][0] == "notice"
    assert "Nothing is lost" in filled.said[-1][1]
