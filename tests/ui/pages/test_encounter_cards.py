"""Card answers above the form of a health worker: written into the health part when she presses, and only then."""

from __future__ import annotations

import pytest

from outreach_app.domain.encounter import CardAnswers
from outreach_app.wire.cards import answers_to_json
from tests.support.window_parts import make_parts
from ui.pages.encounter import EncounterPage

ANSWERS = CardAnswers("vi", draft=True, answers={"pregnancy": "yes", "pain": "no", "screen": "yes", "papers": "no"})


@pytest.fixture
def page(qapp, qtbot, tmp_path):
    """The form of a health worker, a place chosen, answers just back."""
    parts = make_parts(tmp_path, role="health")
    made = EncounterPage(parts.context)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.shown({"new": "1"})
    parts.settle()
    made.place_step.settings._choose("street")
    made.form_view.cards.begin(answers_to_json(ANSWERS), made.form())
    made.parts = parts
    yield made
    parts.settle()
    parts.end()


def offer(page, words):
    return next(each for each in page.form_view.cards.offers if words in each.text())


def test_nothing_is_written_until_it_is_pressed(page):
    content = page.form().content
    assert content.health is None
    assert content.speaking == "not_noted"
    assert dict(content.answers) == {}
    assert content.cards.answers == {"screen": "yes", "papers": "no"}
    assert "pregnant" in page.form_view.cards.health.text()


def test_a_health_worker_writes_it_into_the_health_part(page):
    offer(page, "health part").click()
    health = page.form().content.health
    assert health.pregnancy
    assert "pain? no" in health.words
    assert page.form().content.note == ""
    assert not page.form_view.cards.health.isVisible()


def test_someone_listening_closes_consent_above_coded(page):
    offer(page, "listening").click()
    assert not page.form().content.free_to_speak


def test_another_form_does_not_get_her_answers(page):
    page._begin(page._start)
    assert not page.form_view.cards.isVisible()
    assert page.form_view.cards._health == {}


def test_pressing_a_suggestion_takes_it_away(page):
    before = len(page.form_view.cards.offers)
    offer(page, "documents").click()
    assert list(page.form().content.answers.values()) == ["told"]
    assert len(page.form_view.cards.offers) == before - 1


def test_the_finished_note_holds_them_as_a_draft_translation(page):
    finished = []
    page._context.changes_hub.changed.connect(finished.append)
    page.form_view.finish.click()
    page.parts.settle()
    assert finished
    (row,) = page.parts.ask(lambda session: session.encounters.list_encounters())
    content = page.parts.ask(lambda session: session.encounters.find_encounter(row.id)).current.content
    assert content.cards == CardAnswers("vi", draft=True, answers={"screen": "yes", "papers": "no"})
