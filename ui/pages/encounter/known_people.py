"""People known among those counted: type a name, and a number behind it where she came more than once."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach_app.domain.contact import Contact
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.models.finding import find_choices
from ui.pages.encounter.book import Book
from ui.tokens import SPACE_1
from ui.widgets.chip_row import ChipRow
from ui.widgets.type_ahead import Choice, TypeAhead

NEW_PERSON = "new"
MOST_USES = 999
_NUMBERED = re.compile(r"^(?P<name>.*\S)\s+(?P<uses>[1-9]\d{0,2})$", re.DOTALL)


class KnownPeople(QWidget):
    """Each person has a chip with her uses; picking her again adds one."""

    changed = Signal()
    new_wanted = Signal(str, int)  # a name that is not there yet, and her uses

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._uses: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self.entry = TypeAhead(self._find, placeholder=_("a short name; “red 5” for five uses"))
        self.chips = ChipRow(_("Take this person away"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(self.entry)
        column.addWidget(self.chips)
        self.setFocusProxy(self.entry)
        self.entry.picked.connect(self._picked)
        self.chips.removed.connect(self._removed)

    def uses(self) -> Mapping[str, int]:
        """Return contact id -> uses."""
        return dict(self._uses)

    def clear(self) -> None:
        """Begin with nobody."""
        self._uses.clear()
        self._show()

    def add(self, contact: Contact, uses: int = 1) -> None:
        """Add uses of a person."""
        self._names[contact.id] = contact.short_name
        self._uses[contact.id] = min(self._uses.get(contact.id, 0) + uses, MOST_USES)
        self._show()

    def _picked(self, choice: Choice) -> None:
        name, uses = _read(str(choice.value))
        if choice.key == NEW_PERSON:
            self.new_wanted.emit(name, uses)
            return
        contact = next((each for each in self._book.contacts if each.id == choice.key), None)
        if contact is not None:
            self.add(contact, uses)

    def _removed(self, contact_id: str) -> None:
        self._uses.pop(contact_id, None)
        self.changed.emit()

    def _show(self) -> None:
        rows = ((key, f"{isolated(self._names[key])} × {uses}") for key, uses in self._uses.items())
        self.chips.set_all(rows)
        self.chips.updateGeometry()
        self.changed.emit()

    def _find(self, typed: str) -> tuple[Choice, ...]:
        name, uses = _read(typed)
        detail = f"× {uses}" if uses > 1 else ""
        rows = (Choice(each.id, isolated(each.short_name), detail, typed) for each in self._book.contacts)
        found = find_choices(rows, name)
        if not name or any(each.short_name.casefold() == name.casefold() for each in self._book.contacts):
            return found
        new = _("New person “{name}”").format(name=isolated(name))
        return (*found, Choice(NEW_PERSON, new, detail, typed))


def _read(typed: str) -> tuple[str, int]:
    """Return name and uses of ``red jacket 5``; one use where no number is behind the name."""
    found = _NUMBERED.match(typed.strip())
    return (typed.strip(), 1) if found is None else (found["name"], int(found["uses"]))
