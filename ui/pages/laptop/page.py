"""The page's frame and its table of views: each view is a class in its own file, made when first shown."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout

from outreach_app.domain.changes import Changes
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.page import Page
from ui.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_5
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.text import page_title


class ViewRow(NamedTuple):
    """``made_by`` names module and class; a view is a Page made with the context, as every page is."""

    name: str
    label: str
    made_by: str


VIEWS: tuple[ViewRow, ...] = (
    ViewRow("holding", N_("What it holds"), "ui.pages.laptop.holding:HoldingView"),
    ViewRow("backups", N_("Backups"), "ui.pages.laptop.backups:BackupsView"),
    ViewRow("recovery", N_("Recovery"), "ui.pages.laptop.recovery:RecoveryView"),
    ViewRow("workers", N_("Workers"), "ui.pages.laptop.workers:WorkersView"),
    ViewRow("record", N_("Record of use"), "ui.pages.laptop.record:RecordView"),
    ViewRow("protection", N_("Protection"), "ui.pages.laptop.protection:ProtectionView"),
)


class LaptopPage(Page):
    """``shown`` takes ``view``, a name of VIEWS, to open one; otherwise the one that was open."""

    def __init__(self, context: Context, rows: tuple[ViewRow, ...] = VIEWS) -> None:
        super().__init__()
        self._context = context
        self._rows = {row.name: row for row in rows}
        self._views: dict[str, Page] = {}
        self._current = ""
        self.choices = ChoiceRow([(row.name, _(row.label)) for row in rows], may_be_empty=False)
        self.choices.setAccessibleName(self.title())
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(page_title(self.title()))
        column.addWidget(self.choices)
        column.addSpacing(SPACE_3 - SPACE_2)
        column.addWidget(self._stack, 1)
        self.choices.changed.connect(self.open_view)
        self.setFocusProxy(self.choices)

    def title(self) -> str:
        return _("This laptop")

    def shown(self, place: Mapping[str, str]) -> None:
        wanted = place.get("view", "") or self._current
        self.open_view(wanted if wanted in self._rows else next(iter(self._rows)), place)
        self.choices.setFocus()

    def refresh(self, changes: Changes) -> None:
        for view in self._views.values():
            view.refresh(changes)

    def go_back(self) -> bool:
        view = self._views.get(self._current)
        if view is not None and view.go_back():
            return True
        if any(button.hasFocus() for button in self.choices.findChildren(QPushButton)):
            return False
        self.choices.setFocus()
        return True

    def open_view(self, name: str, place: Mapping[str, str] | None = None) -> Page:
        """Bring a view to the front and return it."""
        view = self._views.get(name)
        if view is None:
            module, made = self._rows[name].made_by.split(":")
            view = getattr(importlib.import_module(module), made)(self._context)
            assert isinstance(view, Page)  # noqa: S101 - a row that names something else is our mistake
            self._views[name] = view
            self._stack.addWidget(view)
        self._current = name
        self.choices.set_value(name)
        self._stack.setCurrentWidget(view)
        view.shown(place or {})
        return view
