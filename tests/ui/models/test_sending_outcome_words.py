"""Words of the sending page: what waits, the last contact, letters, packs, receipts, and how a run ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from outreach_app.errors import KnownError
from outreach_app.services.carrying import Carried, NotTaken
from outreach_app.services.packs import PacksState
from outreach_app.services.packs_road import PacksFetched
from outreach_app.services.progress import Progress
from outreach_app.services.sending_road import SendingResult
from outreach_app.services.sending_states import UnderWay
from outreach_app.sync.packs.errors import PackIncompleteError
from ui.models.batch_steps import receipt_words
from ui.models.letter_words import words_of_centre
from ui.models.outbox_words import contact_words, nothing_words, put_aside_words, under_way_words
from ui.models.packs_words import fetched_words, packs_lines
from ui.models.sending_run import carried_told, progress_words, result_told

TODAY = date(2026, 10, 5)
NOW = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)
OUTBOX = SimpleNamespace(total=0)


def october(day):
    return datetime(2026, 10, day, 9, 0, tzinfo=UTC)


def test_where_batches_are_is_said_by_place():
    told = under_way_words(UnderWay(1, None, 0, 2, 1))
    assert "2 batches are sealed and still only on this laptop." in told
    assert "1 batch is on a stick." in told
    assert "1 batch is under way" in told
    assert nothing_words(OUTBOX, UnderWay(0, None, 0, 1), NOW)[0] == "Nothing new waits."


def test_after_a_stick_the_next_step_is_said():
    tone, told = result_told(SendingResult(1, 2, 0, ()), "", "stick")
    assert tone == "calm"
    assert told.startswith("2 batches are on the stick, read back. Bring it to the centre")


@pytest.mark.parametrize(
    ("under_way", "heading", "sentence"),
    [
        (UnderWay(2, october(4)), "Nothing new waits.", "2 batches are under way and not counted yet."),
        (UnderWay(0, october(4), put_aside=1), "Nothing new waits.", ""),
        (UnderWay(0, None), "Nothing waits.", "What you finish appears here"),
        (UnderWay(0, october(4)), "Nothing to do.", "The centre's last receipt: yesterday."),
    ],
)
def test_where_nothing_waits_it_is_said_what_is_true(under_way, heading, sentence):
    told = nothing_words(OUTBOX, under_way, NOW)
    assert told[0] == heading
    assert sentence in told[1]


def test_what_waits_needs_no_word_of_nothing():
    assert nothing_words(SimpleNamespace(total=1), UnderWay(0, None), NOW) == ("", "")
    assert under_way_words(UnderWay(0, None)) == put_aside_words(UnderWay(0, None)) == ""
    assert "put 1 note aside" in put_aside_words(UnderWay(0, None, 1))


def contact(tried, done=None, by=""):
    return SimpleNamespace(tried_at=tried, done_at=done, stopped_by=by)


def test_the_last_contact_says_whether_it_came_to_its_end():
    assert contact_words({}, NOW) == "Network: never · Stick: never"
    roads = {"network": contact(october(3), october(3)), "stick": contact(october(4), october(2), "StickGoneError")}
    assert contact_words(roads, NOW) == (
        "Network: Sat 3 Oct 09:00, finished · "
        "Stick: yesterday 09:00, interrupted; last finished Fri 2 Oct"
    )
    assert contact_words({"stick": contact(october(4), None, "X")}, NOW).endswith("interrupted")


def gap(first, last, **known):
    parts = {"here": (), "on_their_way": (), "given_up": (), "confirmed": (), "unknown": 0, "waiting": 1, "epoch": 1}
    return SimpleNamespace(first=first, last=last, **(parts | known))


def said(*gaps, packs=None, newest=()):
    letter = SimpleNamespace(missing=gaps) if gaps else None
    return words_of_centre(letter, packs or PacksState(), newest, TODAY)


@pytest.mark.parametrize(
    ("missing", "first", "second", "act"),
    [
        (gap(3, 4, here=(3, 4)), "misses batches 3 and 4.", "They are sealed here: send them again.", "send"),
        (gap(3, 3, here=(3,)), "misses batch 3.", "It is sealed here: send it again.", "send"),
        (gap(3, 9, here=(3,), unknown=6), "misses batches 3 to 9.", "again: 3. 6 of them are not on this", "send"),
        (gap(3, 3, on_their_way=(3,)), "misses batch 3.", "Handed over after the centre wrote this: 3.", ""),
        (gap(3, 3, given_up=(3,)), "misses batch 3.", "the next run tells the centre: 3.", "send"),
        (gap(3, 3, confirmed=(3,)), "misses batch 3.", "Counted before, and missed now: 3. Call the centre.", ""),
        (gap(3, 3, unknown=1), "misses batch 3.", "1 of them is not on this laptop. Call the centre.", ""),
    ],
)
def test_a_gap_letter_says_what_to_do(missing, first, second, act):
    (word,) = said(missing)
    assert first in word.first
    assert second in word.second
    assert word.act == act


def test_the_gravest_word_of_the_centre_comes_first():
    packs = PacksState(expired=True, expires_on=date(2026, 10, 1))
    told = said(gap(1, 1, here=(1,)), packs=packs, newest=[SimpleNamespace(state="reseal", seq=7)])
    assert [word.act for word in told] == ["send", "send", "fetch"]
    assert "Batch 7 came back" in told[1].first
    assert "out of date since Thu 1 Oct" in told[2].first
    (only,) = said(gap(1, 1, here=(1,)), packs=replace(packs, revoked=True))
    assert "takes nothing from this laptop" in only.first
    assert only.act == "", "a revoked laptop is not asked to send"
    assert said(newest=[SimpleNamespace(state="ingested", seq=7)]) == ()


def test_what_the_centre_published_is_told_with_its_dates():
    assert dict(packs_lines(PacksState(), NOW)) == {
        "In use": "what came with the program", "Last looked": "never",
        "Custodians": "not known yet; the first look asks the centre who they are",
    }  # fmt: skip
    state = PacksState(
        number=12, returns_to=9, published_on=date(2026, 10, 3), installed_at=october(4), looked_at=october(5),
        expires_on=date(2026, 10, 1), expired=True, trusted=True,
    )  # fmt: skip
    assert dict(packs_lines(state, NOW)) == {
        "In use": "number 12 of Sat 3 Oct · installed yesterday · it is number 9 again",
        "Good until": "Thu 1 Oct: out of date since then, still in use", "Last looked": "today", "Custodians": "known",
    }  # fmt: skip
    aside = dict(packs_lines(replace(state, set_aside=True), NOW))
    assert aside["In use"] == "what came with the program; number 12 of Sat 3 Oct does not fit this version"
    assert fetched_words(PacksFetched(True, state)) == "Number 12 of what the centre published is in use now."
    assert "nothing there yet" in fetched_words(PacksFetched(False, PacksState()))
    assert "uses the newest" in fetched_words(PacksFetched(False, state))
    good = PacksState(expires_on=date(2026, 10, 9))
    assert dict(packs_lines(good, NOW))["Good until"] == "Fri 9 Oct"


def receipt(**values):
    line = {"kind": "ingested", "issued_at": october(4), "number": 17, "counted": 23, "put_aside": 1, "reason": 0}
    return SimpleNamespace(**(line | values))


def test_a_receipt_says_what_was_signed():
    assert receipt_words(receipt(), NOW) == (
        "counted yesterday 09:00 · 23 records · 1 put aside · number 17 in the log"
    )
    refused = receipt(kind="rejected", number=0, counted=0, put_aside=0, reason=21)
    assert receipt_words(refused, NOW) == "not accepted yesterday 09:00 · the batch was damaged on its way"


def test_a_run_says_how_far_it_is_and_how_it_ended():
    part = Progress("sending", 3, 14, 1_200_000, 3_400_000)
    assert progress_words(part) == "3 of 14 batches sent, of the next one 1.2 of 3.4 MB"
    assert "trying again" in progress_words(Progress("again", 0, 0))
    assert progress_words(Progress("of tomorrow", 0, 0)) == "of tomorrow"
    assert result_told(SendingResult(0, 0, 0, (3,)), "")[0] == "notice"
    assert result_told(SendingResult(1, 1, 0, ()), "The stick was pulled.") == (
        "notice", "1 batch handed over, 0 receipts came. The stick was pulled.",
    )  # fmt: skip
    assert result_told(SendingResult(0, 0, 0, ()), "The stick was pulled.") == ("notice", "The stick was pulled.")
    assert result_told(SendingResult(1, 1, 2, ()), "")[0] == "calm"


def test_carrying_says_what_the_mailbox_did_not_take():
    assert carried_told(Carried(0, 0, 0, 0, 0)) == ("notice", "No sealed batch lies on this stick.")
    tone, told = carried_told(Carried(2, 1, 1, 0, 0, (NotTaken("x", "unknown_device"),), KnownError()))
    assert tone == "notice"
    assert "did not take 1 batch" in told
    assert carried_told(Carried(1, 1, 1, 0, 0)) == ("calm", "1 batch handed over, 1 receipt is on the stick now.")
    beside = carried_told(Carried(1, 1, 1, 0, 0, packs_problem=PackIncompleteError(file="x")))
    assert beside[0] == "notice"
    assert beside[1].startswith("1 batch handed over, 1 receipt is on the stick now. The content of the centre is not")
