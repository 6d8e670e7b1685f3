"""What happened with a contact, latest first, and what to know before she is met again."""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.domain.contact import Contact
from outreach_app.records import contacts, timeline
from outreach_app.records.errors import NotFoundError
from outreach_app.records.timeline import TimelineRow
from outreach_app.services.parts import Parts

PART = 40


@dataclass(frozen=True, slots=True)
class TimelinePart:
    """``rows`` from ``offset`` on; ``more`` says whether there are older ones."""

    rows: tuple[TimelineRow, ...]
    offset: int
    more: bool


@dataclass(frozen=True, slots=True)
class Warnings:
    """What to know first: a note says "child: act now", she is to be asked again alone, dates that passed undone."""

    child: bool
    ask_alone: bool
    dates_over: int


@dataclass(frozen=True, slots=True)
class Head:
    """A contact with all her names, what is to be known, and under whom she stands where she was merged."""

    contact: Contact
    names: tuple[str, ...]
    warnings: Warnings
    kept: Contact | None


class Timelines:
    """The verbs of looking at one contact."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def open_contact(self, contact_id: str) -> Head:
        """Return what stands at the head of a contact's page.

        Raises:
            NotFoundError: no such contact.
        """
        with self._parts.vault.read() as db:
            contact = contacts.find_contact(db, contact_id)
            if contact is None:
                raise NotFoundError
            kept = None if contact.merged_into is None else contacts.find_contact(db, contact.merged_into)
            names = contacts.list_names(db, contact_id)
            return Head(contact, names[1:], self._warnings(contact_id), kept)

    def list_timeline(self, contact_id: str, offset: int = 0, limit: int = PART) -> TimelinePart:
        """Return a part of what happened, the latest day first; dates to come stand before today."""
        with self._parts.vault.read() as db:
            members = contacts.list_members(db, contact_id)
            rows = timeline.list_timeline(db, members, limit=limit + 1, offset=offset)
        return TimelinePart(rows[:limit], offset, more=len(rows) > limit)

    def _warnings(self, contact_id: str) -> Warnings:
        db, today = self._parts.vault.connection, self._parts.clock.local_now().date()
        return Warnings(
            timeline.child_to_act_for(db, contact_id), timeline.ask_alone_open(db, contact_id),
            timeline.count_dates_over(db, contacts.list_members(db, contact_id), today),
        )  # fmt: skip
