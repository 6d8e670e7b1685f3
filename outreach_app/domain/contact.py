"""A contact: a person who was met, known by a short name the worker made up; a true name is never required."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Identity:
    """Who she says she is; off until a worker opens it with a reason."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class LinkageFacts:
    """Facts the person chose to give so that the centre can count her once without her name.

    ``first_name_start`` and ``last_name_start`` are the first two letters; only their keyed code ever leaves.
    """

    first_name_start: str
    last_name_start: str
    born_on: date


@dataclass(frozen=True, slots=True)
class Contact:
    """A person met.

    ``merged_into`` is the contact that was kept where a worker said that they are one person; its notes are there then.
    ``found_by`` is another name of hers by which a list found her.
    """

    id: str
    short_name: str
    provisional: bool
    created_at: datetime
    encounters: int = 0
    last_met: date | None = None
    has_identity: bool = False
    merged_into: str | None = None
    has_linkage: bool = False
    found_by: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """A further name of a contact: ``kind`` is one of ALIAS_KINDS."""

    id: str
    contact_id: str
    kind: str
    name: str


ALIAS_KINDS = ("called", "online", "phone")
"""What others call her, what she is called online, and a telephone number."""


@dataclass(frozen=True, slots=True)
class About:
    """What a note brings along about its person, to be kept with it or not at all.

    A ``short_name`` makes a new contact; ``identity`` belongs to that contact, or else to the one the note names.
    """

    short_name: str = ""
    provisional: bool = True
    identity: Identity | None = None
