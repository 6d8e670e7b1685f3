"""Where the parts of the leaflets page stand: languages, choices, paper, and the batch below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from outreach_app.leaflets.requests import LeafletRequest
from ui.models.leaflets import Offer, Pair
from ui.models.leaflets_words import leaflet_words
from ui.pages.leaflets.batch_list import ROWS_SEEN, BatchList
from ui.pages.leaflets.language_list import LanguageList
from ui.pages.leaflets.print_card import SHORT, PrintCard
from ui.pages.leaflets.recent import RecentRow
from ui.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_5
from ui.widgets.buttons import quiet_button
from ui.widgets.pdf_preview import PdfPreview
from ui.widgets.scroll_column import NO_LIMIT
from ui.widgets.text import page_title, words

LANGUAGES_KEY = "Alt+L"
LEFT_WIDTH, LEFT_NARROW = 214, 172
PAPER_NARROW = 248
NARROW = 960  # pixels of the page; below it languages and paper give way to the choices
MIDDLING = 800  # pixels of the window; below it two lines of a batch are seen at once
TIGHT = 800  # below it there is no preview: reading it large shows more
MIDDLE, RIGHT = 18, 10  # shares of the width


class Board(QWidget):
    """Holds the parts; ``offer`` names what is in the lists once it is read."""

    def __init__(self, title: str, regions: Sequence[Pair], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offer: Offer | None = None
        self.languages = LanguageList()
        self.card = PrintCard(regions)
        self.preview = PdfPreview(_("Page before"), _("Next page"), _("Full width"))
        self.read = quiet_button(_("Read large"), "Ctrl+R", icon="eye")
        self.preview.foot.addWidget(self.read)
        self.nothing = words(tone="muted")
        self._tight, self._asking = False, False
        self.batch = BatchList(self.name_of)
        self.recent = RecentRow()
        self.age = words(tone="muted")
        self.age.hide()
        QShortcut(QKeySequence(LANGUAGES_KEY), self, self._to_languages)
        self.languages.rows.setToolTip(_("Languages ({key})").format(key=LANGUAGES_KEY))
        self._lay_out(title)

    def _to_languages(self) -> None:
        self.languages.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def name_of(self, request: LeafletRequest) -> str:
        """Return a leaflet's name in one line."""
        return leaflet_words(self.offer, request) if self.offer else ""

    def show_offer(self, offer: Offer) -> None:
        """Fill the lists."""
        self.offer = offer
        self.languages.show_languages(offer.languages.values())
        self.card.choices.show_offer(offer)

    def say_chosen(self, wanted: LeafletRequest) -> None:
        """Say in one line over the copies what they are of; the fields may be scrolled out of sight."""
        self.card.chosen.setText(self.name_of(wanted) if wanted.language else "")

    def say_age(self, told: str) -> None:
        """Say how old the centre's texts are; nothing where the shipped ones are in use."""
        self.age.setText(told)
        self.age.setVisible(bool(told))

    def show_paper(self, pdf: bytes, instead: str = "") -> None:
        """Show the pages, or why there are none."""
        self.preview.set_pdf(pdf)
        self.preview.setVisible(bool(pdf) or not instead)
        self.nothing.setText(instead)
        self.nothing.setVisible(bool(instead) and not pdf)
        self._fit()

    def show_ways(self, *, asking: bool, busy: bool) -> None:
        """Show what can be done, the question about drafts, or how far a job is."""
        self._asking = asking
        self.card.show_ways(asking=asking, busy=busy)
        self.batch.setEnabled(not busy)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < NARROW
        self.languages.setFixedWidth(LEFT_NARROW if narrow else LEFT_WIDTH)
        self.paper.setMaximumWidth(PAPER_NARROW if narrow else NO_LIMIT)
        short, tight = self.window().height() < SHORT, self.width() < TIGHT
        self.batch.show_rows(1 if short else 2 if self.window().height() < MIDDLING else ROWS_SEEN)
        self.batch.setVisible(not (short and self._asking))
        if tight != self._tight:
            self._tight = tight
            (self.card.ways if tight else self.preview.foot).addWidget(self.read)
            self.read.show()
        self.paper.setVisible(not tight or bool(self.nothing.text()))

    def _lay_out(self, title: str) -> None:
        self.paper = self._paper()
        upper = QHBoxLayout()
        upper.setSpacing(SPACE_3)
        upper.addWidget(self.languages)
        upper.addWidget(self.card, 1)
        left = QVBoxLayout()
        left.setSpacing(SPACE_3)
        left.addLayout(upper, 1)
        left.addWidget(self.batch)
        across = QHBoxLayout()
        across.setSpacing(SPACE_3)
        across.addLayout(left, MIDDLE)
        across.addWidget(self.paper, RIGHT)
        top = QHBoxLayout()
        top.setSpacing(SPACE_4)
        top.addWidget(page_title(title))
        top.addWidget(self.recent, 1)
        top.addWidget(self.age)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(top)
        column.addLayout(across, 1)

    def _paper(self) -> QFrame:
        paper = QFrame()
        paper.setProperty("kind", "card")
        inside = QVBoxLayout(paper)
        inside.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        inside.addWidget(self.preview, 1)
        inside.addWidget(self.nothing, 1)
        self.nothing.hide()
        return paper
