"""The sheet of keys behind F1."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.page import Page
from ui.tokens import SPACE_2, SPACE_4, SPACE_5
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.text import page_title, small_heading, words

FIELDS = (
    "&Place", "&Contact", "&Help given", "L&eaflets given", "&Follow-up", "She &agreed to",
    "Second &view: traits and red flags", "What &would change it",
)
"""Names of the form's fields as the form itself says them; the letter marked in each is its key, in every language."""

LEAFLET_FIELDS = ("&Sheet", "F&or whom", "&Format", "&With", "Bes&ide", "Re&gion", "&Copies")
"""Names of the fields of the leaflets page; some are there only where they mean something."""

GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (N_("Everywhere"), (
        ("Ctrl+L", N_("Lock")),
        ("F12", N_("Cover the window; any key goes on")),
        ("Ctrl+K", N_("Search everything")),
        ("Alt+1 … Alt+9", N_("Go to the page that stands there in the rail")),
        ("Ctrl+Shift+R", N_("Review (supervisors)")),
        ("Ctrl+Shift+F", N_("Figures (supervisors)")),
        ("Ctrl+T", N_("Remind me to call in")),
        ("Ctrl+Z", N_("Undo, while the line on top offers it; not in a field")),
        ("Esc", N_("Step back; nothing written is lost")),
        ("F1", N_("This sheet")),
    )),
    (N_("Writing an encounter"), (
        ("N", N_("New encounter, from Today")),
        ("Tab", N_("Next field")),
        ("Enter", N_("Go on, or take what the list offers")),
        ("Alt+S", N_("Signs")),
        ("1 … 8", N_("Take what stands there in the list")),
        ("O  T  H  N", N_("A sign was observed, told, told by others, not present")),
        ("Alt+O  T  H  N", N_("Take the marked sign and answer it at once")),
        ("W", N_("Words on the sign; Alt+R on the one entered last")),
        ("Ctrl+U", N_("Ask in her language: locks the notes and shows cards")),
        ("Ctrl+Enter", N_("Finish the note")),
    )),
    (N_("Reading notes"), (
        ("Ctrl+F", N_("Narrow the list")),
        ("Ctrl+S", N_("Keep this search")),
        ("Ctrl+1 … Ctrl+9", N_("A kept search")),
        ("Ctrl+E", N_("Amend the note that is open")),
        ("Ctrl+B", N_("Blank words of the note that is open")),
    )),
    (N_("A contact"), (
        ("Ctrl+PgDn  Ctrl+PgUp", N_("Next view, view before")),
    )),
    (N_("Leaflets"), (
        ("Alt+L", N_("To the languages")),
        ("a … z", N_("Find a language by any of its names")),
        ("Ctrl+P", N_("Print what is chosen")),
        ("Ctrl+B", N_("Put it into the batch")),
        ("Ctrl+Shift+P", N_("Print the batch as one job")),
        ("Ctrl+S  Ctrl+Shift+S", N_("Save as PDF: what is chosen, the batch")),
        ("Ctrl+R", N_("Read the sheet on the screen")),
        ("Ctrl++  Ctrl+-", N_("Larger, smaller while reading")),
        ("Ctrl+PgDn  Ctrl+PgUp", N_("Next page, page before")),
        ("Ctrl+0", N_("The page in full width")),
        ("Esc", N_("Stop the job; leave the question or the reading")),
    )),
    (N_("Reviewing (supervisors)"), (
        ("Ctrl+Enter", N_("Mark the note reviewed")),
        ("Ctrl+Shift+Enter", N_("Return it with the remark")),
        ("Alt+↓  Alt+↑", N_("Next note, previous note")),
        ("Alt+←  Alt+→", N_("Figures: week before, week after")),
    )),
    (N_("Choosing"), (
        ("↑  ↓", N_("Move in a list; a date by one day")),
        ("←  →", N_("Move between small buttons")),
        ("Alt+↓", N_("Offer near days")),
        ("Delete", N_("Take a chip or a sign away")),
    )),
)

CARD_WIDTH = 348  # pixels; three side by side at 1366, two in the smallest window


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
            cards.addWidget(_card(_(heading), tuple((key, _(meaning)) for key, meaning in keys)))
        cards.addWidget(_card(_("Fields of an encounter"), field_keys()))
        cards.addWidget(_card(_("Fields of a leaflet"), field_keys(LEAFLET_FIELDS)))
        column.addLayout(cards)
        column.addStretch(1)

    def title(self) -> str:
        return _("Keys")


def field_keys(fields: Sequence[str] = FIELDS) -> tuple[tuple[str, str], ...]:
    """Return (key, name) of every field that has a key of its own, in the interface language."""
    names = map(_, fields)
    return tuple((f"Alt+{name[name.index('&') + 1].upper()}", name.replace("&", "")) for name in names if "&" in name)


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
        grid.addWidget(words(meaning), at, 1)
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(len(keys) + 1, 1)
    return card
