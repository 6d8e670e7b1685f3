"""What the encounter page reads before it opens."""

from __future__ import annotations

import importlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach_app.clock import Clock
from outreach_app.domain.contact import Contact
from outreach_app.domain.place import Place
from outreach_app.domain.texts import isolated
from outreach_app.errors import KnownError
from ui.models.codes import language_name
from ui.models.leaflets import sheet_names
from ui.models.rows import DraftRow
from ui.widgets.type_ahead import Choice

if TYPE_CHECKING:
    from outreach_app.services.notes import Note
    from outreach_app.services.session import Session


@dataclass(frozen=True, slots=True)
class Opened:
    """Register, contacts, who works, the draft to go on with, and the note to amend or that the draft amends."""

    places: tuple[Place, ...]
    contacts: tuple[Contact, ...]
    role: str
    draft: DraftRow | None = None
    note: Note | None = None


def open_page(session: Session, draft_id: str, note_id: str) -> Opened:
    """Read what the page needs; runs on the vault thread."""
    drafts = session.drafts.list_drafts() if draft_id else ()
    draft = next((draft for draft in drafts if draft.id == draft_id), None)
    note = session.encounters.find_encounter(note_id) if note_id else None
    if draft is not None:
        note = _amended(session, str(draft.fields.get("note_id") or ""))
    return Opened(
        places=session.places.list_places(),
        contacts=session.contacts.list_contacts(),
        role=session.worker.role,
        draft=draft,
        note=note,
    )


def _amended(session: Session, note_id: str) -> Note | None:
    """Return the note a draft amends; the draft is opened also where that note is gone."""
    with suppress(KnownError):
        return session.encounters.find_encounter(note_id) if note_id else None
    return None


def leaflets_and_numbers(clock: Clock) -> tuple[tuple[Choice, ...], tuple[str, ...]]:
    """Return the sheets in the languages they are written in, and whom to call.

    Imported here so that the window starts without them; the key of a choice is ``sheet|language``, its
    value the name of the sheet.
    """
    catalogue = importlib.import_module("outreach_app.leaflets.catalogue")
    directory = importlib.import_module("outreach_app.leaflets.directory").help_lines()
    named = sheet_names()
    spoken = {code: _both_names(code, each.own_name) for code, each in catalogue.LANGUAGES.items()}
    sheets = tuple(
        Choice(
            f"{row.sheet}|{row.language}",
            f"{spoken[row.language]} · {named[row.sheet]}",
            isolated(row.title),
            named[row.sheet],
        )
        for row in catalogue.list_sheets(clock.local_now().date())
        if row.state != "absent"
    )
    numbers = tuple(f"{line.name} {isolated(line.number)} ({line.hours_text})" for line in directory.lines)
    return sheets, numbers


def _both_names(code: str, own_name: str) -> str:
    """Return a language as it calls itself and as the worker calls it."""
    worker_says = language_name(code)
    return own_name if own_name == worker_says else f"{isolated(own_name)} · {worker_says}"
