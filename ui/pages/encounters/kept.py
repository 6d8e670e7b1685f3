"""Kept searches as a row of buttons: one key calls each, and the one in use can be renamed or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from outreach_app.domain.finding import Filters, KeptSearch
from outreach_app.domain.texts import SHORT_LIMIT, isolated
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.tokens import SPACE_1
from ui.widgets.buttons import quiet_button
from ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from outreach_app.domain.changes import Changes

KEYS = 9
NAME_WIDTH = 220
LONGEST_NAME = 28  # letters on a button; the whole name is in its tooltip


class _NameLine(QLineEdit):
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class KeptSearches(QWidget):
    """``called`` carries the filters of the one that was chosen; ``ended`` says that the naming is over.

    ``shown_anew`` says that the buttons were made again.
    """

    called = Signal(object)  # Filters
    ended = Signal()
    shown_anew = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._kept: Sequence[KeptSearch] = ()
        self._filters = Filters()
        self._renaming: KeptSearch | None = None
        self.buttons: list[QPushButton] = []
        self.keep = quiet_button(_("Keep this search"), "Ctrl+S", icon="save")
        self.rename = quiet_button(_("Rename"), icon="edit")
        self.drop = quiet_button(_("Drop"), icon="discard")
        self.name = _NameLine()
        self.name.setPlaceholderText(_("A name for this search"))
        self.name.setAccessibleName(_("A name for this search"))
        self.name.setMaxLength(SHORT_LIMIT)
        self.name.setFixedWidth(NAME_WIDTH)
        self.name.hide()
        self._flow = FlowLayout(self, SPACE_1)
        for part in (self.keep, self.name, self.rename, self.drop):
            self._flow.addWidget(part)
        self.keep.clicked.connect(self._begin_keeping)
        self.rename.clicked.connect(self._begin_renaming)
        self.drop.clicked.connect(self._drop)
        self.name.returnPressed.connect(self._named)
        self.name.left.connect(self._end)
        for number in range(KEYS):
            QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self, lambda at=number: self._call(at))
        self._show_parts()

    def stops(self) -> tuple[QWidget, ...]:
        """Return where Tab stops, in order."""
        return (*self.buttons, self.keep, self.name, self.rename, self.drop)

    def ask(self) -> None:
        """Read the kept searches again."""
        self._context.ask(lambda session: session.kept_searches.list_kept(), self.show_kept, owner=self)

    def refresh(self, changes: Changes) -> None:
        """Read them again where they were changed."""
        if changes.searches:
            self.ask()

    def show_kept(self, kept: Sequence[KeptSearch]) -> None:
        """Show a button for each."""
        had = next((at for at, each in enumerate(self.buttons) if each.hasFocus()), -1)
        for old in self.buttons:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._kept, self.buttons = kept, [self._button(at, each) for at, each in enumerate(kept)]
        for part in self.stops():  # the searches first: they keep their places
            self._flow.removeWidget(part)
            self._flow.addWidget(part)
        for made in self.buttons:
            made.show()
        if had >= 0:
            (self.buttons[min(had, len(self.buttons) - 1)] if self.buttons else self.keep).setFocus()
        self._show_parts()
        self.updateGeometry()
        self.shown_anew.emit()

    def show_filters(self, filters: Filters) -> None:
        """Know what is looked for now: it can be kept, or is one of the kept."""
        if filters != self._filters:
            self._filters = filters
            self._end_naming()

    @property
    def in_use(self) -> KeptSearch | None:
        """The kept search whose filters are set."""
        return next((each for each in self._kept if each.filters == self._filters), None)

    def _button(self, at: int, kept: KeptSearch) -> QPushButton:
        short = kept.name if len(kept.name) <= LONGEST_NAME else f"{kept.name[: LONGEST_NAME - 1]}…"
        made = quiet_button(isolated(short).replace("&", "&&"))
        made.setProperty("kind", "chip")
        made.setCheckable(True)
        made.setAccessibleName(kept.name)
        made.setToolTip(f"{isolated(kept.name)} (Ctrl+{at + 1})" if at < KEYS else isolated(kept.name))
        made.clicked.connect(lambda _on=False, at=at: self._call(at))
        return made

    def _call(self, at: int) -> None:
        if at < len(self._kept):
            self.called.emit(self._kept[at].filters)
            self._show_parts()

    def _begin_keeping(self) -> None:
        self._renaming = None
        self._begin_naming("")

    def _begin_renaming(self) -> None:
        self._renaming = self.in_use
        if self._renaming is not None:
            self._begin_naming(self._renaming.name)

    def _begin_naming(self, name: str) -> None:
        self.name.setText(name)
        self.name.show()
        for each in (self.keep, self.rename, self.drop):
            each.hide()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def _named(self) -> None:
        name, filters, renaming = self.name.text(), self._filters, self._renaming
        if renaming is not None:
            self._context.change(
                lambda session: session.kept_searches.rename_search(renaming.id, name), lambda _changes: self._end()
            )
        else:
            self._context.change(
                lambda session: session.kept_searches.keep_search(name, filters), lambda _kept: self._end(), owner=self
            )

    def _drop(self) -> None:
        kept = self.in_use
        if kept is not None:
            self._context.change(
                lambda session: session.kept_searches.drop_search(kept.id),
                lambda dropped: self._dropped(dropped.kept), owner=self,
            )  # fmt: skip

    def _dropped(self, dropped: KeptSearch) -> None:
        self._context.messages.say(
            _("The kept search is dropped; no note was touched."),
            undo=lambda: self._context.change(lambda session: session.kept_searches.bring_back(dropped)),
        )

    def _end(self) -> None:
        self._end_naming()
        self.ended.emit()

    def _end_naming(self) -> None:
        self._renaming = None
        self.name.hide()
        self.name.clear()
        self._show_parts()

    def _show_parts(self) -> None:
        used = self.in_use
        for each, row in zip(self.buttons, self._kept, strict=True):
            each.setChecked(row is used)
        naming = not self.name.isHidden()
        self.keep.setVisible(used is None and not naming)
        self.keep.setEnabled(bool(self._filters))  # shown all the same, so that the list below never moves
        for each in (self.rename, self.drop):
            each.setVisible(used is not None and not naming)
