"""Nothing of her leaves while a referral, a deadline or a step of her plan is open; a coded note with words neither."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
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


def stay_open(her: Person) -> Callable[[], object]:
    stays = her.laptop.session.shelter_stays
    stay = stays.enter(her.id, "house a", DAY).stay
    return lambda: stays.amend(replace(stay, left_on=DAY))


OPENERS = {
    "referral_open": referral_open, "plan_open": plan_open, "deadline_open": deadline_open, "stay_open": stay_open,
}  # fmt: skip


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


def test_a_contact_without_notes_stays_while_her_stay_goes_on(laptop: Laptop):
    laptop.session.policies.set_policy(policy.EXPIRE_AFTER, EXPIRE)
    her = person(laptop)
    close = stay_open(her)
    days_after_the_receipt(laptop, 60)
    assert [row.held_because for row in laptop.session.keeping.preview_expiry()] == ["stay_open"]
    assert laptop.session.keeping.expire().contacts == 0
    close()
    assert laptop.session.keeping.expire().contacts == 1


@pytest.mark.parametrize("reason", ["interview_here", "goals_here"])
def test_who_has_words_that_are_nowhere_else_stays_whole_when_her_last_note_is_shed(
    laptop: Laptop, box: CentreBox, reason: str
):
    her, session = person(laptop), laptop.session
    topic = laptop.parts.code_lists["interview_topics"].offered()[0].code
    with_words: Callable[[str], object] = {
        "interview_here": lambda words: session.interviews.keep_topics(her.id, {topic: words}),
        "goals_here": lambda words: session.plans.set_goals(her.id, words),
    }[reason]
    with_words("her own words")
    session.names.add_alias(her.id, "called", "Rosa")
    her.met(consent=ConsentLevel.FOLLOW_UP)
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 20)
    assert session.keeping.overview().people_kept == ()
    assert session.keeping.shed().count == 1
    assert session.keeping.overview().people_kept == ((reason, 1),)
    assert [each.name for each in session.names.list_aliases(her.id)] == ["Rosa"]
    assert session.interviews.find_topics(her.id) == ({topic: "her own words"} if reason == "interview_here" else {})
    with_words("")
    assert session.keeping.overview().people_kept == ()


def test_words_of_a_merged_contact_that_are_nowhere_else_stay(laptop: Laptop, box: CentreBox):
    her, same = person(laptop), person(laptop, "Rosa")
    for each in (her, same):
        laptop.session.plans.set_goals(each.id, f"goals {each.id}")
    her.met(consent=ConsentLevel.FOLLOW_UP)
    laptop.session.grouping.merge_contacts(same.id, her.id)
    laptop.session.plans.set_goals(her.id, "")
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 20)
    assert laptop.session.keeping.shed().count == 1
    assert laptop.db.execute("SELECT goals FROM plans WHERE contact_id = ?", (same.id,)).fetchone() is not None


def test_facts_about_others_never_leave_so_their_note_is_not_shed(laptop: Laptop, box: CentreBox):
    note = person(laptop).met(consent=ConsentLevel.FOLLOW_UP)
    others = laptop.session.third_parties
    others.add_third_party(note, "controller", "keeps the key", offence=True)
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 20)
    assert (reasons(laptop), laptop.session.keeping.shed().count) == ({"others_facts": 1}, 0)
    others.take_away(others.list_of_note(note)[0].id)
    assert laptop.session.keeping.shed().count == 1


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
