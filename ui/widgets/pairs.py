"""Names with what stands behind them, in columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.tokens import SPACE_1, SPACE_3
from ui.widgets.text import words

NAME_WIDTH = 130  # pixels


def pairs(lines: Sequence[tuple[str, str]], name_width: int = NAME_WIDTH) -> QWidget:
    """Return a row for each name and its words."""
    made = QWidget()
    grid = _grid(made)
    for row, (name, text) in enumerate(lines):
        label = words(name, tone="muted")
        label.setFixedWidth(name_width)
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words(text), row, 1, Qt.AlignmentFlag.AlignTop)
    return made


def narrow_pairs(lines: Sequence[tuple[str, str]], name_width: int = NAME_WIDTH) -> QWidget:
    """Return the rows no wider than a line of words, so that in a wide card they stay at the beginning of the line."""
    made = pairs(lines, name_width)
    made.setMaximumWidth(name_width + SPACE_3 + words().maximumWidth())
    return made


def name_columns(name: str, texts: Sequence[str], name_width: int = NAME_WIDTH) -> QWidget:
    """Return a name and behind it short texts in two columns, all quiet, in line with ``narrow_pairs``."""
    made = QWidget()
    grid = _grid(made)
    grid.setColumnStretch(2, 1)
    label = words(name, tone="muted")
    label.setFixedWidth(name_width)
    grid.addWidget(label, 0, 0, Qt.AlignmentFlag.AlignTop)
    for place, text in enumerate(texts):
        grid.addWidget(words(text, tone="muted"), place // 2, 1 + place % 2, Qt.AlignmentFlag.AlignTop)
    made.setMaximumWidth(name_width + SPACE_3 + words().maximumWidth())
    return made


def _grid(made: QWidget) -> QGridLayout:
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(SPACE_3)
    grid.setVerticalSpacing(SPACE_1)
    grid.setColumnStretch(1, 1)
    return grid
