"""Places: the coded register, with warnings and revisits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from outreach_app.domain.changes import Changes
from outreach_app.domain.errors import PlaceCodeTakenError
from outreach_app.domain.place import Place
from outreach_app.domain.texts import check_name, check_text
from outreach_app.records import places
from outreach_app.records.errors import NotFoundError
from outreach_app.services.checks import check_code, check_date
from outreach_app.services.parts import Parts


class Places:
    """The verbs of places."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def record_place(
        self, code: str, setting: str, region: str = "unknown", *, note: str = "", warning: str = "",
        revisit_on: date | None = None, suspicion: str = "",
    ) -> Place:  # fmt: skip
        """Keep a new place.

        Raises:
            NameMissingError: no code. PlaceCodeTakenError: the register has this code already.
            UnknownCodeError: no such setting or region. DateNotUsableError: revisit in a year nobody means.
        """
        place = Place("", code, setting, region, note, warning, revisit_on, suspicion)
        with self._parts.vault.transaction():
            return self.record_in_transaction(place)

    def record_in_transaction(self, place: Place) -> Place:
        """As ``record_place``, inside a transaction the caller holds."""
        checked = self._checked(replace(place, id=self._parts.ids.new_id()))
        places.add_place(self._parts.vault.connection, checked, self._parts.now_text())
        self._parts.vault.audit("changed", checked.id, "place")
        return checked

    def amend_place(self, place: Place) -> Changes:
        """Replace what is known about a place.

        Raises:
            NotFoundError, and those of ``record_place``.
        """
        with self._parts.vault.transaction():
            if places.find_place(self._parts.vault.connection, place.id) is None:
                raise NotFoundError
            places.change_place(self._parts.vault.connection, self._checked(place))
            self._parts.vault.audit("changed", place.id, "place")
        return Changes(places=True)

    def find_place(self, place_id: str) -> Place:
        """Return a place.

        Raises:
            NotFoundError: no such place.
        """
        with self._parts.vault.read():
            place = places.find_place(self._parts.vault.connection, place_id)
        if place is None:
            raise NotFoundError
        return place

    def list_places(self, text: str = "") -> tuple[Place, ...]:
        """Return places whose code or note contains ``text``, last seen first."""
        with self._parts.vault.read():
            return places.list_places(self._parts.vault.connection, text)

    def list_revisits(self, today: date) -> tuple[Place, ...]:
        """Return places to be seen again now: their day has come, or something is suspected and no day is set."""
        with self._parts.vault.read():
            return places.list_revisits(self._parts.vault.connection, today)

    def record_visit(self, place_id: str, day: date) -> Changes:
        """Note that somebody went there without writing a note; a day to go back that has come is settled by that.

        Raises:
            NotFoundError: no such place. DateNotUsableError: a year nobody means.
        """
        with self._parts.vault.transaction():
            place = places.find_place(self._parts.vault.connection, place_id)
            if place is None:
                raise NotFoundError
            check_date(day, "visited_on")
            places.change_place(self._parts.vault.connection, replace(place, visited_on=day))
            self._parts.vault.audit("changed", place.id, "place:visit")
        return Changes(places=True)

    def _checked(self, place: Place) -> Place:
        code = check_name(place.code, "code")
        other = places.find_place_by_code(self._parts.vault.connection, code)
        if other is not None and other.id != place.id:
            raise PlaceCodeTakenError(code=code)
        check_code(place.setting, "settings", self._parts.code_lists)
        check_code(place.region, "regions", self._parts.code_lists)
        check_date(place.revisit_on, "revisit_on")
        check_date(place.visited_on, "visited_on")
        note, warning = check_text(place.note, "note"), check_text(place.warning, "warning")
        return replace(
            place, code=code, note=note, warning=warning, suspicion=check_text(place.suspicion, "suspicion")
        )
