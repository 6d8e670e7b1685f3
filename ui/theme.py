"""Colours, spacing and type of the window, in one place; everything else asks here."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from outreach_app.paths import shipped_folder
from ui.icons import recolour_icons
from ui.style_sheet import style_sheet
from ui.tokens import BASE_POINTS, DARK, LIGHT, Tokens

FONT_FAMILIES = ("Noto Sans", "Noto Sans Thai", "Vazirmatn", "Noto Sans SC")


FIRST_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")


def load_fonts(*, first: bool) -> tuple[str, ...]:
    """Make shipped fonts known to Qt and return their families; a fresh machine may have none of its own.

    ``first``: only those the first page needs; otherwise only the others (Thai, Arabic, Chinese ...).
    """
    folder = shipped_folder("resources") / "fonts"
    others = () if first else sorted(file.name for file in folder.glob("*.[to]tf") if file.name not in FIRST_FILES)
    found: list[str] = []
    for name in FIRST_FILES if first else others:
        number = QFontDatabase.addApplicationFont(str(folder / name))
        found.extend(QFontDatabase.applicationFontFamilies(number) if number >= 0 else [])
    return tuple(found)


class Theme(QObject):
    """Puts the chosen look on the application and follows the system where that was chosen."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = "system", *, other_scripts_later: bool = False) -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        self._shipped = load_fonts(first=True)
        self._other_scripts = False
        if not other_scripts_later:
            self.load_other_scripts()
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    def apply(self, choice: str | None = None) -> None:
        """Put ``light``, ``dark`` or ``system`` on the whole application."""
        self._choice = choice or self._choice
        tokens = self.tokens()
        self._app.setFont(self._font())
        self._app.setPalette(palette_of(tokens))
        self._app.setStyleSheet(style_sheet(tokens))
        recolour_icons(self._app.allWidgets())
        self.changed.emit()

    def load_other_scripts(self) -> None:
        """Load the fonts that the first page can stand without."""
        if not self._other_scripts:
            self._other_scripts = True
            load_fonts(first=False)

    def tokens(self) -> Tokens:
        """Return the colours in use."""
        if self._choice == "system":
            return DARK if self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._choice == "dark" else LIGHT

    def _font(self) -> QFont:
        font = QFont(self._app.font())
        if self._shipped:  # families not loaded yet are found as soon as they are
            font.setFamilies(list(FONT_FAMILIES))
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
