"""The numbers to call with their hours, readable at arm's length; works without unlocking."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from outreach_app.i18n import gettext as _
from outreach_app.i18n import locale
from ui.context import Context
from ui.icons import set_icon
from ui.page import Page
from ui.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_5
from ui.widgets.text import page_title, section_heading, words

if TYPE_CHECKING:
    from outreach_app.leaflets.directory import Directory, HelpLine


class HelpLinesPage(Page):
    """One card per line: name, number, hours, languages, and how sure we are."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._cards = QVBoxLayout()
        self._cards.setSpacing(SPACE_3)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_5, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(page_title(self.title()))
        column.addWidget(words(_("Call when you are in doubt."), tone="muted"))
        column.addLayout(self._cards)
        column.addStretch(1)

    def title(self) -> str:
        return _("Help lines")

    def shown(self, _place: Mapping[str, str]) -> None:
        if self._cards.count() == 0:
            self._context.tasks.run_free(_directory, self._show, owner=self)

    def _show(self, directory: Directory) -> None:
        for line in directory.lines:
            self._cards.addWidget(self._card(line))

    def _card(self, line: HelpLine) -> QFrame:
        card = QFrame()
        card.setProperty("kind", "card")
        card.setMaximumWidth(640)
        picture = QLabel()
        set_icon(picture, "phone", "accent", 24)
        told = QVBoxLayout()
        told.setSpacing(SPACE_2)
        told.addWidget(section_heading(line.name))
        told.addWidget(words(line.hours_text))
        if line.languages:
            told.addWidget(words(_spoken(line.languages), tone="muted"))
        if not line.confirmed:
            told.addWidget(words(_("As of {date}; not confirmed since.").format(date=line.as_of), tone="notice"))
        number = QLabel(line.number.replace(" ", "\u00a0"))
        number.setProperty("kind", "number")
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        number.setAccessibleName(f"{line.name} {line.number}")
        row = QHBoxLayout(card)
        row.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        row.setSpacing(SPACE_4)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(told, 1)
        row.addWidget(number, 0, Qt.AlignmentFlag.AlignVCenter)
        return card


def _spoken(codes: tuple[str, ...]) -> str:
    """Return the languages by their names in the interface language."""
    return ", ".join(str(locale().languages.get(code, code)) for code in codes)


def _directory() -> Directory:
    found: Directory = importlib.import_module("outreach_app.leaflets.directory").help_lines()
    return found
