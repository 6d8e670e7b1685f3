"""The custodians: whose keys are in force and since when, making and replacing them, and the list for older laptops."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from outreach_app.centre.desk.custodians import custodians_document, find_custodians
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.publishing_trust import newest_root
from outreach_app.centre.desk.words import DIGITS
from outreach_app.i18n import gettext as _
from outreach_app.sync.custodians import Custodians
from ui.desk.context import DeskContext
from ui.desk.custodian_wizard import CustodianWizard
from ui.desk.desk_page import CardsPage, DeskPage
from ui.desk.incoming_rows import moment
from ui.file_choosing import choose_file_to_save
from ui.models.files import write_file
from ui.tokens import SPACE_4, SPACE_5
from ui.widgets.buttons import button, primary_button, quiet_button
from ui.widgets.card import Card
from ui.widgets.list_card import ListCard, ListRow

LIST_NAME = "custodians.json"
WIZARD_WIDTH = 760  # pixels


class Standing(NamedTuple):
    """Who is in force, None before there were any; ``can_publish`` when their keys sign what is published."""

    custodians: Custodians | None
    can_publish: bool


class CustodiansPage(DeskPage):
    """Cards, or the wizard in their place."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__()
        self._context = context
        self._standing = Standing(None, can_publish=False)
        self.cards = CardsPage(_("Custodians"))
        self.who = ListCard(
            _("In force"), _("There are none yet. Without them nobody can help with a forgotten passphrase.")
        )
        self.does = Card(
            _("What they do"),
            _(
                "Three people, any two of whom help a worker who forgot her passphrase, and any two of whom publish "
                "packs. Choose people who are not on shift together, and of whom no two would ever open a laptop "
                "behind a worker's back."
            ),
        )
        self.make = primary_button(_("Make three custodians"), "Ctrl+N", icon="plus")
        self.save = button(_("Save the list for laptops …"), icon="save")
        self.replace = quiet_button(_("Replace them …"))
        self.does.add_row(self.make, self.save, self.replace)
        self.wizard = CustodianWizard(context)
        self._stack = QStackedWidget()
        self._lay_out()
        self.make.clicked.connect(lambda: self._begin(replace=False))
        self.replace.clicked.connect(lambda: self._begin(replace=True))
        self.save.clicked.connect(self._choose_list)
        self.wizard.ended.connect(self._back)

    def _lay_out(self) -> None:
        self.cards.add(self.who)
        self.cards.add(self.does)
        self.wizard.setMaximumWidth(WIZARD_WIDTH)
        self.wizard.setContentsMargins(SPACE_5 - SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        self._stack.addWidget(self.cards)
        self._stack.addWidget(self.wizard)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def reread(self) -> None:
        self._context.ask(read_standing, self._show, owner=self)

    def go_back(self) -> bool:
        at_wizard = self._stack.currentWidget() is self.wizard and not self.wizard.panel.busy
        if at_wizard:
            self.wizard.leave()
        return at_wizard

    def save_list(self, file: Path) -> None:
        """Write the signed list where it was asked for."""
        self._context.ask(
            lambda desk: write_file(custodians_document(desk), file), self._saved, self._told, owner=self
        )

    def focus_first(self) -> None:
        if self._stack.currentWidget() is self.wizard:
            self.wizard.take_keyboard()
            return
        first = self.save if self._standing.custodians else self.make
        first.setFocus()
        self.cards.bring(first)

    def _begin(self, *, replace: bool) -> None:
        self._stack.setCurrentWidget(self.wizard)
        self.wizard.begin(replace=replace, agreement=self._standing.can_publish)

    def _back(self) -> None:
        self._stack.setCurrentWidget(self.cards)
        self.focus_first()

    def _show(self, standing: Standing) -> None:
        held = self.make.hasFocus() or self.save.hasFocus()
        self._standing = standing
        known, now = standing.custodians, self._context.home.clock.local_now()
        rows = []
        for place, key in enumerate(known.key_ids() if known else (), 1):
            key_words = _("Key {id}").format(id=key[:DIGITS])
            rows.append(ListRow(_("Custodian {place}").format(place=place), key_words, icon="key"))
        if known is not None:
            since = _("In force since {when}.").format(when=moment(known.issued_at, now))
            old = _("Their keys are of the first kind: they help to open a laptop and cannot publish. Replace them.")
            rows.append(ListRow(since, "" if standing.can_publish else old, tone="notice", icon="calendar"))
        self.who.show_rows(rows)
        self.save.setVisible(known is not None)
        self.make.setVisible(known is None)
        self.replace.setVisible(known is not None)
        if held:
            self.focus_first()

    def _choose_list(self) -> None:
        file = choose_file_to_save(self, _("Save the list of custodians"), _("List (*.json)"), LIST_NAME)
        if file is not None:
            self.save_list(file)

    def _saved(self, file: Path) -> None:
        said = _("The list lies in the file {file}. It holds no secret; bring it to laptops enrolled before.")
        self._context.messages.say(said.format(file=file.name))

    def _told(self, error: Exception) -> None:
        self._context.messages.tell_error(error)


def read_standing(desk: Desk) -> Standing:
    """Read who is in force; runs on the vault thread."""
    return Standing(find_custodians(desk), newest_root(desk) is not None)
