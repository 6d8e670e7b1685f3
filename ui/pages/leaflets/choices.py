"""What is to be printed: the sheet and for whom, the format, and what the format can do besides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from outreach_app import i18n
from outreach_app.i18n import gettext as _
from outreach_app.leaflets.requests import LeafletRequest
from ui.models.leaflets import FIRST_FORMAT, WORKERS_LANGUAGES, FormatChoice, Offer, Pair
from ui.models.leaflets_words import format_words
from ui.tokens import SPACE_2
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.code_box import CodeBox
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.form_grid import FormGrid
from ui.widgets.text import words

WALLET = "wallet"


class Choices(QWidget):
    """Fields that mean nothing for the chosen sheet and format are not shown."""

    changed = Signal()

    def __init__(self, regions: Sequence[Pair], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer: Offer | None = None
        self._beside = ""  # what a person chose; otherwise it is the worker's own
        self._both_sides = {True: True, False: False}  # for wallet cards, and for everything else
        self.topics = ChoiceRow([], may_be_empty=False)
        self.groups = ChoiceRow([], may_be_empty=False)
        self.formats = ChoiceRow([], may_be_empty=False)
        self.cover = QCheckBox(_("Neutral cover"))
        self.duplex = QCheckBox(_("Both sides of the paper"))
        self.one_side = words(_("One side has room for the numbers; the text stands on the back."), tone="muted")
        self.beside = CodeBox()
        self.region = CodeBox([("", _("All regions")), *regions])
        self.region.set_value("")
        self._lay_out()
        self._connect()
        self._show_fields()

    def show_offer(self, offer: Offer) -> None:
        """Offer these sheets and formats; a choice that is still offered stays."""
        self._offer = offer
        self.topics.set_options(offer.topics)
        self.groups.set_options(offer.groups)
        self.formats.set_options([(code, format_words(form)) for code, form in offer.formats.items()])
        first_format = FIRST_FORMAT if FIRST_FORMAT in offer.formats else next(iter(offer.formats), "")
        for row, first in ((self.topics, offer.topics[0][0]), (self.formats, first_format)):
            if not row.value():
                row.set_value(first)
        self._show_fields()

    def show_language(self, language: str) -> None:
        """Offer every other language beside ``language``, the worker's own first."""
        if self._offer is None:
            return
        others = [(each.code, each.names[0]) for each in self._offer.languages.values() if each.code != language]
        self.beside.set_options(others)
        self.beside.set_value(self.beside_of(language))

    def beside_of(self, language: str) -> str:
        """Return the language to stand beside ``language``: the one chosen, the worker's own, or another she reads."""
        own = (self._beside, i18n.language()[:2], *WORKERS_LANGUAGES)
        return next((code for code in own if code and code != language), "")

    def form(self) -> FormatChoice | None:
        """Return the chosen format."""
        return self._offer.formats.get(self.formats.value()) if self._offer else None

    def sheet(self) -> str:
        """Return the chosen sheet, "" before there is any."""
        return self._offer.sheet(self.topics.value(), self.groups.value()) if self._offer else ""

    def wanted(self, language: str) -> LeafletRequest:
        """Return what is chosen, in ``language``; options that mean nothing are left out."""
        form = self.form()
        return LeafletRequest(
            self.sheet(), language, self.formats.value(),
            beside=self.beside.value() if form and form.bilingual else "",
            cover=bool(form and form.may_cover and self.cover.isChecked()),
            duplex=bool(form and form.may_duplex and self.duplex.isChecked()),
            region=self.region.value() if self._lists_places() else "",
        )  # fmt: skip

    def choose(self, wanted: LeafletRequest) -> None:
        """Choose all of this without telling anyone; the language is the caller's."""
        if self._offer is None:
            return
        topic, group = self._offer.parts_of(wanted.sheet)
        self.topics.set_value(topic)
        if group:
            self.groups.set_value(group)
        self.formats.set_value(wanted.format)
        if wanted.beside:
            self._take_beside(wanted.beside)
        for box, on in ((self.cover, wanted.cover), (self.duplex, wanted.duplex)):
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)
        self._both_sides[wanted.format == WALLET] = wanted.duplex
        self.region.set_value(wanted.region)
        self._show_fields()

    def _format_changed(self) -> None:
        """Tick both sides for cards, where one side says little; each keeps what was ticked last."""
        self.duplex.blockSignals(True)
        self.duplex.setChecked(self._both_sides[self.formats.value() == WALLET])
        self.duplex.blockSignals(False)
        self._changed()

    def _duplex_toggled(self, on: bool) -> None:
        self._both_sides[self.formats.value() == WALLET] = on
        self._changed()

    def _changed(self) -> None:
        groups = self._offer.groups_of.get(self.topics.value(), ()) if self._offer else ()
        if groups and self.groups.value() not in groups:
            self.groups.set_value(groups[0])
        self._show_fields()
        self.changed.emit()

    def _show_fields(self) -> None:
        form = self.form()
        self.grid.show_row(self.groups, shown=bool(self._offer and self._offer.groups_of.get(self.topics.value())))
        self.cover.setVisible(bool(form and form.may_cover))
        self.duplex.setVisible(bool(form and form.may_duplex))
        self.one_side.setVisible(bool(form) and self.formats.value() == WALLET and not self.duplex.isChecked())
        self._options.setFocusProxy(self.cover if form and form.may_cover else self.duplex)
        self.grid.show_row(self._options, shown=bool(form and (form.may_cover or form.may_duplex)))
        self.grid.show_row(self.beside, shown=bool(form and form.bilingual))
        self.grid.show_row(self.region, shown=self._lists_places())

    def _take_beside(self, code: str) -> None:
        self._beside = code
        self.beside.set_value(code)

    def _lists_places(self) -> bool:
        return self._offer is not None and self.sheet() in self._offer.with_places

    def _connect(self) -> None:
        for row in (self.topics, self.groups):
            row.changed.connect(lambda _code: self._changed())
        self.formats.changed.connect(lambda _code: self._format_changed())
        self.cover.toggled.connect(lambda _on: self._changed())
        self.duplex.toggled.connect(self._duplex_toggled)
        self.beside.chosen.connect(self._take_beside)
        for drop_down in (self.beside, self.region):
            drop_down.chosen.connect(lambda _code: self._changed())

    def _lay_out(self) -> None:
        self._options = QWidget()
        options = FlowLayout(self._options, SPACE_2)
        for box in (self.cover, self.duplex):
            options.addWidget(box)
        self.grid = FormGrid(name_width=72)
        for name, field in ((_("&Sheet"), self.topics), (_("F&or whom"), self.groups), (_("&Format"), self.formats)):
            self.grid.add_above(name, field)
        self.grid.add(_("&With"), self._options)
        self.grid.add_wide(self.one_side)
        self.grid.add(_("Bes&ide"), self.beside)
        self.grid.add(_("Re&gion"), self.region)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)
