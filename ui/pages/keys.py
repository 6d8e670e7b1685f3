"""The sheet of keys behind F1."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.page import Page
from ui.tokens import SPACE_2, SPACE_4, SPACE_5
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.text import page_title, small_heading, words

GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (N_("Everywhere"), (
        ("Ctrl+L", N_("Lock")),
        ("F12", N_("Cover the window; any key goes on")),
        ("Ctrl+K", N_("Search everything")),
        ("Alt+1 … Alt+9", N_("Go to the page in the rail")),
        ("Esc", N_("Step back; nothing written is lost")),
        ("F1", N_("This sheet")),
    )),
    (N_("Writing an encounter"), (
        ("N", N_("New encounter, from Today or Encounters")),
        ("Tab", N_("Next field")),
        ("Enter", N_("Go on, or take what the list offers")),
        ("O  T  H  N", N_("A sign was observed, told, told by others, not present")),
        ("Ctrl+Enter", N_("Finish the note")),
        ("Ctrl+E", N_("Amend the note that is open")),
        ("Ctrl+B", N_("Blank words of the note that is open")),
    )),
    (N_("Choosing"), (
        ("↑  ↓", N_("Move in a list; a date by one day")),
        ("←  →", N_("Move between small buttons")),
        ("Alt+↓", N_("Offer near days")),
        ("Delete", N_("Take a chip away")),
    )),
)

CARD_WIDTH = 364  # pixels; three side by side at 1366, two in the smallest window


class KeysPage(Page):
    """Opened and closed by F1; Esc closes it as well."""

    def __init__(self, _context: Context) -> None:
        super().__init__()
        inner = QWidget()
        inner.setProperty("kind", "plain")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        column = QVBoxLayout(inner)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_5, SPACE_4)
        column.setSpacing(SPACE_4)
        column.addWidget(page_title(self.title()))
        column.addWidget(words(_("Everything can be done without a mouse. F1 goes back."), tone="muted"))
        cards = FlowLayout(gap=SPACE_4)
        for heading, keys in GROUPS:
            cards.addWidget(_card(_(heading), keys))
        column.addLayout(cards)
        column.addStretch(1)

    def title(self) -> str:
        return _("Keys")


def _card(heading: str, keys: tuple[tuple[str, str], ...]) -> QFrame:
    card = QFrame()
    card.setProperty("kind", "card")
    card.setFixedWidth(CARD_WIDTH)
    grid = QGridLayout(card)
    grid.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
    grid.setHorizontalSpacing(SPACE_4)
    grid.setVerticalSpacing(SPACE_2)
    grid.addWidget(small_heading(heading), 0, 0, 1, 2)
    for at, (key, meaning) in enumerate(keys, 1):
        shown = QLabel(key)
        shown.setProperty("kind", "key")
        grid.addWidget(shown, at, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words(_(meaning)), at, 1)
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(len(keys) + 1, 1)
    return card
