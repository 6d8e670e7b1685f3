"""What protects this laptop and what does not: what its computer lacks, and what nothing here can stop."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.pages.laptop.cards import CardView
from ui.screen_capture import can_keep_off_screenshots
from ui.widgets.list_card import ListCard, ListRow

if TYPE_CHECKING:
    from outreach_app.services.machine_check import MachineFinding

ICONS = {"fine": "check", "warning": "notice", "unknown": "help"}


class ProtectionView(CardView):
    """The computer is asked each time the view is shown; it may have been changed meanwhile."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.computer = ListCard(_("This computer"), _("Looking at it …"))
        self.limits = ListCard(_("What is not protected"), "")
        limits = importlib.import_module("outreach_app.services.not_protected").list_not_protected()
        self.limits.show_rows([ListRow(limit.heading, limit.sentence) for limit in limits])
        self.put(self.computer, self.limits)

    def title(self) -> str:
        return _("Protection")

    def shown(self, _place: Mapping[str, str]) -> None:
        self.context.tasks.run_free(self.context.program.check_machine, self._show, owner=self)

    def _show(self, findings: Sequence[MachineFinding]) -> None:
        rows = [ListRow(each.sentence, icon=ICONS[each.state.value]) for each in findings]
        self.computer.show_rows([*rows, screenshot_row()])


def screenshot_row() -> ListRow:
    """Say whether this system lets a window stay out of screenshots."""
    if can_keep_off_screenshots():
        sentence = _("Screenshots and recordings by other programs leave this window out, as far as the system obeys.")
        return ListRow(sentence, icon="check")
    sentence = _("Screenshots and recordings by other programs cannot be prevented on this system.")
    return ListRow(sentence, icon="notice")
