"""How an encounter ends: finished and for a minute taken back again, discarded and brought back, or refused calmly."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from outreach_app.domain.assessment_words import alert_sentence
from outreach_app.domain.encounter import Encounter
from outreach_app.i18n import gettext as _
from outreach_app.services.assessing import assess_encounter, calls_for_child
from ui.context import Context
from ui.models.encounter_form import EncounterForm, draft_fields
from ui.models.finishing import PAGE, FinishedForm, finish_form, take_back_finish
from ui.pages.encounter.draft_keeper import DraftKeeper

UNDO_MS = 60_000


class Ending(QObject):
    """Acts on the form it is handed; the page hears what came of it."""

    ended = Signal()  # the page holds nothing any more
    refused = Signal(object)  # the error; the draft is still there

    def __init__(self, context: Context, drafts: DraftKeeper, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._drafts = drafts
        self._offered = QTimer(self)  # undo is offered as long as it can be done
        self._offered.setSingleShot(True)
        self._offered.setInterval(UNDO_MS)
        self._offered.timeout.connect(context.messages.clear)
        context.messages.said.connect(lambda *_said: self._offered.stop())

    def finish(self, form: EncounterForm, content: Encounter, numbers: tuple[str, ...] = ()) -> None:
        """Finish the note, or amend the one it amends; ``numbers`` are said where a child is to be helped at once."""
        draft_id = self._drafts.draft_id
        self._drafts.keep_now()
        self._context.change(
            lambda session: finish_form(session, form, content, draft_id),
            lambda done: self._finished(form, done, self._urgent_words(content, numbers)), self._refuse, owner=self,
        )  # fmt: skip

    def discard(self, form: EncounterForm) -> None:
        """Let the draft go; it can be brought back."""
        draft_id = self._drafts.draft_id
        self._drafts.forget()
        self.ended.emit()
        self._context.change(lambda session: session.drafts.discard_draft(draft_id))
        self._context.messages.say(_("The draft was discarded."), undo=lambda: self._bring_back(form, draft_id))
        self._context.go_to("today")

    def _finished(self, form: EncounterForm, done: FinishedForm, urgent: str) -> None:
        self._drafts.forget()
        self.ended.emit()
        self._say_finished(form, done, urgent)
        if form.note_id:
            self._context.go_to("encounters", {"encounter_id": form.note_id})
        else:
            self._context.go_to("today")

    def _say_finished(self, form: EncounterForm, done: FinishedForm, urgent: str) -> None:
        if done.id is None:
            self._context.messages.say(_("Counted. Nothing about her was written."))
            return
        undo = None if form.note_id else self._taking_back(done.id)
        kept = _("Finished and kept on this laptop.")
        self._context.messages.say("\n".join(filter(None, (urgent, kept))), "urgent" if urgent else "calm", undo)
        if undo is not None:
            self._offered.start()

    def _urgent_words(self, content: Encounter, numbers: tuple[str, ...]) -> str:
        """Return whom to call where a child is to be helped and nobody was called yet; otherwise nothing."""
        found = assess_encounter(content, self._context.program.catalogues)
        if not calls_for_child(content, found.alerts):
            return ""
        return "\n".join((alert_sentence("child_act_now"), *numbers))

    def _taking_back(self, note_id: str) -> Callable[[], None]:
        draft_id = self._context.program.ids.new_id()

        def take_back() -> None:
            self._context.change(
                lambda session: take_back_finish(session, note_id, draft_id),
                lambda _changes: self._context.go_to("encounter", {"draft_id": draft_id}),
                self._context.messages.tell_error, owner=self,
            )  # fmt: skip

        return take_back

    def _bring_back(self, form: EncounterForm, draft_id: str) -> None:
        fields = draft_fields(form)
        self._context.change(lambda session: session.drafts.keep_draft(draft_id, fields, page=PAGE))
        self._context.go_to("encounter", {"draft_id": draft_id})

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)
        self._context.messages.tell_error(error)
