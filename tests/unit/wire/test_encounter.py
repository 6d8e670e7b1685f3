"""The JSON ``outreach record`` takes: every field, its limits, and the name of the field in every refusal."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.contact import Identity, LinkageFacts
from outreach_app.domain.encounter import (
    CardAnswers,
    Encounter,
    FollowUp,
    HandOver,
    HealthBlock,
    LeafletGiven,
    WorkerView,
)
from outreach_app.errors import KnownError
from outreach_app.wire.encounter import EncounterFields, identity_of, linkage_of, read_encounter
from outreach_app.wire.errors import DataTooLargeError, UntrustedDataError

NOW = datetime(2026, 3, 2, 21, 0, tzinfo=UTC)
FULL: dict[str, Any] = {
    "setting": "street", "met_at": "2026-03-02T22:30:00+01:00", "place": {"code": "ST-1", "region": "syddanmark", "warning": "w"},
    "region": "hovedstaden", "contact": {"called": "Red jacket", "identity": {"name": "Anna E.", "reason": "r"},
    "linkage": {"first_name_start": "An", "last_name_start": "E", "born_on": "1999-01-02"}}, "consent": "referral",
    "recipient": "cmm", "speaking": "alone", "interpreter": "phone", "gender": "woman", "nationality": "RO", "age": 22,
    "age_band": "18_24", "age_when_it_began": 17, "exploitation": "sexual", "sector": "other", "stay": "eu",
    "languages": ["ro", "zh-Hans"], "help_given": ["talk"], "help_offer": "accepted", "return_offer": "declined",
    "items": ["condoms"], "leaflets": [{"sheet": "s", "language": "ro", "format": "a4", "copies": 3}], "profile": "adult_labour",
    "answers": {"al.exploitation.pay": "told"}, "sells_sex": True, "note": "n", "follow_up": {"due_on": "2026-03-09", "what": "call"},
    "hand_over": {"to_whom": "police", "said": "s", "without_consent_because": "b"},
    "health": {"check": True, "sti_test": True, "contraception": True, "pregnancy": True, "emergency": True, "words": "h"},
    "view": {"agrees": False, "reason": "v"}, "channel": "social_media", "sign_words": {"al.exploitation.pay": "w"},
    "traits": ["threatened_afraid"], "cards": {"language": "ro", "draft": True, "answers": {"can_you_leave": "no"}},
}  # fmt: skip


def read(**fields: Any) -> Encounter:
    return read_encounter(json.dumps({"setting": "street", **fields}).encode(), NOW).content


def test_every_field_arrives_where_it_belongs() -> None:
    found = read_encounter(json.dumps(FULL).encode(), NOW)
    content = found.content
    assert set(FULL) == {field.name for field in msgspec.structs.fields(EncounterFields)}, "a field is not tested here"
    same = set(FULL) & {"setting", "region", "recipient", "speaking", "interpreter", "gender", "nationality", "age", "age_band",
        "age_when_it_began", "exploitation", "sector", "stay", "help_offer", "return_offer", "profile", "answers", "sells_sex", "note", "channel", "sign_words"}  # fmt: skip
    assert {name: getattr(content, name) for name in same} == {name: FULL[name] for name in same}
    assert content.met_at.isoformat() == FULL["met_at"]
    assert content.met_at.utcoffset() == timedelta(hours=1)
    assert (content.languages, content.help_given, content.items) == (("ro", "zh-Hans"), ("talk",), ("condoms",))
    assert content.leaflets == (LeafletGiven("s", "ro", "a4", 3),)
    assert content.follow_up == FollowUp(date(2026, 3, 9), "call")
    assert content.hand_over == HandOver("police", "s", "b")
    assert content.health == HealthBlock(True, True, True, True, True, "h")
    assert content.view == WorkerView(False, "v")
    assert content.traits == ("threatened_afraid",)
    assert content.cards == CardAnswers("ro", draft=True, answers={"can_you_leave": "no"})
    assert content.consent is ConsentLevel.REFERRAL
    assert found.place is not None
    assert (found.place.code, found.place.region, found.place.warning) == ("ST-1", "syddanmark", "w")
    assert found.contact is not None
    assert identity_of(found.contact) == Identity("Anna E.", "r")
    assert linkage_of(found.contact) == LinkageFacts("An", "E", date(1999, 1, 2))


def test_what_is_left_out_is_the_untouched_note() -> None:
    found = read_encounter(b'{"setting":"street"}', NOW)
    assert found.content == Encounter(met_at=NOW, setting="street")
    assert (found.place, found.contact) == (None, None)
    named = read_encounter(b'{"setting":"street","contact":{"called":"A"}}', NOW).contact
    assert named is not None
    assert (identity_of(named), linkage_of(named)) == (None, None)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"setting": ""}, "$.setting"), ({"setting": "street\n"}, "$.setting"), ({"setting": "A street"}, "$.setting"),
        ({"met_at": "2026-03-02T22:30:00"}, "$.met_at"), ({"met_at": "0000-01-01T00:00:00Z"}, "$.met_at"),
        ({"met_at": "10000-01-01T00:00:00Z"}, "$.met_at"), ({"met_at": "2026-02-29T12:00:00Z"}, "$.met_at"),
        ({"met_at": "2028-02-30T12:00:00Z"}, "$.met_at"), ({"follow_up": {"due_on": "2027-02-29"}}, "$.follow_up.due_on"),
        ({"met_at": "2026-13-01T00:00:00Z"}, "$.met_at"), ({"met_at": 5}, "$.met_at"),
        ({"contact": {}}, "$.contact"), ({"contact": {"id": "e" * 32, "called": "A"}}, "$.contact"),
        ({"contact": {"id": "E" * 32}}, "$.contact.id"), ({"contact": {"id": "e" * 32 + "\n"}}, "$.contact.id"),
        ({"contact": {"called": ""}}, "$.contact.called"), ({"contact": {"called": "x" * 401}}, "$.contact.called"),
        ({"contact": {"called": "A", "identity": {"name": "A"}}}, "$.contact.identity.reason"),
        ({"contact": {"called": "A", "identity": {"name": "A", "reason": ""}}}, "$.contact.identity.reason"),
        ({"contact": {"called": "A", "linkage": {"first_name_start": "Anna", "last_name_start": "E", "born_on": "1999-01-02"}}}, "$.contact.linkage.first_name_start"),
        ({"consent": "referral"}, "$.recipient"), ({"consent": "all"}, "$.consent"), ({"recipient": "me"}, "$.recipient"),
        ({"nationality": "ro"}, "$.nationality"), ({"nationality": "ROU"}, "$.nationality"), ({"nationality": "RO\n"}, "$.nationality"),
        ({"languages": ["not a tag"]}, "$.languages[0]"), ({"languages": ["ro"] * 101}, "$.languages"), ({"help_given": [""]}, "$.help_given[0]"),
        ({"age": 121}, "$.age"), ({"age": -1}, "$.age"), ({"age": "22"}, "$.age"), ({"age": True}, "$.age"),
        ({"leaflets": [{"sheet": "", "language": "ro"}]}, "$.leaflets[0].sheet"), ({"leaflets": [{"sheet": "s", "language": "ro", "copies": 0}]}, "$.leaflets[0].copies"),
        ({"answers": {"x": "yes"}}, "$.answers"), ({"profile": "adult"}, "$.profile"), ({"follow_up": {"due_on": "2026-02-30"}}, "$.follow_up.due_on"),
        ({"note": "x" * 100_001}, "$.note"), ({"hand_over": {"to_whom": ""}}, "$.hand_over.to_whom"), ({"health": {"weight": 1}}, "$.health.weight"),
        ({"victim": True}, "$.victim"), ({"place": {"code": "A", "address": "x"}}, "$.place.address"), ({"view": {}}, "$.view.agrees"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(UntrustedDataError) as caught:
        read(**fields)
    assert str(caught.value.values["field"]).startswith(field)
    assert caught.value.sentence().startswith("The encounter cannot be used")


def test_a_note_of_ten_megabytes_is_refused_by_size() -> None:
    with pytest.raises(DataTooLargeError):
        read(note="x" * 10_000_000)


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(sorted(FULL)), st.none() | st.integers() | st.text(max_size=5) | st.lists(st.text(max_size=3), max_size=2) | st.dictionaries(st.sampled_from(["code", "id", "called", "due_on", "check"]), st.text(max_size=3) | st.booleans(), max_size=2), max_size=4))
def test_nothing_but_an_encounter_or_a_known_error_comes_of_it(fields: dict[str, Any]) -> None:
    said = ""
    try:
        said = read(**fields).setting
    except KnownError as error:
        said = error.sentence()
    assert said
