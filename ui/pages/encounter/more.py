"""What is asked only for statistics, and what is seldom needed: each field optional, closed until opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from outreach_app.domain.code_lists import ListName
from outreach_app.i18n import gettext as _
from ui.models.codes import country_choices, country_name
from ui.models.encounter_form import EncounterForm, with_content
from ui.models.finding import choices_of, find_choices
from ui.pages.encounter.book import Book
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.code_box import CodeBox
from ui.widgets.form_grid import FormGrid
from ui.widgets.toggle_row import ToggleRow
from ui.widgets.type_ahead import Choice, TypeAhead

Edit = Callable[[EncounterForm], EncounterForm]
OLDEST = 120
SELLS_SEX = "sells_sex"
_BOXES: tuple[tuple[str, ListName], ...] = (
    ("region", "regions"),
    ("exploitation", "exploitation_forms"),
    ("sector", "sectors"),
    ("stay", "stays"),
    ("interpreter", "interpreter_kinds"),
    ("help_offer", "offer_answers"),
    ("return_offer", "offer_answers"),
)


class MoreFields(QWidget):
    """Emits each change as a function of the form."""

    edited = Signal(object)  # Edit

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = book.words
        self.gender = ChoiceRow(words.choices("genders"))
        self.age = _number_field(_("years"))
        self.began = _number_field(_("years"))
        self.nationality = TypeAhead(_find_countries, placeholder=_("type a country"), keep_text=True)
        self.boxes = {field: CodeBox(_box_choices(book, field, name)) for field, name in _BOXES}
        self.sells_sex = ToggleRow([(SELLS_SEX, _("Sells sex"))])
        self.items = ToggleRow(words.choices("items_handed_out"))
        self._lay_out()
        self._connect()

    def show_form(self, form: EncounterForm) -> None:
        """Show the form."""
        content = form.content
        self.gender.set_value(content.gender)
        self.age.setText("" if content.age is None else str(content.age))
        self.began.setText("" if content.age_when_it_began is None else str(content.age_when_it_began))
        self.nationality.setText(country_name(content.nationality) if content.nationality else "")
        for field, box in self.boxes.items():
            box.set_value(getattr(content, field))
        self.sells_sex.set_values([SELLS_SEX] if content.sells_sex else [])
        self.items.set_values(content.items)

    def _lay_out(self) -> None:
        grid = FormGrid(name_width=84)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(grid)
        names = {
            "region": _("Region"), "exploitation": _("Exploitation"), "sector": _("Sector"), "stay": _("Stay"),
            "interpreter": _("Interpreter"), "help_offer": _("Help offered"), "return_offer": _("Return offered"),
        }  # fmt: skip
        grid.add(_("Gender"), self.gender)
        grid.add(_("Age"), self.age)
        grid.add(_("Age when it began"), self.began)
        grid.add(_("Nationality"), self.nationality)
        grid.add("", self.sells_sex)
        for field, box in self.boxes.items():
            box.setObjectName(f"encounter.{field}")
            grid.add(names[field], box)
        grid.add(_("Handed out"), self.items)
        for name in ("gender", "age", "began", "nationality"):
            getattr(self, name).setObjectName(f"encounter.{name}")

    def _connect(self) -> None:
        self.gender.changed.connect(lambda code: self._content(gender=code or "not_said"))
        self.age.textEdited.connect(lambda text: self._content(age=_age(text)))
        self.began.textEdited.connect(lambda text: self._content(age_when_it_began=_age(text)))
        self.nationality.picked.connect(lambda choice: self._content(nationality=choice.key))
        self.nationality.textEdited.connect(lambda _text: self._content(nationality=""))
        for field, box in self.boxes.items():
            box.chosen.connect(lambda code, field=field: self._content(**{field: code}))
        self.sells_sex.changed.connect(lambda codes: self._content(sells_sex=bool(codes)))
        self.items.changed.connect(lambda codes: self._content(items=tuple(codes)))

    def _content(self, **changes: object) -> None:
        self.edited.emit(lambda form: with_content(form, **changes))


def _box_choices(book: Book, field: str, name: ListName) -> tuple[tuple[str, str], ...]:
    empty = (("", _("Not noted")),) if field == "sector" else ()
    return (*empty, *book.words.choices(name))


def _number_field(hint: str) -> QLineEdit:
    line = QLineEdit()
    line.setValidator(QIntValidator(0, OLDEST, line))
    line.setPlaceholderText(hint)
    line.setMaximumWidth(96)
    return line


def _age(text: str) -> int | None:
    return int(text) if text.isdecimal() and int(text) <= OLDEST else None


def _find_countries(typed: str) -> tuple[Choice, ...]:
    return find_choices(choices_of(country_choices()), typed)
