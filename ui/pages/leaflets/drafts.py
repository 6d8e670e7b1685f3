"""Before a draft is printed: what that means, the safer prints first, in place and once for each language."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.pages.leaflets.doubts import Doubts
from ui.tokens import SPACE_2, SPACE_3
from ui.widgets.buttons import button, quiet_button
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.text import section_heading, words

PICTOGRAMS, BILINGUAL = "pictograms", "bilingual"
SAFER = (PICTOGRAMS, BILINGUAL)
"""Formats that say the least that a wrong word could spoil."""


class DraftPanel(QFrame):
    """Esc or "Not now" leaves without printing."""

    safer_chosen = Signal(str)  # the format
    confirmed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "banner")
        self.setProperty("tone", "notice")
        self.heading = section_heading("")
        self.sentence = words("")
        self.doubts = Doubts()
        self.safer = words(_("These prints are safer:"))
        self.pictograms = button(_("Numbers and pictograms"))
        self.bilingual = button(_("Two languages side by side"))
        self.go_on = quiet_button(_("Print the draft"))
        self.leave = quiet_button(_("Not now"))
        self._lay_out()
        self.pictograms.clicked.connect(lambda: self.safer_chosen.emit(PICTOGRAMS))
        self.bilingual.clicked.connect(lambda: self.safer_chosen.emit(BILINGUAL))
        self.go_on.clicked.connect(self.confirmed)
        self.leave.clicked.connect(self.left)

    def begin(
        self, drafts: Sequence[str], expired: Sequence[str], formats: Sequence[str], doubts: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Ask about languages that are ``drafts`` and about ``expired`` ones, by name; offer the safer ``formats``.

        ``doubts``: what there is to know first about what is about to be printed.
        """
        are_drafts = ngettext("{languages} is a draft", "{languages} are drafts", len(drafts))
        have_expired = ngettext("{languages} has expired", "{languages} have expired", len(expired))
        pairs = ((are_drafts, drafts), (have_expired, expired))
        told = [said.format(languages=", ".join(of)) for said, of in pairs if of]
        self.heading.setText(" · ".join(each[:1].upper() + each[1:] for each in told))  # Danish writes languages small
        unchecked = _("Nobody at the centre has checked the words yet, and a wrong word can do harm.")
        too_old = _("The centre has not looked at the words for a long time; rules and numbers may have changed.")
        self.sentence.setText(unchecked if drafts else too_old)
        self.doubts.show_doubts(doubts)
        self.setAccessibleName(self.heading.text())
        self.pictograms.setVisible(PICTOGRAMS in formats)
        self.bilingual.setVisible(BILINGUAL in formats)
        self.safer.setVisible(bool(formats))
        self.show()
        first = next((each for each in (self.pictograms, self.bilingual) if not each.isHidden()), self.go_on)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        row = FlowLayout(gap=SPACE_2)
        for part in (self.pictograms, self.bilingual, self.go_on, self.leave):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(self.heading)
        column.addWidget(self.sentence)
        column.addWidget(self.doubts)
        column.addWidget(self.safer)
        column.addLayout(row)
        self.hide()
