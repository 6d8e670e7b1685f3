"""The places page: a register of codes, never of addresses; what should be seen again can be listed alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QVBoxLayout

from outreach_app.domain.changes import Changes
from outreach_app.domain.place import Place
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.codes import Words
from ui.models.dates import ago_in_words, day_in_words, due_in_words
from ui.models.plain_rows import PlainRow, PlainRows
from ui.models.rows import EncounterRow
from ui.page import Page
from ui.pages.places.detail import PlaceDetail
from ui.widgets.buttons import button, primary_button
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_and_detail import ListAndDetail
from ui.widgets.list_card import ListRow
from ui.widgets.row_table import RowTable
from ui.widgets.toggle_row import ToggleRow

if TYPE_CHECKING:
    from outreach_app.services.session import Session

REVISIT = "revisit"
NOTES_SHOWN = 8


class Kept(NamedTuple):
    """A place as it is in the register now, and whether it was there before."""

    place: Place
    was_there: bool
    changes: Changes


class PlacesPage(Page):
    """``shown`` takes ``place_id`` to open one, or ``revisit`` for those to go back to."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._words = Words(context.program.code_lists)
        self._places: dict[str, Place] = {}
        self._asked_for_code = False
        self.rows = PlainRows((_("Code"), _("Setting"), _("Last seen"), _("Go back"), _("Warning")), self)
        self.table = RowTable(self.rows, (170, 150, 120, 120))
        self.table.setAccessibleName(_("Places"))
        self.detail = PlaceDetail(self._words, self._today)
        self.new = button(_("New place"), icon="plus")
        start = primary_button(_("New place"), icon="plus")
        start.clicked.connect(self.new.click)
        purpose = _("A place has a code, never an address. Its warning is read before an encounter begins there.")
        empty = EmptyState("places", _("No places yet"), purpose, start)
        self.which = ToggleRow([(REVISIT, _("To go back to"))])
        self.view = ListAndDetail(
            self.title(), _("Filter by code"), self.new, self.table, self.detail, empty, filters=[self.which]
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.setFocusProxy(self.table)
        self._connect()

    def title(self) -> str:
        return _("Places")

    def shown(self, place: Mapping[str, str]) -> None:
        wanted = place.get("place_id", "")
        if place:
            self.which.set_values([REVISIT] if REVISIT in place else [])
        self._ask()
        if wanted:
            self._context.ask(lambda session: session.places.find_place(wanted), self._open, owner=self)
        else:
            self.table.setFocus()

    def refresh(self, changes: Changes) -> None:
        if changes.places or changes.encounters:
            self._ask()
            if self.detail.isVisibleTo(self):
                self._ask_notes(self.detail.place_id)

    def go_back(self) -> bool:
        if not self.detail.isVisibleTo(self):
            return False
        self._leave(self.view.close_detail)
        return True

    def keep_draft_now(self) -> None:
        if self._unkept() and self.detail.may_be_kept():
            self._keep(self.detail.place(), self._show_if_open)

    def _leave(self, then: Callable[[], object]) -> None:
        """Do ``then`` once what is written is kept; a refusal leaves all as it is, a missing code is asked for once."""
        if self._unkept() and self.detail.may_be_kept():
            self._keep(self.detail.place(), lambda _place: then())
        elif self._unkept() and not self._asked_for_code:
            self._asked_for_code = True
            self._context.messages.say(_("Give the place a code to keep it. Leaving once more lets it go."), "notice")
            self.detail.code.setFocus()
        else:
            self._asked_for_code = False
            then()

    def _unkept(self) -> bool:
        return self.detail.isVisibleTo(self) and self.detail.changed()

    def _today(self) -> date:
        return self._context.program.clock.local_now().date()

    def _ask(self) -> None:
        text = self.view.filter.text()
        self._context.ask(lambda session: session.places.list_places(text), self._show, owner=self)

    def _show(self, places: Sequence[Place]) -> None:
        current = self.table.currentIndex()
        chosen = self.rows.key_at(current.row()) if current.isValid() else ""
        today = self._today()
        if self.which.values():
            due = (place for place in places if place.due_on(today))
            places = sorted(due, key=lambda place: place.revisit_on or date.max)
        self._places = {place.id: place for place in places}
        self.rows.show_rows([self._row(place, today) for place in places])
        self.view.show_empty(is_empty=not places and not self.which.values())
        row = self.rows.row_of(chosen)
        if row >= 0:
            self.table.selectRow(row)

    def _row(self, place: Place, today: date) -> PlainRow:
        return PlainRow(place.id, (
            isolated(place.code), self._words.of("settings", place.setting),
            ago_in_words(place.last_seen, today) if place.last_seen else "–",
            _due_words(place, today), isolated(place.warning) or "–",
        ))  # fmt: skip

    def _open(self, place: Place) -> None:
        self._leave(lambda: self._show_place(place))

    def _show_place(self, place: Place) -> None:
        self.detail.show_place(place)
        self.view.open_detail()
        self._ask_notes(place.id)

    def _ask_notes(self, place_id: str) -> None:
        if place_id:
            self._context.ask(
                lambda session: session.encounters.list_encounters(limit=NOTES_SHOWN, place_id=place_id),
                lambda rows: self._show_notes(place_id, rows), owner=self,
            )  # fmt: skip

    def _show_notes(self, place_id: str, rows: Sequence[EncounterRow]) -> None:
        if self.detail.place_id == place_id:
            self.detail.show_notes([self._note_row(row) for row in rows])

    def _note_row(self, row: EncounterRow) -> ListRow:
        who = isolated(row.contact_name)
        day = day_in_words(row.shift_date, self._today())
        return ListRow(
            " · ".join(filter(None, (day, who))), isolated(row.first_words), _("Open"),
            lambda: self._context.go_to("encounters", {"encounter_id": row.id}),
        )  # fmt: skip

    def _begin(self) -> None:
        self.view.open_detail()
        self.detail.begin()

    def _written(self, place: Place, stays: bool) -> None:
        self._keep(place, self._show_if_open if stays else lambda _place: self.view.close_detail())

    def _keep(self, place: Place, then: Callable[[Place], object]) -> None:
        """Keep a place, new or not, and do ``then`` with what is in the register."""
        before = self.detail.before if place.id else None
        self._context.change(
            lambda session: _kept(session, place), lambda kept: self._was_kept(kept, before, then), owner=self
        )

    def _was_kept(self, kept: Kept, before: Place | None, then: Callable[[Place], object]) -> None:
        said = _("The place is kept.") if kept.was_there else _("The place is in the register.")
        self._context.messages.say(said, undo=None if before is None else lambda: self._put(before))
        if not kept.was_there:
            self.detail.show_place(kept.place)  # a second Keep must not make a second place
        then(kept.place)

    def _show_if_open(self, place: Place) -> None:
        if self.detail.isVisibleTo(self) and self.detail.place_id == place.id:
            self._show_place(place)

    def _put(self, place: Place) -> None:
        self._context.change(
            lambda session: _kept(session, place), lambda kept: self._show_if_open(kept.place), owner=self
        )

    def _connect(self) -> None:
        self.table.opened.connect(lambda row: self._open(self._places[self.rows.key_at(row)]))
        self.view.filtered.connect(lambda _text: self._ask())
        self.which.changed.connect(lambda _codes: self._ask())
        self.new.clicked.connect(lambda: self._leave(self._begin))
        self.detail.written.connect(self._written)
        self.detail.closed.connect(self.go_back)
        self.detail.encounter_requested.connect(
            lambda place_id: self._context.go_to("encounter", {"place_id": place_id})
        )


def _kept(session: Session, place: Place) -> Kept:
    """Keep a place; runs on the vault thread."""
    if place.id:
        changes = session.places.amend_place(place)
        return Kept(session.places.find_place(place.id), was_there=True, changes=changes)
    made = session.places.record_place(
        place.code, place.setting, place.region, note=place.note, warning=place.warning,
        revisit_on=place.revisit_on, suspicion=place.suspicion,
    )  # fmt: skip
    return Kept(made, was_there=False, changes=Changes(places=True))


def _due_words(place: Place, today: date) -> str:
    """Return when to go back; a day that was kept is over, and a suspicion without a day is said."""
    settled = place.revisit_on is not None and place.last_seen is not None and place.last_seen >= place.revisit_on
    if place.revisit_on is not None and not settled:
        return due_in_words(place.revisit_on, today)
    return _("suspicion") if place.suspicion else "–"
