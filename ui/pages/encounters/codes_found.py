"""Contacts and places whose names begin as what was typed: one press opens them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from outreach_app.domain.finding import FoundCode
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.tokens import SPACE_1
from ui.widgets.buttons import quiet_button

MOST = 3  # as many as fit beside the title of a narrow window
LONGEST = 18  # letters of a name on a button
PAGES = {"contact": ("contacts", "contact_id"), "place": ("places", "place_id")}


class CodesFound(QWidget):
    """Stands in the page's first line, so that the list below never moves."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: tuple[FoundCode, ...] = ()
        self.buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE_1)
        self._row.addStretch(1)

    def show_codes(self, codes: Sequence[FoundCode]) -> None:
        """Show a button for each of the first few."""
        first = tuple(codes[:MOST])
        if first == self._shown:
            return
        for old in self.buttons:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown, self.buttons = first, [self._button(code) for code in first]
        for at, made in enumerate(self.buttons):
            self._row.insertWidget(at, made)
            made.show()

    def _button(self, code: FoundCode) -> QPushButton:
        page, key = PAGES[code.kind]
        name = code.name if len(code.name) <= LONGEST else f"{code.name[: LONGEST - 1]}…"
        made = quiet_button(isolated(name).replace("&", "&&"), icon=page)
        open_it = _("Open {name}").format(name=isolated(code.name))
        made.setAccessibleName(open_it)
        made.setToolTip(open_it)
        made.clicked.connect(lambda: self._context.go_to(page, {key: code.id}))
        return made
