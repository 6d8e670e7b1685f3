"""Where a window stands and which language it speaks, from what was chosen or handed over."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QWidget

from outreach_app import i18n
from outreach_app.settings import Settings

FIRST_SIZE = (1366, 768)  # pixels
Place = tuple[int, int, int, int]  # left, top, width, height in pixels


def use_language_of(settings: Settings) -> None:
    """Speak the language chosen, or the system's if the program speaks it."""
    system = QLocale.system().name().partition("_")[0]
    i18n.use_language(settings.language or (system if system in i18n.INTERFACE_LANGUAGES else "en"))


def place_window(window: QWidget, place: Place | None, *, maximised: bool = False) -> None:
    """Put the window where it was, as far as a screen is still there."""
    free = QApplication.primaryScreen().availableSize()
    window.resize(min(FIRST_SIZE[0], free.width()), min(FIRST_SIZE[1], free.height()))
    if place is not None:
        left, top, width, height = place
        room = QApplication.primaryScreen().virtualGeometry()
        window.resize(min(width, room.width()), min(height, room.height()))
        if room.contains(left + 40, top + 40):
            window.move(left, top)
    if maximised:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def read_place(text: str) -> Place:
    """Return the four numbers of ``left,top,width,height``; ValueError for anything else."""
    left, top, width, height = (int(piece) for piece in text.split(","))
    return left, top, width, height
