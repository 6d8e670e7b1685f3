"""A whole window over a vault folder of the test's own, and small pages that say what was done to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout

from outreach_app.program import Program
from outreach_app.vault.argon import FLOOR
from tests.support.clock import FakeClock
from tests.support.ids import CountingIds
from tests.support.made_vaults import NewVault
from ui.clipboard import ClipboardGuard
from ui.context import ChangesHub, Context, Navigation, SessionBox
from ui.covered_window import WindowParts
from ui.main_window import MainWindow
from ui.messages import Messages
from ui.page import STANDS_FIRST, FocusPlace, Page
from ui.page_table import PageRow
from ui.successor import Standing
from ui.tasks import TaskRunner
from ui.theme import Theme

PASSPHRASE = "cabin gentle napkin orbit wagon"
NEW = NewVault(PASSPHRASE, "Anna Meyer")


class FakePage(Page):
    """A page with one line; its draft goes into the vault like a real one's."""

    name = "today"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.places: list[dict[str, str]] = []
        self.refreshed: list[Any] = []
        self.restored: tuple[FocusPlace, str] | None = None
        self.line = QLineEdit()
        self.line.setObjectName("line")
        QVBoxLayout(self).addWidget(self.line)
        self.setFocusProxy(self.line)

    def shown(self, place) -> None:
        self.places.append(dict(place))

    def refresh(self, changes) -> None:
        self.refreshed.append(changes)

    def restore_place(self, place, draft_id="") -> None:
        self.restored = (place, draft_id)

    def keep_draft_now(self) -> None:
        text, at = self.line.text(), self.line.cursorPosition()
        if text:
            self.context.change(
                lambda s: s.drafts.keep_draft("d" * 32, {"note": text}, page=self.name, field="line", cursor=at)
            )


class FakeSearchPage(FakePage):
    name = "encounters"


class FakeFormPage(FakePage):
    name = "encounter"


def _row(name: str, made_by: str, **more: bool) -> PageRow:
    return PageRow(name, name.title(), "today", made_by, **more)


ROWS = (
    PageRow("unlock", "Unlock", "unlock", "ui.pages.unlock:UnlockPage", while_locked=True, while_unlocked=False),
    _row("today", "tests.support.shell:FakePage"),
    _row("encounters", "tests.support.shell:FakeSearchPage"),
    _row("encounter", "tests.support.shell:FakeFormPage", in_rail=False),
    _row("leaflets", "tests.support.shell:FakePage", while_locked=True),
    PageRow("help_lines", "Help lines", "phone", "ui.pages.help_lines:HelpLinesPage", while_locked=True),
    PageRow("keys", "Keys", "help", "ui.pages.keys:KeysPage", in_rail=False, while_locked=True),
    PageRow("settings", "Settings", "settings", "ui.pages.settings:SettingsPage"),
)


@dataclass
class FakeSuccessor:
    """Says at once that its cover stands."""

    standing: Standing

    def wait_covered(self) -> bool:
        return True


@dataclass
class Shell:
    """The window, what it stands on, and what ended."""

    context: Context
    window: MainWindow
    clock: FakeClock
    ended: list[int] = field(default_factory=list)
    successors: list[FakeSuccessor] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    def wait(self, condition: Callable[[], Any], seconds: int = 20) -> None:
        """Turn the event loop until ``condition`` holds."""
        deadline = QDeadlineTimer(seconds * 1000)
        while not condition():
            assert not deadline.hasExpired(), "it never came"
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def wait_a_moment(self) -> None:
        """Let come what waits until the first page stands."""
        deadline = QDeadlineTimer(2 * STANDS_FIRST)
        self.wait(deadline.hasExpired)

    def settle(self) -> None:
        """Let what was asked and answered arrive."""
        for _turn in range(4):
            self.context.tasks.call_vault(lambda: None)
            QCoreApplication.processEvents()
        self.wait(lambda: self.context.tasks._running == 0)
        QCoreApplication.processEvents()

    def open(self) -> None:
        """Unlock as the unlock page would, or create the vault."""
        program = self.context.program

        def session():
            if program.vault_exists():
                return program.unlock(PASSPHRASE)
            return NEW.open(program)

        self.context.sessions.put(self.context.tasks.call_vault(session))
        self.context.navigation.unlocked.emit()
        self.settle()

    def drafts(self):
        """Return the drafts in the vault, the one typed last first."""

        def ask():
            return self.context.sessions.session.drafts.list_drafts()

        return self.context.tasks.call_vault(ask)

    def end(self) -> None:
        """Close the vault and stop the threads."""
        self.window.auto_lock.rest()
        self.context.tasks._vault.submit(self.context.sessions.close).result()
        self.context.tasks.shut_down()
        self.window.hide()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, 52)


def make_shell(
    app: QApplication, folder: Path, *, page: str = "", rows: tuple[PageRow, ...] = ROWS, clock: FakeClock | None = None
) -> Shell:
    """Return a window that begins nothing yet; call ``end`` afterwards."""
    clock = clock or FakeClock()
    program = Program(folder / "vault", clock=clock, ids=CountingIds(prefix=9), cost=FLOOR)
    context = Context(program, TaskRunner(), Messages(), ChangesHub(), Navigation(), SessionBox())
    ended: list[int] = []
    successors: list[FakeSuccessor] = []

    def successor(standing: Standing) -> FakeSuccessor:
        successors.append(FakeSuccessor(standing))
        return successors[-1]

    theme = Theme(app, "light")
    window = MainWindow(context, WindowParts(app, theme, ClipboardGuard(app.clipboard()), successor, ended.append), page, rows)
    shell = Shell(context, window, clock, ended, successors)
    context.tasks.failed.connect(shell.failures.append)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    return shell
