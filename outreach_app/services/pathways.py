"""Pathways: what is known of a contact for those who decide, what they decided, and the dates in her letters.

Nobody can set a standing: it follows from decisions of CMM, the Immigration Service or a court, written down with
their maker and date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from outreach_app.domain.changes import Changes
from outreach_app.domain.decision import MAKERS, PERIOD_GIVEN, Decision, Maker, Standing, standing
from outreach_app.domain.errors import UnknownCodeError
from outreach_app.domain.pathway import Pathway
from outreach_app.domain.pathway_case import DateName, PathwayFacts
from outreach_app.domain.texts import check_text
from outreach_app.records import contacts, decisions, pathways, plans
from outreach_app.records.errors import NotFoundError
from outreach_app.records.pathways import DateRow, LetterDate, State
from outreach_app.records.rows import Connection
from outreach_app.services.checks import check_code, check_date
from outreach_app.services.errors import ContactPersonMissingError, ReturnBeforeDecisionError
from outreach_app.services.leaving import begin_leaving
from outreach_app.services.parts import Parts
from outreach_app.services.pathway_checks import check_date_name, check_facts
from outreach_app.services.pathway_dates import PathwayDates
from outreach_app.services.pathway_upkeep import read_case, renew_dates
from outreach_app.services.reading import ReadEntries

CHANGED = Changes(casework=True)


@dataclass(frozen=True, slots=True)
class ContactPathway:
    """All that is known of a contact's pathway by today's law.

    ``state`` is None where nothing was kept yet; ``facts`` are then what her notes say. ``answer`` holds our own dates
    (``counted``) beside those that go (``dates``); ``letters`` are the dates from her letters. ``decisions`` come
    newest first, with those taken back. ``contact_person`` is the name of who stands by her, or nothing.
    """

    contact_id: str
    today: date
    facts: PathwayFacts
    state: State | None
    answer: Pathway
    standing: Standing
    decisions: tuple[Decision, ...]
    letters: Mapping[DateName, LetterDate]
    dates: tuple[DateRow, ...]
    contact_person: str


class Pathways(PathwayDates):
    """The verbs of pathways, with those of their dates."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._reads = ReadEntries(parts)

    def find_pathway(self, contact_id: str) -> ContactPathway:
        """Return a contact's pathway; the audit says that it was read.

        Raises:
            NotFoundError: no such contact.
        """
        today = self._today()
        with self._parts.vault.read() as db:
            hers = contacts.require_kept(db, contact_id).id
            kept = read_case(db, hers, today)
            person = plans.find_contact_person(db, hers)
            found = ContactPathway(
                contact_id=hers,
                today=today,
                facts=kept.case.facts,
                state=None if kept.stored is None else kept.stored.state,
                answer=kept.answer,
                standing=standing(kept.decisions),
                decisions=kept.decisions,
                letters=kept.letters,
                dates=pathways.list_dates_of(db, hers),
                contact_person="" if person is None else person.name,
            )
        if kept.stored is not None or kept.case.facts != PathwayFacts():
            self._reads.add("read", hers, "pathway")
        return found

    def keep_facts(self, contact_id: str, facts: PathwayFacts) -> Changes:
        """Keep what is known of her; the first time this opens her pathway.

        Raises:
            NotFoundError: no such contact. UnknownCodeError, NumberNotUsableError, TooManyEntriesError,
            LanguageNotUsableError, DateNotUsableError: with the field's name. ReturnBeforeDecisionError.
        """
        check_facts(facts, self._parts.code_lists)
        with self._parts.vault.transaction() as db:
            hers = contacts.require_kept(db, contact_id).id
            begun = read_case(db, hers, self._today()).case.decided_on
            if begun is not None and facts.returned_on is not None and facts.returned_on < begun:
                raise ReturnBeforeDecisionError
            pathways.keep_facts(db, hers, facts, self._parts.worker.id, self._parts.now_text())
            self._changed(db, hers, "pathway")
        return CHANGED

    def close_pathway(self, contact_id: str) -> Changes:
        """Say that nothing is open any more: its dates are not told of, and it holds her notes no longer.

        Raises:
            NotFoundError: nothing was noted of her pathway.
        """
        return self._set_state(contact_id, "closed")

    def reopen_pathway(self, contact_id: str) -> Changes:
        """Open it again, with its dates.

        Raises:
            NotFoundError: nothing was noted of her pathway.
        """
        return self._set_state(contact_id, "open")

    def set_letter_date(self, contact_id: str, which: DateName, on_date: date, words: str = "") -> Changes:
        """Keep a date from her letter: it goes before ours, which stays to be seen.

        Raises:
            NotFoundError: no such contact. UnknownCodeError: no such date. DateNotUsableError: a year nobody means.
            TextTooLongError, TextNotUsableError: the words.
        """
        check_date_name(which)
        check_date(on_date, which)
        checked = check_text(words.strip(), "words")
        with self._parts.vault.transaction() as db:
            hers = self._begin(db, contact_id)
            worker_id, now = self._parts.worker.id, self._parts.now_text()
            pathways.keep_letter_date(db, hers, which, on_date, checked, worker_id, now)
            self._changed(db, hers, "letter_date")
        return CHANGED

    def drop_letter_date(self, contact_id: str, which: DateName) -> Changes:
        """Forget a date that was no letter's: ours counts again; old pages and backups follow."""
        with self._parts.vault.transaction() as db:
            hers = contacts.kept_id(db, contact_id)
            pathways.drop_letter_date(db, hers, which)
            begin_leaving(self._parts)
            self._changed(db, hers, "letter_date:dropped")
        return CHANGED

    def record_decision(
        self, contact_id: str, maker: Maker, outcome: str, decided_on: date, words: str = ""
    ) -> Decision:  # fmt: skip
        """Write down what CMM, the Immigration Service or a court decided.

        Raises:
            NotFoundError: no such contact. UnknownCodeError: no such maker or outcome.
            DateNotUsableError: a year nobody means. TextTooLongError, TextNotUsableError: the words.
            ContactPersonMissingError: a period begins, and nobody stands by her yet.
        """
        if maker not in MAKERS:
            raise UnknownCodeError(code=maker, list="decision_makers")
        check_code(outcome, "decision_outcomes", self._parts.code_lists)
        check_date(decided_on, "decided_on")
        checked = check_text(words.strip(), "words")
        with self._parts.vault.transaction() as db:
            hers = self._begin(db, contact_id)
            if outcome == PERIOD_GIVEN and plans.find_contact_person(db, hers) is None:
                raise ContactPersonMissingError
            decision = Decision(
                self._parts.ids.new_id(), maker, outcome, decided_on, checked, self._parts.worker.id,
                self._parts.clock.now(),
            )  # fmt: skip
            decisions.add_decision(db, hers, decision, self._parts.now_text())
            self._changed(db, hers, "decision")
        return decision

    def take_back_decision(self, decision_id: str) -> Changes:
        """Say that a decision was written down by mistake; the entry stays to be seen.

        Raises:
            NotFoundError: no such decision.
        """
        return self._take_back(decision_id, self._parts.now_text(), "decision:taken_back")

    def restore_decision(self, decision_id: str) -> Changes:
        """Say that a decision that was taken back was none by mistake.

        Raises:
            NotFoundError: no such decision.
        """
        return self._take_back(decision_id, None, "decision:restored")

    def _take_back(self, decision_id: str, taken_back_at: str | None, told: str) -> Changes:
        with self._parts.vault.transaction() as db:
            contact_id = decisions.find_contact_of(db, decision_id)
            if contact_id is None:
                raise NotFoundError
            decisions.set_taken_back(db, decision_id, taken_back_at)
            self._changed(db, contact_id, told)
        return CHANGED

    def _set_state(self, contact_id: str, state: State) -> Changes:
        with self._parts.vault.transaction() as db:
            hers = contacts.kept_id(db, contact_id)
            if pathways.find_stored(db, hers) is None:
                raise NotFoundError
            pathways.set_state(db, hers, state, self._parts.worker.id, self._parts.now_text())
            self._changed(db, hers, f"pathway:{state}")
        return CHANGED

    def _begin(self, db: Connection, contact_id: str) -> str:
        """Open a pathway where there is none, with what her notes say: a letter or a decision is a beginning too.

        Returns:
            The id under which it is kept.
        """
        hers = contacts.require_kept(db, contact_id).id
        if pathways.find_stored(db, hers) is None:
            facts = read_case(db, hers, self._today()).case.facts
            pathways.keep_facts(db, hers, facts, self._parts.worker.id, self._parts.now_text())
        return hers

    def _changed(self, db: Connection, contact_id: str, told: str) -> None:
        renew_dates(db, contact_id, self._today())
        self._parts.vault.audit("changed", contact_id, told)

    def _today(self) -> date:
        return self._parts.clock.local_now().date()
