"""What stays outside the vault: no folder names, no clipboard, no settings of Qt's own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QSettings, QTimer, Signal
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from tests.support.screens import virtual_screen
from ui import file_choosing
from ui.clipboard import NOT_FOR_A_HISTORY, ClipboardGuard

ROOT = Path(__file__).resolve().parents[3]


def _answer(dialog_does) -> None:
    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog_does(dialog)

    QTimer.singleShot(50, act)


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_a_file_is_chosen_in_qts_own_dialog(parent, tmp_path):
    (tmp_path / "reply.json").write_text("{}")

    def choose(dialog: QFileDialog) -> None:
        assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setDirectory(str(tmp_path))
        dialog.findChild(QLineEdit, "fileNameEdit").setText("reply.json")
        dialog.accept()

    _answer(choose)
    assert file_choosing.choose_file_to_open(parent, "Open", "Reply (*.json)") == tmp_path / "reply.json"


def test_giving_up_gives_nothing(parent):
    _answer(lambda dialog: dialog.reject())
    assert file_choosing.choose_file_to_save(parent, "Save", "PDF (*.pdf)", "leaflet.pdf") is None
    _answer(lambda dialog: dialog.reject())
    assert file_choosing.choose_folder(parent, "Stick") is None


def test_no_folder_name_is_kept_anywhere_though_a_lock_ends_the_process(tmp_path):
    code = (
        "import os, sys\n"
        "from PySide6.QtCore import QSettings, QTimer\n"
        "from PySide6.QtWidgets import QApplication, QWidget\n"
        "from ui.file_choosing import choose_folder, keep_qt_settings_away\n"
        "app = QApplication([])\n"
        "keep_qt_settings_away()\n"
        "def visit():\n"
        "    dialog = QApplication.activeModalWidget()\n"
        "    dialog.setDirectory(sys.argv[1])\n"
        "    dialog.accept()\n"
        "QTimer.singleShot(100, visit)\n"
        "chosen = choose_folder(QWidget(), 'Stick')\n"
        "app.processEvents()\n"
        "kept = QSettings(QSettings.Scope.UserScope, 'QtProject')\n"
        "print(chosen, kept.allKeys(), flush=True)\n"
        "os._exit(0)\n"
    )
    home, marked = tmp_path / "home", tmp_path / "Vesterbro-list"
    home.mkdir()
    marked.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code, str(marked)], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
        env={"HOME": str(home), "TMPDIR": str(home), "QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin"},
    )
    assert done.stdout.split() == [str(marked), "[]"]
    for file in home.rglob("*"):
        assert not file.is_file() or b"Vesterbro" not in file.read_bytes(), file
        assert not file.name.startswith("QtProject"), file


def test_forgetting_takes_away_what_the_dialog_kept(qapp):
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    settings.setValue("FileDialog/lastVisited", "file:///Vesterbro")
    file_choosing.forget_folders()
    assert QSettings(QSettings.Scope.UserScope, "QtProject").value("FileDialog/lastVisited") is None


class OwnClipboard(QObject):
    """The offscreen platform never says that its clipboard is ours; this one does."""

    dataChanged = Signal()
    selectionChanged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.held = {"Clipboard": "", "Selection": ""}
        self.formats: list[str] = []
        self.ours = True

    def supportsSelection(self) -> bool:
        return True

    def ownsClipboard(self) -> bool:
        return self.ours

    def ownsSelection(self) -> bool:
        return self.ours

    def text(self) -> str:
        return self.held["Clipboard"]

    def mimeData(self) -> QMimeData:
        data = QMimeData()
        for name in self.formats:
            data.setData(name, b"")
        return data

    def setMimeData(self, data: QMimeData) -> None:
        self.formats = data.formats()
        self.take("Clipboard", data.text())

    def clear(self, mode: QClipboard.Mode) -> None:
        self.held[mode.name] = ""

    def take(self, mode: str, text: str) -> None:
        self.held[mode] = text
        (self.dataChanged if mode == "Clipboard" else self.selectionChanged).emit()


def test_what_was_copied_is_gone_after_ten_seconds(qapp):
    clipboard = OwnClipboard()
    guard = ClipboardGuard(clipboard)
    clipboard.take("Clipboard", "Red jacket")
    assert guard._timer.isActive()
    assert guard._timer.interval() == 10_000
    guard._timer.timeout.emit()
    assert clipboard.text() == ""


def test_histories_of_the_clipboard_are_asked_to_leave_it_out(qapp):
    clipboard = OwnClipboard()
    guard = ClipboardGuard(clipboard)
    clipboard.take("Clipboard", "Red jacket")
    assert clipboard.text() == "Red jacket"
    assert set(NOT_FOR_A_HISTORY) <= set(clipboard.formats)
    guard.clear()


def test_what_another_program_copied_gets_no_mark(qapp):
    clipboard = OwnClipboard()
    clipboard.ours = False
    guard = ClipboardGuard(clipboard)
    clipboard.take("Clipboard", "a shopping list")
    assert clipboard.formats == []
    guard.clear()


def test_a_lock_empties_it_at_once(qapp):
    clipboard = OwnClipboard()
    guard = ClipboardGuard(clipboard)
    clipboard.take("Clipboard", "Red jacket")
    guard.clear()
    assert clipboard.held == {"Clipboard": "", "Selection": ""}
    assert not guard._timer.isActive()


def test_selecting_copies_nothing(qapp):
    clipboard = OwnClipboard()
    guard = ClipboardGuard(clipboard)
    clipboard.take("Selection", "Red jacket")
    assert clipboard.held["Selection"] == ""
    assert not guard._timer.isActive()


def test_what_another_program_copied_stays(qapp):
    clipboard = OwnClipboard()
    guard = ClipboardGuard(clipboard)
    clipboard.ours = False
    clipboard.take("Clipboard", "a shopping list")
    clipboard.take("Selection", "a shopping list")
    guard.clear()
    assert clipboard.held == {"Clipboard": "a shopping list", "Selection": "a shopping list"}


COPIES = """
import sys
from PySide6.QtWidgets import QApplication
from ui.clipboard import ClipboardGuard
app = QApplication([])
guard = ClipboardGuard(app.clipboard())
app.clipboard().setText("Red jacket")
print("copied", flush=True)
app.exec()
"""
READS = """
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
data = app.clipboard().mimeData()
print(data.text(), bytes(data.data("x-kde-passwordManagerHint")).decode(), sep="\\n")
"""


def test_another_program_on_the_screen_reads_the_mark():
    with virtual_screen() as screen:
        surroundings = {**os.environ, **screen}
        copying = subprocess.Popen(
            [sys.executable, "-c", COPIES], cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True
        )
        try:
            assert copying.stdout.readline() == "copied\n"
            done = subprocess.run(
                [sys.executable, "-c", READS], env=surroundings, capture_output=True, text=True, check=True, timeout=60
            )
        finally:
            copying.kill()
            copying.communicate()
    assert done.stdout.splitlines() == ["Red jacket", "secret"]
