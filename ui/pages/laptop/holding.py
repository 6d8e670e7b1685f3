"""What this laptop holds and why, what may leave or will, what the centre confirmed, and the laptop's own end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach_app.domain.changes import Changes
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.context import Context
from ui.dialogs.leaving import Leaving
from ui.models.keeping_words import holding_line, people_line, policy_lines
from ui.pages.laptop.cards import CardView
from ui.pages.laptop.confirmed import ConfirmedCard
from ui.pages.laptop.expiring import ExpiringCard
from ui.pages.laptop.held import HeldCard
from ui.pages.laptop.laptop_end import LaptopEnd
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.text import words

if TYPE_CHECKING:
    from outreach_app.domain.erasing import Confirmation
    from outreach_app.services.keeping import ExpiryRow, HeldRow, Holding, Shed
    from outreach_app.services.policies import PolicyValues
    from outreach_app.services.session import Session

MOST_LISTED = 100  # held notes; more are counted only
RELEVANT = ("encounters", "contacts", "sending", "follow_ups", "drafts", "settings")


@dataclass(frozen=True, slots=True)
class HoldingState:
    """What is counted and known at once."""

    holding: Holding
    confirmations: Sequence[Confirmation]
    policy: PolicyValues
    key_file: bool


@dataclass(frozen=True, slots=True)
class HoldingLists:
    """What takes a moment where there are many notes."""

    held: Sequence[HeldRow]
    expiring: Sequence[ExpiryRow]


def read_holding(session: Session) -> HoldingState:
    """Read the counts; runs on the vault thread."""
    return HoldingState(
        session.keeping.overview(), session.erasing.confirmations(),
        session.policies.show(), any(row.own and row.key_file for row in session.workers.list_workers()),
    )  # fmt: skip


def read_lists(session: Session) -> HoldingLists:
    """Read the lists; runs on the vault thread."""
    return HoldingLists(session.keeping.list_held(MOST_LISTED), session.keeping.preview_expiry())


class HoldingView(CardView):
    """Nothing leaves by itself behind anyone's back: it is listed here first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.state = Card(_("On this laptop"))
        self.line = words()
        self.state.add(self.line)
        self.shed, self.expire, self.finish = button("", icon="check"), button("", icon="clock"), button("")
        self._buttons = self.state.add_row(self.shed, self.expire, self.finish)
        self.leaving = Leaving(context)
        self.state.add(self.leaving)
        self.held, self.expiring = HeldCard(context), ExpiringCard(context)
        self.confirmed, self.end = ConfirmedCard(context), LaptopEnd(context)
        self.policy = Card(_("How long things stay"), _("A supervisor of this laptop sets this, as the centre says."))
        self._policy_lines = words()
        self.policy.add(self._policy_lines)
        self.put(self.state, self.held, self.expiring, self.confirmed, self.policy, self.end)
        self.shed.clicked.connect(self._shed)
        self.expire.clicked.connect(self._expire)
        self.finish.clicked.connect(self._finish)

    def title(self) -> str:
        return _("What it holds")

    def shown(self, place: Mapping[str, str]) -> None:  # noqa: ARG002 - there are no places within
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if self.isVisible() and any(getattr(changes, name) for name in RELEVANT):
            self._ask()

    def keep_draft_now(self) -> None:
        """Let go of a passphrase half typed."""
        if not self.end.ask.busy:
            self.end.leave()

    def go_back(self) -> bool:
        return self.expiring.go_back() or self.end.go_back()

    def _ask(self) -> None:
        self.context.ask(read_holding, self._show, owner=self)
        self.context.ask(read_lists, self._show_lists, owner=self)

    def _show(self, state: HoldingState) -> None:
        holding = state.holding
        notes, people = holding_line(holding.notes, holding.oldest_days, holding.held), people_line(holding.people_kept)
        self.line.setText("\n".join(filter(None, (notes, people))))
        shed = ngettext(
            "Let go of {count} note the centre has", "Let go of {count} notes the centre has", holding.may_shed
        )
        over = ngettext("Let go of {count} note kept long enough", "Let go of {count} notes kept long enough",
                        holding.may_expire)  # fmt: skip
        self.finish.setText(_("Finish letting go"))
        for each, text, count in (
            (self.shed, shed, holding.may_shed), (self.expire, over, holding.may_expire),
            (self.finish, "", int(holding.unfinished)),
        ):  # fmt: skip
            each.setVisible(bool(count))
            if text:
                each.setText(text.format(count=count))
        self._buttons.setVisible(bool(holding.may_shed or holding.may_expire or holding.unfinished))
        self.held.know_total(sum(count for _why, count in holding.held))
        self.confirmed.show_confirmations(state.confirmations)
        lines = policy_lines(state.policy.shed_after_days, state.policy.expire_after_days)
        self._policy_lines.setText("\n".join(lines))
        self.end.need_key_file(needed=state.key_file)

    def _show_lists(self, lists: HoldingLists) -> None:
        self.held.show_held(lists.held)
        self.expiring.show_expiring(lists.expiring)

    def _shed(self) -> None:
        self._begin()
        self.leaving.run(lambda session, report, stop: session.keeping.shed(report, stop), self._left, self._ended)

    def _expire(self) -> None:
        self._begin()
        self.leaving.run(lambda session, report, stop: session.keeping.expire(report, stop), self._left, self._ended)

    def _finish(self) -> None:
        self._begin()
        self.leaving.run(
            lambda session, report, stop: session.keeping.finish_leaving(report, stop),
            lambda _changes: self.context.messages.say(_("Done. Old pages and backups no longer hold it.")),
            self._ended,
        )  # fmt: skip

    def _left(self, shed: Shed) -> None:
        told = ngettext("{count} note has left this laptop.", "{count} notes have left this laptop.", shed.count)
        self.context.messages.say(told.format(count=shed.count))

    def _begin(self) -> None:
        self._buttons.hide()

    def _ended(self) -> None:
        self._ask()
