"""The papers in Danish and English, with names that would turn their surroundings round, and with nothing to say."""

from __future__ import annotations

from datetime import date

import pytest

from outreach_app.domain.case_papers import InterviewBasis, PlanOnPaper
from outreach_app.domain.plan import Plan, PlanStep
from outreach_app.i18n import use_language
from outreach_app.reports.interview import interview_paper
from outreach_app.reports.plan import plan_paper
from tests.support.pdf_reading import accessibility_faults, bare, text_by_pdfium

DAY = date(2026, 3, 2)


@pytest.mark.usefixtures("interface_language")
@pytest.mark.parametrize(("language", "written"), [("da", "2. marts 2026"), ("en", "2 March 2026")])
def test_dates_are_written_out_in_the_interface_language(language: str, written: str):
    use_language(language)
    basis = InterviewBasis("\u202eRed", DAY, None, "", (), (), None)
    told = bare(text_by_pdfium(interview_paper(basis)))
    assert bare(written) in told


def test_a_kind_of_support_this_version_does_not_know_is_shown_as_it_is():
    paper = PlanOnPaper("Red", DAY, Plan(steps=(PlanStep("x", "of_later"),)), {}, None)
    pdf = plan_paper(paper)
    assert "of_later" in text_by_pdfium(pdf)
    assert accessibility_faults(pdf) == []
