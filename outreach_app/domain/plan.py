"""A personal action plan: what she wants to reach, steps with who does them by when, and who stands by her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step; ``support`` is a code of ``support_types`` or empty, ``responsible`` in the worker's words."""

    what: str
    support: str = ""
    responsible: str = ""
    due_on: date | None = None
    done_on: date | None = None
    id: str = ""

    def is_overdue(self, today: date) -> bool:
        """Tell whether it should have been done before today."""
        return self.done_on is None and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class Plan:
    """Her goals in words, and the steps: open ones by date first, done ones last."""

    goals: str = ""
    steps: tuple[PlanStep, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was planned yet."""
        return not self.goals and not self.steps

    def overdue(self, today: date) -> tuple[PlanStep, ...]:
        """Return the steps that should have been done before today, the oldest first."""
        return tuple(step for step in self.steps if step.is_overdue(today))


@dataclass(frozen=True, slots=True)
class OverdueStep:
    """A step that should have been done, with whose plan it is in."""

    contact_id: str
    contact_name: str
    step: PlanStep


@dataclass(frozen=True, slots=True)
class ContactPerson:
    """Who stands by her: a name, an organisation, a telephone number."""

    name: str
    organisation: str
    phone: str
