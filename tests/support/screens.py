"""A screen of the test's own without a monitor, and an onlooker who keeps every different picture of one part of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtGui import QGuiApplication

ROOT = Path(__file__).resolve().parents[2]
WIDTH, HEIGHT = 1400, 900


@contextmanager
def virtual_screen() -> Iterator[dict[str, str]]:
    """Yield what a process needs in its environment to appear on the screen."""
    ours, theirs = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(theirs), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"],
        pass_fds=(theirs,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(theirs)
    try:
        with os.fdopen(ours) as told:
            number = told.readline().strip()
        assert number, "the screen did not start"
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()


class Onlooker:
    """Looks at a rectangle of the screen without a pause; ``end`` returns what it saw, in order."""

    def __init__(self, screen: Mapping[str, str], rectangle: tuple[int, int, int, int]) -> None:
        numbers = [str(number) for number in rectangle]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.screens", *numbers], cwd=ROOT, env={**os.environ, **screen},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "looking\n"

    def end(self) -> tuple[list[int], int]:
        """Return the pictures as numbers (the same number for the same picture) at each change, and how many looks."""
        out, _err = self._process.communicate("\n", timeout=30)
        *changes, looks = [int(line) for line in out.split()]
        return changes, looks


def look(left: int, top: int, width: int, height: int) -> None:
    """Print the number of the picture whenever it changes, and at the end the number of looks."""
    app = QGuiApplication([])
    known: dict[bytes, int] = {}
    seen: list[int] = []
    looks = 0

    def glance() -> None:
        nonlocal looks
        picture = app.primaryScreen().grabWindow(0, left, top, width, height).toImage()
        number = known.setdefault(bytes(picture.constBits()), len(known))
        looks += 1
        if not seen or seen[-1] != number:
            seen.append(number)

    timer = QTimer()
    timer.timeout.connect(glance)
    timer.start(0)
    listening = QSocketNotifier(0, QSocketNotifier.Type.Read)
    listening.activated.connect(app.quit)
    print("looking", flush=True)
    app.exec()
    print(*seen, looks)


if __name__ == "__main__":
    look(*(int(number) for number in sys.argv[1:5]))
