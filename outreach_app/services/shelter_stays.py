"""Stays at shelters: entry, exit and a code for where; how long a stay lasts on average is computed, never typed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from outreach_app.domain.changes import Changes
from outreach_app.domain.shelter_stay import ShelterStay
from outreach_app.domain.texts import check_name
from outreach_app.records import contacts, shelter_stays
from outreach_app.records.errors import NotFoundError
from outreach_app.services.checks import check_date
from outreach_app.services.errors import ShelterCodeError, StayDatesError
from outreach_app.services.leaving import begin_leaving
from outreach_app.services.parts import Parts

LONGEST_CODE = 24
_LIKE_AN_ADDRESS = re.compile(r",|\d{3,}|\s\d+\s*[A-Za-z]?$")  # a comma, a post number, a house number at the end
_CHANGED = Changes(casework=True)


@dataclass(frozen=True, slots=True)
class AverageStay:
    """``days`` is the mean of the stays that are over, None where none is; ``going_on`` are not over and not in it."""

    stays: int
    days: float | None
    going_on: int


@dataclass(frozen=True, slots=True)
class StayKept:
    """A stay that was kept or taken away."""

    stay: ShelterStay
    changes: Changes


class ShelterStays:
    """The verbs of stays at shelters."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def list_stays(self, contact_id: str) -> tuple[ShelterStay, ...]:
        """Return the stays of a contact, the latest first."""
        with self._parts.vault.read() as db:
            return shelter_stays.list_stays(db, contact_id)

    def list_shelters(self) -> tuple[str, ...]:
        """Return the shelters' codes in use."""
        with self._parts.vault.read() as db:
            return shelter_stays.list_shelters(db)

    def average_stay(self) -> AverageStay:
        """Return how long stays that are over lasted on average, in days; leaving on the day of entry is 0 days."""
        with self._parts.vault.read() as db:
            over, days, going_on = shelter_stays.sum_days(db)
        return AverageStay(over, days / over if over else None, going_on)

    def enter(self, contact_id: str, shelter: str, entered_on: date, left_on: date | None = None) -> StayKept:
        """Keep that somebody came to a shelter, and when she left where that is known.

        Raises:
            NotFoundError: no such contact. ShelterCodeError: it may be an address. StayDatesError, DateNotUsableError.
        """
        with self._parts.vault.transaction() as db:
            contact = contacts.find_kept(db, contact_id)
            if contact is None:
                raise NotFoundError
            stay = ShelterStay(self._parts.ids.new_id(), contact.id, shelter, entered_on, left_on)
            return StayKept(self._keep(stay), _CHANGED)

    def amend(self, stay: ShelterStay) -> Changes:
        """Correct a stay or keep when it ended.

        Raises:
            NotFoundError: no such stay. ShelterCodeError, StayDatesError, DateNotUsableError.
        """
        with self._parts.vault.transaction():
            self._keep(replace(stay, contact_id=self._find(stay.id).contact_id))
        return _CHANGED

    def take_away(self, stay_id: str) -> StayKept:
        """Take a stay away that was a mistake; what is returned can be put back with ``put_back``.

        Old pages and backups follow when leaving is finished next.

        Raises:
            NotFoundError: no such stay.
        """
        with self._parts.vault.transaction() as db:
            stay = self._find(stay_id)
            shelter_stays.drop_stay(db, stay.id)
            begin_leaving(self._parts)
            self._parts.vault.audit("changed", stay.contact_id, "stay:gone")
            return StayKept(stay, _CHANGED)

    def put_back(self, stay: ShelterStay) -> Changes:
        """Keep a stay again that was taken away."""
        with self._parts.vault.transaction():
            self._keep(stay)
        return _CHANGED

    def _find(self, stay_id: str) -> ShelterStay:
        stay = shelter_stays.find_stay(self._parts.vault.connection, stay_id)
        if stay is None:
            raise NotFoundError
        return stay

    def _keep(self, stay: ShelterStay) -> ShelterStay:
        checked = replace(stay, shelter=_shelter_code(stay.shelter))
        today = self._parts.clock.local_now().date()
        for day, field in ((stay.entered_on, "entered_on"), (stay.left_on, "left_on")):
            check_date(day, field)
        if stay.left_on is not None and not stay.entered_on <= stay.left_on <= today:
            raise StayDatesError
        shelter_stays.keep_stay(self._parts.vault.connection, checked, self._parts.worker.id, self._parts.now_text())
        self._parts.vault.audit("changed", stay.contact_id, "stay")
        return checked


def _shelter_code(typed: str) -> str:
    code = check_name(typed, "shelter")
    if len(code) > LONGEST_CODE or _LIKE_AN_ADDRESS.search(code):
        raise ShelterCodeError(limit=LONGEST_CODE)
    return code
