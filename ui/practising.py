"""Runs the centre of practice while a window of practice is open: starts it, and lets it open what was sent."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from outreach_app.i18n import gettext as _
from ui.context import Context

if TYPE_CHECKING:
    from outreach_app.domain.changes import Changes
    from outreach_app.practice.centre_process import CentreProcess
    from outreach_app.services.session import Session


class PractisingCentre(QObject):
    """Begins when the vault of practice is opened; what it runs ends with this process."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._centre: CentreProcess | None = None
        self._opening = False
        context.navigation.unlocked.connect(self._start)
        context.changes_hub.changed.connect(self._look)

    def stop(self) -> None:
        """Stop the centre's mailbox and wait for it."""
        if self._centre is not None:
            self._centre.stop()
            self._centre = None

    def _start(self) -> None:
        if self._centre is None:
            self._context.tasks.run_free(self._started, self._runs, self._context.messages.tell_error, owner=self)

    def _started(self) -> CentreProcess:
        practice = importlib.import_module("outreach_app.practice.folder").practice_of(self._context.program.folder)
        processes = importlib.import_module("outreach_app.practice.centre_process")
        centre: CentreProcess = processes.CentreProcess(practice.centre, practice.facts().centre_passphrase)
        centre.start_mailbox()
        return centre

    def _runs(self, centre: CentreProcess) -> None:
        self._centre = centre
        self._context.change(lambda session: session.mailbox.record_mailbox(centre.url))

    def _look(self, changes: Changes) -> None:
        if changes.sending and self._centre is not None and not self._opening:
            self._context.ask(_waits_for_the_desk, self._open, owner=self)

    def _open(self, waits: bool) -> None:
        centre = self._centre
        if waits and centre is not None and not self._opening:
            self._opening = True
            self._context.tasks.run_free(
                lambda: centre.run("ingest", "ingest", str(centre.folder), "--json"), self._opened, self._failed,
                owner=self,
            )  # fmt: skip

    def _opened(self, answer: dict[str, int]) -> None:
        self._opening = False
        if answer["ingested"]:
            told = _("The centre of practice has counted what you sent. Fetch its receipts on the page Sending.")
            self._context.messages.say(told)

    def _failed(self, error: Exception) -> None:
        self._opening = False
        self._context.messages.tell_error(error)


def _waits_for_the_desk(session: Session) -> bool:
    return any(batch.state in {"sent", "stored"} for batch in session.sending.list_batches())
