"""Nothing of her leaves while a referral, a deadline or a step of her plan is open; a coded note with words neither."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.encounter import FollowUp
from outreach_app.domain.plan import PlanStep
from outreach_app.records import policy
from tests.support.casework import AGREES, DAY, Person, person
from tests.support.centre_box import CentreBox
from tests.support.keeping import at_the_centre, days_after_the_receipt
from tests.support.sessions import Laptop
from ui.models.keeping_words import holding_line

EXPIRE = {"coded": 10, "follow_up": 10, "referral": 10, "contact": 10}


def referral_open(her: Person) -> Callable[[], object]:
    her.agrees()
    made = her.referred(view=AGREES)
    return lambda: her.laptop.session.referrals.add_step(made.id, "closed", DAY)


def plan_open(her: Person) -> Callable[[], object]:
    kept = her.laptop.session.plans.add_step(her.id, PlanStep("find a school"))
    return lambda: her.laptop.session.plans.drop_step(kept.step.id)


def deadline_open(her: Person) -> Callable[[], object]:
    laptop = her.laptop
    with laptop.vault.transaction() as db:
        db.execute("INSERT INTO dates_near(contact_id, which, on_date, from_letter) VALUES (?, 'x', '2026-03-30', 1)",
                   (her.id,))  # fmt: skip

    def done() -> None:
        with laptop.vault.transaction() as db:
            db.execute("UPDATE dates_near SET done_at = '2026-03-20'")

    return done


OPENERS = {"referral_open": referral_open, "plan_open": plan_open, "deadline_open": deadline_open}


def reasons(laptop: Laptop) -> dict[str, int]:
    return dict(laptop.session.keeping.overview().held)


@pytest.mark.parametrize("reason", OPENERS)
def test_what_is_open_about_her_holds_her_notes_and_her_name(laptop: Laptop, box: CentreBox, reason: str):
    laptop.session.policies.set_policy(policy.EXPIRE_AFTER, EXPIRE)
    her = person(laptop)
    note = her.met(consent=ConsentLevel.FOLLOW_UP)
    close = OPENERS[reason](her)
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 20)
    assert reasons(laptop) == {reason: 1}
    assert [(row.note_id, row.held_because) for row in laptop.session.keeping.list_held()] == [(note, reason)]
    assert laptop.session.keeping.shed().count == laptop.session.keeping.expire().count == 0
    close()
    assert reasons(laptop) == {}
    assert laptop.session.keeping.shed().count == 1


def test_a_contact_without_notes_stays_while_a_step_of_her_plan_is_open(laptop: Laptop):
    laptop.session.policies.set_policy(policy.EXPIRE_AFTER, EXPIRE)
    her = person(laptop)
    step = laptop.session.plans.add_step(her.id, PlanStep("call her sister")).step
    days_after_the_receipt(laptop, 60)
    (row,) = laptop.session.keeping.preview_expiry()
    assert (row.contact_id, row.held_because) == (her.id, "plan_open")
    assert laptop.session.keeping.expire().contacts == 0
    laptop.session.plans.drop_step(step.id)
    assert laptop.session.keeping.expire().contacts == 1


def test_a_coded_note_with_words_and_a_follow_up_in_thirty_days_is_whole_on_day_twenty(laptop: Laptop, box: CentreBox):
    laptop.session.policies.set_policy(policy.EXPIRE_AFTER, EXPIRE)
    her = person(laptop)
    words = "She wants to see her daughter"
    note = her.met(words, follow_up=FollowUp(date(2026, 3, 2) + timedelta(days=30), "ask how it went"))
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 20)
    assert laptop.session.keeping.shed().count == laptop.session.keeping.expire().count == 0
    assert laptop.session.encounters.find_encounter(note).current.content.note == words
    overview = laptop.session.keeping.overview()
    assert "held: follow-up open" in holding_line(overview.notes, overview.oldest_days, overview.held)
