"""What the laptop holds and why; shedding, expiring, and keeping a note with a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Event

from outreach_app.domain.changes import Changes
from outreach_app.domain.errors import NoteNeedsReasonError
from outreach_app.domain.keeping import (
    CONTACT,
    PREVIEW_DAYS,
    KeepingPolicy,
    expires_soon,
    held_because,
    may_expire,
    may_shed,
    sheds,
    stays_because,
)
from outreach_app.domain.texts import check_text
from outreach_app.records import consents, encounters, keeping, leaving, notices, policy
from outreach_app.records.keeping import NoteRow
from outreach_app.services.leaving import begin_leaving, finish_leaving
from outreach_app.services.parts import Parts
from outreach_app.services.progress import Report, silent

_LEFT = Changes(encounters=True, contacts=True, places=True, follow_ups=True, leaflets=True, backups=True)


@dataclass(frozen=True, slots=True)
class Holding:
    """What the laptop holds: "23 notes, oldest 9 days; 4 held: follow-up open".

    ``held`` are (reason, notes) whom nothing takes away now, most first; reasons are those of ``domain.keeping``.
    ``sheds_soon`` leave by time alone once their receipts are old enough, ``may_shed`` of them could now;
    ``expires_soon`` leave within 14 days unless somebody keeps them, ``may_expire`` of them must now.
    ``unfinished`` says that something left the tables but may still lie in a backup: run ``finish_leaving``.
    ``people_kept`` are (reason, people) who stay whole without a note, since something of them is here only.
    """

    notes: int
    oldest_days: int | None
    held: tuple[tuple[str, int], ...]
    sheds_soon: int
    may_shed: int
    expires_soon: int
    may_expire: int
    unfinished: bool
    people_kept: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A note that stays, why, and the worker's words where somebody keeps it."""

    note_id: str
    shift_date: date
    contact_name: str
    held_because: str
    kept_reason: str


@dataclass(frozen=True, slots=True)
class ExpiryRow:
    """What leaves by retention on ``expires_on``: a note, or a contact without notes (``note_id`` is empty then).

    ``held_because`` says why it stays for now all the same, or nothing.
    """

    note_id: str
    contact_id: str | None
    contact_name: str
    shift_date: date
    kind: str
    expires_on: date
    held_because: str


@dataclass(frozen=True, slots=True)
class Shed:
    """How many notes left, and how many contacts whose last note that was."""

    count: int
    contacts: int
    changes: Changes


