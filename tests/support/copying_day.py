"""A worker who selects and copies words on a real screen, in a process of its own; locks when the file ``go`` is there.

``python -m tests.support.copying_day VAULT STICK`` says what it has done line by line.
"""

from __future__ import annotations

from typing import Any

from tests.support import working_day
from tests.support.working_day import Day, type_into, wait

DRAFT = working_day.DRAFT


class CopyingDay(Day):
    """Types a draft, selects a word of it with the mouse, copies it with the keyboard."""

    selected = 0

    def run(self) -> None:
        """End with the lock under way."""
        from PySide6.QtWidgets import QApplication

        self.first_run()
        QApplication.clipboard().selectionChanged.connect(self._count)
        note = self.note()
        self.select_and_copy(note)
        print(f"copied, {self.selected} selections seen", flush=True)
        wait((self.stick / "go").exists)
        self.window.lock_now()

    def note(self) -> Any:
        """Return the field of a note with a word in it."""
        page = self.begin_encounter()
        type_into(page.place_step.entry, working_day.PLACE)
        working_day.press(page.place_step.entry, "Key_Return")
        self.settle()
        page.place_step.settings._choose("street")
        self.settle()
        type_into(page.form_view.seen.note, DRAFT)
        return page.form_view.seen.note

    def select_and_copy(self, note: Any) -> None:
        """Double-click the word, then press Ctrl+C."""
        from PySide6.QtCore import QPoint, Qt
        from PySide6.QtTest import QTest

        start = note.cursorRect().center() - QPoint(8, 0)
        QTest.mouseClick(note.viewport(), Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseDClick(note.viewport(), Qt.MouseButton.LeftButton, pos=start)
        working_day.turn()
        assert note.textCursor().selectedText() == DRAFT
        QTest.keyClick(note, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        self.settle()

    def _count(self) -> None:
        self.selected += 1


if __name__ == "__main__":
    working_day.main(CopyingDay)
