"""The form of the encounter page as pure values: there and back, its rules, and drafts that are damaged."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.contact import Identity
from outreach_app.domain.encounter import Encounter, FollowUp, HandOver, HealthBlock, LeafletGiven, WorkerView
from ui.models import encounter_form as forms

START = datetime(2026, 3, 2, 21, 40, 12, tzinfo=timezone(timedelta(hours=1)))

whole_contents = st.builds(
    Encounter,
    met_at=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    setting=st.sampled_from(["street", "bar"]),
    place_id=st.none() | st.just("a" * 32),
    consent=st.sampled_from(ConsentLevel),
    speaking=st.sampled_from(["alone", "not_noted", "someone_listening"]),
    age=st.none() | st.integers(0, 120),
    languages=st.lists(st.sampled_from(["ro", "th"]), max_size=2).map(tuple),
    leaflets=st.lists(st.builds(LeafletGiven, st.just("help"), st.just("ro")), max_size=2).map(tuple),
    answers=st.dictionaries(st.sampled_from(["a.b", "c.d"]), st.sampled_from(["observed", "told", "not_present"])),
    note=st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    follow_up=st.none() | st.builds(FollowUp, st.dates(), st.just("call")),
    hand_over=st.none() | st.just(HandOver("municipality", "said", "danger")),
    health=st.none() | st.just(HealthBlock(check=True, words="rest")),
    view=st.none() | st.just(WorkerView(agrees=False, reason="knows her")),
)


@given(whole_contents, st.none() | st.just(Identity("Ana Prøve", "asked for a lawyer")))
@settings(max_examples=60, deadline=None)
def test_a_draft_gives_back_exactly_what_was_written(content, identity):
    form = forms.settled(forms.EncounterForm(content, "new", "red jacket", identity))
    kept = json.loads(json.dumps(forms.draft_fields(form)))
    assert forms.form_of_draft(kept, forms.empty_form(START)) == form


def test_an_empty_form_has_hour_and_setting_alone():
    form = forms.empty_form(START)
    assert form.content == Encounter(met_at=START.replace(second=0), setting="street")
    assert form.content.met_at.utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize("level", [ConsentLevel.FOLLOW_UP, ConsentLevel.REFERRAL])
def test_consent_falls_to_coded_when_she_could_not_speak_freely(level):
    form = forms.with_content(forms.empty_form(START), consent=level, speaking="companion_interpreted")
    assert form.content.consent is ConsentLevel.CODED


def test_write_nothing_stays_when_she_could_not_speak_freely():
    form = forms.with_content(
        forms.empty_form(START), consent=ConsentLevel.WRITE_NOTHING, speaking="companion_interpreted"
    )
    assert form.content.consent is ConsentLevel.WRITE_NOTHING


def test_a_recipient_goes_with_the_referral():
    form = forms.with_content(forms.empty_form(START), consent=ConsentLevel.REFERRAL, recipient="cmm", speaking="alone")
    assert form.content.recipient == "cmm"
    assert forms.with_content(form, consent=ConsentLevel.FOLLOW_UP).content.recipient == ""


@pytest.mark.parametrize(
    ("way", "name", "consent", "makes"),
    [
        ("new", "red jacket", ConsentLevel.CODED, True),
        ("provisional", "red jacket", ConsentLevel.CODED, True),
        ("provisional", "  ", ConsentLevel.CODED, False),
        ("known", "red jacket", ConsentLevel.CODED, False),
        ("new", "red jacket", ConsentLevel.WRITE_NOTHING, False),
    ],
)
def test_a_contact_is_made_only_with_a_name_and_never_when_nothing_may_be_written(way, name, consent, makes):
    form = replace(forms.empty_form(START), contact_way=way, contact_name=name)
    assert forms.with_content(form, consent=consent).makes_contact is makes


def test_place_setting_and_hour_alone_are_not_worth_a_draft():
    start = forms.empty_form(START)
    moved = forms.with_content(start, place_id="a" * 32, setting="bar", met_at=START - timedelta(hours=1))
    assert forms.is_untouched(moved, start)
    assert not forms.is_untouched(forms.with_content(moved, note="x"), start)
    assert not forms.is_untouched(replace(moved, contact_name="red jacket"), start)


def test_a_damaged_field_of_a_draft_costs_only_itself():
    start = forms.empty_form(START)
    kept = forms.draft_fields(forms.with_content(start, note="still here", age=19))
    kept["content"]["age"] = "many"
    kept["content"]["answers"] = {"a.b": "invented"}
    kept["contact_way"] = 7
    form = forms.form_of_draft(kept, start)
    assert form.content.note == "still here"
    assert form.content.age is None
    assert form.content.answers == {}
    assert form.contact_way == "none"


def test_a_draft_that_is_no_draft_gives_the_start():
    start = forms.empty_form(START)
    assert forms.form_of_draft({"content": [1, 2], "unknown": 3}, start) == start


def test_signs_of_another_list_are_written_under_the_note():
    form = forms.with_content(
        forms.empty_form(START), answers={"a.one": "told", "b.two": "observed"}, note="Met at the door.\n"
    )
    content = forms.note_content(form, frozenset({"a.one"}), {"b.two": "Also noted: passport taken (observed)"})
    assert content.answers == {"a.one": "told"}
    assert content.note == "Met at the door.\nAlso noted: passport taken (observed)"


def test_the_contact_goes_with_the_note_only_when_known():
    form = forms.with_content(forms.empty_form(START), contact_id="c" * 32)
    assert forms.note_content(form, frozenset(), {}).contact_id is None
    assert forms.note_content(replace(form, contact_way="known"), frozenset(), {}).contact_id == "c" * 32


def test_a_finished_note_opens_as_an_amendment():
    content = Encounter(met_at=START, setting="bar", contact_id="c" * 32, follow_up=FollowUp(date(2026, 3, 9)))
    form = forms.form_of_note(content, "e" * 32, (content.contact_id, "red jacket"), 1)
    assert (form.note_id, form.contact_way, form.content) == ("e" * 32, "known", content)
