"""The window over an open vault in this process, and the longest time in which it could not have painted."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from outreach_app.program import Program
from ui.context import ChangesHub, Context, Navigation, SessionBox
from ui.frame import Frame
from ui.messages import Messages
from ui.page import Page
from ui.page_table import rows_for
from ui.tasks import TaskRunner
from ui.theme import Theme

QUIET = 0.2  # seconds without work before an answer counts as shown; longer than the pause after a key
LONGEST = 20.0  # seconds


class OpenWindow:
    """Everything inside the window, 1366x768, on the page asked for."""

    def __init__(self, program: Program, passphrase: str) -> None:
        self._app = QApplication.instance() or QApplication([])
        assert isinstance(self._app, QApplication)
        self._theme = Theme(self._app, "light")
        self._theme.apply()
        context = Context(program, TaskRunner(), Messages(), ChangesHub(), Navigation(), SessionBox())
        self.context = context
        context.sessions.put(context.tasks.call_vault(lambda: program.unlock(passphrase)))
        self.frame = Frame(context, rows_for(unlocked=True))
        context.navigation.page_requested.connect(self.frame.go_to)
        self.frame.resize(1366, 768)
        self.frame.show()

    def __enter__(self) -> Self:
        self.go_to("today")
        self.settle()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self.context.tasks.call_vault(self.context.sessions.close)
        self.context.tasks.shut_down()
        self.frame.close()

    def go_to(self, page: str, place: Mapping[str, str] | None = None) -> Page | None:
        """Show a page."""
        return self.frame.go_to(page, place)

    def type(self, letter: str) -> None:
        """Press one key in the line that searches."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):  # QTest knows no letters beyond ASCII
            key = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(self.frame.top_bar.search, key)

    def empty(self) -> None:
        """Empty the line that searches."""
        self.frame.top_bar.search.clear()
        self.frame._search("")
        self.settle()

    def settle(self) -> float:
        """Let everything arrive and be painted; return the longest time spent on it without a break."""
        longest, quiet_since = 0.0, time.perf_counter()
        end = quiet_since + LONGEST
        while time.perf_counter() - quiet_since < QUIET:
            began = time.perf_counter()
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
            QCoreApplication.sendPostedEvents()
            took = time.perf_counter() - began
            longest = max(longest, took)
            if self.context.tasks.busy or took > 0.001:
                quiet_since = time.perf_counter()
            if quiet_since > end:
                raise RuntimeError("the window never came to rest")
            time.sleep(0.0005)
        return longest


def longest_frame(window: OpenWindow, act: Callable[[], object]) -> float:
    """Return the longest time without a break from ``act`` until what it led to is shown."""
    began = time.perf_counter()
    act()
    return max(time.perf_counter() - began, window.settle())
