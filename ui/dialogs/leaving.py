"""Work after which something has left this laptop: its progress, a way to stop, and what is said at the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from outreach_app.domain.changes import Changes
from outreach_app.errors import CancelledError
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.models.keeping_words import leaving_progress
from ui.models.stopping import StopOrLock
from ui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from outreach_app.services.progress import Progress, Report
    from outreach_app.services.session import Session

T = TypeVar("T")
SOMETHING_LEFT = Changes(encounters=True, contacts=True, places=True, drafts=True, follow_ups=True, sending=True)


class Leaving(ProgressLine):
    """Stopped or interrupted by a lock, what left is gone from the tables; the rest is done later."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Stop"))
        self._context = context
        self._stop = StopOrLock()
        self.hide()
        self.cancel_requested.connect(self._stop_now)

    def run(
        self, work: Callable[[Session, Report, StopOrLock], T], on_success: Callable[[T], None],
        on_end: Callable[[], None],
    ) -> None:  # fmt: skip
        """Do ``work`` on the vault thread; ``on_end`` is called however it ends."""
        stop = self._stop = StopOrLock()
        report = self._context.tasks.marshalled(self._tell, owner=self)
        self.set_progress(_("Beginning"))
        self.show()
        self.setFocus()

        def begin(session: Session, locking: Callable[[], bool]) -> T:
            stop.locking = locking
            return work(session, report, stop)

        def done(result: T) -> None:
            self.hide()
            on_success(result)
            on_end()

        def failed(error: Exception) -> None:
            self.hide()
            self._refused(error)
            on_end()
            self._context.changes_hub.changed.emit(SOMETHING_LEFT)

        self._context.change_at_length(begin, done, failed, owner=self)

    def _tell(self, progress: Progress) -> None:
        told = leaving_progress(progress.phase, progress.done, progress.total)
        self.set_progress(told, progress.done, progress.total)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, CancelledError):
            self._context.messages.say(_("Stopped. What is left to do can be finished under “This laptop”."), "notice")
        else:
            self._context.messages.tell_error(error)

    def _stop_now(self) -> None:
        self._stop.set()
