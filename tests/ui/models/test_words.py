"""Words of dates, hours, codes, notes and batches: what a worker reads in lists and rows."""

from __future__ import annotations

import inspect
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.encounter import Encounter, FollowUp, HandOver, HealthBlock, LeafletGiven
from outreach_app.i18n import use_language
from outreach_app.services.progress import Progress
from outreach_app.services.sending_road import SendingResult
from outreach_app.wire.code_lists import load_code_lists
from outreach_app.wire.indicator_catalogue import load_catalogues
from ui.models import codes, dates, hours, note_lines, note_words
from ui.models.batch_steps import batch_steps, batch_title
from ui.models.finding import choices_of, find_choices
from ui.models.note_lines import NoteReader
from ui.models.sending_run import progress_words, result_words
from ui.models.signs import Signs, fitting_profile

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
WORDS = codes.Words(load_code_lists())
SIGNS = Signs(load_catalogues())


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (TODAY, "today"), (date(2026, 3, 1), "yesterday"), (date(2026, 3, 3), "tomorrow"),
        (date(2026, 3, 6), "Fri 6 Mar"), (date(2025, 12, 24), "24 Dec 2025"),
    ],
)  # fmt: skip
def test_days_are_said_as_a_colleague_would(day, said):
    assert dates.day_in_words(day, TODAY) == said


def test_days_are_said_in_danish_order():
    use_language("da")
    try:
        assert dates.day_in_words(date(2026, 3, 6), TODAY) == "fre 6. mar"
        assert dates.day_in_words(date(2027, 3, 3), TODAY) == "3. mar 2027"
    finally:
        use_language("en")


@pytest.mark.parametrize(("days", "said"), [(-1, "1 day late"), (-3, "3 days late"), (0, "today"), (5, "in 5 days")])
def test_what_is_due_is_said_by_its_distance(days, said):
    assert dates.due_in_words(TODAY + timedelta(days=days), TODAY) == said


@pytest.mark.parametrize(("days", "said"), [(0, "today"), (1, "yesterday"), (9, "9 days ago")])
def test_what_was_is_said_by_its_distance(days, said):
    assert dates.ago_in_words(TODAY - timedelta(days=days), TODAY) == said


def test_recent_days_keep_an_older_day_that_is_needed():
    old = date(2026, 1, 5)
    offered = dict(dates.recent_days(TODAY, old))
    assert offered[TODAY.isoformat()] == "today"
    assert old.isoformat() in offered
    assert len(dates.recent_days(TODAY, TODAY)) == 8


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("21:40", time(21, 40)), ("21.40", time(21, 40)), ("2140", time(21, 40)), ("9", time(9)), ("940", time(9, 40)),
        ("24", None), ("12:60", None), ("", None), ("noon", None), (" 7 05 ", time(7, 5)),
    ],
)  # fmt: skip
def test_hours_are_read_as_typed_in_a_hurry(typed, meant):
    assert hours.read_hour(typed) == meant


@given(st.times())
def test_every_hour_said_is_read_again(hour):
    said = dates.hour_in_words(datetime.combine(TODAY, hour))
    assert hours.read_hour(said) == hour.replace(second=0, microsecond=0, tzinfo=None)


def test_an_unknown_code_is_shown_rather_than_lost():
    assert WORDS.of("settings", "street") == "Street"
    assert WORDS.of("settings", "moon") == "moon"
    assert WORDS.all_of("help_kinds", ("talk", "shelter")) == "Talk, Shelter"


def test_every_consent_level_and_recipient_has_words():
    assert set(codes.CONSENT_WORDS) == set(codes.CONSENT_MEANINGS) == set(ConsentLevel)


def test_countries_and_languages_have_names_and_no_artefacts():
    countries = dict(codes.country_choices())
    assert countries["RO"] == "Romania"
    assert not {"ZZ", "EU", "XA"} & set(countries)
    assert dict(codes.language_choices())["ro"] == "Romanian"
    assert codes.language_name("pt-BR") == "Brazilian Portuguese"
    assert codes.language_name("xx-unknown") == "xx-unknown"
    assert codes.country_name("QQ") == "QQ"


def test_choices_are_found_by_the_beginnings_of_their_words():
    choices = choices_of((("a", "Vesterbro 12"), ("b", "Station"), ("c", "Østerbro")))
    assert [choice.key for choice in find_choices(choices, "12")] == ["a"]
    assert [choice.key for choice in find_choices(choices, "oster")] == ["c"]
    assert len(find_choices(choices, "")) == 3
    assert find_choices(choices, "", most=1)[0].key == "a"


def test_states_and_outcomes_have_words():
    assert note_words.state_words("finished") == "finished"
    assert note_words.sending_words("ingested") == "counted"
    assert note_words.road_words("stick") == "stick"
    assert note_words.outcome_words("") == "–"
    assert note_words.short_outcome("no_dimension_positive") == "–"
    assert note_words.short_outcome("signs_of_trafficking") == "Signs of trafficking"
    assert note_words.outcome_words("unheard") == "unheard"


def batch(**changes):
    row = {
        "seq": 7, "records": 23, "bytes": 14_200, "road": "network", "state": "sent", "sealed_at": NOON,
        "sent_at": NOON, "stored_at": None, "ingested_at": None, "refused_at": None, "refused": "",
        "voided_at": None,
    }  # fmt: skip
    return SimpleNamespace(**(row | changes))


