"""Words of the sending page: rows field by field, a note's way with dates, reasons."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from outreach_app.services.outbox_preview import STAYS, Preview
from outreach_app.services.sending_states import JOURNEY_STATES
from outreach_app.wire.batch_records import BatchRecord
from outreach_app.wire.code_lists import load_code_lists
from outreach_app.wire.indicator_catalogue import load_catalogues
from outreach_app.wire.receipts import ReasonCode
from ui.models.codes import Words
from ui.models.sending_journey import STATE_WORDS, advice, state_in_words, story
from ui.models.sending_preview import RowReader
from ui.models.sending_reasons import reason_words, what_to_do
from ui.models.sending_row_words import FIELD_WORDS, KIND_WORDS, STAYS_WORDS
from ui.models.sending_rows import GROUPS, group_choices
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
    assert (lines["Contact"], lines["For"]) == ("random number efefefef …", "CMM")
    assert "112 · a knife" in lines["Call made"]
    assert "agrees" in lines["The worker's view"]
    assert "– no" in lines["Cards"]
    assert lines["Adds up to"].startswith("No dimension positive")
    assert "a value" in lines["of_tomorrow"], "a field nobody has words for yet is shown by its name"
    assert list(lines)[-2:] == ["Written by", "of_tomorrow"]
    assert READER.empty(shown) == ("Region", "Work", "Handed out"), "what was not ticked says nothing"
    assert ("Work", "Sells sex") in READER.lines(preview(sells_sex=True))
    assert ("of_tomorrow", "no") in READER.lines(preview(of_tomorrow=False))


def test_what_stays_is_named_as_the_worker_knows_it():
    shown = preview(stays=("short_name", "place", "hour", "note"), shift_date="2026-10-04", setting="street")
    name, place, *others = READER.stays(shown)
    assert name.startswith("The short name ")
    assert "Red jacket" in name
    assert "Gade 7" in place
    assert others == ["The hour", "What you wrote"]
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
