"""Tallies: counts without rows, the known people among those counted, and how many uses and people that makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from outreach_app.domain.changes import Changes
from outreach_app.domain.errors import MoreUsesThanCountedError
from outreach_app.domain.tally import Tally, UseFigures
from outreach_app.records import contacts, tallies
from outreach_app.records.errors import NotFoundError
from outreach_app.records.tallies import TallyRow, UseRow
from outreach_app.services.checks import MOST_COPIES, check_number, check_tally
from outreach_app.services.errors import CountWentOnError
from outreach_app.services.parts import Parts

CHANGES = Changes(tallies=True, sending=True)


@dataclass(frozen=True, slots=True)
class State:
    """A tally and the known people in it (contact id -> uses) at one time; no tally at all before the first."""

    tally: Tally | None = None
    known: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counted:
    """What counting did: the tally before and after, so that it can be taken back; ``day`` is all of that day now."""

    id: str
    before: State
    after: State
    day: UseFigures
    changes: Changes = CHANGES


class Tallies:
    """The verbs of tallies."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def record_tally(self, tally: Tally, known: Mapping[str, int] | None = None) -> Counted:
        """Keep a count.

        Args:
            known: how many of the uses were by whom (contact id -> uses); it stays on the laptop.

        Raises:
            MoreUsesThanCountedError: the known people make up more than was counted. NotFoundError: no such contact.
            KnownError: see ``services.checks.check_tally``. Nothing is changed then.
        """
        with self._parts.vault.transaction():
            return self.record_in_transaction(tally, known or {})

    def record_in_transaction(self, tally: Tally, known: Mapping[str, int]) -> Counted:
        """As ``record_tally``, inside a transaction the caller holds."""
        check_tally(tally, self._parts.code_lists)
        tally_id, before, after = keep_tally(self._parts, tally, self._checked(tally, known))
        db = self._parts.vault.connection
        day = tallies.find_figures(db, tally.shift_date, tally.shift_date, tally.setting)
        return Counted(tally_id, before, after, day)

    def take_back(self, counted: Counted) -> Changes:
        """Put a tally back to what it was before it was counted last.

        Raises:
            CountWentOnError: it grew or left since; nothing is changed.
        """
        with self._parts.vault.transaction():
            db = self._parts.vault.connection
            now = tallies.find_tally(db, counted.id)
            state = State() if now is None else State(now.tally, tallies.list_known(db, counted.id))
            if state != counted.after or tallies.has_left(db, counted.id):
                raise CountWentOnError
            if counted.before.tally is None:
                tallies.drop_tally(db, counted.id)
            else:
                tallies.change_tally(db, counted.id, counted.before.tally)
                tallies.keep_known(db, counted.id, counted.before.known)
            self._parts.vault.audit("changed", counted.id, "tally:back")
        return CHANGES

    def list_tallies(self, limit: int = 100) -> tuple[TallyRow, ...]:
        """Return tallies, newest first."""
        with self._parts.vault.read():
            return tallies.list_tallies(self._parts.vault.connection, limit)

    def day_figures(self, day: date, setting: str = "") -> UseFigures:
        """Return uses, known people and uses nobody is written down for, of one day in one setting or in all."""
        return self.figures(day, day, setting)

    def figures(self, first: date, last: date, setting: str = "") -> UseFigures:
        """As ``day_figures``, from ``first`` to ``last``; a person who came on several days is one person."""
        with self._parts.vault.read():
            return tallies.find_figures(self._parts.vault.connection, first, last, setting)

    def list_uses_of(self, contact_id: str) -> tuple[UseRow, ...]:
        """Return when a known person was among those counted, the latest first."""
        with self._parts.vault.read():
            return tallies.list_uses_of(self._parts.vault.connection, contact_id)

    def _checked(self, tally: Tally, known: Mapping[str, int]) -> Mapping[str, int]:
        for contact_id, uses in known.items():
            check_number(uses, "known", 1, MOST_COPIES)
            if contacts.find_contact(self._parts.vault.connection, contact_id) is None:
                raise NotFoundError
        coded = sum(known.values())
        if coded > tally.count:
            raise MoreUsesThanCountedError(coded=coded, uses=tally.count)
        return known


def keep_tally(
    parts: Parts, tally: Tally, known: Mapping[str, int] | None = None
) -> tuple[str, State, State]:
    """Add to the day's count that has not left yet, or begin one; inside a transaction the caller holds.

    Returns:
        The tally's id, and what it was before and after.
    """
    db = parts.vault.connection
    growing = tallies.find_growing(db, tally, parts.worker.id)
    if growing is None:
        tally_id, before, after = parts.ids.new_id(), State(), State(tally, dict(known or {}))
        tallies.add_tally(db, tally_id, tally, parts.worker.id, parts.now_text())
    else:
        tally_id, before = growing.id, State(growing.tally, tallies.list_known(db, growing.id))
        after = State(growing.tally.grown_by(tally), dict(Counter(before.known) + Counter(known or {})))
        tallies.change_tally(db, tally_id, growing.tally.grown_by(tally))
    if known:
        tallies.keep_known(db, tally_id, after.known)
    parts.vault.audit("changed", tally_id, "tally")
    return tally_id, before, after
