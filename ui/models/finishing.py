"""Finishes what the encounter page holds: the contact first where one is made, then the note."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outreach_app.domain.changes import Changes
from outreach_app.domain.code_lists import CodeLists
from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.encounter import Encounter
from outreach_app.services.checks import checked_encounter
from ui.errors import IdentityNeedsContactError
from ui.models.encounter_form import PROVISIONAL_CONTACT, EncounterForm

if TYPE_CHECKING:  # the services are imported when the vault is opened
    from outreach_app.services.session import Session


@dataclass(frozen=True, slots=True)
class FinishedForm:
    """What became of the form; without an id only that day's tally grew."""

    id: str | None
    changes: Changes


def finish_form(
    session: Session, form: EncounterForm, content: Encounter, code_lists: CodeLists, draft_id: str
) -> FinishedForm:
    """Keep the form as a finished note, or as a new version of the note it amends; durable when this returns.

    Raises:
        KnownError: what is wrong; the draft is still there then.
    """
    checked_encounter(content, code_lists)  # before a contact is made, so that a refusal leaves nothing behind
    placed = content
    if content.consent is not ConsentLevel.WRITE_NOTHING:
        placed = replace(content, contact_id=_contact_id(session, form, content))
        if form.identity is not None and form.identity.name.strip():
            if placed.contact_id is None:
                raise IdentityNeedsContactError
            session.contacts.record_identity(placed.contact_id, form.identity)
    if form.note_id:
        changes = session.encounters.amend_encounter(form.note_id, placed, form.reason)
        session.drafts.discard_draft(draft_id)
        return FinishedForm(form.note_id, replace(changes, drafts=True))
    done = session.encounters.finish_encounter(placed, draft_id=draft_id)
    return FinishedForm(done.id, done.changes)


def _contact_id(session: Session, form: EncounterForm, content: Encounter) -> str | None:
    if not form.makes_contact:
        return content.contact_id
    name = form.contact_name.strip()
    known = session.contacts.find_contact_by_name(name)
    if known is not None and known.encounters == 0:  # made a moment ago by a finish that was cut short
        return known.id
    return session.contacts.record_contact(name, provisional=form.contact_way == PROVISIONAL_CONTACT).id
