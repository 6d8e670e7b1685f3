"""A hint while a name is typed: somebody may be known already. The worker says whether it is she."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.name_words import kind_words
from ui.widgets.list_card import ListCard, ListRow

if TYPE_CHECKING:
    from outreach_app.services.alike import AlikeContact

PAUSE = 120  # milliseconds between the last letter and the question
MOST_SHOWN = 3


class AlikeHint(QWidget):
    """Hidden while nobody is called nearly so; whom the worker has told apart is not shown again in this form."""

    same = Signal(str, str)  # id and short name of the contact it is

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._typed = ""
        self._told_apart: set[str] = set()
        self._found: tuple[AlikeContact, ...] = ()
        self._line: QWidget | None = None
        self.list = ListCard(_("Is it somebody you know?"), "")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.hide()

    def follow(self, line: QWidget) -> None:
        """Let Tab lead from this line to the hint, wherever in the window the hint was made."""
        self._line = line

    def look(self, typed: str) -> None:
        """Look whether somebody is called nearly what is typed; an empty text takes the hint away."""
        self._typed = typed.strip()
        if not self._typed:
            self._pause.stop()
            self._show(())
            return
        self._pause.start()

    def clear(self) -> None:
        """Forget what was typed and who was told apart."""
        self._told_apart.clear()
        self.look("")

    def told_apart(self) -> frozenset[str]:
        """Return the contacts of whom the worker said that it is somebody else."""
        return frozenset(self._told_apart)

    def shown(self) -> tuple[AlikeContact, ...]:
        """Return whom the hint names."""
        return self._found

    def _ask(self) -> None:
        typed = self._typed
        if typed and self._context.unlocked:
            self._context.ask(
                lambda session: session.alike.find_alike(typed), partial(self._answered, typed), owner=self
            )

    def _answered(self, typed: str, found: Sequence[AlikeContact]) -> None:
        if typed == self._typed:
            self._show(found)

    def _show(self, found: Sequence[AlikeContact]) -> None:
        left = [each for each in found if each.contact_id not in self._told_apart]
        self._found = tuple(left[:MOST_SHOWN])
        self.list.show_rows([self._row(each) for each in self._found])
        self.setVisible(bool(self._found))
        before: QWidget = self._line or self.list
        for button in self.list.findChildren(QPushButton):
            QWidget.setTabOrder(before, button)
            before = button

    def _row(self, each: AlikeContact) -> ListRow:
        return ListRow(
            isolated(each.short_name), alike_because(each), _("It is she"),
            lambda: self.same.emit(each.contact_id, each.short_name), _("Somebody else"),
            lambda: self._tell_apart(each.contact_id), icon="contacts",
        )  # fmt: skip

    def _tell_apart(self, contact_id: str) -> None:
        self._told_apart.add(contact_id)
        self._show(self._found)


def alike_because(each: AlikeContact) -> str:
    """Return by which other name somebody looks alike; nothing where it is her short name."""
    if each.name == each.short_name:
        return ""
    return kind_words(each.kind, each.name)
