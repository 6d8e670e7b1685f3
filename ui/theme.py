"""Colours, spacing and type of the window, in one place; everything else asks here."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from outreach_app.paths import shipped_folder
from ui.icons import recolour_icons
from ui.style_sheet import style_sheet
from ui.tokens import BASE_POINTS, DARK, LIGHT, Tokens

FONT_FAMILIES = ("Noto Sans", "Noto Sans Thai", "Vazirmatn", "Noto Sans SC")


@dataclass(frozen=True, slots=True)
class LoadedFonts:
    """Families found in ``resources/fonts``; empty means the platform's own font is used."""

    families: tuple[str, ...]


def load_fonts() -> LoadedFonts:
    """Make the shipped fonts known to Qt; a fresh machine may have none of its own."""
    found: list[str] = []
    for file in sorted(shipped_folder("resources").joinpath("fonts").glob("*.[to]tf")):
        number = QFontDatabase.addApplicationFont(str(file))
        if number >= 0:
            found.extend(QFontDatabase.applicationFontFamilies(number))
    return LoadedFonts(tuple(name for name in FONT_FAMILIES if name in found))


class Theme(QObject):
    """Puts the chosen look on the application and follows the system where that was chosen."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        self._fonts = load_fonts()
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    def apply(self, choice: str | None = None) -> None:
        """Put ``light``, ``dark`` or ``system`` on the whole application."""
        self._choice = choice or self._choice
        tokens = self.tokens()
        self._app.setStyle("Fusion")
        self._app.setFont(self._font())
        self._app.setPalette(palette_of(tokens))
        self._app.setStyleSheet(style_sheet(tokens))
        recolour_icons(self._app.allWidgets())
        self.changed.emit()

    def tokens(self) -> Tokens:
        """Return the colours in use."""
        if self._choice == "system":
            return DARK if self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._choice == "dark" else LIGHT

    def _font(self) -> QFont:
        font = QFont(self._app.font())
        if self._fonts.families:
            font.setFamilies(list(self._fonts.families))
        font.setPointSizeF(BASE_POINTS)
        return font

    def _follow_system(self) -> None:
        if self._choice == "system":
            self.apply()


def palette_of(tokens: Tokens) -> QPalette:
    """Return the palette Fusion draws with."""
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, tokens.ground), (role.WindowText, tokens.text), (role.Base, tokens.surface),
        (role.AlternateBase, tokens.ground), (role.Text, tokens.text), (role.Button, tokens.surface),
        (role.ButtonText, tokens.text), (role.BrightText, tokens.urgent), (role.ToolTipBase, tokens.raised),
        (role.ToolTipText, tokens.text), (role.PlaceholderText, tokens.muted), (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent), (role.Link, tokens.accent), (role.LinkVisited, tokens.accent),
        (role.Accent, tokens.accent), (role.Light, tokens.raised), (role.Midlight, tokens.line),
        (role.Mid, tokens.line), (role.Dark, tokens.muted), (role.Shadow, tokens.line),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.muted))
    return palette
