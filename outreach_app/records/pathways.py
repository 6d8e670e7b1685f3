"""What is known of a contact's pathway, the dates in her letters, and the dates that are near."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from outreach_app.domain.pathway_case import DateName, PathwayFacts, WatchedDate
from outreach_app.records.rows import Connection, date_or_none, from_text, instant, to_text

State = Literal["open", "closed"]
NOTES_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class StoredPathway:
    """The facts of a contact, and who kept them when."""

    facts: PathwayFacts
    state: State
    worker_id: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class LetterDate:
    """A date from a letter of hers; ``words`` say which letter."""

    on_date: date
    words: str
    worker_id: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class DateRow:
    """A date that somebody has to keep in mind."""

    contact_id: str
    contact_name: str
    which: WatchedDate
    on_date: date
    from_letter: bool
    done: bool
    snoozed_until: date | None
    snooze_reason: str


_DATES = (
    "SELECT d.contact_id, c.short_name, d.which, d.on_date, d.from_letter, d.done_at IS NOT NULL, d.snoozed_until,"
    " d.snooze_reason FROM dates_near d JOIN contacts c ON c.id = d.contact_id"
)
# a date to ask by lies one day before what is warned of
_NEAR = "d.done_at IS NULL AND d.on_date <= CASE d.which WHEN 'ask_extension_by' THEN :day_before ELSE :until END"
_AWAKE = "(d.snoozed_until IS NULL OR d.snoozed_until <= :today)"


def keep_facts(db: Connection, contact_id: str, facts: PathwayFacts, worker_id: str, changed_at: str) -> None:
    """Keep the facts in place of those before; whether the pathway is open stays as it is, a new one is."""
    db.execute(
        "INSERT INTO pathways(contact_id, facts, state, worker_id, changed_at) VALUES (?, ?, 'open', ?, ?)"
        " ON CONFLICT (contact_id) DO UPDATE SET facts = excluded.facts, worker_id = excluded.worker_id,"
        " changed_at = excluded.changed_at",
        (contact_id, to_text(facts), worker_id, changed_at),
    )


def set_state(db: Connection, contact_id: str, state: State, worker_id: str, changed_at: str) -> None:
    """Close a pathway or open it again."""
    db.execute(
        "UPDATE pathways SET state = ?, worker_id = ?, changed_at = ? WHERE contact_id = ?",
        (state, worker_id, changed_at, contact_id),
    )


def find_stored(db: Connection, contact_id: str) -> StoredPathway | None:
    """Return what is kept of a contact's pathway."""
    row = db.execute(
        "SELECT facts, state, worker_id, changed_at FROM pathways WHERE contact_id = ?", (contact_id,)
    ).fetchone()
    return None if row is None else StoredPathway(from_text(row[0], PathwayFacts), row[1], row[2], instant(row[3]))


def list_noted(db: Connection, contact_id: str) -> list[tuple[str, int | None, str]]:
    """Return stay, age and age band of the newest notes about a contact, the newest first."""
    rows = db.execute(
        "SELECT json_extract(v.content, '$.stay'), json_extract(v.content, '$.age'),"
        " json_extract(v.content, '$.age_band') FROM encounters e"
        " JOIN encounter_versions v ON v.encounter_id = e.id AND v.version = e.version"
        " WHERE e.contact_id = ? AND NOT e.taken_back ORDER BY e.shift_date DESC, e.seq DESC LIMIT ?",
        (contact_id, NOTES_LOOKED_AT),
    )
    return [(row[0], row[1], row[2]) for row in rows]


def keep_letter_date(
    db: Connection, contact_id: str, which: DateName, on_date: date, words: str, worker_id: str, recorded_at: str
) -> None:  # fmt: skip
    """Keep a date from a letter in place of the one before."""
    db.execute(
        "INSERT INTO letter_dates(contact_id, which, on_date, words, worker_id, recorded_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (contact_id, which) DO UPDATE SET on_date = excluded.on_date, words = excluded.words,"
        " worker_id = excluded.worker_id, recorded_at = excluded.recorded_at",
        (contact_id, which, on_date.isoformat(), words, worker_id, recorded_at),
    )


def drop_letter_date(db: Connection, contact_id: str, which: DateName) -> None:
    """Forget a date from a letter: ours counts again."""
    db.execute("DELETE FROM letter_dates WHERE contact_id = ? AND which = ?", (contact_id, which))


