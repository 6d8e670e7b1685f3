"""The centre's reply coming in: opened as a file, or scanned and pasted line by line."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from outreach_app.errors import KnownError
from outreach_app.i18n import gettext as _
from ui.file_choosing import choose_file_to_open
from ui.models.files import MOST_BYTES, read_small_file
from ui.tokens import SPACE_2, SPACE_3
from ui.widgets.buttons import button
from ui.widgets.text import set_tone, words

Ask = Callable[[QWidget, str, str], Path | None]
LINES_HIGH = 110  # pixels


class TakingIn(QWidget):
    """``came`` carries the reply's bytes, not checked yet."""

    came = Signal(bytes)

    def __init__(self, kinds: str, ask: Ask = choose_file_to_open) -> None:
        super().__init__()
        self._kinds, self._ask = kinds, ask
        self.open = button(_("Open the reply"), icon="open")
        self.scan = button(_("Scan or paste it"), icon="copy")
        self.lines = QPlainTextEdit()
        self.lines.setAccessibleName(_("Lines of the reply"))
        self.lines.setPlaceholderText(_("One line for each code, in any order"))
        self.lines.setFixedHeight(LINES_HIGH)
        self.lines.setTabChangesFocus(True)
        self.take = button(_("Take these lines"))
        self.told = words()
        self._lay_out()
        self.open.clicked.connect(self._open)
        self.scan.clicked.connect(self._show_lines)
        self.take.clicked.connect(self._join)

    def say(self, sentence: str, tone: str = "notice") -> None:
        """Say what came of it; empty says nothing."""
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))
        set_tone(self.told, tone)

    def _open(self) -> None:
        file = self._ask(self, _("Open the centre's reply"), self._kinds)
        if file is None:
            return
        try:
            read = importlib.import_module("outreach_app.sync.text_parts").read_document
            document = read(read_small_file(file))
        except KnownError as error:
            self.say(error.sentence())
            return
        self._take(document)

    def _show_lines(self) -> None:
        for part in (self.lines, self.take):
            part.show()
        self.lines.setFocus()

    def _join(self) -> None:
        try:
            join = importlib.import_module("outreach_app.sync.text_parts").join
            document = join(self.lines.toPlainText()[:MOST_BYTES].splitlines())
        except KnownError as error:
            self.say(error.sentence())
            return
        self._take(document)

    def _take(self, document: bytes) -> None:
        self.lines.clear()
        for part in (self.lines, self.take):
            part.hide()
        self.say(_("The reply is here."), "calm")
        self.came.emit(document)

    def _lay_out(self) -> None:
        ways = QHBoxLayout()
        ways.setSpacing(SPACE_2)
        for part in (self.open, self.scan):
            ways.addWidget(part)
        ways.addStretch(1)
        under = QHBoxLayout()
        under.addWidget(self.take)
        under.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addLayout(ways)
        column.addWidget(self.lines)
        column.addLayout(under)
        column.addWidget(self.told)
        for hidden in (self.lines, self.take, self.told):
            hidden.hide()
