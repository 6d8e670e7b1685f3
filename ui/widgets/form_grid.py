"""Fields below each other with their names in a column beside them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.tokens import CONTROL_HEIGHT, SPACE_1, SPACE_2

NO_LIMIT = 16_777_215  # Qt's own "no limit"
MOST_WIDTH = 160
NAME_WIDTH = 96  # pixels; longer names wrap


class FormGrid(QWidget):
    """Each row is a name and a field; a row can be hidden by its field."""

    def __init__(self, parent: QWidget | None = None, name_width: int = NAME_WIDTH) -> None:
        super().__init__(parent)
        self._width = name_width
        self._names: dict[QWidget, QLabel] = {}
        self._beside: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE_2)
        self._grid.setVerticalSpacing(SPACE_2)
        self._grid.setColumnStretch(1, 1)

    def add(self, name: str, field: QWidget) -> QWidget:
        """Add a row; the name is read out for the field."""
        label = QLabel(name)
        label.setProperty("tone", "muted")
        label.setWordWrap(True)
        label.setBuddy(self._way_to(field))
        label.setMinimumHeight(CONTROL_HEIGHT)
        if not field.accessibleName():
            field.setAccessibleName(name.replace("&", ""))
        row = self._grid.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(label, row, 0, top)
        if field.maximumWidth() < NO_LIMIT:  # a narrow field must not narrow the whole column
            self._grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignLeading)
        else:
            self._grid.addWidget(field, row, 1)
        self._names[field] = label
        self._beside.append(label)
        self._widen(name)
        return field

    def add_above(self, name: str, field: QWidget) -> QWidget:
        """Add a wide row with its name above it."""
        label = QLabel(name)
        label.setProperty("tone", "muted")
        label.setBuddy(self._way_to(field))
        if not field.accessibleName():
            field.setAccessibleName(name.replace("&", ""))
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0, 1, 2)
        self._grid.addWidget(field, row + 1, 0, 1, 2)
        self._names[field] = label
        return field

    def _way_to(self, field: QWidget) -> QWidget:
        """Return a stand-in that takes the label's key for a field that only hands the keyboard on."""
        if field.focusPolicy() != Qt.FocusPolicy.NoFocus:
            return field
        stand_in = QWidget(self)
        stand_in.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        stand_in.setFocusProxy(field)
        stand_in.setFixedSize(0, 0)
        return stand_in

    def _widen(self, name: str) -> None:
        """Give the column of names the width of its longest word, so that none is cut; more than that wraps."""
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(word) for word in name.replace("&", "").split()), default=0)
        self._width = max(self._width, min(longest + SPACE_1, MOST_WIDTH))
        for label in self._beside:
            label.setFixedWidth(self._width)

    def add_wide(self, field: QWidget) -> QWidget:
        """Add a row without a name."""
        self._grid.addWidget(field, self._grid.rowCount(), 0, 1, 2)
        return field

    def show_row(self, field: QWidget, *, shown: bool) -> None:
        """Show or hide a row with its name."""
        field.setVisible(shown)
        self._names[field].setVisible(shown)
