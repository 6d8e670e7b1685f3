"""Today: what waits. Drafts on top, then what to follow up and where to go back to; N begins an encounter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from outreach_app.domain.changes import Changes
from outreach_app.domain.place import Place
from outreach_app.domain.tally import Tally
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.context import Context
from ui.models.codes import Words
from ui.models.dates import day_in_words, due_in_words, moment_in_words
from ui.models.laptop_rows import laptop_rows
from ui.models.rows import DraftRow, FollowUpRow, TallyRow
from ui.page import Page
from ui.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_5
from ui.widgets.buttons import primary_button, quiet_button
from ui.widgets.code_box import CodeBox
from ui.widgets.list_card import ListCard, ListRow
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import page_title

if TYPE_CHECKING:
    from outreach_app.services.keeping import Holding
    from outreach_app.services.machine_check import MachineFinding
    from outreach_app.services.today import Overview

R = TypeVar("R")
TALLIES_SHOWN = 3
MOST_ROWS = 20  # of each list; thousands would keep the window busy, and nobody reads them
RELEVANT = ("encounters", "drafts", "follow_ups", "places", "sending", "enrolment", "tallies", "backups")


class TodayPage(Page):
    """Three short lists and the way into the next encounter."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._words = Words(context.program.code_lists)
        self._overview: Overview | None = None
        self._holding: Holding | None = None
        self._findings: Sequence[MachineFinding] = ()
        self._looked_at_computer = False
        self.new = primary_button(_("New encounter"), "Ctrl+N", icon="plus")
        self.new.setProperty("size", "big")
        self.count = quiet_button(_("Only count people"), icon="group")
        self.drafts = ListCard(_("Unfinished"), _("Nothing is half written."))
        self.follow_ups = ListCard(_("To follow up"), _("Nothing is due."))
        self.revisits = ListCard(_("Places to go back to"), _("No place is due."))
        self.held = ListCard(_("This laptop"), "")
        self.counted = ListCard(_("Only counted"), "")
        self.where = CodeBox([("", _("Where are you?")), *self._words.choices("settings")])
        self.where.setToolTip(_("The times until cover and lock follow this place."))
        self._lay_out()
        self.where.chosen.connect(context.navigation.setting_known)
        context.navigation.setting_known.connect(self.where.set_value)
        self.new.clicked.connect(lambda: context.go_to("encounter", {"new": "1"}))
        self.count.clicked.connect(lambda: context.go_to("encounter", {"count": "1"}))
        QShortcut(QKeySequence("N"), self, self.new.click)
        self.setFocusProxy(self.new)

    def title(self) -> str:
        return _("Today")

    def shown(self, place: Mapping[str, str]) -> None:  # noqa: ARG002 - today has no places within
        self.where.setVisible(bool(self._context.program.settings.times_by_setting))
        self._ask()
        self.new.setFocus()

    def refresh(self, changes: Changes) -> None:
        if self.isVisible() and any(getattr(changes, name) for name in RELEVANT):
            self._ask()

    def _ask(self) -> None:
        self._context.ask(
            lambda session: (session.today.overview(), session.tallies.list_tallies(TALLIES_SHOWN)),
            lambda answer: self._show(*answer), owner=self,
        )  # fmt: skip
        self._context.ask(lambda session: session.keeping.overview(), self._counted, owner=self)

    def _show(self, overview: Overview, tallies: Sequence[TallyRow]) -> None:
        today = self._context.program.clock.local_now().date()
        self.drafts.show_rows(_first_of(overview.drafts, lambda draft: self._draft_row(draft, today)))
        self.drafts.setVisible(bool(overview.drafts))
        due = _first_of(overview.follow_ups_due, lambda row: self._follow_up_row(row, today), overview.due)
        self.follow_ups.show_rows(due)
        self.revisits.show_rows(_first_of(overview.revisit, lambda place: self._revisit_row(place, today)))
        self._overview = overview
        self._show_laptop()
        self.counted.show_rows([self._tally_row(row.tally, today) for row in tallies])
        self.counted.setVisible(bool(tallies))
        self._look_at_computer()

    def _show_laptop(self) -> None:
        if self._overview is not None:
            now = self._context.program.clock.local_now()
            rows = laptop_rows(self._overview, self._holding, self._findings, now, self._context.go_to)
            self.held.show_rows(rows)

    def _counted(self, holding: Holding) -> None:
        self._holding = holding
        self._show_laptop()

    def _look_at_computer(self) -> None:
        """Ask once, after the page stands, what the computer itself lacks."""
        if not self._looked_at_computer:
            self._looked_at_computer = True
            self._context.tasks.run_free(self._context.program.check_machine, self._looked, owner=self)

    def _looked(self, findings: Sequence[MachineFinding]) -> None:
        self._findings = findings
        self._show_laptop()

    def _draft_row(self, draft: DraftRow, today: date) -> ListRow:
        kept = moment_in_words(draft.kept_at.astimezone(self._context.program.clock.local_now().tzinfo), today)
        return ListRow(
            _("Encounter, kept {when}").format(when=kept), self._first_words(draft.fields), _("Go on"),
            lambda: self._context.go_to("encounter", {"draft_id": draft.id}), icon="draft",
        )  # fmt: skip

    def _first_words(self, fields: Mapping[str, object]) -> str:
        content = fields.get("content")
        if not isinstance(content, Mapping):
            return ""
        where = self._words.of("settings", str(content.get("setting", "")))
        return " · ".join(filter(None, (where, isolated(str(content.get("note", ""))[:60]))))

    def _follow_up_row(self, row: FollowUpRow, today: date) -> ListRow:
        return ListRow(
            " · ".join(filter(None, (isolated(row.contact_name), isolated(row.what)))) or _("Follow up"),
            due_in_words(row.due_on, today), _("Open"),
            lambda: self._context.go_to("encounters", {"encounter_id": row.encounter_id}),
            second=_("Done"), on_second=lambda: self._close(row), tone="notice" if row.due_on < today else "muted",
            icon="clock",
        )  # fmt: skip

    def _close(self, row: FollowUpRow) -> None:
        self._context.change(
            lambda session: session.follow_ups.close_follow_up(row.id),
            lambda _changes: self._context.messages.say(_("Done."), undo=lambda: self._reopen(row)), owner=self,
        )  # fmt: skip

    def _reopen(self, row: FollowUpRow) -> None:
        self._context.change(lambda session: session.follow_ups.reopen_follow_up(row.id))

    def _revisit_row(self, place: Place, today: date) -> ListRow:
        due = due_in_words(place.revisit_on, today) if place.revisit_on else ""
        return ListRow(
            isolated(place.code), f"{self._words.of('settings', place.setting)} · {due}", _("New encounter here"),
            lambda: self._context.go_to("encounter", {"place_id": place.id}), icon="places",
        )  # fmt: skip

    def _tally_row(self, tally: Tally, today: date) -> ListRow:
        parts = (self._words.of("tally_groups", tally.group), self._words.of("settings", tally.setting))
        counted = ngettext("{count} counted", "{count} counted", tally.count).format(count=tally.count)
        return ListRow(counted, " · ".join((day_in_words(tally.shift_date, today), *parts)), icon="group")

    def _begin_card(self) -> QFrame:
        begin = QFrame()
        begin.setProperty("kind", "card")
        row = QHBoxLayout(begin)
        row.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        row.setSpacing(SPACE_3)
        row.addWidget(self.new)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.where)
        hint = QLabel(_("Press N from here"))
        hint.setProperty("tone", "muted")
        row.addWidget(hint)
        return begin

    def _lay_out(self) -> None:
        lists = QWidget()
        pair = QHBoxLayout(lists)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(SPACE_3)
        left, right = QVBoxLayout(), QVBoxLayout()
        cards_left, cards_right = (self.drafts, self.follow_ups, self.counted), (self.revisits, self.held)
        for column, cards in ((left, cards_left), (right, cards_right)):
            column.setSpacing(SPACE_3)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            pair.addLayout(column, 1)
        scroll = ScrollColumn(gap=SPACE_3)
        scroll.add(self._begin_card())
        scroll.add(lists)
        scroll.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_5, SPACE_4, SPACE_4, SPACE_3)
        outer.setSpacing(SPACE_2)
        outer.addWidget(page_title(self.title()))
        outer.addWidget(scroll, 1)


def _first_of(rows: Sequence[R], shown: Callable[[R], ListRow], total: int | None = None) -> list[ListRow]:
    """Return the first rows, the most pressing ones, and how many more there are; ``total``: not all were read."""
    made = [shown(row) for row in rows[:MOST_ROWS]]
    more = (len(rows) if total is None else total) - MOST_ROWS
    if more > 0:
        made.append(ListRow(ngettext("and {count} more", "and {count} more", more).format(count=more), ""))
    return made
