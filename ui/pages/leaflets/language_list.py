"""Languages by their own name in their own script, large, so that she can point at hers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from outreach_app.i18n import gettext as _
from ui.models.leaflets import SheetChoice

POINTS = 16.0
ROW_HEIGHT = 48  # pixels; Thai needs the room above and below


class LanguageList(QListWidget):
    """Arrows move; a click chooses."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        font = self.font()
        font.setPointSizeF(POINTS)
        self.setFont(font)
        self.setAccessibleName(_("Languages"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._changed)

    def show_languages(self, sheets: Sequence[SheetChoice]) -> None:
        """Show each language once."""
        self.blockSignals(True)
        self.clear()
        for each in {choice.language: choice for choice in sheets}.values():
            item = QListWidgetItem(each.own_name)
            item.setData(Qt.ItemDataRole.UserRole, each.language)
            item.setSizeHint(QSize(160, ROW_HEIGHT))
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
            self.addItem(item)
        self.blockSignals(False)

    def value(self) -> str:
        """Return the code of the chosen language, or ""."""
        row = self.currentRow()
        return str(self.item(row).data(Qt.ItemDataRole.UserRole)) if row >= 0 else ""

    def set_value(self, language: str) -> None:
        """Choose a language; the first one if there is no such."""
        rows = [row for row in range(self.count()) if self.item(row).data(Qt.ItemDataRole.UserRole) == language]
        self.setCurrentRow(rows[0] if rows else 0)

    def _changed(self) -> None:
        if self.value():
            self.chosen.emit(self.value())
