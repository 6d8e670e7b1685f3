"""Police actions the team was called to: noted, amended, taken back and counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from outreach_app.domain.changes import Changes
from outreach_app.domain.errors import MoreTalkedThanMetError
from outreach_app.domain.police_action import PoliceAction, PoliceFigures
from outreach_app.domain.texts import NOTE_LIMIT, check_text
from outreach_app.records import police_actions
from outreach_app.records.police_actions import PoliceActionRow
from outreach_app.services.checks import MOST_COPIES, check_code, check_date, check_number
from outreach_app.services.errors import ActionLeftError
from outreach_app.services.leaving import begin_leaving
from outreach_app.services.parts import Parts

CHANGES = Changes(tallies=True)


@dataclass(frozen=True, slots=True)
class Noted:
    """The id of a police action just noted."""

    id: str
    changes: Changes = CHANGES


class PoliceActions:
    """The verbs of police actions."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def record_action(self, action: PoliceAction) -> Noted:
        """Keep a police action.

        Raises:
            UnknownCodeError: no such district or region. NumberNotUsableError, MoreTalkedThanMetError: the numbers.
            DateNotUsableError, TextTooLongError, TextNotUsableError. Nothing is changed then.
        """
        checked = self._checked(action)
        action_id = self._parts.ids.new_id()
        with self._parts.vault.transaction():
            db, worker = self._parts.vault.connection, self._parts.worker
            police_actions.add_action(db, action_id, checked, worker.id, self._parts.now_text())
            self._parts.vault.audit("changed", action_id, "police_action")
        return Noted(action_id)

    def amend_action(self, action_id: str, action: PoliceAction) -> Changes:
        """Replace what was noted.

        Raises:
            ActionLeftError: no such police action. KnownError: as ``record_action``.
        """
        checked = self._checked(action)
        with self._parts.vault.transaction():
            self._require(action_id)
            police_actions.change_action(self._parts.vault.connection, action_id, checked)
            self._parts.vault.audit("changed", action_id, "police_action")
        return CHANGES

    def take_back(self, action_id: str) -> Changes:
        """Forget a police action that was noted by mistake; old pages and backups follow when leaving is finished next.

        Raises:
            ActionLeftError: no such police action.
        """
        with self._parts.vault.transaction():
            self._require(action_id)
            police_actions.drop_action(self._parts.vault.connection, action_id)
            begin_leaving(self._parts)
            self._parts.vault.audit("changed", action_id, "police_action:back")
        return CHANGES

    def list_actions(self, first: date, last: date, limit: int = 100) -> tuple[PoliceActionRow, ...]:
        """Return what was noted from ``first`` to ``last``, both days included, the latest first."""
        with self._parts.vault.read():
            return police_actions.list_actions(self._parts.vault.connection, first, last, limit)

    def figures(self, first: date, last: date) -> PoliceFigures:
        """Return to how many police actions the team was called from ``first`` to ``last``, both days included."""
        with self._parts.vault.read():
            return police_actions.find_figures(self._parts.vault.connection, first, last)

    def _require(self, action_id: str) -> None:
        if police_actions.find_action(self._parts.vault.connection, action_id) is None:
            raise ActionLeftError

    def _checked(self, action: PoliceAction) -> PoliceAction:
        check_code(action.district, "police_districts", self._parts.code_lists)
        check_code(action.region, "regions", self._parts.code_lists)
        check_date(action.shift_date, "shift_date")
        check_number(action.met, "met", 0, MOST_COPIES)
        check_number(action.talked_to, "talked_to", 0, MOST_COPIES)
        if action.talked_to > action.met:
            raise MoreTalkedThanMetError(talked_to=action.talked_to, met=action.met)
        return replace(action, words=check_text(action.words, "words", NOTE_LIMIT))
