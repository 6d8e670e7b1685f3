"""Finishes what the encounter page holds: the note and the contact it makes, kept together or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outreach_app.domain.changes import Changes
from outreach_app.domain.contact import About
from outreach_app.domain.encounter import Encounter
from ui.models.encounter_form import PROVISIONAL_CONTACT, EncounterForm

if TYPE_CHECKING:  # the services are imported when the vault is opened
    from outreach_app.services.session import Session


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
            form.note_id, content, form.reason, draft_id=draft_id, about=about
        )
        return FinishedForm(form.note_id, replace(changes, drafts=True))
    done = session.encounters.finish_encounter(content, draft_id=draft_id, about=about)
    return FinishedForm(done.id, done.changes)


def about_person(form: EncounterForm) -> About:
    """Return the contact the form makes and the identity written down; a reason without a name is no identity."""
    named = form.identity is not None and bool(form.identity.name.strip())
    return About(
        form.contact_name if form.makes_contact else "",
        form.contact_way == PROVISIONAL_CONTACT,
        form.identity if named else None,
    )
