"""The basis for the interview with CMM as a paper: its topics with her words, or lines to write on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from outreach_app.domain.assessment_words import proves_nothing
from outreach_app.domain.case_papers import InterviewBasis
from outreach_app.domain.plan import ContactPerson
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from outreach_app.reports.dates import written_date
from outreach_app.reports.paper import Blank, Heading, Paragraph, Part, Rows, make_paper


def interview_paper(basis: InterviewBasis) -> bytes:
    """Return the paper as a PDF file; raises FontMissingError on a damaged installation."""
    return make_paper(_("Basis for the interview with CMM"), tuple(_parts(basis)), footer=proves_nothing())


def _parts(basis: InterviewBasis) -> Iterator[Part]:
    about = _("{name} · written {day}").format(name=isolated(basis.short_name), day=written_date(basis.made_on))
    yield Paragraph(about, "muted")
    yield Paragraph(_agreed(basis.agreed_on), "strong")
    if basis.remark:
        yield Paragraph(basis.remark)
    for told in basis.topics:
        yield Heading(told.topic)
        yield Paragraph(told.words) if told.words else Blank(3)
    if basis.noted:
        yield Heading(_("Signs in the notes"))
        rows = tuple((each.sign, each.how, written_date(each.day)) for each in basis.noted)
        yield Rows(rows, (_("Sign"), _("How it is known"), _("Note of")), (5, 2, 2))
    yield from person_parts(basis.contact_person)


def person_parts(person: ContactPerson | None) -> Iterator[Part]:
    """Return who stands by her, or a line to write it on."""
    yield Heading(_("Contact person"))
    if person is None:
        yield Blank(1)
    else:
        yield Paragraph(" · ".join(isolated(part) for part in (person.name, person.organisation, person.phone)))


def _agreed(agreed_on: date | None) -> str:
    if agreed_on is None:
        return _("No consent for CMM is in force: this paper is not to be handed over.")
    return _("She agreed on {day} that CMM may have this.").format(day=written_date(agreed_on))
