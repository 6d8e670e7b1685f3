"""The review page: what waits on the left, the note on the right, the remark below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from outreach_app.domain.changes import Changes
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.codes import Words
from ui.models.review_rows import ReviewRows
from ui.models.rows import ReviewRow
from ui.page import Page
from ui.pages.review.note import NoteUnderReview
from ui.pages.review.remark import RemarkPanel
from ui.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_5
from ui.widgets.buttons import button
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.empty_state import EmptyState
from ui.widgets.row_table import RowTable
from ui.widgets.text import page_title

if TYPE_CHECKING:
    from outreach_app.services.reviews import NoteInReview
    from outreach_app.services.session import Session

WIDTHS = (112, 104, 150)
LIST_WIDTH, NOTE_WIDTH = 420, 700  # pixels, to begin with
WAITING, RETURNED = "waiting", "returned"
POLICY = "review_before_sending"


@dataclass(frozen=True, slots=True)
class Queue:
    """What the page shows; ``allowed`` is False for a worker who does not review."""

    allowed: bool
    waiting: Sequence[ReviewRow] = ()
    returned: Sequence[ReviewRow] = ()
    count: int = 0
    review_first: bool = False


def read_queue(session: Session) -> Queue:
    """Read the queue; runs on the vault thread."""
    count = session.reviews.count_waiting()
    if count is None:
        return Queue(allowed=False)
    reviews, policies = session.reviews, session.policies.show()
    return Queue(
        True, reviews.list_waiting(), reviews.list_all_returned(), count, policies.review_before_sending
    )  # fmt: skip


class ReviewPage(Page):
    """``shown`` takes ``encounter_id`` to open one note of the queue."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._queue = Queue(allowed=True)
        self._current: tuple[str, int] = ("", 0)  # note and version in front
        self._wanted = ""
        self._remarks: dict[str, str] = {}  # half written, by note
        clock = context.program.clock
        self.rows = ReviewRows(Words(context.program.code_lists), lambda: clock.local_now().date(), self)
        self.table = RowTable(self.rows, WIDTHS)
        self.table.setAccessibleName(_("Notes to review"))
        self.which = ChoiceRow([(WAITING, _("To review")), (RETURNED, _("Returned"))], may_be_empty=False)
        self.which.set_value(WAITING)
        self.first = button(_("Only reviewed notes are sent"), kind="choice")
        self.first.setCheckable(True)
        self.first.setToolTip(_("While this is on, a note leaves only once it was reviewed."))
        self.note, self.panel = NoteUnderReview(context), RemarkPanel()
        self._lay_out()
        self._connect()

    def title(self) -> str:
        return _("Review")

    def shown(self, place: Mapping[str, str]) -> None:
        self._wanted = place.get("encounter_id", "")
        self._ask()
        self.table.setFocus()

    def refresh(self, changes: Changes) -> None:
        if self.isVisible() and (changes.encounters or changes.reviews or changes.sending or changes.settings):
            self._ask()

    def go_back(self) -> bool:
        if self.panel.remark.hasFocus():
            self.table.setFocus()
            return True
        return False

    def keep_draft_now(self) -> None:
        """Keep the half written remark with its note while the window stands."""
        if self._current[0]:
            self._remarks[self._current[0]] = self.panel.remark.toPlainText()

    def open_note(self, encounter_id: str) -> None:
        """Show a note of the queue."""
        self._context.ask(lambda session: session.reviews.find_in_review(encounter_id), self._show_note, owner=self)

    # -- the queue ----------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._context.ask(read_queue, self._show, owner=self)

    def _show(self, queue: Queue) -> None:
        self._queue = queue
        if not queue.allowed:
            self._stack.setCurrentWidget(self._not_here)
            return
        self.first.setChecked(queue.review_first)
        names = ((WAITING, _("To review ({count})"), queue.count),
                 (RETURNED, _("Returned ({count})"), len(queue.returned)))  # fmt: skip
        self.which.set_options([(code, name.format(count=count)) for code, name, count in names])
        self._show_rows()

    def _show_rows(self) -> None:
        """Show the rows and keep the place: the same note, or else the one that stands there now."""
        rows = self._queue.returned if self.which.value() == RETURNED else self._queue.waiting
        at = max(0, self.table.currentIndex().row())
        self.rows.show_rows(rows)
        if not rows:
            self._current = ("", 0)
            self._stack.setCurrentWidget(self._none_returned if self.which.value() == RETURNED else self._empty)
            return
        self._stack.setCurrentWidget(self._split)
        wanted, self._wanted = self._wanted or self._current[0], ""
        found = self.rows.row_of(wanted)
        self._go_to(found if found >= 0 else min(at, len(rows) - 1))

    def _go_to(self, row: int) -> None:
        self.table.selectRow(row)
        note_id = self.rows.id_at(row)
        if note_id != self._current[0]:
            self.keep_draft_now()
            self._current = (note_id, 0)
            self.panel.set_remark(self._remarks.get(note_id, ""))
        self.open_note(note_id)

    def _step(self, by: int) -> None:
        row = self.table.currentIndex().row() + by
        if 0 <= row < self.rows.rowCount():
            self._go_to(row)

    def _show_note(self, found: NoteInReview) -> None:
        if found.note.id == self._current[0]:
            self._current = (found.note.id, found.note.current.version)
            self.note.show_note(found)
            self.panel.mark.setEnabled(found.note.state != "reviewed")

    # -- what is said about it ----------------------------------------------------------------------------------

    def _mark(self) -> None:
        self._say(lambda session, note, version: session.reviews.mark_reviewed(note, version), _("Reviewed."))

    def _return(self, remark: str) -> None:
        if remark:
            sentence = _("Returned. The writer sees it on Today.")
            self._say(lambda session, note, version: session.reviews.return_note(note, version, remark), sentence)

    def _say(self, verb: Callable[[Session, str, int], Changes], sentence: str) -> None:
        """Say something about the note in front; a second press before it is durable says nothing more."""
        note_id, version = self._current
        if version:
            self._current = (note_id, 0)
            self._context.change(
                lambda session: verb(session, note_id, version),
                lambda _changes: self._said(note_id, version, sentence),
                lambda error: self._refused(note_id, error), owner=self,
            )  # fmt: skip

    def _refused(self, note_id: str, error: Exception) -> None:
        self._context.messages.tell_error(error)
        self.open_note(note_id)

    def _said(self, note_id: str, version: int, sentence: str) -> None:
        said = self.panel.remark.toPlainText() if self._current[0] == note_id else ""
        self._remarks.pop(note_id, None)
        self.panel.set_remark("")
        self._current = ("", 0)  # the next one comes into its place
        self.table.setFocus()
        self._context.messages.say(sentence, undo=lambda: self._take_back(note_id, version, said))

    def _take_back(self, note_id: str, version: int, remark: str) -> None:
        self._remarks[note_id] = remark
        self._wanted = note_id
        self._context.change(lambda session: session.reviews.take_back(note_id, version), owner=self)

    def _set_policy(self) -> None:
        wanted = self.first.isChecked()
        self._context.change(lambda session: session.policies.set_policy(POLICY, wanted), self._tell_policy, owner=self)

    def _tell_policy(self, _changes: Changes) -> None:
        on = _("From now on a note leaves only once it was reviewed.")
        off = _("From now on notes leave without a review.")
        self._context.messages.say(on if self.first.isChecked() else off, undo=self.first.click)

    # -- how it looks -------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.which.changed.connect(lambda _which: self._show_rows())
        self.first.clicked.connect(self._set_policy)
        self.table.opened.connect(self._go_to)
        self.panel.reviewed.connect(self._mark)
        self.panel.returned.connect(self._return)
        self.panel.stepped.connect(self._step)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_3)
        top.addWidget(page_title(self.title()))
        top.addWidget(self.which, 1)
        top.addWidget(self.first)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(SPACE_2)
        beside.addWidget(self.note, 1)
        beside.addWidget(self.panel)
        self._split = QSplitter()
        self._split.setHandleWidth(SPACE_3)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.table)
        self._split.addWidget(right)
        self._split.setSizes([LIST_WIDTH, NOTE_WIDTH])
        self._stack = QStackedWidget()
        self._make_empty_states()
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.table)

    def _make_empty_states(self) -> None:
        self._empty = EmptyState(
            "review", _("Nothing waits for review"),
            _("Finished notes wait here until they have left. Mark them reviewed, or return them with a remark."),
        )  # fmt: skip
        self._none_returned = EmptyState(
            "review", _("Nothing is returned"), _("Notes you return stand here until their writer has amended them.")
        )
        self._not_here = EmptyState(
            "review", _("For supervisors"), _("A supervisor looks at notes here before they are sent.")
        )
        for part in (self._split, self._empty, self._none_returned, self._not_here):
            self._stack.addWidget(part)
