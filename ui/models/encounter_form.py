"""What the encounter page holds while it is being written: pure values, no Qt; turned into a note or a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, get_type_hints

import msgspec

from outreach_app import typed_json
from outreach_app.domain.consent import ConsentLevel, offered_levels
from outreach_app.domain.contact import Identity
from outreach_app.domain.encounter import Encounter
from outreach_app.domain.place import Place

NO_CONTACT = "none"
NEW_CONTACT = "new"
PROVISIONAL_CONTACT = "provisional"
KNOWN_CONTACT = "known"
DEFAULT_SETTING = "street"
HEALTH = "health"
ONLINE = "online"


@dataclass(frozen=True, slots=True)
class EncounterForm:
    """One page's worth of writing.

    ``contact_name`` is the short name typed for a new or provisional contact, or shown for a known one; ``note_id`` and
    ``reason`` are set when a finished note is amended, ``from_version`` is the version begun from; ``identity`` is
    only there when the worker opened that section.
    """

    content: Encounter
    contact_way: str = NO_CONTACT
    contact_name: str = ""
    identity: Identity | None = None
    note_id: str = ""
    reason: str = ""
    from_version: int = 0

    @property
    def makes_contact(self) -> bool:
        """Whether finishing records a contact first; never when she said that nothing may be written."""
        named = self.contact_way in {NEW_CONTACT, PROVISIONAL_CONTACT} and bool(self.contact_name.strip())
        return named and self.content.consent is not ConsentLevel.WRITE_NOTHING


def empty_form(met_at: datetime, setting: str = DEFAULT_SETTING, region: str = "unknown") -> EncounterForm:
    """Return a form with nothing but the hour and the setting (``met_at`` is aware, local)."""
    return EncounterForm(Encounter(met_at=met_at.replace(second=0, microsecond=0), setting=setting, region=region))


def form_of_note(content: Encounter, note_id: str, contact: tuple[str, str] | None, version: int) -> EncounterForm:
    """Return the form that amends a finished note from ``version``.

    ``contact`` is the id and short name the note stands under now: contacts may have been put together since.
    """
    contact_id, name = contact or (None, "")
    way = KNOWN_CONTACT if contact_id else NO_CONTACT
    placed = replace(content, contact_id=contact_id)
    return EncounterForm(placed, contact_way=way, contact_name=name, note_id=note_id, from_version=version)


def settled(form: EncounterForm) -> EncounterForm:
    """Return ``form`` with its rules applied: consent no higher than offered, a recipient only for a referral.

    A channel belongs to an online contact, words to a sign that is noted.
    """
    content = form.content
    consent = content.consent
    if consent not in offered_levels(free_to_speak=content.free_to_speak):
        consent = ConsentLevel.CODED
    recipient = content.recipient if consent is ConsentLevel.REFERRAL else ""
    channel = content.channel if content.setting == ONLINE else ""
    sign_words = {sign: said for sign, said in content.sign_words.items() if sign in content.answers}
    changed = replace(content, consent=consent, recipient=recipient, channel=channel, sign_words=sign_words)
    return form if changed == content else replace(form, content=changed)


def with_content(form: EncounterForm, **changes: Any) -> EncounterForm:
    """Return ``form`` with some fields of its encounter changed and the rules applied."""
    return settled(replace(form, content=replace(form.content, **changes)))


def at_place(form: EncounterForm, place: Place) -> EncounterForm:
    """Return ``form`` at a place of the register, with its setting and region."""
    return with_content(form, place_id=place.id, setting=place.setting, region=place.region)


def in_setting(form: EncounterForm, setting: str) -> EncounterForm:
    """Return ``form`` in a setting without a place."""
    return with_content(form, place_id=None, setting=setting)


def about_contact(form: EncounterForm, contact_id: str, short_name: str) -> EncounterForm:
    """Return ``form`` about a known contact; unchanged without one."""
    if not contact_id:
        return form
    return with_content(replace(form, contact_way=KNOWN_CONTACT, contact_name=short_name), contact_id=contact_id)


def is_untouched(form: EncounterForm, start: EncounterForm) -> bool:
    """Tell whether nothing worth keeping was written: place, setting and hour alone are not."""
    then, now = start.content, form.content
    same = replace(now, met_at=then.met_at, setting=then.setting, region=then.region, place_id=then.place_id)
    return replace(form, content=same) == start


def note_content(form: EncounterForm, known_ids: frozenset[str], other_words: Mapping[str, str]) -> Encounter:
    """Return the encounter to finish.

    Answers to signs that are not in the chosen list are not lost: their words (``other_words``: id -> sentence) are
    written under the note. ``known_ids`` are the ids of the chosen list.
    """
    content = settled(form).content
    kept = {sign: answer for sign, answer in content.answers.items() if sign in known_ids}
    said = {sign: words for sign, words in content.sign_words.items() if sign in known_ids}
    lines = [other_words[sign] for sign in content.answers if sign not in known_ids and sign in other_words]
    note = "\n".join([content.note.rstrip(), *lines]).strip() if lines else content.note
    contact = content.contact_id if form.contact_way == KNOWN_CONTACT else None
    return replace(content, answers=kept, sign_words=said, note=note, contact_id=contact)


def draft_fields(form: EncounterForm) -> dict[str, Any]:
    """Return the form as JSON values for the draft row; health stands apart because the vault seals it apart."""
    plain: dict[str, Any] = msgspec.to_builtins(form)
    plain[HEALTH] = plain["content"].pop(HEALTH)
    return plain


def form_of_draft(draft: Mapping[str, Any], start: EncounterForm) -> EncounterForm:
    """Return the form a draft holds; a field that can no longer be read keeps its value of ``start``."""
    plain = draft.get("content")
    fields_read = {**plain, HEALTH: draft.get(HEALTH)} if isinstance(plain, Mapping) else {}
    content = _read(Encounter, fields_read, start.content)
    rest = {key: value for key, value in draft.items() if key != "content"}
    return settled(replace(_read(EncounterForm, rest, start), content=content))


def _read(kind: Any, plain: Any, start: Any) -> Any:
    """Return ``start`` with every field of ``plain`` that fits; one unreadable field must not cost the others."""
    if not isinstance(plain, Mapping):
        return start
    hints = get_type_hints(kind)
    found: dict[str, Any] = {}
    for each in fields(kind):
        if each.name in plain:
            try:
                found[each.name] = typed_json.convert(plain[each.name], hints[each.name], strict=False)
            except (msgspec.ValidationError, TypeError):
                continue
    return replace(start, **found)
