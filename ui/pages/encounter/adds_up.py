"""The right column of the encounter page: what the signs add up to, why, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from outreach_app.domain.alerts import Alert
from outreach_app.domain.assessment import Assessment
from outreach_app.domain.assessment_words import alert_sentence, dimension_name, outcome_name, proves_nothing
from outreach_app.domain.dimension_rule import DimensionResult
from outreach_app.domain.encounter import Encounter
from outreach_app.domain.indicator import PRESENT
from outreach_app.domain.reason_words import reason_sentences
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.models.encounter_form import EncounterForm
from ui.models.note_lines import URGENT
from ui.pages.encounter.book import Book
from ui.pages.encounter.own_view import OwnView
from ui.tokens import SPACE_1, SPACE_3
from ui.widgets.banner import Banner
from ui.widgets.buttons import quiet_button
from ui.widgets.disclosure import Disclosure
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import section_heading, small_heading, words

SAID_ELSEWHERE = frozenset(
    {"child_act_now", "not_free_to_speak", "proves_nothing", "unconfirmed_strengths", "hearsay_only"}
)


class AddsUpColumn(ScrollColumn):
    """Alerts first, then the outcome, then each group of signs with its reason, then the caution."""

    edited = Signal(object)  # a function of the form
    pathway_wanted = Signal(object)  # where the pathway of the contact noted is shown

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._shown: Assessment | None = None
        self._contact_id = ""
        self.add(section_heading(_("What it adds up to")))
        self._card = QFrame()
        self._card.setProperty("kind", "card")
        self._body = QVBoxLayout(self._card)
        self._body.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
        self._body.setSpacing(SPACE_1)
        self._alerts = QVBoxLayout()
        self._alerts.setSpacing(SPACE_1)
        self.column.addLayout(self._alerts)
        self.add(self._card)
        self.changes = words(tone="muted")
        self.change_opener = Disclosure(_("What &would change it"), self.changes)
        self.made_with = words(tone="muted")
        self.view = OwnView()
        self.view.edited.connect(self.edited)
        self.pathway = quiet_button(_("What her stay means"), icon="arrow-right")
        self.pathway.clicked.connect(self._want_pathway)
        self.add(self.change_opener)
        self.add(self.view)
        self.column.addWidget(self.pathway, 0, Qt.AlignmentFlag.AlignLeading)
        self.add(self.made_with)
        self.add(words(proves_nothing(), tone="muted"))
        self.column.addStretch(1)

    def show_form(self, form: EncounterForm) -> None:
        """Show the form."""
        self.view.show_view(form.content.view)
        self.show_content(form.content)

    def show_content(self, content: Encounter) -> None:
        """Show what the signs of ``content`` add up to; nothing moves while the result stays the same."""
        self._contact_id = content.contact_id or ""
        self.pathway.setVisible(bool(self._contact_id))
        found = self._book.signs.assess(content)
        if found == self._shown:
            return
        self._shown = found
        self.view.setVisible(any(answer in PRESENT for answer in content.answers.values()))
        _empty(self._alerts)
        _empty(self._body)
        for alert in found.alerts:
            self._alerts.addWidget(self._alert(alert))
        noted = any(answer in PRESENT for answer in content.answers.values())
        changes = self._book.signs.changes(content, found)
        self.changes.setText("\n".join(f"– {sentence}" for sentence in changes))
        self.change_opener.setVisible(bool(changes))
        self.made_with.setText(self._book.signs.made_with(content.profile) if noted else "")
        if noted:
            self._show_found(found, content)
        else:
            nothing = _("Nothing to add up yet. It updates while you write and says why.")
            self._body.addWidget(words(nothing, tone="muted"))

    def text(self) -> str:
        """Return everything said, from top to bottom."""
        labels = [label for label in self.findChildren(QLabel) if label.isVisibleTo(self) and label.text()]
        labels.sort(key=lambda label: label.mapTo(self, label.rect().topLeft()).y())
        return "\n".join(label.text() for label in labels)

    def _want_pathway(self) -> None:
        self.pathway_wanted.emit({"contact_id": self._contact_id, "view": "pathway"})

    def _alert(self, alert: Alert) -> QWidget:
        sentence = alert_sentence(alert)
        if alert in URGENT and self._book.help_numbers:
            sentence = "\n".join((sentence, *self._book.help_numbers))
        return Banner("urgent" if alert in URGENT else "notice", sentence)

    def _show_found(self, found: Assessment, content: Encounter) -> None:
        heading = outcome_name(found.outcome)
        if found.provisional:
            heading = _("{outcome} (provisional)").format(outcome=heading)
        outcome = words(heading)
        if URGENT.isdisjoint(found.alerts):  # nothing large and calm below a child to act for
            outcome.setProperty("kind", "section")
        self._body.addWidget(outcome)
        catalogue = self._book.signs.catalogues[content.profile]
        said = tuple(zip(found.reasons, reason_sentences(found, catalogue), strict=True))
        for dimension, result in found.dimensions.items():
            if result.indicators:
                counts = f"{dimension_name(dimension)}: {_strengths(result)}"
                self._body.addWidget(words(counts, tone="accent" if result.positive else ""))
                for reason, sentence in said:
                    if reason.dimension == dimension and reason.indicators:
                        self._body.addWidget(words(sentence, tone="muted"))
        self._body.addSpacing(SPACE_1)
        self._body.addWidget(small_heading(_("What follows")))
        for reason, sentence in said:
            about_all = reason.dimension is None or not reason.indicators
            if about_all and reason.code not in SAID_ELSEWHERE:
                self._body.addWidget(words(sentence))


def _strengths(result: DimensionResult) -> str:
    counted = (
        (result.strong, ngettext("{count} strong", "{count} strong", result.strong)),
        (result.medium, ngettext("{count} medium", "{count} medium", result.medium)),
        (result.weak, ngettext("{count} weak", "{count} weak", result.weak)),
    )
    return ", ".join(text.format(count=count) for count, text in counted if count)


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
