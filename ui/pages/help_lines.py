"""The numbers to call, readable at arm's length, and the places to go to by region; works without unlocking."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from outreach_app.domain.changes import Changes
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.icons import set_icon
from ui.models.help_places import HelpRow, HelpRows, read_help_rows
from ui.page import Page
from ui.tokens import SPACE_1, SPACE_3, SPACE_4, SPACE_5
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import line, page_title, section_heading, words

_WIDEST = 720  # pixels


class HelpLinesPage(Page):
    """One card per line, then one per region: name, number, hours, languages, and how sure we are."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: QWidget | None = None
        self._scroll = ScrollColumn(gap=SPACE_3, widest=_WIDEST)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the keyboard scrolls what has no field
        self._scroll.setAccessibleName(self.title())
        self.setFocusProxy(self._scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_3, 0)
        column.setSpacing(SPACE_3)
        column.addWidget(page_title(self.title()))
        column.addWidget(words(_("Call when you are in doubt."), tone="muted"))
        column.addWidget(self._scroll, 1)

    def title(self) -> str:
        return _("Help lines")

    def shown(self, _place: Mapping[str, str]) -> None:
        program = self._context.program
        self._context.tasks.run_free(
            lambda: read_help_rows(program.code_lists["regions"], program.clock.local_now()), self._show, owner=self
        )

    def refresh(self, changes: Changes) -> None:
        if changes.leaflets and self.isVisible():
            self.shown({})

    def _show(self, rows: HelpRows) -> None:
        """Put all rows in the place of those before: what is open now has changed."""
        before, self._shown = self._shown, _all_cards(rows)
        if before is not None:
            self._scroll.column.removeWidget(before)
            before.deleteLater()
        self._scroll.add(self._shown)


def _all_cards(rows: HelpRows) -> QWidget:
    whole = QWidget()
    whole.setProperty("kind", "plain")
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, SPACE_4)
    column.setSpacing(SPACE_3)
    for row in rows.lines:
        column.addWidget(_card(_row_of(row, section_heading(row.name), _number(row, "number"))))
    for region, places in rows.places:
        column.addWidget(_region(region, places))
    column.addStretch(1)
    return whole


def _region(name: str, places: tuple[HelpRow, ...]) -> QFrame:
    parts: list[QWidget] = [section_heading(name)]
    for place in places:
        if len(parts) > 1:
            parts.append(line())
        parts.append(_row_of(place, _strong(place.name), _number(place, "section")))
    return _card(*parts)


def _card(*parts: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("kind", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
    column.setSpacing(SPACE_3)
    for part in parts:
        column.addWidget(part)
    return card


def _row_of(row: HelpRow, name: QLabel, number: QLabel) -> QWidget:
    told = QVBoxLayout()
    told.setSpacing(SPACE_1)
    told.addWidget(name)
    for text, tone in row.lines:
        told.addWidget(words(text, tone=tone))
    whole = QWidget()
    whole.setProperty("kind", "plain")
    whole.setToolTip(f"<p>{escape(row.source)}</p>")  # always as markup of ours, so that theirs stays text
    beside = QHBoxLayout(whole)
    beside.setContentsMargins(0, 0, 0, 0)
    beside.setSpacing(SPACE_4)
    beside.addWidget(_picture(row), 0, Qt.AlignmentFlag.AlignTop)
    beside.addLayout(told, 1)
    beside.addWidget(number, 0, Qt.AlignmentFlag.AlignVCenter)
    return whole


def _strong(name: str) -> QLabel:
    label = words(name)
    label.setProperty("kind", "strong")
    return label


def _picture(row: HelpRow) -> QLabel:
    picture = QLabel()
    set_icon(picture, "phone" if row.number else "places", "accent", 24)
    return picture


def _number(row: HelpRow, kind: str) -> QLabel:
    number = QLabel(row.number.replace(" ", "\u00a0"))
    if not row.number:
        number.hide()  # never shown by itself: without a parent it would be a window
    number.setProperty("kind", kind)
    number.setTextFormat(Qt.TextFormat.PlainText)
    number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
    number.setAccessibleName(f"{row.name} {row.number}")
    return number
