"""What papers about one person say; set elsewhere, in memory. What became of them stands in the record of use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from outreach_app.domain.assessment_words import answer_name
from outreach_app.domain.case_papers import InterviewBasis, Noted, PlanOnPaper, Told
from outreach_app.domain.consent import covers
from outreach_app.domain.indicator import PRESENT
from outreach_app.i18n import language
from outreach_app.records import consents, contacts, encounters, interviews, plans
from outreach_app.records.encounters import EncounterRow
from outreach_app.records.rows import Connection
from outreach_app.services.parts import Parts
from outreach_app.services.reading import ReadEntries
from outreach_app.services.superseding import standing_notes
from outreach_app.wire.consent_points import load_consent_texts

PaperName = Literal["interview_paper", "plan_paper", "own_data"]


class Papers:
    """The verbs of papers."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._reads = ReadEntries(parts)

    def interview_basis(self, contact_id: str) -> InterviewBasis:
        """Return the basis for her interview with CMM; the audit says that it was read.

        Raises:
            NotFoundError: no such contact.
        """
        with self._parts.vault.read() as db:
            contact = contacts.require_kept(db, contact_id)
            told = _told(db, contact.id)
            hers = consents.list_consents(db, contact.id)
            agreed = next((one for one in hers if covers(one, "cmm", "")), None)
            remark = load_consent_texts().remark_about("cmm")
            topics = self._parts.code_lists["interview_topics"].offered()
            basis = InterviewBasis(
                contact.short_name, self._today(), None if agreed is None else agreed.given_on,
                "" if remark is None else remark.text(_tongue()),
                tuple(Told(self._label("interview_topics", each.code), told.get(each.code, "")) for each in topics),
                tuple(self._noted(db, contact.id)), plans.find_contact_person(db, contact.id),
            )  # fmt: skip
        self._reads.add("read", contact.id, "interview")
        return basis

    def plan_on_paper(self, contact_id: str) -> PlanOnPaper:
        """Return her personal action plan.

        Raises:
            NotFoundError: no such contact.
        """
        with self._parts.vault.read() as db:
            contact = contacts.require_kept(db, contact_id)
            kinds = self._parts.code_lists["support_types"].codes
            words = {each.code: self._label("support_types", each.code) for each in kinds}
            person = plans.find_contact_person(db, contact.id)
            return PlanOnPaper(contact.short_name, self._today(), plans.find_plan(db, contact.id), words, person)

    def note_printed(self, contact_id: str, name: PaperName) -> None:
        """Note that a paper went to a printer."""
        self._reads.add("printed", contact_id, name)

    def note_saved(self, contact_id: str, name: PaperName) -> None:
        """Note that a paper was saved as a file outside the vault."""
        self._reads.add("exported", contact_id, name)

    def _noted(self, db: Connection, contact_id: str) -> Iterator[Noted]:
        for row in standing_notes(db, contact_id):
            yield from self._signs(db, row)

    def _signs(self, db: Connection, row: EncounterRow) -> Iterator[Noted]:
        content = encounters.last_version(db, row.id).content
        known = self._parts.catalogues[content.profile].by_id()
        for code, answer in content.answers.items():
            if answer in PRESENT:
                sign = known[code].label(_tongue()) if code in known else code
                yield Noted(sign, answer_name(answer), row.shift_date)

    def _label(self, name: Literal["interview_topics", "support_types"], code: str) -> str:
        return self._parts.code_lists.label(name, code, _tongue())

    def _today(self) -> date:
        return self._parts.clock.local_now().date()


def _tongue() -> str:
    return language()[:2]


def _told(db: Connection, contact_id: str) -> dict[str, str]:
    """Return her words by topic, with what stayed with contacts that were merged into hers, each in a paragraph."""
    told: dict[str, str] = {}
    for member in contacts.list_members(db, contact_id):
        for topic, words in interviews.find_topics(db, member).items():
            told[topic] = f"{told[topic]}\n\n{words}" if topic in told else words
    return told
