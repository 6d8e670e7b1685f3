"""A process that looks at leaflets in every script and every format, reads them on the screen, and fills a batch.

Run by tests under the system's tracer, with the folder of a vault that is not there.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from outreach_app.program import Program
from tests.support.clock import FakeClock
from ui.context import ChangesHub, Context, Navigation, SessionBox
from ui.messages import Messages
from ui.pages.leaflets import LeafletsPage
from ui.tasks import TaskRunner
from ui.theme import Theme

SCRIPTS = ("th", "ro", "ru", "ar", "zh-Hans")
LOOKED_AT = "looked at"
LONGEST = 60.0  # seconds


class Looker:
    """Picks, looks, reads."""

    def __init__(self, app: QApplication, page: LeafletsPage) -> None:
        self.app = app
        self.page = page
        self.seen = 0

    def wait(self, condition: object) -> None:
        limit = time.monotonic() + LONGEST
        while not condition():  # type: ignore[operator]  # a function without arguments
            assert time.monotonic() < limit, "nothing came"
            self.app.processEvents()

    def look(self, language: str, form: str) -> None:
        page = self.page
        page.board.languages.set_value(language)
        page.board.card.choices.formats._choose(form)
        self.wait(lambda: page.made is not None and page.made.wanted == page.wanted())
        for _page in range(page.board.preview.pages()):
            assert not page.board.preview.image().isNull()
            page.board.preview.turn(1)
            self.seen += 1
        page.grab()

    def read(self) -> None:
        self.page.board.read.click()
        self.wait(self.page.reading.isVisible)
        self.page.grab()
        self.page.go_back()
        self.page.board.card.add.click()


def main() -> None:
    app = QApplication([])
    Theme(app, "light").apply()
    program = Program(Path(sys.argv[1]), clock=FakeClock())
    context = Context(program, TaskRunner(), Messages(), ChangesHub(), Navigation(), SessionBox())
    page = LeafletsPage(context)
    page.resize(1190, 690)
    page.show()
    page.shown({})
    looker = Looker(app, page)
    looker.wait(lambda: page.made is not None)
    for language in SCRIPTS:
        for form in page.board.offer.formats if language == SCRIPTS[0] else ("a4",):
            looker.look(language, form)
        looker.read()
    print(LOOKED_AT, looker.seen, flush=True)
    context.tasks.shut_down()


if __name__ == "__main__":
    main()
