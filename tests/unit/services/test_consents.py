"""Consent by recipient: seven points read out, never where she could not speak freely, in force until taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from outreach_app.domain.consent import POINTS, ConsentLevel
from outreach_app.domain.consent_talk import ConsentTalk
from outreach_app.domain.errors import (
    ConsentNotOfferedError,
    DateNotUsableError,
    LanguageNotUsableError,
    NoteNotFreeError,
    PartnerMissingError,
    PointsMissingError,
    RecipientMissingError,
    TextNotUsableError,
    TextTooLongError,
    UnknownCodeError,
)
from outreach_app.records.errors import NotFoundError
from tests.support.casework import DAY, given, person, talked_through
from tests.support.sessions import MET_AT, Laptop, met


def test_a_consent_says_to_whom_what_was_explained_in_which_language_and_manner_and_when(alone: Laptop):
    her = person(alone)
    note = her.met(languages=("ro",), speaking="alone")
    kept = her.agrees("partner", partner=" Light  house ", manner="interpreted", encounter_id=note)
    (read,) = alone.session.consents.list_consents(her.id)
    assert read == kept
    assert (read.recipient, read.partner, set(read.points), read.points_version) == (
        "partner", "Light house", set(POINTS), 1,
    )  # fmt: skip
    assert (read.language, read.manner, read.speaking, read.given_on, read.encounter_id) == (
        "ro", "interpreted", "alone", DAY, note,
    )  # fmt: skip
    assert read.in_force
    assert alone.session.consents.find_in_force(her.id, "partner", "LIGHT house") == kept
    assert alone.session.consents.find_in_force(her.id, "partner", "Harbour") is None
    assert alone.session.consents.find_in_force(her.id, "cmm") is None


@pytest.mark.parametrize(
    "talk",
    [ConsentTalk(1), ConsentTalk(1, ticked=POINTS), ConsentTalk(1, shown=frozenset(POINTS)), talked_through().untick("free")],
)
def test_nothing_is_kept_unless_every_point_was_shown_and_ticked(alone: Laptop, talk: ConsentTalk):
    her = person(alone)
    with pytest.raises(PointsMissingError):
        alone.session.consents.record_consent(her.id, talk, given())
    assert alone.session.consents.list_consents(her.id) == ()


@pytest.mark.parametrize("speaking", ["someone_listening", "companion_interpreted", "others_chose_interpreter"])
def test_where_she_could_not_speak_freely_consent_is_kindly_refused(alone: Laptop, speaking: str):
    her = person(alone)
    with pytest.raises(ConsentNotOfferedError) as refused:
        her.agrees("cmm", speaking=speaking)
    assert "Ask again when you are alone with her" in str(refused.value)
    note = her.met(speaking=speaking)
    with pytest.raises(NoteNotFreeError):
        her.agrees("cmm", encounter_id=note)
    meeting = alone.session.consents.last_meeting(her.id)
    assert meeting is not None
    assert (meeting.note_id, meeting.speaking, meeting.free_to_speak) == (note, speaking, False)
    assert alone.session.consents.list_consents(her.id) == ()


def test_without_a_note_her_last_one_up_to_that_day_says_whether_she_could(alone: Laptop):
    her = person(alone)
    her.met(speaking="someone_listening")
    with pytest.raises(NoteNotFreeError):
        her.agrees("police", given_on=date(2026, 3, 4))
    assert her.agrees("health", given_on=date(2026, 3, 1)).in_force  # before that evening
    her.met(speaking="alone", met_at=MET_AT + timedelta(days=1))
    assert her.agrees("police", given_on=date(2026, 3, 4)).in_force


def test_a_note_amended_to_not_free_puts_what_was_agreed_in_it_in_doubt_until_she_is_asked_again(alone: Laptop):
    her, session = person(alone), alone.session
    note, other = her.met(speaking="alone"), her.met(speaking="alone")
    her.agrees("police", encounter_id=note)
    kept = her.agrees("health", encounter_id=other)

    def amend(speaking: str) -> None:
        session.encounters.amend_encounter(note, met("words", contact_id=her.id, speaking=speaking), "remembered")

    amend("not_noted")
    assert session.consents.find_in_force(her.id, "police") is not None
    amend("companion_interpreted")
    doubtful = {one.recipient: one.doubtful for one in session.consents.list_consents(her.id)}
    assert doubtful == {"police": True, "health": False}
    assert session.consents.find_in_force(her.id, "police") is None
    assert session.consents.find_in_force(her.id, "health") == kept
    again = her.agrees("police", encounter_id=other)
    assert session.consents.find_in_force(her.id, "police") == again
    amend("alone")  # the amendment was the mistake
    assert not any(one.doubtful for one in session.consents.list_consents(her.id))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"recipient": "nobody"}, RecipientMissingError),
        ({"recipient": "partner", "partner": "  "}, PartnerMissingError),
        ({"recipient": "partner", "partner": "x\x00"}, TextNotUsableError),
        ({"recipient": "partner", "partner": "x" * 500}, TextTooLongError),
        ({"language": "not a tag"}, LanguageNotUsableError),
        ({"manner": "shouted"}, UnknownCodeError),
        ({"speaking": "who knows"}, UnknownCodeError),
        ({"given_on": date(9999, 1, 1)}, DateNotUsableError),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(alone: Laptop, change: dict, error: type[Exception]):
    her = person(alone)
    with pytest.raises(error):
        alone.session.consents.record_consent(her.id, talked_through(), replace(given(), **change))
    assert alone.session.consents.list_consents(her.id) == ()


def test_a_consent_belongs_to_a_person_and_to_a_note_of_hers(alone: Laptop):
    her, other = person(alone), person(alone, "Blue hat")
    with pytest.raises(NotFoundError):
        alone.session.consents.record_consent("0" * 32, talked_through(), given())
    with pytest.raises(NotFoundError):
        her.agrees("cmm", encounter_id=other.met())
    assert alone.session.consents.last_meeting(her.id) is None


def test_what_she_agreed_to_in_the_talk_alone_is_told_apart(alone: Laptop):
    her = person(alone)
    her.met(consent=ConsentLevel.REFERRAL, recipient="police")
    assert alone.session.consents.list_agreed_in_notes(her.id) == (("police", DAY),)
    assert alone.session.consents.find_in_force(her.id, "police") is None


def test_the_texts_are_there(alone: Laptop):
    assert tuple(point.id for point in alone.session.consents.texts().points) == POINTS


def test_the_record_of_use_names_no_words(alone: Laptop):
    her = person(alone)
    her.agrees("partner", partner="Lighthouse")
    entry = alone.session.auditing.list_entries()[0]
    assert (entry.action, entry.subject, entry.detail) == ("changed", her.id, "consent")