class Keeping:
    """The verbs of how long things stay."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def overview(self) -> Holding:
        """Return what the laptop holds, for Today and the page about it."""
        with self._parts.vault.read() as db:
            counted = keeping.count_situations(db, policy.keeping_policy(db), self._parts.clock.now(), self._today())
            oldest, unfinished = encounters.oldest_shift(db), keeping.is_leaving(db)
            bare = [row.kept_because for row in keeping.list_bare_contacts(db)]
        held, people = Counter[str](), Counter[str](filter(None, bare))
        for note, count in counted:
            held[stays_because(note)] += count
        del held[""]
        return Holding(
            notes=sum(count for _, count in counted),
            oldest_days=None if oldest is None else max(0, (self._today() - oldest).days),
            held=_most_first(held),
            sheds_soon=sum(count for note, count in counted if sheds(note)),
            may_shed=sum(count for note, count in counted if may_shed(note)),
            expires_soon=sum(count for note, count in counted if expires_soon(note)),
            may_expire=sum(count for note, count in counted if may_expire(note)),
            unfinished=unfinished,
            people_kept=_most_first(people),
        )

    def list_held(self, limit: int = 500) -> tuple[HeldRow, ...]:
        """Return the notes nothing takes away now, the oldest first, each with the first reason there is."""
        found = ((row, stays_because(row.situation)) for row in self._situations())
        held = [HeldRow(row.id, row.shift_date, row.contact_name, why, row.kept_reason) for row, why in found if why]
        return tuple(held[:limit])

    def preview_expiry(self, days: int = PREVIEW_DAYS) -> tuple[ExpiryRow, ...]:
        """Return what leaves by retention within ``days``, the next first; what is held is listed with its reason."""
        with self._parts.vault.read() as db:
            rules = policy.keeping_policy(db)
            notes = [_expiry_of_note(row, rules) for row in self._situations(near_only=True, days=days)]
            bare = [_expiry_of_contact(row, rules) for row in keeping.list_bare_contacts(db)]
        until = self._today() + timedelta(days=days)
        soon = [row for row in (*notes, *bare) if row is not None and row.expires_on <= until]
        return tuple(sorted(soon, key=lambda row: (row.expires_on, row.shift_date, row.note_id)))

    def keep_with_reason(self, note_id: str, reason: str) -> Changes:
        """Let neither shedding nor expiry take a note; the reason stays in the vault.

        Raises:
            NoteNeedsReasonError: no reason. NotFoundError: no such note. TextTooLongError, TextNotUsableError.
        """
        why = check_text(reason.strip(), "reason")
        if not why:
            raise NoteNeedsReasonError
        with self._parts.vault.transaction() as db:
            note = encounters.find_note(db, note_id)
            keeping.keep_note(db, note.id, why, self._parts.worker.id, self._parts.now_text())
            self._parts.vault.audit("kept", note.id)
        return Changes(encounters=True)

    def let_go(self, note_id: str) -> Changes:
        """Keep a note no longer: the days decide again.

        Raises:
            NotFoundError: no such note.
        """
        with self._parts.vault.transaction() as db:
            note = encounters.find_note(db, note_id)
            keeping.let_go(db, note.id)
            self._parts.vault.audit("changed", note.id, "let_go")
        return Changes(encounters=True)

    def shed(self, report: Report = silent, cancel: Event | None = None) -> Shed:
        """Take away every note that the centre has confirmed whole for long enough; identity and linkage facts follow.

        Raises:
            CancelledError, DiskFullError, DiskFaultError: what left is out of the tables; run ``finish_leaving``.
        """
        with self._parts.vault.transaction() as db:
            gone = [row for row in self._situations() if may_shed(row.situation)]
            touched = self._take_out(gone, "shed")
            leaving.empty_contacts(db, touched, self._today().isoformat())
        finish_leaving(self._parts, report, cancel)
        return Shed(len(gone), 0, _LEFT)

    def expire(self, report: Report = silent, cancel: Event | None = None) -> Shed:
        """Take away every note and bare contact whose retention is over; a contact goes with her last note.

        Raises:
            CancelledError, DiskFullError, DiskFaultError: what left is out of the tables; run ``finish_leaving``.
        """
        with self._parts.vault.transaction() as db:
            gone = [row for row in self._situations() if may_expire(row.situation)]
            touched = self._take_out(gone, "expired")
            leaving.empty_contacts(db, touched, self._today().isoformat())
            over = policy.keeping_policy(db).expired_before(CONTACT, self._today())
            contacts = [
                row.id
                for row in keeping.list_bare_contacts(db)
                if not row.held_because and (row.id in touched or (over is not None and row.since <= over))
            ]
            for contact_id in contacts:
                leaving.delete_contact(db, contact_id)
                self._parts.vault.audit("expired", contact_id, "contact")
            if contacts:
                begin_leaving(self._parts)
        finish_leaving(self._parts, report, cancel)
        return Shed(len(gone), len(contacts), _LEFT)

    def finish_leaving(self, report: Report = silent, cancel: Event | None = None) -> Changes:
        """Finish what an earlier shedding, expiry, blanking or erasure could not: old pages and backups.

        Raises:
            CancelledError, DiskFullError, DiskFaultError: run it again.
        """
        finish_leaving(self._parts, report, cancel)
        return Changes(backups=True)

    def _take_out(self, gone: Collection[NoteRow], action: str) -> frozenset[str]:
        db = self._parts.vault.connection
        for row in gone:
            if action == "shed" and row.contact_id is not None:
                sealed = notices.list_departures(db, (row.id,))
                consents.remember_before_shedding(db, row.contact_id, sealed, self._parts.ids.new_id)
            leaving.delete_note(db, encounters.find_note(db, row.id))
            self._parts.vault.audit(action, row.id)
        if gone:
            begin_leaving(self._parts)
        return frozenset(row.contact_id for row in gone if row.contact_id is not None)

    def _situations(self, *, near_only: bool = False, days: int = PREVIEW_DAYS) -> Iterable[NoteRow]:
        with self._parts.vault.read() as db:
            rules = policy.keeping_policy(db)
            return tuple(
                keeping.list_situations(
                    db, rules, self._parts.clock.now(), self._today(), near_only=near_only, days=days
                )
            )

    def _today(self) -> date:
        return self._parts.clock.local_now().date()


def _most_first(reasons: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0])))


def _expiry_of_note(row: NoteRow, rules: KeepingPolicy) -> ExpiryRow | None:
    kind = row.situation.level.value
    day = rules.expires_on(kind, row.shift_date)
    if day is None:
        return None
    held = held_because(row.situation)
    return ExpiryRow(row.id, row.contact_id, row.contact_name, row.shift_date, kind, day, held)


def _expiry_of_contact(row: keeping.ContactRow, rules: KeepingPolicy) -> ExpiryRow | None:
    day = rules.expires_on(CONTACT, row.since)
    return None if day is None else ExpiryRow("", row.id, row.short_name, row.since, CONTACT, day, row.held_because)
