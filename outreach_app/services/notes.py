"""What a note is made of in the vault: its health block sealed, its words for the search index, and read back whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from outreach_app import typed_json
from outreach_app.domain.contact import Contact
from outreach_app.domain.encounter import Encounter, HealthBlock
from outreach_app.domain.indicator import PRESENT
from outreach_app.domain.place import Place
from outreach_app.i18n import INTERFACE_LANGUAGES
from outreach_app.records import contacts, places
from outreach_app.records.encounters import StoredVersion, next_version
from outreach_app.records.health_blocks import version_context
from outreach_app.records.reviews import Verdict
from outreach_app.records.rows import from_text, to_text
from outreach_app.services.assessing import FrozenAssessment, freeze_assessment
from outreach_app.services.parts import Parts
from outreach_app.vault.errors import HealthBlockError, HealthKeyMissingError
from outreach_app.wire.traits import load_traits


@dataclass(frozen=True, slots=True)
class NoteVersion:
    """One version as a worker may read it; ``health_hidden`` says a block exists that this worker cannot open.

    ``place_code`` and ``contact_name`` are of the place and contact this version names: an amendment may name others.
    """

    version: int
    content: Encounter
    assessment: FrozenAssessment
    health_hidden: bool
    reason: str
    worker_name: str
    recorded_at: datetime
    place_code: str
    contact_name: str


@dataclass(frozen=True, slots=True)
class SendingStep:
    """Where a note stands: ``state`` is finished, amended, sealed, sent, stored, ingested, rejected or reseal.

    ``ingested`` is said only where the desk's receipt covers this very note; one it put aside is ``rejected``.
    ``version`` says which version the step is about, ``batch`` the sequence number (0 before a batch).
    """

    state: str
    at: datetime
    batch: int
    version: int


@dataclass(frozen=True, slots=True)
class Note:
    """A whole note: every version, first to last, with contact, place, the steps of its sending and all reviews."""

    id: str
    state: str
    versions: tuple[NoteVersion, ...]
    contact: Contact | None
    place: Place | None
    sending: tuple[SendingStep, ...]
    verdicts: tuple[Verdict, ...] = ()

    @property
    def current(self) -> NoteVersion:
        """The version that counts."""
        return self.versions[-1]


def stored_version(
    parts: Parts, note_id: str, content: Encounter, *, reason: str = "", before: StoredVersion | None = None
) -> StoredVersion:
    """Return the version that follows ``before`` as the vault keeps it.

    A health block that this worker cannot open cannot be changed by her either: it goes along as it is.

    Raises:
        HealthKeyMissingError: a health block was filled in by someone who is not a health worker.
    """
    return StoredVersion(
        version=1 if before is None else next_version(parts.vault.connection, before.version),
        content=replace(content, health=None),
        health=_sealed_health(parts, note_id, content.health, before),
        assessment=to_text(freeze_assessment(content, parts.catalogues, parts.code_lists.version)),
        reason=reason,
        worker_id=parts.worker.id,
        recorded_at=parts.clock.now(),
    )


def readable_version(parts: Parts, note_id: str, stored: StoredVersion, worker_name: str) -> NoteVersion:
    """Return a kept version as this worker may read it."""
    health = _opened_health(parts, note_id, stored)
    content, hidden = replace(stored.content, health=health), stored.health is not None and health is None
    db = parts.vault.connection
    place = None if content.place_id is None else places.find_place(db, content.place_id)
    contact = None if content.contact_id is None else contacts.find_contact(db, content.contact_id)
    return NoteVersion(
        stored.version, content, from_text(stored.assessment, FrozenAssessment), hidden, stored.reason, worker_name,
        stored.recorded_at, "" if place is None else place.code, "" if contact is None else contact.short_name,
    )  # fmt: skip


def with_contact(version: NoteVersion, contact: Contact | None) -> NoteVersion:
    """Return a note's last version with the contact its row stands with: merging and splitting change no content."""
    named = replace(version.content, contact_id=None if contact is None else contact.id)
    return replace(version, content=named, contact_name="" if contact is None else contact.short_name)


def searchable_text(parts: Parts, content: Encounter, contact: Contact | None, place: Place | None) -> str:
    """Return everything of a note that search should find: words, names, codes and labels in both languages.

    The health block is left out: it is not for everyone who may search.
    """
    signs = {name: sign for each in parts.catalogues.values() for name, sign in each.by_id().items()}
    present = [signs[name] for name, answer in content.answers.items() if answer in PRESENT and name in signs]
    words = [content.note, content.nationality, *content.languages, *content.sign_words.values()]
    if contact is not None:
        words.extend(contacts.list_names(parts.vault.connection, contact.id))
    if place is not None:
        words.append(place.code)
    if content.follow_up is not None:
        words.append(content.follow_up.what)
    if content.hand_over is not None:
        words.extend((content.hand_over.to_whom, content.hand_over.said, content.hand_over.without_consent_because))
    for tongue in INTERFACE_LANGUAGES:
        words.append(parts.code_lists.label("settings", content.setting, tongue))
        words.extend(sign.label(tongue) for sign in present)
        words.extend(load_traits().label(code, tongue) for code in content.traits)
        words.append(parts.code_lists.label("online_channels", content.channel, tongue))
    return "\n".join(words)


def _sealed_health(
    parts: Parts, note_id: str, health: HealthBlock | None, before: StoredVersion | None
) -> bytes | None:
    cipher = parts.vault.health
    if health is None:
        unseen = before is not None and _opened_health(parts, note_id, before) is None
        return before.health if before is not None and unseen else None
    if cipher is None:
        raise HealthKeyMissingError
    return cipher.seal(msgspec.json.encode(health), version_context(note_id))


def _opened_health(parts: Parts, note_id: str, stored: StoredVersion) -> HealthBlock | None:
    """Return the health block, None where there is none, or none this worker can open.

    A health worker cannot open those of before the team gave its health part up with the last who knew it.
    """
    if stored.health is None or parts.vault.health is None:
        return None
    try:
        plain = parts.vault.health.open(stored.health, version_context(note_id))
    except HealthBlockError:
        return None
    return typed_json.decode(plain, HealthBlock)