def find_letter_dates(db: Connection, contact_id: str) -> dict[DateName, LetterDate]:
    """Return the dates from her letters."""
    rows = db.execute(
        "SELECT which, on_date, words, worker_id, recorded_at FROM letter_dates WHERE contact_id = ?", (contact_id,)
    )
    return {row[0]: LetterDate(date.fromisoformat(row[1]), row[2], row[3], instant(row[4])) for row in rows}


def renew_dates(db: Connection, contact_id: str, dates: Mapping[WatchedDate, tuple[date, bool]]) -> None:
    """Put the dates that matter next in place of those before; one that stayed the same keeps what was done about it.

    Args:
        db: the vault.
        contact_id: whose they are.
        dates: by name the day, and whether a letter says so.
    """
    db.execute(
        "DELETE FROM dates_near WHERE contact_id = ? AND which NOT IN (SELECT value FROM json_each(?))",
        (contact_id, to_text(list(dates))),
    )
    for which, (day, from_letter) in dates.items():
        db.execute(
            "INSERT INTO dates_near(contact_id, which, on_date, from_letter) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (contact_id, which) DO UPDATE SET on_date = excluded.on_date,"
            " from_letter = excluded.from_letter,"
            " done_at = CASE on_date WHEN excluded.on_date THEN done_at END,"
            " snoozed_until = CASE on_date WHEN excluded.on_date THEN snoozed_until END,"
            " snooze_reason = CASE on_date WHEN excluded.on_date THEN snooze_reason ELSE '' END",
            (contact_id, which, day.isoformat(), int(from_letter)),
        )


def list_dates_of(db: Connection, contact_id: str) -> tuple[DateRow, ...]:
    """Return all dates of a contact that matter next, also those that are done, the nearest first."""
    rows = db.execute(f"{_DATES} WHERE d.contact_id = ? ORDER BY d.on_date, d.which", (contact_id,))
    return tuple(_date_row(row) for row in rows)


def list_dates_near(db: Connection, today: date, days: int, limit: int) -> tuple[DateRow, ...]:
    """Return the dates at most ``days`` away and those that are over, not done and not put off, the nearest first."""
    rows = db.execute(
        f"{_DATES} WHERE {_NEAR} AND {_AWAKE} ORDER BY d.on_date, d.which LIMIT :limit",
        {**_window(today, days), "limit": limit},
    )
    return tuple(_date_row(row) for row in rows)


def list_dates_put_off(db: Connection, today: date, days: int, limit: int) -> tuple[DateRow, ...]:
    """Return the dates that would be told of now, had nobody put them off."""
    rows = db.execute(
        f"{_DATES} WHERE {_NEAR} AND NOT {_AWAKE} ORDER BY d.on_date, d.which LIMIT :limit",
        {**_window(today, days), "limit": limit},
    )
    return tuple(_date_row(row) for row in rows)


def count_dates_near(db: Connection, today: date, days: int) -> int:
    """Return how many dates ``list_dates_near`` knows."""
    row = db.execute(f"SELECT count(*) FROM dates_near d WHERE {_NEAR} AND {_AWAKE}", _window(today, days))
    return int(row.fetchone()[0])


def has_date(db: Connection, contact_id: str, which: WatchedDate) -> bool:
    """Tell whether a contact has this date."""
    return db.execute(
        "SELECT 1 FROM dates_near WHERE contact_id = ? AND which = ?", (contact_id, which)
    ).fetchone() is not None  # fmt: skip


def set_done(db: Connection, contact_id: str, which: WatchedDate, done_at: str | None) -> None:
    """Say that somebody dealt with a date, or that it is open again."""
    db.execute("UPDATE dates_near SET done_at = ? WHERE contact_id = ? AND which = ?", (done_at, contact_id, which))


def set_snoozed(db: Connection, contact_id: str, which: WatchedDate, until: date | None, reason: str) -> None:
    """Put a date off until a day, with a reason; without a day no longer."""
    db.execute(
        "UPDATE dates_near SET snoozed_until = ?, snooze_reason = ? WHERE contact_id = ? AND which = ?",
        (None if until is None else until.isoformat(), reason, contact_id, which),
    )


def _window(today: date, days: int) -> dict[str, str | int]:
    until = today + timedelta(days=days)
    return {
        "today": today.isoformat(), "until": until.isoformat(), "day_before": (until - timedelta(days=1)).isoformat(),
    }  # fmt: skip


def _date_row(row: Any) -> DateRow:
    return DateRow(
        row[0], row[1], row[2], date.fromisoformat(row[3]), bool(row[4]), bool(row[5]), date_or_none(row[6]), row[7]
    )
