"""Pathways of contacts: facts, decisions with their maker, letters before our dates, and the dates that are near."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from outreach_app.domain.errors import (
    DateNotUsableError,
    LanguageNotUsableError,
    NumberNotUsableError,
    TextNotUsableError,
    TextTooLongError,
    TooManyEntriesError,
    UnknownCodeError,
)
from outreach_app.domain.pathway_case import PathwayFacts
from outreach_app.domain.plan import ContactPerson
from outreach_app.errors import KnownError
from outreach_app.records.errors import NotFoundError
from outreach_app.services.errors import ContactPersonMissingError, ReturnBeforeDecisionError
from outreach_app.services.pathways import ContactPathway
from tests.support.sessions import MET_AT, Laptop

DECIDED = date(2026, 2, 20)  # the laptop's today is 2 March 2026
DAY_THIRTY = date(2026, 3, 22)
FACTS = PathwayFacts("none", age=24)


@pytest.fixture
def contact_id(laptop: Laptop) -> str:
    return laptop.session.contacts.record_contact("red jacket").id


def name_contact_person(laptop: Laptop, contact_id: str) -> None:
    laptop.session.plans.set_contact_person(contact_id, ContactPerson("Bo", "CMM", "12"))


def give_period(laptop: Laptop, contact_id: str, day: date = DECIDED) -> str:
    name_contact_person(laptop, contact_id)
    return laptop.session.pathways.record_decision(contact_id, "dis", "period_given", day, "letter of the day").id


def found(laptop: Laptop, contact_id: str) -> ContactPathway:
    return laptop.session.pathways.find_pathway(contact_id)


def details(laptop: Laptop, contact_id: str) -> list[tuple[str, str]]:
    return [tuple(row) for row in laptop.db.execute(
        "SELECT action, detail FROM audit WHERE subject = ? AND detail NOT IN ('contact') ORDER BY seq", (contact_id,)
    )]  # fmt: skip


def test_nothing_known_is_an_answer_too(laptop: Laptop, contact_id: str) -> None:
    here = found(laptop, contact_id)
    assert (here.state, here.standing, here.answer.period) == (None, "possible", "unknown")
    assert (here.dates, here.decisions, dict(here.letters), here.contact_person) == ((), (), {}, "")
    assert here.today == date(2026, 3, 2)


def test_facts_are_kept_and_answered_by_todays_law(laptop: Laptop, contact_id: str) -> None:
    assert laptop.session.pathways.keep_facts(contact_id, FACTS).casework
    here = found(laptop, contact_id)
    assert (here.facts, here.state, here.answer.decides, here.answer.cap_days) == (FACTS, "open", "DIS", 120)
    assert here.dates == ()  # nobody decided anything yet
    laptop.session.pathways.keep_facts(contact_id, PathwayFacts("eu", age="maybe_under_18", requested_days=(30, 60)))
    assert found(laptop, contact_id).facts.requested_days == (30, 60)
    assert details(laptop, contact_id) == [("changed", "pathway"), ("read", "pathway"), ("changed", "pathway")]


def test_her_notes_are_a_beginning_until_something_is_kept(laptop: Laptop, contact_id: str) -> None:
    laptop.finish("", contact_id=contact_id, stay="none", age=17)
    laptop.finish("", contact_id=contact_id, age_band="25_34", met_at=MET_AT + timedelta(days=1))
    laptop.finish("", contact_id=contact_id, met_at=MET_AT + timedelta(days=2))
    here = found(laptop, contact_id)
    assert (here.state, here.facts) == (None, PathwayFacts("none", age="of_age"))
    assert here.answer.decides == "DIS"
    assert ("read", "pathway") in details(laptop, contact_id)
    laptop.session.pathways.set_letter_date(contact_id, "latest_end", DAY_THIRTY)
    assert (found(laptop, contact_id).state, found(laptop, contact_id).facts) == ("open", here.facts)
    laptop.finish("", contact_id=contact_id, stay="eu", met_at=MET_AT + timedelta(days=3))
    assert found(laptop, contact_id).facts == here.facts


def test_a_decision_begins_the_period_and_its_dates(laptop: Laptop, contact_id: str) -> None:
    laptop.session.pathways.keep_facts(contact_id, FACTS)
    give_period(laptop, contact_id)
    here = found(laptop, contact_id)
    assert (here.standing, here.contact_person) == ("in_period", "Bo")
    assert here.answer.dates["first_period_ends"] == DAY_THIRTY
    assert {row.which: row.on_date for row in here.dates} == {
        "ask_extension_by": DAY_THIRTY - timedelta(days=1), "first_period_ends": DAY_THIRTY,
        "latest_end": DECIDED + timedelta(days=120),
    }  # fmt: skip
    assert not any(row.from_letter for row in here.dates)


def test_a_period_needs_somebody_who_stands_by_her(laptop: Laptop, contact_id: str) -> None:
    with pytest.raises(ContactPersonMissingError) as caught:
        laptop.session.pathways.record_decision(contact_id, "dis", "period_given", DECIDED)
    assert "Plan" in caught.value.sentence()
    assert found(laptop, contact_id).state is None
    assert laptop.session.pathways.record_decision(contact_id, "cmm", "recognised", DECIDED).maker == "cmm"
    assert (found(laptop, contact_id).standing, found(laptop, contact_id).state) == ("recognised", "open")


def test_nobody_sets_a_standing_but_by_a_decision_with_its_maker(laptop: Laptop, contact_id: str) -> None:
    for maker in ("worker", "ngo", ""):
        with pytest.raises(UnknownCodeError):
            laptop.session.pathways.record_decision(contact_id, maker, "recognised", DECIDED)  # type: ignore[arg-type] # on purpose
    with pytest.raises(UnknownCodeError):
        laptop.session.pathways.record_decision(contact_id, "cmm", "victim", DECIDED)
    with pytest.raises(DateNotUsableError):
        laptop.session.pathways.record_decision(contact_id, "cmm", "recognised", date(9999, 12, 31))
    with pytest.raises(TextNotUsableError):
        laptop.session.pathways.record_decision(contact_id, "cmm", "recognised", DECIDED, "\0")
    with pytest.raises(NotFoundError):
        laptop.session.pathways.record_decision("0" * 32, "cmm", "recognised", DECIDED)
    assert found(laptop, contact_id).standing == "possible"


def test_a_decision_is_taken_back_and_put_back_and_stays_to_be_seen(laptop: Laptop, contact_id: str) -> None:
    laptop.session.pathways.keep_facts(contact_id, FACTS)
    decision_id = give_period(laptop, contact_id)
    laptop.session.pathways.take_back_decision(decision_id)
    here = found(laptop, contact_id)
    assert (here.standing, here.dates) == ("possible", ())
    assert [row.taken_back_at is None for row in here.decisions] == [False]
    assert here.decisions[0].words == "letter of the day"
    laptop.session.pathways.restore_decision(decision_id)
    assert (found(laptop, contact_id).standing, len(found(laptop, contact_id).dates)) == ("in_period", 3)
    for verb in (laptop.session.pathways.take_back_decision, laptop.session.pathways.restore_decision):
        with pytest.raises(NotFoundError):
            verb("0" * 32)


def test_public_order_ends_the_period_and_its_dates(laptop: Laptop, contact_id: str) -> None:
    laptop.session.pathways.keep_facts(contact_id, FACTS)
    give_period(laptop, contact_id)
    laptop.session.pathways.record_decision(contact_id, "dis", "leave_at_once", DECIDED + timedelta(days=5))
    here = found(laptop, contact_id)
    assert (here.answer.period, here.dates) == ("none", ())


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"stay": "tourist"}, UnknownCodeError),
        ({"age": "old"}, UnknownCodeError),
        ({"age": 121}, NumberNotUsableError),
        ({"requested_days": (0,)}, NumberNotUsableError),
        ({"requested_days": (1,) * 21}, TooManyEntriesError),
        ({"returned_on": date(9999, 1, 1)}, DateNotUsableError),
        ({"return_country": "Nigeria"}, LanguageNotUsableError),
        ({"return_partner": "somebody"}, UnknownCodeError),
    ],
)
def test_facts_that_cannot_be_asked_with_are_refused(
    laptop: Laptop, contact_id: str, values: dict[str, Any], error: type[KnownError]
) -> None:
    with pytest.raises(error):
        laptop.session.pathways.keep_facts(contact_id, PathwayFacts(**values))
    assert found(laptop, contact_id).state is None


def test_a_return_comes_after_the_decision_and_is_planned(laptop: Laptop, contact_id: str) -> None:
    give_period(laptop, contact_id)
    with pytest.raises(ReturnBeforeDecisionError):
        laptop.session.pathways.keep_facts(contact_id, PathwayFacts("none", returned_on=DECIDED - timedelta(days=1)))
    planned = PathwayFacts(
        "none", return_agreed=True, returned_on=DECIDED, return_country="NG", return_partner="drc", return_risk_assessed=True
    )
    laptop.session.pathways.keep_facts(contact_id, planned)
    here = found(laptop, contact_id)
    assert here.facts == planned
    assert [(row.which, row.on_date) for row in here.dates] == [("return_support_ends", date(2026, 8, 20))]


def test_a_shelter_is_possible_before_anybody_has_decided(laptop: Laptop, contact_id: str) -> None:
    laptop.session.pathways.keep_facts(contact_id, FACTS)
    laptop.session.shelter_stays.enter(contact_id, "S1", DECIDED)
    assert found(laptop, contact_id).standing == "possible"
    assert [stay.shelter for stay in laptop.session.shelter_stays.list_stays(contact_id)] == ["S1"]


def test_hostile_words_of_a_letter_are_kept_or_refused_whole(laptop: Laptop, contact_id: str) -> None:
    turned = "\u202eletter"
    laptop.session.pathways.record_decision(contact_id, "court", "other", DECIDED, turned)
    assert found(laptop, contact_id).decisions[0].words == turned
    for words in ("e" + "\u0301" * 5000, "x" * 10_000_000):
        with pytest.raises(TextTooLongError):
            laptop.session.pathways.record_decision(contact_id, "court", "other", DECIDED, words)
        with pytest.raises(TextTooLongError):
            laptop.session.pathways.set_letter_date(contact_id, "latest_end", DECIDED, words)
    assert len(found(laptop, contact_id).decisions) == 1


def test_nobody_unknown_has_a_pathway(laptop: Laptop) -> None:
    with pytest.raises(NotFoundError):
        found(laptop, "0" * 32)
    with pytest.raises(NotFoundError):
        laptop.session.pathways.keep_facts("0" * 32, FACTS)


def test_an_erased_contact_leaves_nothing_of_her_pathway(laptop: Laptop, contact_id: str) -> None:
    laptop.session.pathways.keep_facts(contact_id, FACTS)
    give_period(laptop, contact_id)
    laptop.session.pathways.set_letter_date(contact_id, "latest_end", DAY_THIRTY)
    with laptop.vault.transaction() as db:
        db.execute("DELETE FROM contacts WHERE id = ?", (contact_id,))
    for table in ("pathways", "decisions", "letter_dates", "dates_near"):
        assert laptop.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
