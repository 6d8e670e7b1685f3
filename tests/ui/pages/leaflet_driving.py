"""What tests of the leaflets page need: a printing system of shell scripts, and waiting for the page to stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach_app.program import Program
from tests.support.clock import FakeClock
from tests.support.window_parts import WindowParts
from ui.context import ChangesHub, Context, Navigation, SessionBox
from ui.messages import Messages
from ui.pages.leaflets import LeafletsPage
from ui.tasks import TaskRunner

PRINTER = "Van_printer"
LONGEST = 15_000  # milliseconds


def make_printer(programs: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printing system: ``lpstat`` knows one printer, ``lp`` writes down what it was given."""
    programs.mkdir()
    for name, text in {
        "lpstat": f'case "$1" in -e) echo {PRINTER};; *) echo "system default destination: {PRINTER}";; esac',
        "lp": f'echo "$@" >> {programs}/arguments; cat > {programs}/paper',
    }.items():
        file = programs / name
        file.write_text(f"#!/bin/sh\n{text}\n")
        file.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    return programs


def without_vault(folder: Path) -> WindowParts:
    """Return a context as the locked window has it before any vault was made."""
    clock = FakeClock()
    program = Program(folder / "vault", clock=clock)
    parts = WindowParts(Context(program, TaskRunner(), Messages(), ChangesHub(), Navigation(), SessionBox()), clock)
    parts.context.messages.said.connect(lambda tone, text, _undo: parts.said.append((tone, text)))
    parts.context.tasks.failed.connect(parts.failures.append)
    return parts


def show(parts, qtbot, *, states=False) -> LeafletsPage:
    """Show the page; how far each language is, and fonts in advance, are read only where a test looks at them."""
    page = LeafletsPage(parts.context)
    page.picking._warm = not states
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    page.shown({})
    stands(parts, page, qtbot)
    return page


def stands(parts, page, qtbot) -> None:
    qtbot.waitUntil(lambda: page.made is not None and page.made.wanted == page.wanted(), timeout=LONGEST)
    parts.settle()


def choose(parts, page, qtbot, language, form="", topic="", copies=0) -> None:
    page.board.languages.set_value(language)
    for row, code in ((page.board.card.choices.topics, topic), (page.board.card.choices.formats, form)):
        if code:
            row._choose(code)
    if copies:
        page.board.card.copies.setValue(copies)
    stands(parts, page, qtbot)


def press_print(parts, page, qtbot, *, batch=False) -> None:
    """Print, saying yes to a draft if asked."""
    qtbot.waitUntil(page.board.card.print_it.isEnabled, timeout=LONGEST)
    (page.board.batch.print_all if batch else page.board.card.print_it).click()
    if page.board.card.drafts.isVisible():
        page.board.card.drafts.go_on.click()
    ended(parts, page, qtbot)


def ended(parts, page, qtbot) -> None:
    qtbot.waitUntil(lambda: not page.ordering.press.busy, timeout=LONGEST)
    parts.settle()