def test_a_batch_shows_how_far_it_came():
    steps = batch_steps(batch(), TODAY, UTC)
    assert [(step.name, bool(step.when)) for step in steps] == [
        ("sealed", True), ("handed over", True), ("stored at the centre", False), ("counted", False),
    ]  # fmt: skip
    assert batch_title(batch()) == "Batch 7 · 23 records · 14 kB · network"


def test_a_refused_batch_says_so_in_the_last_place():
    last = batch_steps(batch(refused="rejected", refused_at=NOON), TODAY, UTC)[-1]
    assert (last.name, last.tone) == ("not accepted", "notice")


def test_a_batch_given_up_says_so_in_the_last_place():
    last = batch_steps(batch(voided_at=NOON), TODAY, UTC)[-1]
    assert (last.name, last.tone) == ("given up, to be sealed again", "notice")


def test_progress_is_said_in_counts():
    assert progress_words(Progress("sealing", 14, 52)) == "14 of 52 notes sealed"
    assert progress_words(Progress("sending", 0, 1)) == "0 of 1 batch sent"
    assert "2 of 3" in progress_words(Progress("receiving", 2, 3))
    assert result_words(SendingResult(1, 1, 2, ())) == "1 batch handed over, 2 receipts came."


@pytest.mark.parametrize(
    ("changes", "profile"),
    [
        ({}, "adult_sexual"), ({"exploitation": "labour"}, "adult_labour"), ({"setting": "workplace"}, "adult_labour"),
        ({"setting": "workplace", "exploitation": "sexual"}, "adult_sexual"), ({"age": 15}, "child_sexual"),
        ({"age_band": "maybe_under_18", "exploitation": "begging"}, "child_labour"),
    ],
)  # fmt: skip
def test_the_list_of_signs_fits_age_and_work(changes, profile):
    assert fitting_profile(Encounter(**({"met_at": NOON, "setting": "street"} | changes))) == profile


def test_signs_carried_to_another_list_keep_their_answers():
    every = dict.fromkeys(SIGNS.ids("adult_labour"), "told")
    carried = SIGNS.carried(every, "child_labour")
    assert len(carried) > 0
    assert sum(sign in SIGNS.ids("child_labour") for sign in carried) >= 60
    assert set(carried.values()) == {"told"}


def test_suggestions_leave_out_what_is_noted_and_fit_the_keys():
    first = SIGNS.suggest("adult_sexual", "", frozenset())
    assert len(first) == 8
    assert first[0].strength == "S"
    assert first[0] not in SIGNS.suggest("adult_sexual", "", frozenset({first[0].id}))


def test_a_note_is_read_in_lines_and_nothing_empty_takes_room():
    reader = NoteReader(WORDS, SIGNS, lambda: TODAY)
    sign = next(iter(sorted(SIGNS.ids("adult_sexual"))))
    content = Encounter(
        met_at=NOON, setting="street", age_band="18_24", languages=("ro",), help_given=("talk",), nationality="RO",
        leaflets=(LeafletGiven("help", "ro"),), follow_up=FollowUp(date(2026, 3, 3), "call"), speaking="alone",
        hand_over=HandOver("municipality", "asked for a bed"), answers={sign: "observed"},
        consent=ConsentLevel.REFERRAL, recipient="cmm", gender="woman", age_when_it_began=0,
    )  # fmt: skip
    lines = dict(reader.lines(content, "Station", "Red jacket"))
    assert lines["Follow-up"] == "tomorrow \u2068call\u2069"
    assert lines["She agreed to"] == "Referral · CMM"
    assert lines["Age when it began"] == "0"
    assert "Sector" not in lines
    assert reader.sign_lines(content) == ((SIGNS.label(sign), "observed"),)
    assert SIGNS.label("gone.sign") == "gone.sign"


def test_what_was_handed_over_by_phone_and_her_health_can_be_read_again():
    reader = NoteReader(WORDS, SIGNS, lambda: TODAY)
    content = Encounter(
        met_at=NOON, setting="street", sells_sex=True, age=17, age_band="15_17",
        leaflets=(LeafletGiven("help", "ro"), LeafletGiven("help", "th", "a4", 2)),
        hand_over=HandOver("municipality", "asked for a bed", "she is a child"),
        health=HealthBlock(check=True, pregnancy=True, words="sent to the clinic"),
    )  # fmt: skip
    lines = dict(reader.lines(content, "", ""))
    assert lines["Call made"] == "\u2068municipality\u2069 · \u2068asked for a bed\u2069"
    assert lines["Without her consent because"] == "\u2068she is a child\u2069"
    assert lines["Health"] == WORDS.all_of("health_help", ("check", "pregnancy"))
    assert lines["Health note"] == "\u2068sent to the clinic\u2069"
    assert lines["Leaflets given"] == "Romanian, Wallet cards (1), Thai, A4 (2)"
    assert lines["Age"] == "17"
    assert lines["Age, about"] == WORDS.of("age_bands", "15_17")
    assert "Sells sex" in lines.values()


def test_every_field_of_a_note_is_shown_somewhere():
    """A field added to the encounter later must not silently be missing where the note is read."""
    shown_apart = {"answers", "note", "place_id", "contact_id"}
    source = inspect.getsource(note_lines)
    assert not [each.name for each in fields(Encounter)
                if each.name not in shown_apart and f"content.{each.name}" not in source]  # fmt: skip
