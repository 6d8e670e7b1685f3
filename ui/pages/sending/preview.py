"""One row before it leaves: exactly what would be sealed, field by field, and what of the note stays here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.codes import Words
from ui.models.outbox_words import GROUP_WORDS
from ui.models.sending_preview import RowReader
from ui.models.sending_row_words import NEVER_WORDS
from ui.models.signs import Signs
from ui.pages.sending.view import SendingView
from ui.tokens import SPACE_2, SPACE_3
from ui.widgets.buttons import button, quiet_button
from ui.widgets.card import Card
from ui.widgets.disclosure import Disclosure
from ui.widgets.pairs import name_columns, narrow_pairs
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import WrappingLabel, section_heading, words

if TYPE_CHECKING:
    from outreach_app.services.outbox_preview import Group, Preview

NAME_WIDTH = 200  # pixels


class PreviewView(SendingView):
    """``shown`` takes ``group`` to go through all that leaves of it, or ``record_id`` for one row."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._reader = RowReader(
            Words(context.program.code_lists), Signs(context.program.catalogues),
            lambda: context.program.clock.local_now().date(),
        )  # fmt: skip
        self._ids: tuple[str, ...] = ()
        self._at = 0
        self.preview: Preview | None = None
        self.heading = section_heading("")
        self.heading.setWordWrap(True)  # else a long name makes the whole page wider than the window
        self.back = quiet_button(_("Back"), icon="arrow-left")
        self.before, self.after = button(_("Previous"), "Alt+Up"), button(_("Next"), "Alt+Down")
        self.row, self.here = Card(_("This leaves")), Card(_("This stays on this laptop"))
        self._lines: QWidget | None = None
        self.stays, self.never = words(), words(tone="muted")
        self.line = WrappingLabel()
        self.exact = Disclosure(_("The row as it is sealed"), self.line)
        self._scroll = ScrollColumn(gap=SPACE_3)
        self._lay_out()
        self.back.clicked.connect(lambda: self.view_wanted.emit("", {}))
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))

    def shown(self, place: Mapping[str, str]) -> None:
        group, record_id = place.get("group", ""), place.get("record_id", "")
        if record_id:
            self._begin((record_id,))
        elif group in GROUP_WORDS:
            wanted: Group = group  # type: ignore[assignment]  # it is a key of the groups
            self._context.ask(lambda session: session.outbox_preview.list_ids(wanted), self._begin, owner=self)
        self.back.setFocus()

    def _begin(self, ids: tuple[str, ...]) -> None:
        self._ids, self._at = ids, 0
        if ids:
            self._ask()
        else:  # it was sealed meanwhile
            self.view_wanted.emit("", {})

    def _step(self, by: int) -> None:
        if 0 <= self._at + by < len(self._ids):
            self._at += by
            self._ask()

    def _ask(self) -> None:
        wanted = self._ids[self._at]
        self._scroll.verticalScrollBar().setValue(0)  # another row is read from its beginning
        self._context.ask(
            lambda session: session.outbox_preview.preview(wanted), self._show,
            lambda _gone: self.view_wanted.emit("", {}), owner=self,
        )  # fmt: skip

    def _show(self, preview: Preview) -> None:
        self.preview = preview
        name = _(GROUP_WORDS[preview.group][0])
        place = _("{name}, {number} of {count}").format(name=name, number=self._at + 1, count=len(self._ids))
        self.heading.setText(" · ".join((place if len(self._ids) > 1 else name, self._reader.which(preview))))
        self._show_row(preview)
        stays = self._reader.stays(preview)
        self.stays.setText("\n".join(stays))
        self.stays.setVisible(bool(stays))
        self.line.setText(preview.line.decode())
        self.never.setText(_(NEVER_WORDS[preview.group]))
        for step, there in ((self.before, self._at > 0), (self.after, self._at + 1 < len(self._ids))):
            step.setVisible(len(self._ids) > 1)
            step.setEnabled(there)

    def _show_row(self, preview: Preview) -> None:
        before, self._lines = self._lines, QWidget()
        column = QVBoxLayout(self._lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addWidget(narrow_pairs(self._reader.lines(preview), NAME_WIDTH))
        empty = self._reader.empty(preview)
        if empty:
            column.addWidget(name_columns(_("Not noted"), empty, NAME_WIDTH))
        self.row.column.insertWidget(2, self._lines)
        if before is not None:
            before.hide()
            before.deleteLater()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_2)
        top.addWidget(self.back)
        top.addWidget(self.heading, 1)
        top.addWidget(self.before)
        top.addWidget(self.after)
        self.line.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.row.add(self.exact)
        self.here.add(self.stays)
        self.here.add(self.never)
        along = words(
            _("Each batch also says where this laptop's record stands: numbers and check values, nothing of anyone."),
            tone="muted",
        )
        for part in (self.row, self.here, along):
            self._scroll.add(part)
        self._scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addLayout(top)
        column.addWidget(self._scroll, 1)
