"""The backups beside the vault: the last good one, those kept, and one more now."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from outreach_app.domain.changes import Changes
from outreach_app.errors import CancelledError
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.backup_words import Backup, kind_in_words, made_in_words
from ui.pages.laptop.cards import CardView
from ui.widgets.buttons import primary_button
from ui.widgets.card import Card
from ui.widgets.list_card import ListCard, ListRow
from ui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from outreach_app.services.session import Session


class BackupsView(CardView):
    """Backups are made by themselves once a day; here a worker sees them and can make one at any time."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._cancel = threading.Event()
        self.state = Card(_("Backups of the vault"))
        self.begin = primary_button(_("Back up now"), icon="save")
        self.progress = ProgressLine(_("Stop"))
        self.progress.hide()
        self.state.add_row(self.begin)
        self.state.add(self.progress)
        self.kept = ListCard(_("Kept on this laptop"), _("None yet."))
        self.put(self.state, self.kept)
        self.begin.clicked.connect(self._make)
        self.progress.cancel_requested.connect(self._cancel.set)

    def title(self) -> str:
        return _("Backups")

    def shown(self, _place: Mapping[str, str]) -> None:
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if changes.backups and self.isVisible():
            self._ask()

    def _ask(self) -> None:
        self.context.ask(lambda session: session.backing_up.list_backups(), self._show, owner=self)

    def _show(self, backups: Sequence[Backup]) -> None:
        now = self.context.program.clock.local_now()
        self.state.say(_last_words(backups[0] if backups else None, self.context))
        self.kept.show_rows(
            [ListRow(made_in_words(each, now), kind_in_words(each), icon="save") for each in backups]
        )

    def _make(self) -> None:
        self._cancel.clear()
        self._show_busy(True)
        tell = self.context.tasks.marshalled(self._tell, owner=self)

        def work(session: Session, stopping: Callable[[], bool]) -> object:
            return session.backing_up.backup_now(
                progress=lambda done, total: tell((done, total)),
                cancelled=lambda: stopping() or self._cancel.is_set(),
            )

        self.context.change_at_length(work, self._made, self._refused, owner=self)

    def _tell(self, counts: tuple[int, int]) -> None:
        done, total = counts
        percent = 100 * done // total if total else 0
        self.progress.set_progress(_("{percent} % copied and read back").format(percent=percent), percent, 100)

    def _made(self, _backup: object) -> None:
        self._show_busy(False)
        self.context.messages.say(_("A backup was made and read back."))
        self._ask()

    def _refused(self, error: Exception) -> None:
        self._show_busy(False)
        if not isinstance(error, CancelledError):
            self.context.messages.tell_error(error)

    def _show_busy(self, busy: bool) -> None:
        self.begin.setEnabled(not busy)
        self.progress.setVisible(busy)
        if busy:
            self._tell((0, 0))
            self.progress.setFocus()
        elif self.isVisible():
            self.begin.setFocus()


def _last_words(last: Backup | None, context: Context) -> str:
    if last is None:
        return _("No backup was made yet. One is made by itself each day the vault is open.")
    when = made_in_words(last, context.program.clock.local_now())
    return _(
        "The last good backup was made {when}. One is made by itself each day the vault is open, read back, and kept "
        "encrypted beside the vault. It helps against damage, not against loss of the laptop."
    ).format(when=when)
