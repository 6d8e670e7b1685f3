"""A personal action plan, made together with her: goals, steps, and who stands by her."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from outreach_app.domain.changes import Changes
from outreach_app.domain.plan import ContactPerson, OverdueStep, Plan, PlanStep
from outreach_app.domain.texts import NOTE_LIMIT, check_name, check_text, one_line
from outreach_app.records import contacts, plans
from outreach_app.services.checks import check_code, check_date
from outreach_app.services.parts import Parts

MOST_LISTED = 200
_CHANGED = Changes(casework=True)


@dataclass(frozen=True, slots=True)
class KeptStep:
    """A step as it was kept."""

    step: PlanStep
    changes: Changes


class Plans:
    """The verbs of plans; an open step holds the person's notes on the laptop."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def find_plan(self, contact_id: str) -> Plan:
        """Return her plan; an empty one where nothing was planned yet."""
        with self._parts.vault.read() as db:
            return plans.find_plan(db, contacts.kept_id(db, contact_id))

    def set_goals(self, contact_id: str, goals: str) -> Changes:
        """Keep what she wants to reach, in her words.

        Raises:
            NotFoundError: no such contact. TextTooLongError, TextNotUsableError.
        """
        checked = check_text(goals.strip(), "goals", NOTE_LIMIT)
        with self._parts.vault.transaction() as db:
            kept = contacts.require_kept(db, contact_id)
            plans.keep_goals(db, kept.id, checked, self._parts.worker.id, self._parts.now_text())
            self._parts.vault.audit("changed", kept.id, "plan")
        return _CHANGED

    def add_step(self, contact_id: str, step: PlanStep) -> KeptStep:
        """Add a step to her plan; its id is made here.

        Raises:
            NameMissingError: nothing is to be done. UnknownCodeError: no such kind of support. DateNotUsableError,
            TextTooLongError, TextNotUsableError. NotFoundError: no such contact.
        """
        checked = replace(self._checked(step), id=self._parts.ids.new_id())
        with self._parts.vault.transaction() as db:
            kept = contacts.require_kept(db, contact_id)
            plans.add_step(db, kept.id, checked, self._parts.worker.id, self._parts.now_text())
            self._parts.vault.audit("changed", kept.id, "plan")
        return KeptStep(checked, _CHANGED)

    def change_step(self, step: PlanStep) -> Changes:
        """Keep a step as it is now, by its id; ``done_on`` None opens it again.

        Raises:
            NotFoundError: no such step. NameMissingError, UnknownCodeError, DateNotUsableError, TextTooLongError,
            TextNotUsableError.
        """
        checked = self._checked(step)
        with self._parts.vault.transaction() as db:
            contact_id, _before = plans.find_step(db, step.id)
            plans.change_step(db, checked)
            self._parts.vault.audit("changed", contact_id, "plan")
        return _CHANGED

    def drop_step(self, step_id: str) -> Changes:
        """Take a step out of the plan.

        Raises:
            NotFoundError: no such step.
        """
        with self._parts.vault.transaction() as db:
            contact_id, _before = plans.find_step(db, step_id)
            plans.drop_step(db, step_id)
            self._parts.vault.audit("changed", contact_id, "plan")
        return _CHANGED

    def list_overdue(self, today: date, limit: int = MOST_LISTED) -> tuple[OverdueStep, ...]:
        """Return the steps of all plans that should have been done before ``today``, the oldest first."""
        with self._parts.vault.read() as db:
            return plans.list_overdue(db, today, limit)

    def find_contact_person(self, contact_id: str) -> ContactPerson | None:
        """Return who stands by her, None where nobody was named."""
        with self._parts.vault.read() as db:
            return plans.find_contact_person(db, contacts.kept_id(db, contact_id))

    def set_contact_person(self, contact_id: str, person: ContactPerson | None) -> Changes:
        """Keep who stands by her; None takes the name away.

        Raises:
            NameMissingError: name, organisation or telephone number is missing. TextTooLongError, TextNotUsableError.
            NotFoundError: no such contact.
        """
        checked = None if person is None else _checked_person(person)
        with self._parts.vault.transaction() as db:
            kept = contacts.require_kept(db, contact_id)
            if checked is None:
                plans.drop_contact_person(db, kept.id)
            else:
                plans.keep_contact_person(
                    db, kept.id, checked, self._parts.worker.id, self._parts.now_text()
                )
            self._parts.vault.audit("changed", kept.id, "contact_person")
        return _CHANGED

    def _checked(self, step: PlanStep) -> PlanStep:
        if step.support:
            check_code(step.support, "support_types", self._parts.code_lists)
        check_date(step.due_on, "due_on")
        check_date(step.done_on, "done_on")
        responsible = one_line(check_text(step.responsible, "responsible"))
        return replace(step, what=check_name(step.what, "what"), responsible=responsible)


def _checked_person(person: ContactPerson) -> ContactPerson:
    return ContactPerson(
        check_name(person.name, "name"),
        check_name(person.organisation, "organisation"),
        check_name(person.phone, "phone"),
    )
