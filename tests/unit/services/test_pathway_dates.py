"""The dates of a contact's pathway: a letter's before ours, told of in time, dealt with, put off, and moved with her."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from outreach_app.domain.errors import DateNotUsableError, SnoozeNeedsReasonError, UnknownCodeError
from outreach_app.domain.pathway_case import PathwayFacts
from outreach_app.domain.plan import ContactPerson
from outreach_app.records.errors import NotFoundError
from outreach_app.services.pathways import ContactPathway
from tests.support.sessions import Laptop

DECIDED = date(2026, 2, 20)  # the laptop's today is 2 March 2026
DAY_THIRTY = date(2026, 3, 22)
FACTS = PathwayFacts("none", age=24)


@pytest.fixture
def contact_id(laptop: Laptop) -> str:
    return laptop.session.contacts.record_contact("red jacket").id


def give_period(laptop: Laptop, contact_id: str, day: date = DECIDED) -> None:
    laptop.session.plans.set_contact_person(contact_id, ContactPerson("Bo", "CMM", "12"))
    laptop.session.pathways.record_decision(contact_id, "dis", "period_given", day)


def found(laptop: Laptop, contact_id: str) -> ContactPathway:
    return laptop.session.pathways.find_pathway(contact_id)


def dates_of(laptop: Laptop, contact_id: str) -> dict[str, date]:
    return {row.which: row.on_date for row in found(laptop, contact_id).dates}


def near(laptop: Laptop, today: date) -> list[str]:
    return [row.which for row in laptop.session.pathways.dates_near(today)]


def test_a_letters_deadline_of_9_june_replaces_ours(laptop: Laptop, contact_id: str) -> None:
    laptop.session.pathways.keep_facts(contact_id, FACTS)
    give_period(laptop, contact_id, date(2026, 5, 12))
    ours, letter = date(2026, 6, 11), date(2026, 6, 9)
    laptop.session.pathways.set_letter_date(contact_id, "first_period_ends", letter, " letter of 14 May ")
    here = found(laptop, contact_id)
    assert (here.answer.counted["first_period_ends"], here.answer.dates["first_period_ends"]) == (ours, letter)
    assert (here.letters["first_period_ends"].on_date, here.letters["first_period_ends"].words) == (letter, "letter of 14 May")
    rows = {row.which: (row.on_date, row.from_letter) for row in here.dates}
    assert rows["first_period_ends"] == (letter, True)
    assert rows["ask_extension_by"] == (date(2026, 6, 8), True)  # it hangs on the letter's date
    assert rows["latest_end"][1] is False
    laptop.session.pathways.drop_letter_date(contact_id, "first_period_ends")
    assert found(laptop, contact_id).answer.dates["first_period_ends"] == ours


def test_days_she_only_asked_for_leave_the_end_of_the_first_period_in_sight(laptop: Laptop, contact_id: str) -> None:
    asked = replace(FACTS, requested_days=(30, 10, 80), return_agreed=True)
    laptop.session.pathways.keep_facts(contact_id, asked)
    give_period(laptop, contact_id)
    assert dates_of(laptop, contact_id)["granted_until"] == DAY_THIRTY
    assert near(laptop, DAY_THIRTY - timedelta(days=4)) == ["ask_extension_by", "granted_until"]
    laptop.session.pathways.record_decision(contact_id, "dis", "period_extended", date(2026, 3, 1))
    assert dates_of(laptop, contact_id) == {
        "granted_until": DAY_THIRTY + timedelta(days=10), "latest_end": DECIDED + timedelta(days=120),
    }  # fmt: skip
    letter = date(2026, 5, 30)
    laptop.session.pathways.set_letter_date(contact_id, "granted_until", letter)
    assert dates_of(laptop, contact_id)["granted_until"] == letter


def test_a_letter_that_grants_more_time_is_an_answer_too(laptop: Laptop, contact_id: str) -> None:
    laptop.session.pathways.keep_facts(contact_id, replace(FACTS, requested_days=(30, 90), special_reasons=True))
    give_period(laptop, contact_id)
    laptop.session.pathways.set_letter_date(contact_id, "granted_until", date(2026, 5, 30))
    assert sorted(dates_of(laptop, contact_id)) == ["granted_until", "latest_end"]
    laptop.session.pathways.drop_letter_date(contact_id, "granted_until")
    assert dates_of(laptop, contact_id)["ask_extension_by"] == DAY_THIRTY - timedelta(days=1)


def test_a_period_with_an_unknown_stay_asks_for_her_letter_until_it_is_there(laptop: Laptop, contact_id: str) -> None:
    laptop.session.pathways.keep_facts(contact_id, PathwayFacts())
    give_period(laptop, contact_id)
    assert dates_of(laptop, contact_id) == {"letter_missing": DECIDED}
    assert near(laptop, date(2026, 3, 2)) == ["letter_missing"]
    assert laptop.session.timelines.open_contact(contact_id).warnings.dates_over == 0, "nothing has passed"
    assert ("date", "letter_missing") in [(row.kind, row.code) for row in laptop.session.timelines.list_timeline(contact_id).rows]
    laptop.session.pathways.finish_date(contact_id, "letter_missing")
    assert near(laptop, date(2026, 3, 2)) == []
    laptop.session.pathways.set_letter_date(contact_id, "first_period_ends", DAY_THIRTY)
    assert sorted(dates_of(laptop, contact_id)) == ["ask_extension_by", "first_period_ends"]


def test_a_decision_to_leave_at_once_tells_of_no_date(laptop: Laptop, contact_id: str) -> None:
    laptop.session.pathways.keep_facts(contact_id, PathwayFacts("legal", requested_days=(30,)))
    laptop.session.pathways.record_decision(contact_id, "dis", "leave_at_once", DECIDED)
    assert (found(laptop, contact_id).answer.period, dates_of(laptop, contact_id)) == ("none", {})


def test_a_letter_alone_is_a_beginning(laptop: Laptop, contact_id: str) -> None:
    laptop.session.pathways.set_letter_date(contact_id, "granted_until", date(2026, 3, 20))
    laptop.session.pathways.set_letter_date(contact_id, "granted_until", date(2026, 3, 25))
    assert [(row.which, row.on_date) for row in found(laptop, contact_id).dates] == [
        ("ask_extension_by", date(2026, 3, 24)), ("granted_until", date(2026, 3, 25)),
    ]  # fmt: skip
    with pytest.raises(UnknownCodeError):
        laptop.session.pathways.set_letter_date(contact_id, "birthday", date(2026, 3, 25))  # type: ignore[arg-type] # on purpose
    with pytest.raises(DateNotUsableError):
        laptop.session.pathways.set_letter_date(contact_id, "granted_until", date(1, 1, 1))


def test_dates_are_told_10_days_ahead_and_when_they_are_over(laptop: Laptop, contact_id: str) -> None:
    laptop.session.pathways.keep_facts(contact_id, FACTS)
    give_period(laptop, contact_id)
    assert near(laptop, DAY_THIRTY - timedelta(days=11)) == []
    assert near(laptop, DAY_THIRTY - timedelta(days=10)) == ["ask_extension_by", "first_period_ends"]
    assert near(laptop, DAY_THIRTY + timedelta(days=2)) == ["ask_extension_by", "first_period_ends"]
    row = laptop.session.pathways.dates_near(DAY_THIRTY)[0]
    assert (row.contact_id, row.contact_name, row.done) == (contact_id, "red jacket", False)
    assert laptop.session.pathways.count_dates_near(DAY_THIRTY) == 2
    assert len(laptop.session.pathways.dates_near(DAY_THIRTY, limit=1)) == 1


def test_a_date_is_dealt_with_and_open_again(laptop: Laptop, contact_id: str) -> None:
    laptop.session.pathways.keep_facts(contact_id, FACTS)
    give_period(laptop, contact_id)
    laptop.session.pathways.finish_date(contact_id, "ask_extension_by")
    assert near(laptop, DAY_THIRTY) == ["first_period_ends"]
    laptop.session.pathways.keep_facts(contact_id, FACTS)  # the same dates: what was done stays done
    assert near(laptop, DAY_THIRTY) == ["first_period_ends"]
    laptop.session.pathways.set_letter_date(contact_id, "first_period_ends", DAY_THIRTY + timedelta(days=1))
    assert near(laptop, DAY_THIRTY) == ["ask_extension_by", "first_period_ends"]  # another date: somebody has to look
    laptop.session.pathways.finish_date(contact_id, "ask_extension_by")
    laptop.session.pathways.reopen_date(contact_id, "ask_extension_by")
    assert near(laptop, DAY_THIRTY) == ["ask_extension_by", "first_period_ends"]


def test_a_date_is_put_off_with_a_reason_and_no_longer(laptop: Laptop, contact_id: str) -> None:
    laptop.session.pathways.keep_facts(contact_id, FACTS)
    give_period(laptop, contact_id)
    until = date(2026, 3, 16)
    laptop.session.pathways.snooze_date(contact_id, "ask_extension_by", until, "asked by phone")
    assert near(laptop, date(2026, 3, 15)) == ["first_period_ends"]
    put_off = laptop.session.pathways.dates_put_off(date(2026, 3, 15))
    assert [(row.snoozed_until, row.snooze_reason) for row in put_off] == [(until, "asked by phone")]
    assert near(laptop, until) == ["ask_extension_by", "first_period_ends"]
    laptop.session.pathways.wake_date(contact_id, "ask_extension_by")
    assert laptop.session.pathways.dates_put_off(date(2026, 3, 15)) == ()
    with pytest.raises(SnoozeNeedsReasonError):
        laptop.session.pathways.snooze_date(contact_id, "ask_extension_by", until, " ")


def test_dates_she_does_not_have_are_named(laptop: Laptop, contact_id: str) -> None:
    dates = laptop.session.pathways
    for work in (dates.finish_date, dates.reopen_date, dates.wake_date):
        with pytest.raises(NotFoundError):
            work(contact_id, "latest_end")
    with pytest.raises(NotFoundError):
        dates.snooze_date(contact_id, "latest_end", date(2026, 3, 16), "why")


def test_closed_it_tells_of_no_date_until_it_is_open_again(laptop: Laptop, contact_id: str) -> None:
    laptop.session.pathways.keep_facts(contact_id, FACTS)
    give_period(laptop, contact_id)
    laptop.session.pathways.close_pathway(contact_id)
    assert (found(laptop, contact_id).state, near(laptop, DAY_THIRTY)) == ("closed", [])
    laptop.session.pathways.keep_facts(contact_id, FACTS)
    assert found(laptop, contact_id).state == "closed"
    laptop.session.pathways.reopen_pathway(contact_id)
    assert (found(laptop, contact_id).state, len(near(laptop, DAY_THIRTY))) == ("open", 2)
    with pytest.raises(NotFoundError):
        laptop.session.pathways.close_pathway(laptop.session.contacts.record_contact("blue hat").id)


def test_merged_and_taken_apart_again_the_dates_follow_the_decisions(laptop: Laptop, contact_id: str) -> None:
    other_id = laptop.session.contacts.record_contact("blue hat").id
    laptop.session.pathways.keep_facts(contact_id, FACTS)
    laptop.session.pathways.keep_facts(other_id, FACTS)
    give_period(laptop, other_id)
    merged = laptop.session.grouping.merge_contacts(other_id, contact_id, "the same")
    assert {row.which for row in found(laptop, contact_id).dates} == {"ask_extension_by", "first_period_ends", "latest_end"}
    assert {row.contact_id for row in laptop.session.pathways.dates_near(DAY_THIRTY)} == {contact_id}  # each date once
    laptop.session.grouping.undo_regrouping(merged.id)
    assert found(laptop, contact_id).dates == ()
    assert {row.contact_id for row in laptop.session.pathways.dates_near(DAY_THIRTY)} == {other_id}
