"""What another worker wrote into the note meanwhile: shown beside the form, so that nobody overwrites unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.models.note_lines import NoteReader
from ui.pages.encounter.book import Book
from ui.tokens import SPACE_1, SPACE_2, SPACE_3
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import small_heading, words

if TYPE_CHECKING:
    from outreach_app.services.notes import Note

MOST_HEIGHT = 190  # pixels; longer notes scroll


class Meanwhile(QFrame):
    """Hidden while the form began from the last version."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "raised")
        self._reader = NoteReader(book.words, book.signs, book.today)
        self.heading, self.text = small_heading(""), words()
        flags = Qt.TextInteractionFlag
        self.text.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.text.setMaximumWidth(16_777_215)
        scroll = ScrollColumn(gap=SPACE_1)
        scroll.add(self.text)
        scroll.column.addStretch(1)
        scroll.setMaximumHeight(MOST_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_1)
        column.addWidget(self.heading)
        column.addWidget(scroll)
        self.hide()

    def show_note(self, note: Note, from_version: int) -> None:
        """Show the last version of ``note`` if the form began from an earlier one."""
        version = note.current
        later = 0 < from_version < version.version
        self.setVisible(later)
        if not later:
            return
        told = _("{worker} wrote meanwhile (version {number}):")
        self.heading.setText(told.format(worker=isolated(version.worker_name), number=version.version))
        lines = self._reader.lines(version.content, version.place_code, version.contact_name)
        signs = self._reader.sign_lines(version.content)
        rows = (isolated(version.content.note), *(f"{name}: {text}" for name, text in (*signs, *lines)))
        self.text.setText("\n".join(filter(None, rows)))
