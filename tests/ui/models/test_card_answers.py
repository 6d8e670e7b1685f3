"""Card answers in the form: what falls into the note, what is offered, and that nothing is set by itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from outreach_app.domain.encounter import CardAnswers, HealthBlock
from outreach_app.wire.indicator_catalogue import load_catalogues
from ui.models.card_answers import (
    MARK,
    answer_lines,
    handed_over,
    offered_signs,
    offers_listening,
    offers_under_18,
    received,
    waits,
    with_health_in_note,
    with_health_part,
    with_maybe_under_18,
    with_someone_listening,
    with_told_sign,
)
from ui.models.cards import CardRun, read_cards
from ui.models.encounter_form import empty_form, with_content

BOOK = read_cards()
DECK = BOOK.deck
FORM = empty_form(datetime(2026, 3, 2, 20, 0, tzinfo=UTC))
IDS = {profile: frozenset(catalogue.by_id()) for profile, catalogue in load_catalogues().items()}


def answers(language="ro", **given) -> CardAnswers:
    return CardAnswers(language, draft=True, answers=given)


def test_a_form_in_her_hands_is_marked_and_the_mark_goes():
    waiting = handed_over(FORM)
    assert waits(waiting)
    assert waiting != FORM, "so that it is kept as a draft"
    assert received(waiting, DECK, None) == FORM
    assert MARK not in received(waiting, DECK, answers(papers="no")).content.cards.answers
    assert not waits(FORM)


def test_only_the_other_answers_fall_into_the_note():
    got = received(handed_over(FORM), DECK, answers(pain="yes", screen="no", papers="no"))
    assert got.content.cards == answers(screen="no", papers="no")
    assert dict(got.content.answers) == {}
    assert received(handed_over(FORM), DECK, answers(pain="yes")).content.cards is None


def test_asked_again_in_the_same_language_the_later_answer_counts():
    before = received(FORM, DECK, answers(papers="no", debt="yes"))
    again = received(handed_over(before), DECK, answers(papers="yes"))
    assert again.content.cards == answers(papers="yes", debt="yes")
    assert received(handed_over(before), DECK, None) == before
    other = received(handed_over(before), DECK, answers("bg", papers="yes"))
    assert other.content.cards == answers("bg", papers="yes")


@pytest.mark.parametrize("profile", sorted(IDS))
def test_signs_are_offered_from_the_chosen_list_until_they_are_answered(profile):
    form = with_content(received(FORM, DECK, answers(papers="no", debt="skip", pay="yes")), profile=profile)
    offered = offered_signs(DECK, form.content, IDS[profile])
    assert [sign.partition(".")[2] for sign in offered] == ["coercion_at_destination.documents_taken"]
    told = with_told_sign(form, offered[0])
    assert dict(told.content.answers) == {offered[0]: "told"}
    assert offered_signs(DECK, told.content, IDS[profile]) == ()
    assert offered_signs(DECK, form.content, frozenset()) == ()


def test_without_cards_nothing_is_offered():
    assert offered_signs(DECK, FORM.content, IDS["adult_sexual"]) == ()
    assert not offers_under_18(DECK, FORM.content)


def test_maybe_under_18_is_offered_while_no_age_is_noted():
    form = received(FORM, DECK, answers(age="no"))
    assert offers_under_18(DECK, form.content)
    assert with_maybe_under_18(form).content.age_for_rules == "maybe_under_18"
    assert not offers_under_18(DECK, with_maybe_under_18(form).content)
    assert not offers_under_18(DECK, with_content(form, age=30).content)
    assert not offers_under_18(DECK, received(FORM, DECK, answers(age="skip")).content)


def test_someone_listening_is_offered_when_the_screen_is_seen():
    form = received(FORM, DECK, answers(screen="yes"))
    assert offers_listening(DECK, form.content)
    listening = with_someone_listening(form)
    assert not listening.content.free_to_speak
    assert not offers_listening(DECK, listening.content)
    assert not offers_listening(DECK, FORM.content)
    assert not offers_listening(DECK, received(FORM, DECK, answers(screen="no")).content)


def test_health_answers_are_written_where_the_worker_says():
    health = {"pregnancy": "yes", "pain": "no"}
    lines = answer_lines(BOOK, health)
    assert lines == ("Are you in pain? no", "Do you think you may be pregnant? yes")
    noted = with_health_in_note(with_content(FORM, note="Short talk. "), lines)
    assert noted.content.note.splitlines()[0] == "Short talk."
    assert "draft translation" in noted.content.note.splitlines()[1]
    part = with_health_part(FORM, DECK, health, lines).content.health
    assert part.pregnancy
    assert not part.check
    assert "pregnant" in part.words
    kept = with_health_part(with_content(FORM, health=HealthBlock(check=True, words="Seen.")), DECK, health, lines)
    assert kept.content.health.check
    assert kept.content.health.words.startswith("Seen.\n")


def test_an_answer_to_a_card_of_another_deck_is_passed_over():
    assert answer_lines(BOOK, {"gone": "yes", "pain": "perhaps", "doctor": "no"}) == ("Do you want to talk to a doctor? no",)


def test_a_run_that_is_over_takes_no_more_answers():
    run = CardRun(DECK, "ro", draft=True, others=False, at=8)
    assert run.card is None
    run.answer("yes")
    assert run.answers == {}
    assert run.card_answers() == answers()
    run.answers = {card.id: "skip" for card in DECK.of_kind("health")}
    run.health_only()
    assert run.card.id == "emergency", "all answered: from the first"
