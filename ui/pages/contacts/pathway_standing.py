"""Where she stands with those who decide, which period holds, and who stands by her."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.models.pathway_words import DECIDER_WORDS, cap_words, standing_words
from ui.widgets.buttons import quiet_button
from ui.widgets.card import Card
from ui.widgets.text import words

if TYPE_CHECKING:
    from outreach_app.services.pathways import ContactPathway


class StandingCard(Card):
    """Follows from decisions; nothing here can be set."""

    plan_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", _("This follows from decisions written down below; it cannot be set."), parent)
        self.told, self.person = words(), words()
        self.name_person = quiet_button(_("Name a contact person"))
        self.add(self.told)
        self.add_row(self.person, self.name_person)
        self.name_person.clicked.connect(self.plan_requested)

    def show_pathway(self, found: ContactPathway) -> None:
        """Show a contact's standing."""
        answer = found.answer
        self.heading.setText(standing_words(found.standing))
        told = [_(DECIDER_WORDS[answer.decides])]
        if answer.court_may_decide:
            told.append(_("a court may decide too"))
        if answer.caps:
            told.append(cap_words(answer.caps))
        if found.state == "closed":
            told.append(_("this pathway is closed"))
        elif found.state == "open":
            told.append(_("while it is open, her notes stay on this laptop"))
        self.told.setText(" · ".join(told))
        named = _("Contact person: {name}").format(name=isolated(found.contact_person))
        self.person.setText(named if found.contact_person else _("No contact person yet."))
        self.name_person.setVisible(not found.contact_person)
