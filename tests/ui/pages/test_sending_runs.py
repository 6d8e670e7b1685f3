"""A run from the page: paused and gone on, stopped, left alone, ended by a lock; another laptop's stick; what is published."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtTest import QTest

from outreach_app.domain.changes import Changes
from outreach_app.errors import CancelledError
from outreach_app.services.carrying import Carried
from outreach_app.services.packs import PacksState
from outreach_app.services.packs_road import PacksFetched
from outreach_app.services.progress import Progress
from outreach_app.services.sending_road import SendingResult
from outreach_app.sync.errors import NoNetworkError
from outreach_app.sync.instants import write_instant
from outreach_app.sync.letters import make_letter
from outreach_app.wire.letters import Letter, MissingNumbers
from tests.support.centre_box import enrol
from tests.support.slow_runs import Slow
from ui.models.sending_run import NETWORK, STICK, Road
from ui.pages.sending import SendingPage, packs, send


@pytest.fixture
def whole(filled, qtbot):
    box = filled.ask(enrol)
    page = SendingPage(filled.context)
    qtbot.addWidget(page)
    filled.context.changes_hub.changed.connect(page.refresh)
    page.resize(1190, 690)
    page.show()
    page.shown({})
    filled.settle()
    return box, page


@pytest.fixture
def slow(monkeypatch):
    made = Slow()
    monkeypatch.setattr(send, "send_all", made)
    yield made
    for _step in range(5):
        made.go.release()


def test_a_run_waits_while_it_is_paused_and_goes_on(filled, whole, slow):
    view = whole[1].view("send")
    view.send(Road(NETWORK))
    slow.reach()
    assert not view.outbox.network.isVisible()
    assert view.outbox.progress.text() == "0 of 3 batches sent"
    view.outbox.pause.click()
    assert view.outbox.pause.text() == "Resume"
    assert view.outbox.pause.accessibleName() == "Resume"
    assert view.outbox.progress.text() == "Paused: 0 of 3 batches sent. Nothing new begins until you resume."
    slow.go.release()
    QTest.qWait(50)
    assert slow.done == [], "it waits"
    view.outbox.show_progress(Progress("sending", 0, 3, 200_000, 400_000))
    assert "0.2 of 0.4 MB. Nothing new begins" in view.outbox.progress.text()
    view.outbox.pause.click()
    assert view.outbox.pause.text() == "Pause"
    assert view.outbox.progress.text() == "0 of 3 batches sent, of the next one 0.2 of 0.4 MB"
    for _step in range(2):
        slow.reach()
        slow.go.release()
    filled.settle()
    assert slow.done == [0, 1, 2]
    assert filled.said[-1] == ("calm", "1 batch handed over, 0 receipts came.")
    assert view.outbox.network.isVisible()


def test_a_pause_is_said_at_once_while_no_answer_comes(filled, whole, slow):
    outbox = whole[1].view("send").outbox
    whole[1].view("send").send(Road(NETWORK))
    outbox.pause.click()
    slow.reach()
    outbox.show_progress(Progress("again", 0, 0))
    assert outbox.progress.text() == "Paused: no answer yet, nothing is lost. Nothing new begins until you resume."
    outbox.pause.click()
    assert outbox.progress.text() == "no answer; trying again, nothing is lost"
    outbox.stop.click()
    slow.go.release()
    filled.settle()
    outbox.set_running(running=True)
    outbox.show_paused(paused=True)
    assert outbox.progress.text() == "Paused. Nothing new begins until you resume."


def test_a_paused_run_can_be_stopped(filled, whole, slow):
    view = whole[1].view("send")
    view.send(Road(NETWORK))
    slow.reach()
    view.outbox.pause.click()
    view.outbox.stop.click()
    slow.go.release()
    filled.settle()
    assert slow.done == []
    assert not view.run.running
    view.send(Road(NETWORK))
    assert view.run.running
    assert not view.run.paused, "a new run does not begin paused"
    view.run.stop()
    slow.go.release()
    filled.settle()


def test_a_second_run_does_not_begin_beside_the_first(filled, whole, slow):
    view = whole[1].view("send")
    view.send(Road(NETWORK))
    slow.reach()
    view.outbox.pause.click()
    view.send(Road(NETWORK))
    assert view.outbox.pause.text() == "Resume", "what is shown is the first one, as it stands"
    view.said.send_wanted.emit()
    assert not slow.waiting.acquire(timeout=0.05)
    view.run.stop()
    slow.go.release()
    filled.settle()


def test_other_views_are_looked_at_while_it_runs(filled, whole, slow):
    page, view = whole[1], whole[1].view("send")
    view.send(Road(NETWORK))
    slow.reach()
    page.open_view("batches")
    for _step in range(3):
        slow.go.release()
    filled.settle()
    assert slow.done == [0, 1, 2]
    assert filled.said[-1][0] == "calm"
    assert page.view("batches").isVisible()


def test_a_lock_ends_a_run_in_silence(filled, whole, slow):
    view = whole[1].view("send")
    view.send(Road(NETWORK))
    slow.reach()
    said = len(filled.said)
    filled.context.tasks.stopping.set()
    view.run.stop()
    slow.go.release()
    for _turn in range(100):
        QTest.qWait(5)
        if not view.run.running:
            break
    assert not view.run.running
    assert len(filled.said) == said
    filled.context.tasks.stopping.clear()


def test_the_real_run_gives_way_to_a_lock(filled, whole, tmp_path):
    from ui.models.sending_run import send_all

    filled.context.tasks.stopping.set()
    with pytest.raises(CancelledError):
        send_all(
            filled.context, Road(STICK, folder=tmp_path), lambda _progress: None, threading.Event(), threading.Event()
        )
    filled.context.tasks.stopping.clear()


def test_the_keyboard_goes_to_the_pause_and_back(filled, whole, slow, qtbot):
    page, view = whole[1], whole[1].view("send")
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    view.outbox.network.setFocus()
    view.send(Road(NETWORK))
    assert view.outbox.pause.hasFocus()
    slow.reach()
    view.outbox.stop.setFocus()
    view.run.stop()
    slow.go.release()
    filled.settle()
    assert view.outbox.network.hasFocus()


def test_another_laptops_stick_is_carried(filled, whole, tmp_path, monkeypatch):
    view, asked = whole[1].view("send"), []
    monkeypatch.setattr(send, "choose_folder", lambda *_told: tmp_path)

    def carry_all(_context, road, _report, _cancel, _pause):
        asked.append(road)
        return Carried(0, 0, 0, 0, 0)

    monkeypatch.setattr(send, "carry_all", carry_all)
    view.outbox.carry.click()
    filled.settle()
    assert asked == [Road(STICK, "https://mailbox.example", "", tmp_path)]
    assert filled.said[-1] == ("notice", "No sealed batch lies on this stick.")
    monkeypatch.setattr(send, "choose_folder", lambda *_told: None)
    for road in (view.outbox.carry, view.outbox.stick):
        road.click()
    assert not view.run.running


def test_what_went_wrong_beside_the_rest_is_said_after_it(filled, whole, monkeypatch):
    view = whole[1].view("send")
    result = SendingResult(0, 1, 0, (), problem=NoNetworkError())
    monkeypatch.setattr(send, "send_all", lambda *_given: result)
    view.send(Road(NETWORK))
    filled.settle()
    tone, told = filled.said[-1]
    assert tone == "notice"
    assert told.startswith("1 batch handed over")
    assert told.endswith(NoNetworkError().sentence())


def test_a_gap_letter_offers_to_send_again(filled, whole, tmp_path, monkeypatch):
    box, page = whole
    view = page.view("send")
    view.send(Road(STICK, folder=tmp_path))
    filled.settle()
    assert not view.said.isVisible()
    filled.clock.advance(60)
    device = filled.ask(lambda session: session.enrolling.state().device)
    gaps = (MissingNumbers(epoch=1, first_missing=1, last_missing=1, waiting=1),)
    letter = Letter(kind="gap", device=device, number=1, issued_at=write_instant(filled.clock.now()), gaps=gaps)
    sealed = make_letter(letter, device=box.receiving, issuer=box.centre.desk)
    filled.context.change(lambda session: session.letters.take(sealed))
    filled.settle()
    assert view.said.isVisible()
    assert view.said.rows()[0].first == "The centre misses batch 1."
    roads = []
    monkeypatch.setattr(view, "send", lambda road: roads.append(road.name))
    view.said.buttons()[0].click()
    assert roads == [NETWORK]


def test_what_is_published_is_fetched_and_said(filled, whole, tmp_path, monkeypatch):
    view = whole[1].open_view("centre", {"field": "packs"})
    filled.settle()
    card, roads = view.packs, []

    def fetch(_context, road):
        roads.append(road.name)
        return PacksFetched(False, PacksState())

    monkeypatch.setattr(packs, "fetch_published", fetch)
    card.fetch.click()
    assert not card.fetch.isEnabled()
    filled.settle()
    assert filled.said[-1] == ("calm", "The centre has published nothing there yet.")
    monkeypatch.setattr(packs, "choose_folder", lambda *_told: tmp_path)
    card.from_stick.click()
    filled.settle()
    assert roads == [NETWORK, STICK]
    monkeypatch.setattr(packs, "fetch_published", lambda *_given: PacksFetched(False, PacksState(), NoNetworkError()))
    card.fetch.click()
    filled.settle()
    assert filled.said[-1] == ("notice", NoNetworkError().sentence())


def test_a_look_that_cannot_begin_is_said_and_can_be_tried_again(filled, whole, tmp_path, monkeypatch):
    view = whole[1].open_view("centre")
    filled.settle()
    monkeypatch.setattr(packs, "choose_folder", lambda *_told: tmp_path / "gone")
    view.packs.from_stick.click()
    filled.settle()
    assert filled.said[-1][0] in {"notice", "calm"}
    assert view.packs.from_stick.isEnabled()


def test_custodians_are_named_by_a_file_once_its_words_were_compared(filled, whole, tmp_path, monkeypatch):
    card, taken = whole[1].open_view("centre").packs, []
    filled.settle()
    file = tmp_path / "trust.json"
    file.write_bytes(b"signed")
    monkeypatch.setattr(packs, "choose_file_to_open", lambda *_told: file)
    monkeypatch.setattr(packs, "words_of_trust", lambda _context, _untrusted: "one two three four five six")

    def take(_context, untrusted, six):
        taken.append((untrusted, six))
        return Changes(sending=len(taken) == 1)

    monkeypatch.setattr(packs, "take_trust", take)
    card.by_hand.click()
    filled.settle()
    assert "one two three four five six" in card.question.text()
    card.differ.click()
    filled.settle()
    assert "was not used" in filled.said[-1][1]
    assert taken == []
    card.take_file(b"signed")
    filled.settle()
    card.match.click()
    filled.settle()
    assert taken == [(b"signed", "one two three four five six")]
    assert filled.said[-1] == ("calm", "The custodians are known now.")
    card.take_file(b"signed")
    filled.settle()
    card.match.click()
    filled.settle()
    assert filled.said[-1] == ("calm", "These custodians were known here already.")
    assert not card.question.isVisible()
