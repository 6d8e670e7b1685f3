"""The sending page: what leaves, the notes on their way, the batches and the centre, each a view in its own file."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtWidgets import QPushButton, QVBoxLayout

from outreach_app.domain.changes import Changes
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.page import Page
from ui.pages.sending.view import SendingView
from ui.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_5
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.page_stack import PageStack
from ui.widgets.text import page_title


class ViewRow(NamedTuple):
    """``made_by`` names module and class; ``offered`` ones stand in the row on top, others are led to."""

    name: str
    label: str
    made_by: str
    offered: bool = True


FIRST, PREVIEW = "send", "preview"
VIEWS: tuple[ViewRow, ...] = (
    ViewRow(FIRST, N_("What leaves"), "ui.pages.sending.send:SendView"),
    ViewRow("notes", N_("Notes on their way"), "ui.pages.sending.notes:NotesView"),
    ViewRow("batches", N_("Batches and receipts"), "ui.pages.sending.batches:BatchesView"),
    ViewRow("centre", N_("The centre"), "ui.pages.sending.centre:CentreView"),
    ViewRow(PREVIEW, "", "ui.pages.sending.preview:PreviewView", offered=False),
)


class SendingPage(Page):
    """``shown`` takes ``view``, a name of VIEWS. A run goes on while other views and pages are used."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._rows = {row.name: row for row in VIEWS}
        self._views: dict[str, SendingView] = {}
        self._current = ""
        self._came_from = FIRST
        self.choices = ChoiceRow(
            [(row.name, _(row.label)) for row in VIEWS if row.offered], may_be_empty=False, arrows_choose=False
        )
        self.choices.setAccessibleName(self.title())
        self._stack = PageStack()  # a small window scrolls within the view: its choices stay in sight
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(page_title(self.title()))
        column.addWidget(self.choices)
        column.addSpacing(SPACE_3 - SPACE_2)
        column.addWidget(self._stack, 1)
        self.choices.changed.connect(lambda name: self.open_view(name) if name else None)

    def title(self) -> str:
        return _("Sending")

    def shown(self, place: Mapping[str, str]) -> None:
        wanted = place.get("view", "")
        self.open_view(wanted if wanted in self._rows else self._current or FIRST, place)

    def refresh(self, changes: Changes) -> None:
        for view in self._views.values():
            view.refresh(changes)

    def focus_first(self) -> None:
        self.view(self._current or FIRST).focus_first()

    def tour(self) -> tuple[Mapping[str, str], ...]:
        return tuple({"view": row.name} for row in VIEWS if row.offered)

    def go_back(self) -> bool:
        if self._current and self._views[self._current].go_back():
            return True
        if self._current == PREVIEW:
            self.open_view(self._came_from)
            return True
        if any(button.hasFocus() for button in self.choices.findChildren(QPushButton)):
            return False
        self.choices.setFocus()
        return True

    def view(self, name: str) -> SendingView:
        """Return a view, made when first asked for."""
        view = self._views.get(name)
        if view is None:
            module, made = self._rows[name].made_by.split(":")
            view = getattr(importlib.import_module(module), made)(self._context)
            assert isinstance(view, SendingView)  # noqa: S101 - a row that names something else is our mistake
            self._views[name] = view
            view.view_wanted.connect(self.open_view)
        return view

    def open_view(self, name: str, place: Mapping[str, str] | None = None) -> SendingView:
        """Bring a view to the front and return it; "" goes back to the one before."""
        view = self.view(name or self._came_from)
        if name == PREVIEW and self._current != PREVIEW:
            self._came_from = self._current or FIRST
        self._current = name or self._came_from
        self.choices.set_value(self._came_from if self._current == PREVIEW else self._current)
        self._stack.show_page(view)
        view.shown(place or {})
        return view
