"""Today: what waits. Drafts on top, then to-dos, dates near and where to go back to; N begins an encounter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from outreach_app.domain.changes import Changes
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.codes import Words
from ui.models.laptop_rows import laptop_rows
from ui.models.rows import FollowUpRow, TallyRow
from ui.models.today_rows import TodayRows, date_words, follow_up_words
from ui.page import Page
from ui.pages.today.due_card import MOST, DueCard
from ui.pages.today.verbs import DateVerbs, FollowUpVerbs
from ui.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_5
from ui.widgets.buttons import primary_button, quiet_button
from ui.widgets.code_box import CodeBox
from ui.widgets.list_card import ListCard
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import page_title

if TYPE_CHECKING:
    from outreach_app.services.keeping import Holding
    from outreach_app.services.machine_check import MachineFinding
    from outreach_app.services.session import Session
    from outreach_app.services.today import DateNear, Overview

TALLIES_SHOWN = 3
MOST_DRAFTS = 20
MOST_DRAFTS = 20
RELEVANT = (
    "encounters", "drafts", "follow_ups", "places", "sending", "enrolment", "tallies", "backups", "casework", "reviews",
    "check_ins", "contacts",
)  # fmt: skip


class Asked(NamedTuple):
    """What the page asked for: the overview, and the lists that are open in whole."""

    overview: Overview
    tallies: Sequence[TallyRow]
    follow_ups: Sequence[FollowUpRow]
    follow_ups_off: Sequence[FollowUpRow]
    dates: Sequence[DateNear]
    dates_off: Sequence[DateNear]


class TodayPage(Page):
    """Short lists and the way into the next encounter."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        words = Words(context.program.code_lists)
        self._made = TodayRows(words, context.program.clock.local_now, context.go_to)
        self._overview: Overview | None = None
        self._holding: Holding | None = None
        self._findings: Sequence[MachineFinding] = ()
        self._looked_at_computer = False
        self.new = primary_button(_("New encounter"), "Ctrl+N", icon="plus")
        self.new.setProperty("weight", "big")
        self.count = quiet_button(_("Only count people"), icon="group")
        self.drafts = ListCard(_("Unfinished"), _("Nothing is half written."))
        self.follow_ups = DueCard(_("To follow up"), _("Nothing is due."), self._today)
        self.dates = DueCard(_("Dates near"), _("No date is near."), self._today)
        self.revisits = ListCard(_("Places to go back to"), _("No place is due."))
        self.held = ListCard(_("This laptop"), "")
        self.counted = ListCard(_("Only counted"), "")
        self.where = CodeBox([("", _("Where are you?")), *words.choices("settings")])
        self.where.setToolTip(_("The times until cover and lock follow this place."))
        self._lay_out()
        self._connect()
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

    def go_back(self) -> bool:
        asking = [card for card in (self.follow_ups, self.dates) if card.asking]
        for card in asking:
            card.end_asking()
        return bool(asking)

    def _ask(self) -> None:
        follow_ups, dates = self.follow_ups, self.dates
        every, off = follow_ups.wants_all, follow_ups.wants_put_off
        every_date, dates_off = dates.wants_all, dates.wants_put_off

        def ask(session: Session) -> Asked:
            overview = session.today.overview()
            return Asked(
                overview,
                session.tallies.list_tallies(TALLIES_SHOWN),
                session.follow_ups.list_due(MOST) if every else overview.follow_ups_due,
                session.follow_ups.list_put_off(MOST) if off else (),
                session.pathways.dates_near(overview.today, limit=MOST) if every_date else overview.dates.pathways,
                session.pathways.dates_put_off(overview.today, limit=MOST) if dates_off else (),
            )

        self._context.ask(ask, self._show, owner=self)
        self._context.ask(lambda session: session.keeping.overview(), self._counted, owner=self)

    def _show(self, asked: Asked) -> None:
        overview = self._overview = asked.overview
        self._show_unfinished(overview)
        follow = FollowUpVerbs(self._context, self.follow_ups)
        self.follow_ups.show_due(
            [self._made.follow_up(row, *follow.of(row, follow_up_words(row))) for row in asked.follow_ups],
            overview.due,
            [self._made.follow_up_put_off(row, follow.wake(row)) for row in asked.follow_ups_off],
            overview.put_off,
        )
        self._show_dates(overview, asked)
        self.revisits.show_rows([self._made.revisit(place) for place in overview.revisit])
        self._show_laptop()
        self.counted.show_rows([self._made.tally(row) for row in asked.tallies])
        self.counted.setVisible(bool(asked.tallies))
        self._order_tabs()
        self._look_at_computer()

    def _show_unfinished(self, overview: Overview) -> None:
        rows = [self._made.returned(note) for note in overview.returned]
        rows += [self._made.draft(draft) for draft in overview.drafts[:MOST_DRAFTS]]
        if overview.reminder is not None:
            rows.append(self._made.reminder(overview.reminder, self._send_tomorrow))
        if overview.check_in is not None:
            rows.insert(0, self._made.check_in(overview.check_in.due_at, self._called_in))
        self.drafts.show_rows(rows)
        self.drafts.setVisible(bool(rows))

    def _show_dates(self, overview: Overview, asked: Asked) -> None:
        verbs = DateVerbs(self._context, self.dates)
        rows = [(row.on_date, self._made.date_near(row, *verbs.of(row, date_words(row)))) for row in asked.dates]
        rows += [(each.step.due_on or date.min, self._made.plan_step(each)) for each in overview.dates.steps]
        rows.sort(key=lambda pair: pair[0])
        self.dates.show_due(
            [row for _day, row in rows], overview.dates.due + len(overview.dates.steps),
            [self._made.date_put_off(row, verbs.wake(row)) for row in asked.dates_off], overview.dates.put_off,
        )  # fmt: skip

    def _send_tomorrow(self) -> None:
        self._context.change(lambda session: session.reminding.put_off())

    def _called_in(self) -> None:
        self._context.change(lambda session: session.check_ins.done())

    def _show_laptop(self) -> None:
        if self._overview is not None:
            now = self._context.program.clock.local_now()
            rows = laptop_rows(self._overview, self._holding, self._findings, now, self._context.go_to)
            self.held.show_rows(rows)

    def _counted(self, holding: Holding) -> None:
        self._holding = holding
        self._show_laptop()
        self._order_tabs()

    def _look_at_computer(self) -> None:
        """Ask once, after the page stands, what the computer itself lacks."""
        if not self._looked_at_computer:
            self._looked_at_computer = True
            self._context.tasks.run_free(self._context.program.check_machine, self._looked, owner=self)

    def _looked(self, findings: Sequence[MachineFinding]) -> None:
        self._findings = findings
        self._show_laptop()

    def _order_tabs(self) -> None:
        """Let Tab go through the lists as they stand: rows shown anew were made last."""
        before: QWidget = self.where
        for card in (self.drafts, self.follow_ups, self.dates, self.counted, self.revisits, self.held):
            for button in card.buttons():
                QWidget.setTabOrder(before, button)
                before = button

    def _bring_into_view(self, card: DueCard) -> None:
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # the question has its place at once
        self._scroll.ensureWidgetVisible(card.heading)
        self._scroll.ensureWidgetVisible(card.ask)

    def _today(self) -> date:
        return self._context.program.clock.local_now().date()

    def _connect(self) -> None:
        context = self._context
        self.where.chosen.connect(context.navigation.setting_known)
        context.navigation.setting_known.connect(self.where.set_value)
        self.new.clicked.connect(lambda: context.go_to("encounter", {"new": "1"}))
        self.count.clicked.connect(lambda: context.go_to("encounter", {"count": "1"}))
        for card in (self.follow_ups, self.dates):
            card.wanted.connect(self._ask)
            card.asked.connect(lambda card=card: self._bring_into_view(card))
        QShortcut(QKeySequence("N"), self, self.new.click)

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
        cards_left, cards_right = (self.drafts, self.follow_ups, self.counted), (self.dates, self.revisits, self.held)
        for column, cards in ((left, cards_left), (right, cards_right)):
            column.setSpacing(SPACE_3)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            pair.addLayout(column, 1)
        scroll = self._scroll = ScrollColumn(gap=SPACE_3)
        scroll.add(self._begin_card())
        scroll.add(lists)
        scroll.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_5, SPACE_4, SPACE_4, SPACE_3)
        outer.setSpacing(SPACE_2)
        outer.addWidget(page_title(self.title()))
        outer.addWidget(scroll, 1)
