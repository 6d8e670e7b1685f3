"""A request on its way to the centre: six words to read out, a file to bring, or codes to scan one after the other."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from outreach_app.errors import KnownError
from outreach_app.i18n import gettext as _
from ui.file_choosing import choose_file_to_save
from ui.models.files import write_file
from ui.tokens import SPACE_2, SPACE_3
from ui.widgets.buttons import button, icon_button, primary_button
from ui.widgets.qr_code import QrCode
from ui.widgets.text import set_tone, words

Ask = Callable[[QWidget, str, str, str], Path | None]


class HandingOver(QWidget):
    """``show_request`` takes the bytes and their six words; left and right arrows turn the codes."""

    handed_over = Signal()

    def __init__(self, file_name: str, kinds: str, ask: Ask = choose_file_to_save) -> None:
        super().__init__()
        self._file_name, self._kinds, self._ask = file_name, kinds, ask
        self._document = b""
        self._lines: tuple[str, ...] = ()
        self._at = 0
        self.six_words = QLabel()
        self.six_words.setProperty("kind", "section")
        self.six_words.setWordWrap(True)
        self.save = primary_button(_("Save as a file"), icon="save")
        self.codes = button(_("Show as codes"), icon="eye")
        self.told = words(tone="muted")
        self.code = QrCode(_("Code to scan"))
        self.counted = words(tone="muted")
        self.before = icon_button("chevron-left", _("Code before"))
        self.after = icon_button("chevron-right", _("Next code"))
        self._turning = QWidget()
        self._lay_out()
        self.save.clicked.connect(self._save)
        self.codes.clicked.connect(self._toggle_codes)
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(1))

    def show_request(self, document: bytes, six_words: str) -> None:
        """Show this request."""
        self._document, self._lines, self._at = document, (), 0
        self.six_words.setText(six_words)
        self._show_codes(shown=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._turning.isVisible():
            super().keyPressEvent(event)
            return
        self._turn(step)

    def _save(self) -> None:
        file = self._ask(self, _("Save the request"), self._kinds, self._file_name)
        if file is None:
            return
        try:
            write_file(self._document, file)
        except KnownError as error:
            self._say(error.sentence(), "notice")
            return
        self._say(_("The request is in the file {file}.").format(file=file.name), "calm")
        self.handed_over.emit()

    def _toggle_codes(self) -> None:
        self._show_codes(shown=not self._turning.isVisible())

    def _show_codes(self, *, shown: bool) -> None:
        if shown and not self._lines:
            self._lines = importlib.import_module("outreach_app.sync.text_parts").split(self._document)
        self._turning.setVisible(shown)
        self.codes.setText(_("Hide the codes") if shown else _("Show as codes"))
        self._say(
            _("Scan every code into a text file or message; their order does not matter. Arrow keys turn them.")
            if shown
            else ""
        )
        if shown:
            self._turn(0)
            self.after.setFocus(Qt.FocusReason.OtherFocusReason)
            self.handed_over.emit()

    def _turn(self, step: int) -> None:
        self._at = max(0, min(len(self._lines) - 1, self._at + step))
        drawn = importlib.import_module("segno").make(self._lines[self._at], error="m", micro=False)
        self.code.show_code(tuple(drawn.matrix))
        self.counted.setText(_("{number} of {total}").format(number=self._at + 1, total=len(self._lines)))
        self.before.setEnabled(self._at > 0)
        self.after.setEnabled(self._at < len(self._lines) - 1)

    def _say(self, sentence: str, tone: str = "muted") -> None:
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))
        set_tone(self.told, tone)

    def _lay_out(self) -> None:
        ways = QHBoxLayout()
        ways.setSpacing(SPACE_2)
        for part in (self.save, self.codes):
            ways.addWidget(part)
        ways.addStretch(1)
        arrows = QHBoxLayout()
        arrows.addStretch(1)
        for turning_part in (self.before, self.counted, self.after):
            arrows.addWidget(turning_part)
        arrows.addStretch(1)
        turning = QVBoxLayout(self._turning)
        turning.setContentsMargins(0, 0, 0, 0)
        turning.addWidget(self.code, 1)
        turning.addLayout(arrows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        column.addWidget(self.six_words)
        column.addLayout(ways)
        column.addWidget(self.told)
        column.addWidget(self._turning)
        self._show_codes(shown=False)
