"""Plans: goals, steps with who and by when, what is late, and who stands by her."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from outreach_app.domain.errors import DateNotUsableError, NameMissingError, TextTooLongError, UnknownCodeError
from outreach_app.domain.plan import ContactPerson, Plan, PlanStep
from outreach_app.records.errors import NotFoundError
from tests.support.casework import person
from tests.support.sessions import Laptop

TODAY = date(2026, 3, 2)
NOBODY = "0" * 32


def test_a_plan_lists_what_is_open_by_date_and_what_is_done_last(alone: Laptop):
    her, plans = person(alone), alone.session.plans
    assert plans.find_plan(her.id).is_empty
    plans.set_goals(her.id, " a flat of her own\nDanish lessons ")
    undated = plans.add_step(her.id, PlanStep("a doctor", "health")).step
    late = plans.add_step(her.id, PlanStep(" papers ", "legal", " AM ", date(2026, 3, 1))).step
    today = plans.add_step(her.id, PlanStep("call", due_on=TODAY)).step
    done = plans.add_step(her.id, PlanStep("a bed", due_on=date(2026, 2, 1), done_on=date(2026, 2, 2))).step
    plan = plans.find_plan(her.id)
    assert plan == Plan("a flat of her own\nDanish lessons", (late, today, undated, done))
    assert (late.what, late.responsible) == ("papers", "AM")
    assert plan.overdue(TODAY) == (late,)


def test_overdue_steps_of_everybody_come_the_oldest_first(alone: Laptop):
    plans = alone.session.plans
    her, other = person(alone), person(alone, "Blue hat")
    second = plans.add_step(her.id, PlanStep("papers", due_on=date(2026, 3, 1))).step
    first = plans.add_step(other.id, PlanStep("a school", due_on=date(2026, 2, 1))).step
    plans.add_step(her.id, PlanStep("today", due_on=TODAY))
    listed = plans.list_overdue(TODAY)
    assert [(each.contact_name, each.step) for each in listed] == [("Blue hat", first), ("Red jacket", second)]
    assert plans.list_overdue(TODAY, limit=1) == listed[:1]
    plans.change_step(replace(first, done_on=TODAY))
    assert plans.list_overdue(TODAY) == listed[1:]
    plans.drop_step(second.id)
    assert plans.list_overdue(TODAY) == ()


def test_what_is_wrong_with_a_step_is_named_and_nothing_changes(alone: Laptop):
    her, plans = person(alone), alone.session.plans
    good = plans.add_step(her.id, PlanStep("papers")).step
    for step, error in (
        (PlanStep("  "), NameMissingError),
        (PlanStep("x", support="unheard_of"), UnknownCodeError),
        (PlanStep("x", due_on=date(9999, 1, 1)), DateNotUsableError),
        (PlanStep("x", done_on=date(1, 1, 1)), DateNotUsableError),
        (PlanStep("x" * 500), TextTooLongError),
    ):
        with pytest.raises(error):
            plans.add_step(her.id, step)
        with pytest.raises(error):
            plans.change_step(replace(step, id=good.id))
    assert plans.find_plan(her.id).steps == (good,)


def test_a_plan_is_somebodys(alone: Laptop):
    plans = alone.session.plans
    with pytest.raises(NotFoundError):
        plans.set_goals(NOBODY, "x")
    with pytest.raises(NotFoundError):
        plans.add_step(NOBODY, PlanStep("x"))
    with pytest.raises(NotFoundError):
        plans.change_step(PlanStep("x", id=NOBODY))
    with pytest.raises(NotFoundError):
        plans.drop_step(NOBODY)
    with pytest.raises(NotFoundError):
        plans.set_contact_person(NOBODY, None)


def test_a_contact_person_has_a_name_an_organisation_and_a_number(alone: Laptop):
    her, plans = person(alone), alone.session.plans
    assert plans.find_contact_person(her.id) is None
    stands = ContactPerson("Bo Andersen", "Lighthouse", "+45 11 22 33 44")
    plans.set_contact_person(her.id, ContactPerson(" Somebody ", "else", "1"))
    plans.set_contact_person(her.id, stands)
    assert plans.find_contact_person(her.id) == stands
    for missing in ("name", "organisation", "phone"):
        with pytest.raises(NameMissingError):
            plans.set_contact_person(her.id, replace(stands, **{missing: " "}))
    plans.set_contact_person(her.id, None)
    assert plans.find_contact_person(her.id) is None
