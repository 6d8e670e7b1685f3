"""What papers say: all topics of the interview, the plan with what is late; and what became of them."""

from __future__ import annotations

from datetime import date

import pytest

from outreach_app.domain.errors import TextNotUsableError, UnknownCodeError
from outreach_app.domain.plan import ContactPerson, PlanStep
from outreach_app.records.errors import NotFoundError
from outreach_app.reports.interview import interview_paper
from outreach_app.reports.plan import plan_paper
from tests.support.casework import DAY, person
from tests.support.pdf_reading import accessibility_faults, bare, text_by_pdfium
from tests.support.sessions import Laptop

TOPICS = (
    "How she came to Denmark", "Who recruited or transported her", "Force, threats or deception",
    "How she was exploited", "Her family and situation at home", "What she wishes for",
)  # fmt: skip


def test_the_basis_holds_the_five_topics_and_her_wishes(alone: Laptop):
    her = person(alone)
    alone.session.interviews.keep_topics(her.id, {"journey": " by bus, with a friend ", "wishes": "", "home": "a son"})
    assert alone.session.interviews.find_topics(her.id) == {"journey": "by bus, with a friend", "home": "a son"}
    basis = alone.session.papers.interview_basis(her.id)
    assert tuple(told.topic for told in basis.topics) == TOPICS
    assert basis.agreed_on is None
    told = bare(text_by_pdfium(interview_paper(basis)))
    assert all(bare(topic) in told for topic in TOPICS)
    assert bare("by bus, with a friend") in told
    assert bare("No consent for CMM is in force: this paper is not to be handed over.") in told
    assert bare("Indicators prove nothing") in told
    assert accessibility_faults(interview_paper(basis)) == []


def test_the_basis_says_when_she_agreed_what_was_noted_and_who_stands_by_her(alone: Laptop):
    her = person(alone)
    her.agrees("cmm", given_on=date(2026, 3, 1))
    her.met(answers={"as.coercion_at_destination.documents_taken": "told", "as.coercion_at_destination.debt_bondage": "not_present"})
    alone.session.plans.set_contact_person(her.id, ContactPerson("Bo Andersen", "Lighthouse", "+45 11 22 33 44"))
    basis = alone.session.papers.interview_basis(her.id)
    assert basis.agreed_on == date(2026, 3, 1)
    assert [(noted.how, noted.day) for noted in basis.noted] == [("told", DAY)]
    told = bare(text_by_pdfium(interview_paper(basis)))
    assert bare("She agreed on 1 March 2026 that CMM may have this.") in told
    assert bare("Bo Andersen · Lighthouse · +45 11 22 33 44") in told
    assert bare("may stay anonymous") in told
    assert bare(basis.noted[0].sign) in told


def test_topics_are_checked_and_belong_to_somebody(alone: Laptop):
    her, interviews = person(alone), alone.session.interviews
    with pytest.raises(UnknownCodeError):
        interviews.keep_topics(her.id, {"weather": "rain"})
    with pytest.raises(TextNotUsableError):
        interviews.keep_topics(her.id, {"home": "x\x00"})
    with pytest.raises(NotFoundError):
        interviews.keep_topics("0" * 32, {"home": "x"})
    assert interviews.find_topics(her.id) == {}
    for ask in (alone.session.papers.interview_basis, alone.session.papers.plan_on_paper):
        with pytest.raises(NotFoundError):
            ask("0" * 32)


def test_the_plan_prints_with_overdue_steps_first(alone: Laptop):
    her, plans = person(alone), alone.session.plans
    empty = bare(text_by_pdfium(plan_paper(alone.session.papers.plan_on_paper(her.id))))
    assert bare("Next steps") in empty
    assert "Overdue" not in empty
    plans.set_goals(her.id, "a flat of her own")
    plans.add_step(her.id, PlanStep("a doctor", "health", "AM"))
    plans.add_step(her.id, PlanStep("papers", "legal", "Bo", date(2026, 3, 1)))
    plans.add_step(her.id, PlanStep("a bed", done_on=date(2026, 2, 2)))
    pdf = plan_paper(alone.session.papers.plan_on_paper(her.id))
    told = bare(text_by_pdfium(pdf))
    wanted = ("a flat of her own", "Overdue", "papers Legal help Bo 1 March 2026", "Next steps", "a doctor Health AM",
              "Done", "a bed 2 February 2026")  # fmt: skip
    places = [told.index(bare(words)) for words in wanted]
    assert places == sorted(places)
    assert accessibility_faults(pdf) == []


def test_what_became_of_a_paper_stands_in_the_record_of_use(alone: Laptop):
    her = person(alone)
    alone.session.papers.note_printed(her.id, "interview_paper")
    alone.session.papers.note_saved(her.id, "plan_paper")
    last, before = alone.session.auditing.list_entries()[:2]
    assert (last.action, last.subject, last.detail) == ("exported", her.id, "plan_paper")
    assert (before.action, before.detail) == ("printed", "interview_paper")
