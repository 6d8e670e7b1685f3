"""A field with its name above it and, if needed, a quiet hint below."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.tokens import SPACE_1
from ui.widgets.text import set_tone, words


class LabelledField(QWidget):
    """Stacks name, field and hint; the name is what a screen reader says for the field."""

    def __init__(self, name: str, field: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.name = QLabel(name)
        self.name.setBuddy(field)
        self.hint = words(hint, tone="muted")
        field.setAccessibleName(name.replace("&", ""))
        if hint:
            field.setAccessibleDescription(hint)
        self.setFocusProxy(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        for part in (self.name, field, self.hint):
            column.addWidget(part)
        self.hint.setVisible(bool(hint))  # only now: shown without a parent it would be a window

    def say(self, hint: str, tone: str = "muted") -> None:
        """Show another hint, for example what is missing; empty takes it away."""
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.field.setAccessibleDescription(hint)
        set_tone(self.hint, tone)
