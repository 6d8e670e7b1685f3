"""What was printed lately, to pick again with one press."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from outreach_app.i18n import gettext as _
from outreach_app.leaflets.requests import LeafletRequest
from ui.tokens import SPACE_2
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.text import small_heading


class RecentRow(QWidget):
    """Hidden while nothing was printed; Enter or a click picks."""

    picked = Signal(object)  # LeafletRequest

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._requests: tuple[LeafletRequest, ...] = ()
        self.choices = ChoiceRow([], arrows_choose=False)
        self.choices.changed.connect(self._chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(small_heading(_("Lately")))
        row.addWidget(self.choices, 1)
        self.hide()

    def show_requests(self, requests: Sequence[LeafletRequest], name_of: Callable[[LeafletRequest], str]) -> None:
        """Offer these, the latest first."""
        self._requests = tuple(requests)
        self.choices.set_options([(str(at), name_of(each)) for at, each in enumerate(self._requests)])
        self.setVisible(bool(self._requests))

    def _chosen(self, place: str) -> None:
        if place:
            self.choices.set_value("")
            self.picked.emit(self._requests[int(place)])
