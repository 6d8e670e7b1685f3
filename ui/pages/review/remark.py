"""What a supervisor says about the note in front: reviewed, or back to its writer with a remark."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from ui.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_4
from ui.widgets.buttons import button, icon_button, primary_button
from ui.widgets.labelled_field import LabelledField

HEIGHT = 64  # pixels: three lines
WITH_A_KEY = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
KEYS_OF_BUTTONS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down})


class RemarkPanel(QFrame):
    """A note goes back only with a remark; Tab leaves the remark, Ctrl+Enter marks the note reviewed from anywhere."""

    reviewed = Signal()
    returned = Signal(str)  # the remark
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.remark = QPlainTextEdit()
        self.remark.setFixedHeight(HEIGHT)
        self.remark.setTabChangesFocus(True)
        self.remark.setPlaceholderText(_("What should be added or looked at again?"))
        self.remark.installEventFilter(self)
        self.mark = primary_button(_("Reviewed"), "Ctrl+Return", icon="check")
        self.give_back = button(_("Return with remark"), "Ctrl+Shift+Return", icon="undo")
        self.before = icon_button("chevron-up", _("Previous note"), "Alt+Up")
        self.after = icon_button("chevron-down", _("Next note"), "Alt+Down")
        self._lay_out()
        self.mark.clicked.connect(self.reviewed)
        self.give_back.clicked.connect(lambda: self.returned.emit(self.remark.toPlainText().strip()))
        self.before.clicked.connect(lambda: self.stepped.emit(-1))
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        self.remark.textChanged.connect(self._look)
        self._look()

    def set_remark(self, text: str) -> None:
        """Show what was half written about this note."""
        self.remark.setPlainText(text)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let the keys of the buttons through: the field would use some of them itself."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        return bool(event.modifiers() & WITH_A_KEY) and event.key() in KEYS_OF_BUTTONS

    def _look(self) -> None:
        self.give_back.setEnabled(bool(self.remark.toPlainText().strip()))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self.mark)
        row.addWidget(self.give_back)
        row.addStretch(1)
        row.addWidget(self.before)
        row.addWidget(self.after)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2 + SPACE_1)
        column.addWidget(LabelledField(_("Remark to the writer"), self.remark))
        column.addLayout(row)
