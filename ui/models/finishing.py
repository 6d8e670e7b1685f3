"""Finishes what the encounter page holds: the note and the contact it makes, kept together or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outreach_app.domain.changes import Changes
from outreach_app.domain.contact import About
from outreach_app.domain.encounter import Encounter
from outreach_app.i18n import gettext as _
from ui.models.encounter_form import PROVISIONAL_CONTACT, EncounterForm, draft_fields, form_of_note

if TYPE_CHECKING:  # the services are imported when the vault is opened
    from outreach_app.services.notes import Note
    from outreach_app.services.session import Session

PAGE = "encounter"
"""The page that drafts of encounters belong to."""


@dataclass(frozen=True, slots=True)
class FinishedForm:
    """What became of the form; without an id only that day's tally grew."""

    id: str | None
    changes: Changes


def finish_form(session: Session, form: EncounterForm, content: Encounter, draft_id: str) -> FinishedForm:
    """Keep the form as a finished note, or as a new version of the note it amends; durable when this returns.

    Raises:
        KnownError: what is wrong; the draft is still there then.
    """
    about = about_person(form)
    if form.note_id:
        changes = session.encounters.amend_encounter(
            form.note_id, content, form.reason, draft_id=draft_id, about=about,
            from_version=form.from_version or None,
        )  # fmt: skip
        return FinishedForm(form.note_id, replace(changes, drafts=True))
    done = session.encounters.finish_encounter(content, draft_id=draft_id, about=about)
    return FinishedForm(done.id, done.changes)


def take_back_finish(session: Session, note_id: str, draft_id: str) -> Changes:
    """Take back the finishing of a note; its words wait in a draft that amends it.

    Raises:
        TooLateToTakeBackError: see ``Encounters.undo_finish``.
    """
    note = session.encounters.find_encounter(note_id)
    form = replace(form_of_written(note), from_version=2, reason=_("Went on writing; finishing was taken back."))
    return session.encounters.undo_finish(note_id, draft_id, draft_fields(form), page=PAGE)


def form_of_written(note: Note) -> EncounterForm:
    """Return the form that amends a note from its last version."""
    contact = None if note.contact is None else (note.contact.id, note.contact.short_name)
    return form_of_note(note.current.content, note.id, contact, note.current.version)


def about_person(form: EncounterForm) -> About:
    """Return the contact the form makes and the identity written down; a reason without a name is no identity."""
    named = form.identity is not None and bool(form.identity.name.strip())
    return About(
        form.contact_name if form.makes_contact else "",
        form.contact_way == PROVISIONAL_CONTACT,
        form.identity if named else None,
    )
