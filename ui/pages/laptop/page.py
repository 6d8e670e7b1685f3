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
    """``made_by`` names module and class; a view is a Page made with the context, as every page is.

    ``for_supervisors``: not offered to others, on a laptop that has a supervisor.
    """

    name: str
    label: str
    made_by: str
    for_supervisors: bool = False


VIEWS: tuple[ViewRow, ...] = (
    ViewRow("holding", N_("What it holds"), "ui.pages.laptop.holding:HoldingView"),
    ViewRow("backups", N_("Backups"), "ui.pages.laptop.backups:BackupsView"),
    ViewRow("recovery", N_("Recovery"), "ui.pages.laptop.recovery:RecoveryView"),
    ViewRow("workers", N_("Workers"), "ui.pages.laptop.workers:WorkersView"),
    ViewRow("record", N_("Record of use"), "ui.pages.laptop.record:RecordView", for_supervisors=True),
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
        self._wanted = ""
        self._offered = self._names(may_manage=False)
        self.choices = ChoiceRow([(name, _(self._rows[name].label)) for name in self._offered], may_be_empty=False)
        self.choices.setAccessibleName(self.title())
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(page_title(self.title()))
        column.addWidget(self.choices)
        column.addSpacing(SPACE_3 - SPACE_2)
        column.addWidget(self._stack, 1)
        self.choices.changed.connect(lambda name: self.open_view(name) if name else None)
        self.setFocusProxy(self.choices)

    def title(self) -> str:
        return _("This laptop")

    def shown(self, place: Mapping[str, str]) -> None:
        self._wanted = place.get("view", "")
        self.open_view(self._wanted if self._wanted in self._offered else self._current or self._offered[0])
        self.choices.setFocus()
        self._ask_who_may()

    def refresh(self, changes: Changes) -> None:
        if changes.workers and self.isVisible():
            self._ask_who_may()
        for view in self._views.values():
            view.refresh(changes)

    def tour(self) -> tuple[Mapping[str, str], ...]:
        return tuple({"view": name} for name in self._offered)

    def go_back(self) -> bool:
        view = self._views.get(self._current)
        if view is not None and view.go_back():
            return True
        if self._choices_have_focus():
            return False
        self.choices.setFocus()
        return True

    def keep_draft_now(self) -> None:
        """Nothing asked here is kept: the view in front lets go of the words it shows and of what was typed."""
        if self._current:
            self._views[self._current].keep_draft_now()

    def open_view(self, name: str, place: Mapping[str, str] | None = None) -> Page:
        """Bring a view to the front and return it."""
        view = self._views.get(name)
        if view is None:
            module, made = self._rows[name].made_by.split(":")
            view = getattr(importlib.import_module(module), made)(self._context)
            assert isinstance(view, Page)  # noqa: S101 - a row that names something else is our mistake
            self._views[name] = view
            self._stack.addWidget(view)
        if name != self._current:
            self.keep_draft_now()
        self._current = name
        self.choices.set_value(name)
        self._stack.setCurrentWidget(view)
        view.shown(place or {})
        return view

    def _ask_who_may(self) -> None:
        self._context.ask(lambda session: session.workers.may_manage, self._offer, owner=self)

    def _offer(self, may_manage: bool) -> None:
        """Offer what this worker may see, then open what was asked for if it was not offered before."""
        offered = self._names(may_manage=may_manage)
        wanted, self._wanted = self._wanted, ""
        if offered != self._offered:
            held = self._choices_have_focus()
            self._offered = offered
            self.choices.set_options([(name, _(self._rows[name].label)) for name in offered])
            self.choices.set_value(self._current)
            if held:
                self.choices.setFocus()
        if self._current not in offered:
            self.open_view(offered[0])
        elif wanted in offered and wanted != self._current:
            self.open_view(wanted)

    def _names(self, *, may_manage: bool) -> list[str]:
        return [row.name for row in self._rows.values() if may_manage or not row.for_supervisors]

    def _choices_have_focus(self) -> bool:
        return any(button.hasFocus() for button in self.choices.findChildren(QPushButton))
