"""What pages are given: the program, a way to ask and change, and a way to another page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from outreach_app.errors import BugError
from ui.messages import Messages
from ui.tasks import TaskRunner, on_vault_thread

if TYPE_CHECKING:  # the services are imported when the vault is opened, so that the window starts fast
    from outreach_app.domain.changes import Changes
    from outreach_app.program import Program
    from outreach_app.services.session import Session

T = TypeVar("T")


class SessionBox:
    """Holds the session of an unlocked vault; it is looked into on the vault thread only."""

    def __init__(self) -> None:
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """Return the session; raises BugError off the vault thread or while locked."""
        if not on_vault_thread():
            raise BugError("the session was used off the vault thread")
        if self._session is None:
            raise BugError("the session was used while locked")
        return self._session

    @property
    def is_open(self) -> bool:
        """Tell, from any thread, whether the vault is unlocked."""
        return self._session is not None

    def put(self, session: Session) -> None:
        """Keep the session of the vault just opened."""
        self._session = session

    def interrupt(self) -> None:
        """Stop what the vault is doing, from any thread."""
        if self._session is not None:
            self._session.interrupt()

    def close(self) -> None:
        """Close the vault; runs on the vault thread."""
        if self._session is not None:
            session, self._session = self._session, None
            session.close()


class ChangesHub(QObject):
    """Tells all pages what a service changed."""

    changed = Signal(object)  # Changes


class Navigation(QObject):
    """Where pages ask to be taken elsewhere; the frame listens."""

    page_requested = Signal(str, object)  # name of the page, mapping that names what to show
    search_changed = Signal(str)
    search_set = Signal(str)  # a page took other words than were typed: the line above shows them
    lock_requested = Signal()
    settings_changed = Signal(object)  # Settings
    unlocked = Signal()
    setting_known = Signal(str)  # code of the setting the worker is in: the times until dim, cover and lock follow it
    alone_requested = Signal(bool)  # a page fills the whole screen, or no longer
    cards_requested = Signal()  # hand the laptop over: lock, and let the locked window begin with the cards
    cards_answered = Signal(object)  # CardAnswers of cards that were handed over

    def go_to(self, page: str, **place: str) -> None:
        """Ask for ``page``; ``place`` is handed to its ``shown``."""
        self.page_requested.emit(page, place)


class Context(NamedTuple):
    """Handed to every page; the parts live as long as the window."""

    program: Program
    tasks: TaskRunner
    messages: Messages
    changes_hub: ChangesHub
    navigation: Navigation
    sessions: SessionBox

    @property
    def unlocked(self) -> bool:
        """Tell whether the vault is open (the leaflets' page also works while it is not)."""
        return self.sessions.is_open

    def ask(
        self,
        question: Callable[[Session], T],
        on_success: Callable[[T], None],
        on_failure: Callable[[Exception], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Ask the vault something; a question still waiting when the window locks is dropped."""
        self.tasks.run_vault(
            lambda: question(self.sessions.session), on_success, on_failure, owner=owner, may_be_cut=True
        )

    def change(
        self,
        work: Callable[[Session], T],
        on_success: Callable[[T], None] | None = None,
        on_failure: Callable[[Exception], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Change something; ``on_success`` is called once it is durable, then all pages hear of its ``changes``."""
        self.tasks.run_vault(lambda: work(self.sessions.session), self._then_tell(on_success, owner), on_failure)

    def change_at_length(
        self,
        work: Callable[[Session, Callable[[], bool]], T],
        on_success: Callable[[T], None] | None = None,
        on_failure: Callable[[Exception], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """As ``change``, for long work that a lock may cut short at any point without a loss (a backup, a check).

        ``work`` gets the session and a function that tells whether to stop; a progress callback goes through
        ``tasks.marshalled``. Cut short it ends in silence.
        """
        self.tasks.run_vault(
            lambda: work(self.sessions.session, self.tasks.stopping.is_set), self._then_tell(on_success, owner),
            on_failure, may_be_cut=True,
        )  # fmt: skip

    def _then_tell(self, on_success: Callable[[T], None] | None, owner: QObject | None) -> Callable[[T], None]:
        """Return what is called when a change is durable: the page's own answer, then word to all pages."""

        def done(result: T) -> None:
            if on_success is not None and (owner is None or isValid(owner)):
                on_success(result)
            changes = changes_in(result)
            if changes is not None:
                self.changes_hub.changed.emit(changes)

        return done

    def tell_unexpected(self, error: BaseException) -> None:
        """Show what a slot raised; Qt has no caller to hand it to."""
        if isinstance(error, Exception):
            self.messages.tell_error(error)
        else:
            raise error

    def go_to(self, page: str, place: Mapping[str, str] | None = None) -> None:
        """Ask the frame for another page."""
        self.navigation.go_to(page, **(place or {}))


def changes_in(result: object) -> Changes | None:
    """Return the Changes a service gave back, by itself or inside its result."""
    from outreach_app.domain.changes import Changes  # noqa: PLC0415 - nothing changes before the first page stands

    found = result if isinstance(result, Changes) else getattr(result, "changes", None)
    return found if isinstance(found, Changes) else None
