"""A column that scrolls: what is given the keyboard is seen, however it was given."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QStyleOptionButton, QVBoxLayout, QWidget

from ui.widgets.chip_row import ChipRow
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.form_grid import FormGrid
from ui.widgets.scroll_column import ScrollColumn


def test_a_field_out_of_sight_is_brought_into_view_with_the_keyboard(show):
    column = ScrollColumn()
    first, far, last = QLineEdit(), QLabel("far"), QLineEdit()
    far.setFixedHeight(2000)
    for part in (first, far, last):
        column.add(part)
    show(column)
    QApplication.processEvents()
    for field in (last, first):
        assert field is first or field.visibleRegion().isEmpty()
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        QApplication.processEvents()
        assert field.visibleRegion().boundingRect() == field.rect()


def test_long_words_on_a_chip_cut_no_row_beside_them(show):
    column, grid = ScrollColumn(), FormGrid()
    ages = ChoiceRow([(str(each), f"between {each} and {each + 5}") for each in range(15, 55, 5)])
    chips, leaflets = ChipRow(), QWidget()
    QVBoxLayout(leaflets).addWidget(chips)
    grid.add("Age", ages)
    grid.add("Leaflets", leaflets)
    column.add(grid)
    column.setFixedSize(360, 120)
    show(column)
    chips.add("one", "Thai · Where to get help, and what your rights are · Wallet cards")
    for _turn in range(3):
        QApplication.processEvents()
    for button in ages._buttons.values():
        assert ages.rect().contains(button.geometry())
    chip = chips.chips()[0]
    assert chips.rect().contains(chip.geometry())
    drawn = QStyleOptionButton()
    chip.initStyleOption(drawn)
    assert drawn.text.startswith("Thai · Where")
    assert drawn.text.endswith("…")
    assert chip.text() in chip.toolTip()
