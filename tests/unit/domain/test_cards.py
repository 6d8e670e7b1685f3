"""Cards: health first, the others only once nobody else sees the screen, and suggestions that set nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from outreach_app.domain.cards import CARD_LANGUAGES, Card, CardWords, Deck

DECK = Deck(
    1,
    (
        Card("emergency", "health", "emergency", health="emergency"),
        Card("pain", "health", "pain"),
        Card("screen", "screen", "screen"),
        Card("leave", "other", "leave", "no", ("coercion.isolation",)),
        Card("phone", "other", "phone", "yes", ("coercion.isolation", "coercion.lies")),
        Card("age", "other", "age", under_18_on="no"),
    ),
)
ANSWERS = st.dictionaries(st.sampled_from([card.id for card in DECK.cards]), st.sampled_from(["yes", "no", "skip"]))


def kinds(answers, *, others=True):
    return [card.kind for card in DECK.path(answers, others=others)]


def test_health_comes_first_and_the_screen_is_asked_before_the_others():
    assert kinds({}) == ["health", "health", "screen"]
    assert kinds({"screen": "no"}) == ["health", "health", "screen", "other", "other", "other"]


def test_only_a_clear_no_opens_the_others():
    assert "other" not in kinds({"screen": "yes"})
    assert "other" not in kinds({"screen": "skip"})


@given(ANSWERS)
def test_health_only_is_health_only_whatever_was_answered(answers):
    assert set(kinds(answers, others=False)) == {"health"}


def test_each_fact_is_suggested_once_and_only_by_its_answer():
    assert DECK.suggested_facts({"leave": "no", "phone": "yes"}) == ("coercion.isolation", "coercion.lies")
    assert DECK.suggested_facts({"leave": "yes", "phone": "skip"}) == ()
    assert DECK.suggested_facts({}) == (), "a card without an answer suggests nothing"


def test_maybe_under_18_is_suggested_by_its_answer_only():
    assert DECK.suggests_under_18({"age": "no"})
    assert not DECK.suggests_under_18({"age": "skip"})
    assert not DECK.suggests_under_18({})


def test_somebody_sees_only_when_she_said_so():
    assert DECK.somebody_sees({"screen": "yes"})
    assert not DECK.somebody_sees({"screen": "skip"})


@given(ANSWERS)
def test_answers_about_health_and_the_others_are_parted_without_a_loss(answers):
    health, note = DECK.health_answers(answers), DECK.note_answers(answers)
    assert {**health, **note} == answers
    assert not set(health) & set(note)
    assert set(health) <= {"emergency", "pain"}


def test_yes_to_a_health_card_suggests_its_tick():
    assert DECK.health_ticks({"emergency": "yes", "pain": "yes"}) == ("emergency",)
    assert DECK.health_ticks({"emergency": "no"}) == ()


def test_a_card_is_found_by_its_id():
    assert DECK.card("pain") is DECK.cards[1]
    assert DECK.card("of another deck") is None


def test_arabic_runs_from_right_to_left():
    assert CardWords("ar", "", "Arab", True, {}, {}).right_to_left
    assert not CardWords("th", "", "Thai", True, {}, {}).right_to_left


def test_the_core_languages_and_pidgin():
    core = {"da", "en", "th", "ro", "es", "pt-BR", "bg", "ru", "uk", "ar", "fr", "zh-Hans", "vi"}
    assert set(CARD_LANGUAGES) == core | {"pcm"}
    assert len(CARD_LANGUAGES) == 14
