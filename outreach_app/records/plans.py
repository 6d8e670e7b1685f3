"""Personal action plans, their steps, and who stands by a person."""

from __future__ import annotations

from datetime import date
from typing import Any

from outreach_app.domain.plan import ContactPerson, OverdueStep, Plan, PlanStep
from outreach_app.records.errors import NotFoundError
from outreach_app.records.rows import Connection, date_or_none

_STEP = "s.id, s.what, s.support, s.responsible, s.due_on, s.done_on"


def keep_goals(db: Connection, contact_id: str, goals: str, worker_id: str, changed_at: str) -> None:
    """Keep what she wants to reach, in place of what stood there."""
    db.execute(
        "INSERT INTO plans(contact_id, goals, worker_id, changed_at) VALUES (?, ?, ?, ?) ON CONFLICT (contact_id)"
        " DO UPDATE SET goals = excluded.goals, worker_id = excluded.worker_id, changed_at = excluded.changed_at",
        (contact_id, goals, worker_id, changed_at),
    )


def find_plan(db: Connection, contact_id: str) -> Plan:
    """Return a person's plan: open steps by date, those without one after them, done ones last."""
    row = db.execute("SELECT goals FROM plans WHERE contact_id = ?", (contact_id,)).fetchone()
    steps = db.execute(
        f"SELECT {_STEP} FROM plan_steps s WHERE s.contact_id = ?"
        " ORDER BY s.done_on IS NOT NULL, s.due_on IS NULL, coalesce(s.done_on, s.due_on), s.recorded_at, s.id",
        (contact_id,),
    )
    return Plan("" if row is None else str(row[0]), tuple(map(_step, steps)))


def add_step(db: Connection, contact_id: str, step: PlanStep, worker_id: str, recorded_at: str) -> None:
    """Keep a new step."""
    db.execute(
        "INSERT INTO plan_steps(id, contact_id, what, support, responsible, due_on, done_on, worker_id, recorded_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            step.id, contact_id, step.what, step.support, step.responsible, _text(step.due_on), _text(step.done_on),
            worker_id, recorded_at,
        ),
    )  # fmt: skip


def change_step(db: Connection, step: PlanStep) -> None:
    """Keep a step as it is now."""
    db.execute(
        "UPDATE plan_steps SET what = ?, support = ?, responsible = ?, due_on = ?, done_on = ? WHERE id = ?",
        (step.what, step.support, step.responsible, _text(step.due_on), _text(step.done_on), step.id),
    )


def drop_step(db: Connection, step_id: str) -> None:
    """Take a step out of the plan."""
    db.execute("DELETE FROM plan_steps WHERE id = ?", (step_id,))


def find_step(db: Connection, step_id: str) -> tuple[str, PlanStep]:
    """Return the contact whose step it is, and the step.

    Raises:
        NotFoundError: no such step.
    """
    row = db.execute(f"SELECT s.contact_id, {_STEP} FROM plan_steps s WHERE s.id = ?", (step_id,)).fetchone()
    if row is None:
        raise NotFoundError
    return row[0], _step(row[1:])


def list_overdue(db: Connection, today: date, limit: int) -> tuple[OverdueStep, ...]:
    """Return the steps of all plans that should have been done before today, the oldest first."""
    rows = db.execute(
        f"SELECT s.contact_id, c.short_name, {_STEP} FROM plan_steps s JOIN contacts c ON c.id = s.contact_id"
        " WHERE s.done_on IS NULL AND s.due_on < ? ORDER BY s.due_on, s.recorded_at, s.id LIMIT ?",
        (today.isoformat(), limit),
    )
    return tuple(OverdueStep(row[0], row[1], _step(row[2:])) for row in rows)


def keep_contact_person(
    db: Connection, contact_id: str, person: ContactPerson, worker_id: str, changed_at: str
) -> None:
    """Keep who stands by her, in place of who did."""
    db.execute(
        "INSERT INTO contact_persons(contact_id, name, organisation, phone, worker_id, changed_at)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (contact_id) DO UPDATE SET name = excluded.name,"
        " organisation = excluded.organisation, phone = excluded.phone, worker_id = excluded.worker_id,"
        " changed_at = excluded.changed_at",
        (contact_id, person.name, person.organisation, person.phone, worker_id, changed_at),
    )


def drop_contact_person(db: Connection, contact_id: str) -> None:
    """Nobody stands by her any more, or somebody was written down by mistake."""
    db.execute("DELETE FROM contact_persons WHERE contact_id = ?", (contact_id,))


def find_contact_person(db: Connection, contact_id: str) -> ContactPerson | None:
    """Return who stands by her, where somebody does."""
    row = db.execute(
        "SELECT name, organisation, phone FROM contact_persons WHERE contact_id = ?", (contact_id,)
    ).fetchone()
    return None if row is None else ContactPerson(*row)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _step(row: Any) -> PlanStep:
    step_id, what, support, responsible, due_on, done_on = row
    return PlanStep(what, support, responsible, date_or_none(due_on), date_or_none(done_on), step_id)
