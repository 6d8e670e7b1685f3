"""The places page: a register of codes, never of addresses; a warning is read before an encounter begins there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout

from outreach_app.domain.changes import Changes
from outreach_app.domain.place import Place
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.codes import Words
from ui.models.dates import ago_in_words, due_in_words
from ui.models.plain_rows import PlainRow, PlainRows
from ui.page import Page
from ui.pages.places.detail import PlaceDetail
from ui.widgets.buttons import button, primary_button
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.row_table import RowTable


class PlacesPage(Page):
    """``shown`` takes ``place_id`` to open one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._words = Words(context.program.code_lists)
        self._places: dict[str, Place] = {}
        self.rows = PlainRows((_("Code"), _("Setting"), _("Last seen"), _("Go back"), _("Warning")), self)
        self.table = RowTable(self.rows, (170, 150, 120, 120))
        self.table.setAccessibleName(_("Places"))
        self.detail = PlaceDetail(self._words, lambda: context.program.clock.local_now().date())
        self.new = button(_("New place"), icon="plus")
        start = primary_button(_("New place"), icon="plus")
        start.clicked.connect(self.new.click)
        purpose = _("A place has a code, never an address. Its warning is read before an encounter begins there.")
        empty = EmptyState("places", _("No places yet"), purpose, start)
        self.view = ListAndDetail(self.title(), _("Filter by code"), self.new, self.table, self.detail, empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.setFocusProxy(self.table)
        self._connect()

    def title(self) -> str:
        return _("Places")

    def shown(self, place: Mapping[str, str]) -> None:
        wanted = place.get("place_id", "")
        self._ask()
        if wanted:
            self._context.ask(lambda session: session.places.find_place(wanted), self._open, owner=self)
        else:
            self.table.setFocus()

    def refresh(self, changes: Changes) -> None:
        if changes.places or changes.encounters:
            self._ask()

    def go_back(self) -> bool:
        return self.view.close_detail()

    def _ask(self) -> None:
        text = self.view.filter.text()
        self._context.ask(lambda session: session.places.list_places(text), self._show, owner=self)

    def _show(self, places: Sequence[Place]) -> None:
        current = self.table.currentIndex()
        chosen = self.rows.key_at(current.row()) if current.isValid() else ""
        self._places = {place.id: place for place in places}
        self.rows.show_rows([self._row(place) for place in places])
        self.view.show_empty(is_empty=not places)
        row = self.rows.row_of(chosen)
        if row >= 0:
            self.table.selectRow(row)

    def _row(self, place: Place) -> PlainRow:
        today = self._context.program.clock.local_now().date()
        return PlainRow(place.id, (
            isolated(place.code), self._words.of("settings", place.setting),
            ago_in_words(place.last_seen, today) if place.last_seen else "–",
            due_in_words(place.revisit_on, today) if place.revisit_on else "–", isolated(place.warning) or "–",
        ))  # fmt: skip

    def _open(self, place: Place) -> None:
        self.detail.show_place(place)
        self.view.open_detail()

    def _begin(self) -> None:
        self.view.open_detail()
        self.detail.begin()

    def _keep(self, place: Place) -> None:
        if place.id:
            before = self._places.get(place.id)
            self._context.change(
                lambda session: session.places.amend_place(place), lambda _changes: self._amended(before), owner=self
            )
            return
        self._context.change(
            lambda session: session.places.record_place(
                place.code, place.setting, place.region, note=place.note, warning=place.warning,
                revisit_on=place.revisit_on,
            ),
            self._made, owner=self,
        )  # fmt: skip

    def _amended(self, before: Place | None) -> None:
        self._context.messages.say(_("The place is kept."), undo=None if before is None else lambda: self._put(before))
        self.view.close_detail()

    def _put(self, place: Place) -> None:
        self._context.change(lambda session: session.places.amend_place(place))

    def _made(self, place: Place) -> None:
        self._context.messages.say(_("The place is in the register."))
        self._context.changes_hub.changed.emit(Changes(places=True))
        self._open(place)

    def _connect(self) -> None:
        self.table.opened.connect(lambda row: self._open(self._places[self.rows.key_at(row)]))
        self.view.filtered.connect(lambda _text: self._ask())
        self.new.clicked.connect(self._begin)
        self.detail.written.connect(self._keep)
        self.detail.closed.connect(self.go_back)
        self.detail.encounter_requested.connect(
            lambda place_id: self._context.go_to("encounter", {"place_id": place_id})
        )
