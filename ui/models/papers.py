"""Papers about one person; the typesetting is imported only when the first one is made."""

from __future__ import annotations

import importlib

from outreach_app.domain.case_papers import InterviewBasis, PlanOnPaper


def set_interview_paper(basis: InterviewBasis) -> bytes:
    """Return the basis for the CMM interview as a PDF in memory; some tens of milliseconds."""
    pdf: bytes = importlib.import_module("outreach_app.reports.interview").interview_paper(basis)
    return pdf


def set_plan_paper(paper: PlanOnPaper) -> bytes:
    """Return the personal action plan as a PDF in memory."""
    pdf: bytes = importlib.import_module("outreach_app.reports.plan").plan_paper(paper)
    return pdf
