"""The personal action plan as a paper that she can keep: goals, what is late, what is to come, what is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outreach_app.domain.case_papers import PlanOnPaper
from outreach_app.domain.plan import PlanStep
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from outreach_app.reports.dates import written_date
from outreach_app.reports.interview import person_parts
from outreach_app.reports.paper import Blank, Heading, Paragraph, Part, Rows, make_paper

_SHARES = (5, 3, 3, 3)


def plan_paper(paper: PlanOnPaper) -> bytes:
    """Return the paper as a PDF file; raises FontMissingError on a damaged installation."""
    return make_paper(_("Personal action plan"), tuple(_parts(paper)), footer="")


def _parts(paper: PlanOnPaper) -> Iterator[Part]:
    about = _("{name} · written {day}").format(name=isolated(paper.short_name), day=written_date(paper.made_on))
    yield Paragraph(about, "muted")
    yield Heading(_("Goals"))
    yield Paragraph(paper.plan.goals) if paper.plan.goals else Blank(3)
    late = paper.plan.overdue(paper.made_on)
    ahead = tuple(step for step in paper.plan.steps if step.done_on is None and step not in late)
    done = tuple(step for step in paper.plan.steps if step.done_on is not None)
    yield from _table(_("Overdue"), late, paper)
    yield from _table(_("Next steps"), ahead, paper)
    yield from _table(_("Done"), done, paper)
    if not paper.plan.steps:
        yield Heading(_("Next steps"))
        yield Blank(5)
    yield from person_parts(paper.contact_person)


def _table(heading: str, steps: Sequence[PlanStep], paper: PlanOnPaper) -> Iterator[Part]:
    if not steps:
        return
    yield Heading(heading)
    rows = tuple(
        (step.what, paper.support_words.get(step.support, step.support), step.responsible, _day(step))
        for step in steps
    )
    yield Rows(rows, (_("Step"), _("Support"), _("Who"), _("When")), _SHARES)


def _day(step: PlanStep) -> str:
    day = step.done_on or step.due_on
    return "" if day is None else written_date(day)
