"""What protects this laptop and what does not: what its computer lacks, and what nothing here can stop."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.pages.laptop.cards import CardView
from ui.widgets.card import Card
from ui.widgets.list_card import ListCard, ListRow
from ui.widgets.text import words

if TYPE_CHECKING:
    from outreach_app.services.machine_check import MachineFinding

ICONS = {"fine": "check", "warning": "notice", "unknown": "help"}


class ProtectionView(CardView):
    """The computer is asked each time the view is shown; it may have been changed meanwhile."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.computer = ListCard(_("This computer"), _("Looking at it…"))
        self.limits = Card(
            _("What is not protected"),
            _("A closed vault can be read by nobody without a passphrase. These things no program can prevent:"),
        )
        for sentence in importlib.import_module("outreach_app.services.not_protected").sentences():
            self.limits.add(words(f"–  {sentence}"))
        self.put(self.computer, self.limits)

    def title(self) -> str:
        return _("Protection")

    def shown(self, _place: Mapping[str, str]) -> None:
        folder = self.context.program.folder

        def look() -> Sequence[MachineFinding]:
            found: Sequence[MachineFinding] = importlib.import_module(
                "outreach_app.services.machine_check"
            ).check_machine(folder)
            return found

        self.context.tasks.run_free(look, self._show, owner=self)

    def _show(self, findings: Sequence[MachineFinding]) -> None:
        self.computer.show_rows(
            [ListRow(each.sentence, icon=ICONS[each.state.value]) for each in findings]
        )
