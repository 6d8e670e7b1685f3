"""Words of the sending page: rows field by field, a note's way with dates, reasons, letters, packs and the last contact."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from outreach_app.errors import KnownError
from outreach_app.services.carrying import Carried, NotTaken
from outreach_app.services.outbox_preview import STAYS, Preview
from outreach_app.services.packs import PacksState
from outreach_app.services.packs_road import PacksFetched
from outreach_app.services.progress import Progress
from outreach_app.services.sending_road import SendingResult
from outreach_app.services.sending_states import JOURNEY_STATES, UnderWay
from outreach_app.sync.packs.errors import PackIncompleteError
from outreach_app.wire.batch_records import BatchRecord
from outreach_app.wire.code_lists import load_code_lists
from outreach_app.wire.indicator_catalogue import load_catalogues
from outreach_app.wire.receipts import ReasonCode
from ui.models.batch_steps import receipt_words
from ui.models.codes import Words
from ui.models.letter_words import words_of_centre
from ui.models.outbox_words import contact_words, nothing_words, put_aside_words, under_way_words
from ui.models.packs_words import fetched_words, packs_lines
from ui.models.sending_journey import STATE_WORDS, advice, state_in_words, story
from ui.models.sending_preview import RowReader
from ui.models.sending_reasons import reason_words, what_to_do
from ui.models.sending_row_words import FIELD_WORDS, KIND_WORDS, STAYS_WORDS
from ui.models.sending_rows import GROUPS, group_choices
from ui.models.sending_run import carried_told, progress_words, result_told
from ui.models.signs import Signs

TODAY = date(2026, 10, 5)
NOW = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)
READER = RowReader(Words(load_code_lists()), Signs(load_catalogues()), lambda: TODAY)


def october(day):
    return datetime(2026, 10, day, 9, 0, tzinfo=UTC)


def journey(**changes):
    row = {
        "id": "n", "version": 1, "shift_date": date(2026, 10, 1), "setting": "street", "place_code": "",
        "contact_name": "", "state": "counted", "written_at": october(1), "reviewed_at": None, "batch": 14,
        "road": "stick", "sealed_at": october(2), "sent_at": october(2), "stored_at": october(3),
        "ingested_at": october(4), "reason": 0, "refused": "", "refused_at": None,
    }  # fmt: skip
    return SimpleNamespace(**(row | changes))


NOT_SENT = {"batch": 0, "road": "", "sealed_at": None, "sent_at": None, "stored_at": None, "ingested_at": None}


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


def test_the_whole_way_of_a_note_is_one_sentence_with_dates():
    assert story(journey(reviewed_at=october(2)), TODAY, UTC) == (
        "Finished Thu 1 Oct, reviewed Fri 2 Oct, sealed in batch 14 Fri 2 Oct, on the stick Fri 2 Oct, "
        "stored at the centre Sat 3 Oct, counted yesterday."
    )
    assert state_in_words(journey(), TODAY, UTC) == "counted yesterday"
    assert state_in_words(journey(state="sent"), TODAY, UTC) == "on the stick Fri 2 Oct"
    assert state_in_words(journey(state="sent", road="network"), TODAY, UTC) == "handed over Fri 2 Oct"


def test_a_note_that_waits_again_says_why():
    row = journey(**NOT_SENT, state="again", version=2, refused="reseal", refused_at=october(4))
    assert story(row, TODAY, UTC) == (
        "Amended Thu 1 Oct, batch sent back to be sealed anew yesterday, waits to be sent again."
    )
    assert "goes with the next run" in advice(row)
    for kind, words in (("voided", "given up here"), ("rejected", "not accepted")):
        assert words in story(journey(**NOT_SENT, state="again", refused=kind, refused_at=october(4)), TODAY, UTC)


def test_what_was_put_aside_says_why_and_what_to_do():
    row = journey(state="put_aside", reason=4)
    assert story(row, TODAY, UTC).endswith("put aside at the centre yesterday.")
    assert advice(row) == (
        "The centre put it aside: the centre has this version with other words. "
        "Amend the note, one word is enough, and it goes again."
    )


def test_every_state_has_words_and_advice_where_something_can_be_done():
    assert set(STATE_WORDS) == set(JOURNEY_STATES)
    silent = {state for state in JOURNEY_STATES if not advice(journey(state=state))}
    assert silent == {"waiting", "counted"}
    assert {state for _label, states in GROUPS.values() for state in states} == set(JOURNEY_STATES)
    assert dict(group_choices({"held": 1, "counted": 4}))["on_their_way"] == "Not counted yet (1)"


@pytest.mark.parametrize("code", [int(code) for code in ReasonCode if code])
def test_every_reason_has_its_words_and_what_to_do(code):
    assert reason_words(code)[0].islower()
    assert what_to_do(code).endswith(".")


def test_every_field_that_can_leave_and_everything_that_stays_has_words():
    named = {name for record in BatchRecord.__args__ for name in record.__struct_fields__}
    of_the_laptop = {"step", "head", "audit_entries", "audit_head"}  # the line of each batch, told in a sentence
    assert named - of_the_laptop <= set(FIELD_WORDS)
    kinds = {record.__struct_config__.tag for record in BatchRecord.__args__}
    assert kinds - {"standing"} == set(KIND_WORDS)
    assert set(STAYS_WORDS) == set(STAYS)


def preview(kind="coded", stays=(), **fields):
    values = {"kind": kind, "id": "ab" * 16, "version": 1, "worker": "cd" * 16, **fields}
    return Preview("ab" * 16, "coded", kind, json.dumps(values).encode(), stays, "Red jacket", "Gade 7", "street")


def test_a_row_is_told_field_by_field_with_labels():
    shown = preview(
        shift_date="2026-10-04", setting="street", region="unknown", nationality="RO", languages=["ro", "en"],
        help_given=["talk"], leaflets=[{"sheet": "where_to_get_help", "language": "ro", "copies": 2}], items=[],
        indicators={"as.deceptive_recruitment.job": "told"}, sells_sex=False, traits=["earn_for_family"],
        sign_words={"as.deceptive_recruitment.job": "in his car"}, met_at="2026-10-04T21:40+02:00",
        assessment={"profile": "adult_sexual", "catalogue": "adult_sexual/3", "outcome": "no_dimension_positive",
                    "provisional": False, "alerts": [], "additions": None},
        cards={"language": "ro", "draft": False, "answers": {"can_you_leave": "no"}}, recipient="cmm",
        hand_over={"to_whom": "112", "said": "a knife", "without_consent_because": ""},
        view={"agrees": True, "reason": ""}, contact="ef" * 16, of_tomorrow="a value",
    )  # fmt: skip
    lines = dict(READER.lines(shown))
    assert (lines["Date"], lines["When"], lines["Where"]) == ("yesterday", "yesterday 21:40", "Street")
    assert (lines["Nationality"], lines["Languages"], lines["Help given"]) == ("Romania", "Romanian, English", "Talk")
    assert lines["Leaflets given"].startswith("2 × ")
    assert "Romanian" in lines["Leaflets given"]
    assert "where_to_get_help" not in lines["Leaflets given"]
    assert lines["Signs"].endswith("– told")
    assert "in his car" in lines["Words on signs"]
    assert "deceptive_recruitment" not in lines["Words on signs"]
    assert (lines["Contact"], lines["Sells sex"], lines["For"]) == ("random number efefefef …", "no", "CMM")
    assert "112 · a knife" in lines["Call made"]
    assert "agrees" in lines["The worker's view"]
    assert "– no" in lines["Cards"]
    assert lines["Adds up to"].startswith("No dimension positive")
    assert "a value" in lines["of_tomorrow"], "a field nobody has words for yet is shown by its name"
    assert list(lines)[-2:] == ["Written by", "of_tomorrow"]
    assert READER.empty(shown) == "Region, Handed out"


def test_what_stays_is_named_as_the_worker_knows_it():
    shown = preview(stays=("short_name", "place", "hour", "note"), shift_date="2026-10-04", setting="street")
    told = READER.stays(shown)
    assert "the short name" in told
    assert "Red jacket" in told
    assert "Gade 7" in told
    assert told.endswith("the hour, what you wrote")
    assert READER.which(shown).startswith("yesterday · ")


def test_a_message_is_told_by_its_kind():
    shown = Preview("ab" * 16, "notices", "erasure", json.dumps({"kind": "erasure", "records": ["a", "b"]}).encode())
    assert dict(READER.lines(shown)) == {"Notes": "2 random numbers", "Kind of row": "somebody is erased"}
    assert READER.which(shown) == "somebody is erased"
    unheard = Preview("ab" * 16, "notices", "unheard", json.dumps({"kind": "unheard", "recipient": "x"}).encode())
    assert dict(READER.lines(unheard)) == {"For": "x", "Kind of row": "unheard"}
    split = Preview("ab" * 16, "notices", "split", json.dumps({"kind": "split", "through": [{"id": "a"}]}).encode())
    assert dict(READER.lines(split))["Notes"] == "1 random number"
    answers = preview(indicators={"a.b": "of tomorrow"}, view={"agrees": False, "reason": "no"})
    assert dict(READER.lines(answers))["Signs"] == "a.b – of tomorrow"


OUTBOX = SimpleNamespace(total=0)


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
        "Network: Sat 3 Oct 09:00, came to its end · "
        "Stick: yesterday 09:00, did not come to its end; the last that did: Fri 2 Oct"
    )
    assert contact_words({"stick": contact(october(4), None, "X")}, NOW).endswith("did not come to its end")


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
