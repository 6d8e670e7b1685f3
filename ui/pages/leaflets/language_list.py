"""Languages by their own name in their own script, large, so that she can point at hers; any name finds one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from outreach_app.i18n import gettext as _
from ui.icons import set_icon
from ui.models.leaflets import LanguageChoice, Standing, find_language
from ui.models.leaflets_words import STATE_ICONS, state_words
from ui.pages.leaflets.language_rows import BELOW, CODE, GREY, ICON, LanguageRows
from ui.tokens import SPACE_2

CLEAR_SIZE = 16  # pixels
MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class LanguageList(QWidget):
    """Arrows move, a click chooses, letters find; Enter goes on to the sheet."""

    chosen = Signal(str)
    left = Signal()  # Enter: the language is found

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._languages: tuple[LanguageChoice, ...] = ()
        self._items: dict[str, QListWidgetItem] = {}
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Type a language"))
        self.line.setAccessibleName(_("Type a language"))
        self.line.setClearButtonEnabled(True)
        for clear in self.line.findChildren(QToolButton):
            set_icon(clear, "close", "muted", CLEAR_SIZE)  # Qt's own is black in both looks
        self.line.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # letters typed in the list come here by themselves
        self.rows = QListWidget()
        self.rows.setItemDelegate(LanguageRows(self.rows))
        self.rows.setAccessibleName(_("Languages"))
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.rows.currentItemChanged.connect(self._changed)
        self.line.textEdited.connect(self._search)
        for part in (self.line, self.rows):
            part.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self.line)
        column.addWidget(self.rows, 1)
        self.setFocusProxy(self.rows)

    def show_languages(self, languages: Iterable[LanguageChoice]) -> None:
        """Show these languages, the second list below a thin heading."""
        self._languages = tuple(languages)
        with QSignalBlocker(self.rows):
            self.rows.clear()
            self._items = {each.code: self._row(each) for each in self._languages if not each.second}
            later = [each for each in self._languages if each.second]
            if later:
                heading = QListWidgetItem(_("Further languages"))
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                self.rows.addItem(heading)
            self._items |= {each.code: self._row(each) for each in later}

    def show_standings(self, standings: Mapping[str, Standing]) -> None:
        """Say for each language how far the chosen sheet is; one that is not there is still to be read."""
        for each in self._languages:
            item, standing = self._items[each.code], standings.get(each.code)
            told = [state_words(standing)] if standing is not None else []
            if each.names[0] != each.own_name:
                told.append(each.names[0])
            item.setData(BELOW, " · ".join(told))
            item.setData(ICON, STATE_ICONS.get(standing.state, "") if standing else "")
            item.setData(GREY, standing is not None and standing.state == "absent")
            item.setToolTip(str(item.data(BELOW)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join((each.own_name, *told)))

    def value(self) -> str:
        """Return the code of the chosen language, or ""."""
        row = self.rows.currentRow()
        return str(self.rows.item(row).data(CODE) or "") if row >= 0 else ""

    def set_value(self, language: str) -> None:
        """Choose a language; the first one if there is no such."""
        item = self._items.get(language) or next(iter(self._items.values()), None)
        if item is not None:
            self.rows.setCurrentItem(item)
            self.rows.scrollToItem(item)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.value():
            self.rows.scrollToItem(self.rows.currentItem())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and self._pressed(watched, event)

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.line.clear()
            self.left.emit()
            return True
        if watched is self.line:
            return self._pressed_in_line(event)
        typed = event.text()
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if plain and typed.strip() and typed.isprintable():
            self.line.setText(typed)
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.line.end(False)
            self._search(typed)
            return True
        return False

    def _pressed_in_line(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape and self.line.text():
            self.line.clear()
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if event.key() in MOVES:
            self.line.clear()
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
            self.rows.keyPressEvent(event)
            return True
        return False

    def _search(self, typed: str) -> None:
        found = find_language(self._languages, typed)
        if found:
            self.set_value(found)

    def _row(self, each: LanguageChoice) -> QListWidgetItem:
        item = QListWidgetItem(each.own_name)
        item.setData(CODE, each.code)
        self.rows.addItem(item)
        return item

    def _changed(self) -> None:
        if self.value():
            self.chosen.emit(self.value())
