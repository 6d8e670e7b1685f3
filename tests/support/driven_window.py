"""The real program in a process of its own, which a test drives through a socket; its successor is driven the same way.

Started like the program, with the same arguments. Nothing of it is changed but the clock (so that minutes without a key can
pass at once) and the command of the successor (so that it, too, answers). Each line from the socket is one action.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app import __main__ as program_entry
from outreach_app.clock import SystemClock
from outreach_app.program import Program
from tests.support.memory_dump import send_memory
from ui import app as start
from ui.successor import Successor

SOCKET = "DRIVEN_WINDOW_SOCKET"
DUMP = b"dump\n"
THIS_COMMAND = [sys.executable, "-m", "tests.support.driven_window"]


class AdvancedClock(SystemClock):
    """The machine's clock, some seconds ahead."""

    ahead = 0.0

    def running_seconds(self) -> float:
        return super().running_seconds() + self.ahead


CLOCK = AdvancedClock()


class Driver(QObject):
    """Takes actions on a thread, runs them on the window thread, answers with one line of JSON each."""

    _asked = Signal(list)

    def __init__(self, window) -> None:
        super().__init__()
        self.window = window
        self.planted: list[bytes] = []
        self.backed_up: list[object] = []
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(os.environ[SOCKET])
        self._asked.connect(self._run, Qt.ConnectionType.QueuedConnection)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with self._line.makefile("r") as lines:
            self._answer({"pid": os.getpid()})
            for line in lines:
                asked = json.loads(line)
                if asked[0] == "dump":
                    dump_memory()
                else:
                    self._asked.emit(asked)

    def _answer(self, answer: object) -> None:
        self._line.sendall(json.dumps(answer).encode() + b"\n")

    def _run(self, asked: list) -> None:
        name, *values = asked
        try:
            self._answer(getattr(self, f"do_{name}")(*values))
        except Exception as error:  # noqa: BLE001 - the test is told, whatever it was
            self._answer({"error": repr(error)})

    # -- actions ----------------------------------------------------------------------------------------------

    def do_ready(self) -> bool:
        """Tell whether the window stands and has the keyboard, which nobody gives it where no desktop runs."""
        if not (self.window.windowHandle() and self.window.windowHandle().isExposed()):
            return False
        self.window.activateWindow()
        return self.window.isActiveWindow()

    def do_covered(self) -> bool:
        return self.window.covering.covered

    def do_unlock(self, passphrase: str) -> bool:
        if self.window.covering.covered:
            QTest.keyClick(self.window._cover, Qt.Key.Key_A)
        page = self.window.frame.current()
        QTest.keyClicks(page.entry.line, passphrase)
        QTest.keyClick(page.entry.line, Qt.Key.Key_Return)
        return True

    def do_unlocked(self) -> bool:
        settled = not self.window.context.tasks.busy
        return self.window.context.unlocked and settled and self.window.frame.current_name != "unlock"

    def do_begin_note(self, setting: str) -> bool:
        self.window.frame.go_to("encounter", {"new": "1"})
        QTimer.singleShot(0, lambda: self._choose(setting))
        return True

    def _choose(self, setting: str) -> None:
        page = self.window.frame.current()
        if not page._open:
            QTimer.singleShot(10, lambda: self._choose(setting))
            return
        page.place_step.settings._choose(setting)

    def do_in_form(self) -> bool:
        page = self.window.frame.current()
        return self.window.frame.current_name == "encounter" and page._open and page._stack.currentWidget() is page.form_view

    def do_write(self, text: str, cursor: int) -> bool:
        note = self.window.frame.current().form_view.seen.note
        note.setFocus()
        QTest.keyClicks(note, text)
        at = note.textCursor()
        at.setPosition(cursor)
        note.setTextCursor(at)
        return True

    def do_hand_over(self) -> bool:
        """Press the button that asks in her language; the lock begins after the answer."""
        QTimer.singleShot(0, self.window.frame.current().form_view.cards.ask.click)
        return True

    def do_in_cards(self) -> bool:
        """Tell whether the languages are offered, the cover away and the whole window theirs."""
        page = self.window.frame.current()
        offered = self.window.frame.current_name == "cards" and bool(page.languages.buttons)
        return offered and not self.window.covering.covered and self.window.isFullScreen()

    def do_answer_cards(self, language: str, answers: str) -> bool:
        """Choose a language, begin, press these digits, and leave."""
        page = self.window.frame.current()
        page.languages.buttons[language].click()
        QTest.keyClick(page, Qt.Key.Key_Return)
        QTest.keyClicks(page, answers)
        page.turn_plain()
        page.go_back()
        return self.window.frame.current_name == "unlock"

    def do_cards_in_note(self) -> dict:
        content = self.window.frame.current().form().content
        return dict(content.cards.answers) if content.cards else {}

    def do_where(self) -> dict:
        frame, focus = self.window.frame, QApplication.focusWidget()
        return {
            "page": frame.current_name,
            "field": focus.objectName() if focus else "",
            "cursor": focus.textCursor().position() if hasattr(focus, "textCursor") else None,
            "text": focus.toPlainText() if hasattr(focus, "toPlainText") else "",
            "setting": self.window._setting,
        }

    def do_secrets(self) -> list[str]:
        """Give the keys of the open vault as hex digits: written here only, never in the successor."""
        unlocked = self.window.context.sessions._session._vault.unlocked
        keys = unlocked.keys
        raw = (keys.data_key, keys.vault_secret, keys.database_key(), unlocked.private, unlocked.health_part or b"")
        return [key.hex() for key in raw if key]

    def do_plant(self, needles: list[str]) -> int:
        """Keep these bytes (hex digits) in memory, so that a scan has everything to find."""
        self.planted = [bytes.fromhex(needle) for needle in needles]
        return len(self.planted)

    def do_copy(self, text: str) -> bool:
        QApplication.clipboard().setText(text)
        return True

    def do_press(self, key: str) -> float:
        """Press a key; return the running time before it, the same for all processes."""
        begun = time.monotonic()
        modifier = Qt.KeyboardModifier.ControlModifier if key == "L" else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(self.window, getattr(Qt.Key, f"Key_{key}"), modifier)
        return begun

    def do_cover(self) -> float:
        """Cover as the key does; return how many seconds passed until the cover was painted."""
        begun = time.monotonic()
        QTest.keyClick(self.window, Qt.Key.Key_F12)
        passed = time.monotonic() - begun
        assert self.window.covering.covered
        return passed

    def do_uncover(self) -> bool:
        QTest.keyClick(self.window._cover, Qt.Key.Key_A)
        return not self.window.covering.covered

    def do_idle(self, seconds: int) -> bool:
        """Let so much time pass without a key, ten seconds at a time."""
        for _step in range(seconds // 10):
            CLOCK.ahead += 10
            self.window.auto_lock.tick()
        return True

    def do_wait_for_the_network(self) -> bool:
        """Keep both threads that need no vault busy, as sending does on a bad line."""
        for _thread in range(2):
            self.window.context.tasks.run_free(lambda: time.sleep(120), lambda _done: None)
        return True

    def do_back_up(self) -> bool:
        """Begin a backup, as the page or the day's own would."""
        self.window.context.change_at_length(
            lambda session, stopping: session.backing_up.backup_now(cancelled=stopping), self.backed_up.append
        )
        return True

    def do_backed_up(self) -> int:
        return len(self.backed_up)

    def do_picture(self, file: str) -> bool:
        picture: QPixmap = self.window.grab()
        return picture.save(file)


def dump_memory() -> None:
    """Send every writable page of this process down a line of its own."""
    line = socket.socket(socket.AF_UNIX)
    line.connect(os.environ[SOCKET])
    line.sendall(DUMP)
    send_memory(line)
    line.close()


def main() -> None:
    """Start the program with this process's arguments, its window known to the driver."""
    build = start.build_window
    drivers = []

    def built(app, program, theme, *, page=""):
        window = build(app, program, theme, page=page)
        steps = window.locking._steps
        window.locking._steps = steps._replace(start_successor=lambda standing: Successor(standing, THIS_COMMAND))
        drivers.append(Driver(window))
        return window

    start.build_window = built
    start.Program = lambda folder: Program(folder, clock=CLOCK)
    sys.exit(program_entry.main(sys.argv[1:]))


if __name__ == "__main__":
    main()
