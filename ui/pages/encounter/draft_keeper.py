"""Keeps the half-written encounter in the vault: at most two seconds after a key, and at once when asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from outreach_app.domain.changes import Changes
from ui.context import Context
from ui.models.encounter_form import EncounterForm, draft_fields
from ui.models.finishing import PAGE
from ui.page import FocusPlace

DELAY_MS = 1500  # the vault needs a moment too; together under two seconds


class DraftKeeper(QObject):
    """``form_now`` gives what is to be kept, or None while there is nothing worth keeping."""

    kept = Signal()

    def __init__(
        self, context: Context, form_now: Callable[[], EncounterForm | None], place_now: Callable[[], FocusPlace],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._form_now = form_now
        self._place_now = place_now
        self._changed = False
        self._kept_place: FocusPlace | None = None
        self.draft_id = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.keep_now)

    def begin(self, draft_id: str = "") -> None:
        """Begin another draft, new or known."""
        self._timer.stop()
        self._changed = False
        self._kept_place = None
        self.draft_id = draft_id or self._context.program.ids.new_id()

    def touch(self) -> None:
        """Hear that something changed; the first change starts the clock, later ones do not push it back."""
        self._changed = True
        if not self._timer.isActive():
            self._timer.start()

    def keep_now(self) -> None:
        """Keep what changed at once: what is written, and where the worker is in it."""
        self._timer.stop()
        form, place = self._form_now(), self._place_now()
        same = not self._changed and place == self._kept_place
        if same or form is None or not self._context.unlocked:
            return
        self._changed, self._kept_place = False, place
        fields, draft_id = draft_fields(form), self.draft_id
        self._context.change(
            lambda session: session.drafts.keep_draft(
                draft_id, fields, page=PAGE, field=place.field, cursor=place.cursor
            ),
            self._told,
            self._failed,
            owner=self,
        )

    def forget(self) -> None:
        """Stop keeping: the encounter was finished or discarded."""
        self._timer.stop()
        self._changed = False

    def _told(self, _changes: Changes) -> None:
        self.kept.emit()

    def _failed(self, error: Exception) -> None:
        self._changed = True  # tried again with the next key
        self._context.messages.tell_error(error)
