"""What the encounter page looks things up in: places, contacts, signs and words, read once when it opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from outreach_app.domain.contact import Contact
from outreach_app.domain.place import Place
from outreach_app.i18n import gettext as _
from ui.models.codes import Words
from ui.models.finding import find_choices
from ui.models.signs import Signs
from ui.widgets.type_ahead import Choice

HEALTH_ROLE = "health"
NEW_PLACE = "new"


@dataclass
class Book:
    """Filled by the page; the columns only read it."""

    words: Words
    signs: Signs
    local_now: Callable[[], datetime]
    local_at: Callable[[datetime], datetime]  # a time read off the wall, with the UTC offset of then
    today: Callable[[], date]
    places: tuple[Place, ...] = ()
    contacts: tuple[Contact, ...] = ()
    role: str = ""
    leaflets: tuple[Choice, ...] = ()
    help_numbers: tuple[str, ...] = field(default=())
    tell_setting: Callable[[str], object] = field(default=lambda _code: None)  # where the worker is now

    @property
    def writes_health(self) -> bool:
        """Whether this worker may fill the health block."""
        return self.role == HEALTH_ROLE

    def place(self, place_id: str | None) -> Place | None:
        """Return a place of the register."""
        return next((place for place in self.places if place.id == place_id), None)

    def contact_name(self, contact_id: str | None) -> str:
        """Return the short name of a contact, or nothing."""
        return next((contact.short_name for contact in self.contacts if contact.id == contact_id), "")


def find_places(book: Book, typed: str) -> tuple[Choice, ...]:
    """Return places that ``typed`` may mean and, last, the offer to put it into the register."""
    rows = (Choice(each.id, each.code, book.words.of("settings", each.setting)) for each in book.places)
    found = find_choices(rows, typed)
    code = typed.strip()
    if not code or any(place.code.casefold() == code.casefold() for place in book.places):
        return found
    return (*found, Choice(NEW_PLACE, _("New place “{code}”").format(code=code), value=code))
