"""What people agreed to, for whom, and what had left before they took it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from outreach_app.domain.consent import Consent, ConsentLevel, went_to
from outreach_app.domain.encounter import NOT_FREE
from outreach_app.domain.erasing import Departure
from outreach_app.records.rows import (
    Connection,
    date_or_none,
    from_text,
    instant,
    instant_or_none,
    instant_text,
    to_text,
)

_COLUMNS = (
    "id, contact_id, recipient, partner, points, points_version, language, manner, speaking, given_on, encounter_id,"
    " worker_id, recorded_at, withdrawn_on, withdrawn_words"
)


def add_consent(db: Connection, consent: Consent) -> None:
    """Keep what she agreed to."""
    db.execute(
        "INSERT INTO consents(id, contact_id, recipient, partner, points, points_version, language, manner, speaking,"
        " given_on, encounter_id, worker_id, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            consent.id, consent.contact_id, consent.recipient, consent.partner, to_text(consent.points),
            consent.points_version, consent.language, consent.manner, consent.speaking, consent.given_on.isoformat(),
            consent.encounter_id, consent.worker_id, instant_text(consent.recorded_at),
        ),
    )  # fmt: skip


def list_consents(db: Connection, contact_id: str) -> tuple[Consent, ...]:
    """Return what she agreed to, the latest first."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM consents WHERE contact_id = ? ORDER BY seq DESC", (contact_id,))
    return tuple(map(_consent, rows))


def withdraw_consent(db: Connection, consent_id: str, on: date, words: str, worker_id: str) -> None:
    """Keep that she took it back."""
    db.execute(
        "UPDATE consents SET withdrawn_on = ?, withdrawn_words = ?, withdrawn_by = ? WHERE id = ?",
        (on.isoformat(), words, worker_id, consent_id),
    )


def follow_note(db: Connection, note_id: str, speaking: str) -> None:
    """Let consents said in a note follow what it says of speaking freely: in doubt once she could not, and back."""
    db.execute(
        "UPDATE consents SET speaking = ?1 WHERE encounter_id = ?2 AND withdrawn_on IS NULL"
        " AND (?1 IN (SELECT value FROM json_each(?3)) OR speaking IN (SELECT value FROM json_each(?3)))",
        (speaking, note_id, to_text(sorted(NOT_FREE))),
    )


def add_departures(db: Connection, consent_id: str, sealed: Iterable[Departure]) -> None:
    """Keep in which batches notes for the recipient lay; which of these had left is asked when it is told."""
    db.executemany(
        "INSERT INTO consent_departures(consent_id, record_id, version, epoch, seq, kind) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        [(consent_id, one.record_id, one.version, one.epoch, one.batch, one.kind) for one in sealed],
    )


def remember_before_shedding(
    db: Connection, contact_id: str, sealed: Iterable[Departure], new_id: Callable[[], str]
) -> None:
    """Keep where a note of hers went, since the note itself leaves: she may still take her consent back.

    What she agreed to in the talk of the note only gets a row of its own.
    """
    gone = tuple(sealed)
    hers = [one for one in list_consents(db, contact_id) if one.withdrawn_on is None]
    known = {one.recipient for one in hers}
    for recipient in sorted({one.recipient for one in gone if one.kind == "referral"} - known):
        db.execute(
            "INSERT INTO consents(id, contact_id, recipient, points, points_version, language, manner, speaking,"
            " given_on, worker_id, recorded_at) SELECT ?, ?, ?, '[]', 0, '', '', 'not_noted', e.shift_date,"
            " v.worker_id, v.recorded_at FROM encounters e JOIN encounter_versions v ON v.encounter_id = e.id"
            " AND v.version = 1 WHERE e.id = ?",
            (new_id(), contact_id, recipient, gone[0].record_id),
        )
    for one in (each for each in list_consents(db, contact_id) if each.withdrawn_on is None):
        add_departures(db, one.id, [each for each in gone if went_to(each, one.recipient)])


def list_departures(db: Connection, consent_id: str) -> tuple[Departure, ...]:
    """Return what had left before she took this consent back, the oldest batch first."""
    rows = db.execute(
        "SELECT d.record_id, d.version, d.epoch, d.seq, b.sent_at, d.kind, c.recipient FROM consent_departures d"
        " JOIN consents c ON c.id = d.consent_id JOIN batches b ON b.epoch = d.epoch AND b.seq = d.seq"
        " WHERE d.consent_id = ? AND b.sent_at IS NOT NULL ORDER BY d.epoch, d.seq, d.record_id, d.version",
        (consent_id,),
    )
    return tuple(_departure(row) for row in rows)


def list_notes_for(db: Connection, contact_id: str, recipient: str) -> tuple[str, ...]:
    """Return her notes whose last version lets something leave for this recipient, the oldest first.

    CMM's centre gets the words of every note that has any, whomever it is referred to.
    """
    levels = (ConsentLevel.FOLLOW_UP, ConsentLevel.REFERRAL) if recipient == "cmm" else (ConsentLevel.REFERRAL,)
    rows = db.execute(
        "SELECT e.id FROM encounters e JOIN encounter_versions v ON v.encounter_id = e.id AND v.version = e.version"
        " WHERE e.contact_id = ?1 AND NOT e.taken_back AND e.consent IN (SELECT value FROM json_each(?2))"
        " AND (?3 = 'cmm' OR json_extract(v.content, '$.recipient') = ?3) ORDER BY e.seq",
        (contact_id, to_text([level.value for level in levels]), recipient),
    )
    return tuple(row[0] for row in rows)


def list_referred_to(db: Connection, contact_id: str) -> tuple[tuple[str, date], ...]:
    """Return (recipient, day) of her notes at level ``referral``: whom she agreed to in the talk, latest first."""
    rows = db.execute(
        "SELECT json_extract(v.content, '$.recipient'), e.shift_date FROM encounters e"
        " JOIN encounter_versions v ON v.encounter_id = e.id AND v.version = e.version"
        " WHERE e.contact_id = ? AND NOT e.taken_back AND e.consent = 'referral' ORDER BY e.seq DESC",
        (contact_id,),
    )
    return tuple((row[0], date.fromisoformat(row[1])) for row in rows)


def _departure(row: Any) -> Departure:
    record_id, version, epoch, seq, left_at, kind, recipient = row
    whom = recipient if kind == "referral" else ""
    return Departure(record_id, version, epoch, seq, instant_or_none(left_at), kind, whom)


def _consent(row: Any) -> Consent:
    (
        consent_id, contact_id, recipient, partner, points, version, language, manner, speaking, given_on, note_id,
        worker_id, recorded_at, withdrawn_on, withdrawn_words,
    ) = row  # fmt: skip
    return Consent(
        consent_id, contact_id, recipient, partner, from_text(points, tuple[str, ...]), version, language, manner,
        speaking, date.fromisoformat(given_on), note_id, worker_id, instant(recorded_at), date_or_none(withdrawn_on),
        withdrawn_words, speaking in NOT_FREE,
    )  # fmt: skip
