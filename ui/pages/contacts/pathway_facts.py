"""What is known of her for the pathway: a few choices, kept as they are made; the rest opens when it is needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from outreach_app.domain.pathway_case import MOST_DAYS, MOST_REQUESTS, PathwayFacts
from outreach_app.i18n import gettext as _
from ui.models.codes import Words, country_choices, country_name
from ui.models.finding import choices_of, find_choices
from ui.models.pathway_words import AGE_WORDS
from ui.tokens import SPACE_2
from ui.widgets.card import Card
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.date_field import DateField
from ui.widgets.disclosure import Disclosure
from ui.widgets.form_grid import FormGrid
from ui.widgets.text import words
from ui.widgets.toggle_row import ToggleRow
from ui.widgets.type_ahead import Choice, TypeAhead

RISK = "return_risk_assessed"
_DAYS = re.compile(r"\d{1,3}")


class FactsCard(Card):
    """Tells ``facts_changed`` with all facts at each change."""

    facts_changed = Signal(object)  # PathwayFacts

    def __init__(self, code_words: Words, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(_("What is known of her"), "", parent)
        self._facts = PathwayFacts()
        # each is kept at once, and arrows would keep all they pass
        self.stay = ChoiceRow(code_words.choices("stays"), may_be_empty=False, arrows_choose=False)
        self.age = ChoiceRow([(code, _(text)) for code, text in AGE_WORDS.items()], arrows_choose=False)
        self.flags = ToggleRow([
            ("in_trial", _("On trial")), ("return_agreed", _("Works with a prepared return")),
            ("special_reasons", _("Special reasons")),
        ])  # fmt: skip
        self.days = QLineEdit()
        self.days.setPlaceholderText(_("of each request, with commas"))
        self.wrong_days = words(tone="notice")
        self.wrong_days.hide()
        self.returned = DateField(today, (0, -1, -7))
        self.returned.edit.setPlaceholderText(_("the day she went, like 3/11"))
        self.country = TypeAhead(_find_countries, placeholder=_("type a country"), keep_text=True)
        self.partner = ChoiceRow(code_words.choices("return_partners"), arrows_choose=False)
        self.risk = ToggleRow([(RISK, _("The risk at home was looked at"))])
        self.more = Disclosure(_("The return, if she goes home"), self._return_form())
        self._lay_out()
        self._connect()

    def show_facts(self, facts: PathwayFacts) -> None:
        """Show what is kept; days half written stay while the keyboard is on them."""
        self._facts = facts
        self.stay.set_value(facts.stay)
        self.age.set_value(_age_code(facts))
        self.flags.set_values(name for name in ("in_trial", "return_agreed", "special_reasons") if getattr(facts, name))
        if not self.days.hasFocus():
            self.days.setText(", ".join(map(str, facts.requested_days)))
            self.wrong_days.hide()
        if not self.returned.edit.hasFocus():
            self.returned.set_value(facts.returned_on)
        if not self.country.hasFocus():
            self.country.setText(country_name(facts.return_country) if facts.return_country else "")
        self.partner.set_value(facts.return_partner)
        self.risk.set_values([RISK] if facts.return_risk_assessed else [])

    def open_return(self, *, is_open: bool) -> None:
        """Open or close what concerns the return."""
        self.more.set_open(is_open)

    def _keep(self, **values: Any) -> None:
        changed = replace(self._facts, **values)
        if changed != self._facts:
            self._facts = changed
            self.facts_changed.emit(changed)

    def _keep_age(self, code: str) -> None:
        if code != _age_code(self._facts):
            self._keep(age=code or None)

    def _keep_flags(self, on: tuple[str, ...]) -> None:
        self._keep(**{name: name in on for name in ("in_trial", "return_agreed", "special_reasons")})

    def _keep_days(self) -> None:
        days = read_days(self.days.text())
        self.wrong_days.setVisible(days is None)
        if days is None:
            self.wrong_days.setText(_("Write whole days between 1 and {most}, with commas.").format(most=MOST_DAYS))
        else:
            self._keep(requested_days=days)

    def _return_form(self) -> QWidget:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        grid = FormGrid()
        grid.add(_("Returned on"), self.returned)
        grid.add(_("Country"), self.country)
        grid.add(_("Helped there by"), self.partner)
        grid.add_wide(self.risk)
        column.addWidget(grid)
        return form

    def _lay_out(self) -> None:
        grid = FormGrid()
        grid.add(_("Stay"), self.stay)
        grid.add(_("Age"), self.age)
        grid.add(_("Holds for her"), self.flags)
        grid.add(_("Days asked for"), self.days)
        self.add(grid)
        self.add(self.wrong_days)
        self.add(self.more)

    def _connect(self) -> None:
        self.stay.changed.connect(lambda code: self._keep(stay=code))
        self.age.changed.connect(self._keep_age)
        self.flags.changed.connect(self._keep_flags)
        self.days.editingFinished.connect(self._keep_days)
        self.returned.changed.connect(lambda day: self._keep(returned_on=day))
        self.country.picked.connect(lambda choice: self._keep(return_country=choice.key))
        self.country.textEdited.connect(lambda text: None if text.strip() else self._keep(return_country=""))
        self.partner.changed.connect(lambda code: self._keep(return_partner=code))
        self.risk.changed.connect(lambda on: self._keep(return_risk_assessed=RISK in on))


def read_days(text: str) -> tuple[int, ...] | None:
    """Return the days of each request as written (``30, 60``), or None where they cannot be meant."""
    parts = [part for part in re.split(r"[,;+\s]+", text.strip()) if part]
    if len(parts) > MOST_REQUESTS or not all(_DAYS.fullmatch(part) and 0 < int(part) <= MOST_DAYS for part in parts):
        return None
    return tuple(int(part) for part in parts)


def _age_code(facts: PathwayFacts) -> str:
    if isinstance(facts.age, int):
        return "under_18" if facts.maybe_a_child else "of_age"
    return facts.age or ""


def _find_countries(typed: str) -> tuple[Choice, ...]:
    return find_choices(choices_of(country_choices()), typed)
