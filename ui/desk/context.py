"""What the desk's pages are given: the centre's folder, a way to ask and change the register, a way to another page."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from outreach_app.clock import Clock
from outreach_app.errors import BugError
from outreach_app.settings import Settings, load_settings, save_settings
from ui.messages import Messages
from ui.tasks import TaskRunner, on_vault_thread

if TYPE_CHECKING:  # the desk is imported when it is opened, so that the window starts fast
    from outreach_app.centre.desk.opening import Desk
    from outreach_app.vault.backoff import Backoff

T = TypeVar("T")
REGISTER = "desk"  # the folder in the centre's where its register lies


class CentreHome:
    """The centre's folder and what was chosen for its window. Holds no secret."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.clock = clock
        self.use(folder)

    def use(self, folder: Path) -> None:
        """Go on with the centre in another folder."""
        self.folder = folder
        self.settings: Settings = load_settings(folder / REGISTER)
        vars(self).pop("backoff", None)

    @cached_property
    def backoff(self) -> Backoff:
        """The waits after wrong passphrases."""
        waits = importlib.import_module("outreach_app.vault.backoff")
        made: Backoff = waits.Backoff(self.folder / REGISTER, self.clock)
        return made

    def keep_settings(self, settings: Settings) -> None:
        """Use and keep new settings; nothing is written into a folder that is no centre."""
        self.settings = settings
        if (self.folder / REGISTER).is_dir():
            save_settings(self.folder / REGISTER, settings)

    def check(self) -> None:
        """Raise what is wrong with the folder: no centre, an unfinished one, damaged settings."""
        importlib.import_module("outreach_app.centre.desk.folder").read_settings(self.folder)

    def open(self, passphrase: str) -> Desk:
        """Open the desk; runs on the vault thread. Errors as of ``open_desk``."""
        opened: Desk = importlib.import_module("outreach_app.centre.desk.opening").open_desk(
            self.folder, passphrase, clock=self.clock, backoff=self.backoff
        )
        return opened


class DeskBox:
    """Holds the open desk; it is looked into on the vault thread only."""

    def __init__(self) -> None:
        self._desk: Desk | None = None

    @property
    def desk(self) -> Desk:
        """Return the desk; raises BugError off the vault thread or while it is closed."""
        if not on_vault_thread() or self._desk is None:
            raise BugError("the desk was used off its thread, or while it is closed")
        return self._desk

    @property
    def is_open(self) -> bool:
        """Tell, from any thread, whether the desk is open."""
        return self._desk is not None

    def put(self, desk: Desk) -> None:
        """Keep the desk just opened."""
        self._desk = desk

    def interrupt(self) -> None:
        """Stop what the register is doing, from any thread."""
        if self._desk is not None:
            self._desk.vault.interrupt()

    def close(self) -> None:
        """Close the register and let the keys go; runs on the vault thread."""
        if self._desk is not None:
            desk, self._desk = self._desk, None
            desk.close()


class DeskNavigation(QObject):
    """Where pages ask to be taken elsewhere; the window listens."""

    page_requested = Signal(str, object)  # name of the page, mapping that names what to show
    lock_requested = Signal()
    opened = Signal()
    changed = Signal()  # the register is another now: counts are read again
    language_chosen = Signal(str)


class DeskContext(NamedTuple):
    """Handed to every page; the parts live as long as the window."""

    home: CentreHome
    tasks: TaskRunner
    messages: Messages
    navigation: DeskNavigation
    sessions: DeskBox

    def ask(
        self, question: Callable[[Desk], T], on_success: Callable[[T], None],
        on_failure: Callable[[Exception], None] | None = None, *, owner: QObject | None = None,
    ) -> None:  # fmt: skip
        """Ask the register something; a question still waiting when the window locks is dropped."""
        self.tasks.run_vault(
            lambda: question(self.sessions.desk), on_success, on_failure, owner=owner, may_be_cut=True
        )

    def change(
        self, work: Callable[[Desk], T], on_success: Callable[[T], None],
        on_failure: Callable[[Exception], None] | None = None, *, owner: QObject | None = None,
    ) -> None:  # fmt: skip
        """Change the register; ``on_success`` is called once it is durable, then everybody hears that it changed."""

        def done(result: T) -> None:
            if owner is None or isValid(owner):
                on_success(result)
            self.navigation.changed.emit()

        def failed(error: Exception) -> None:
            if owner is None or isValid(owner):
                (on_failure or self.messages.tell_error)(error)
            self.navigation.changed.emit()  # long work may have come half-way

        self.tasks.run_vault(lambda: work(self.sessions.desk), done, failed)

    def go_to(self, page: str, place: Mapping[str, str] | None = None) -> None:
        """Ask the window for another page."""
        self.navigation.page_requested.emit(page, dict(place or {}))

    def tell_unexpected(self, error: BaseException) -> None:
        """Show what a slot raised; Qt has no caller to hand it to."""
        if not isinstance(error, Exception):
            raise error
        self.messages.tell_error(error)
