"""Notes of encounters: one row each with its last version's facts, and every version's content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.encounter import Encounter
from outreach_app.domain.indicator import PRESENT
from outreach_app.records.errors import NotFoundError
from outreach_app.records.rows import Connection, from_text, instant, to_text
from outreach_app.records.words import index_text
from outreach_app.vault.meta import read_step

FIRST_WORDS = 160  # letters of a note that lists show
VERSIONS_A_LIFE = 100  # more than anybody gives a note between a backup and its being put back
_NO_FILTER = "1 = 1"
STATE = (  # a note whose last version came of blanking words is blanked; one whose finishing was undone is taken back
    "CASE WHEN e.taken_back THEN 'taken_back' WHEN EXISTS"
    " (SELECT 1 FROM encounter_versions v INDEXED BY encounter_versions_blanked"
    " WHERE v.encounter_id = e.id AND v.version = e.version AND v.blanked) THEN 'blanked' ELSE e.state END"
)


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """One version as kept; ``health`` is still sealed, ``assessment`` is JSON, ``blanked`` says it came of blanking."""

    version: int
    content: Encounter
    health: bytes | None
    assessment: str
    reason: str
    worker_id: str
    recorded_at: datetime
    blanked: bool = False


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A note's row: where it stands."""

    seq: int
    id: str
    subject_id: str
    contact_id: str | None
    place_id: str | None
    state: str
    version: int


@dataclass(frozen=True, slots=True)
class EncounterRow:
    """A line of a list."""

    id: str
    shift_date: date
    setting: str
    region: str
    place_code: str
    contact_id: str | None
    contact_name: str
    state: str
    consent: ConsentLevel
    outcome: str
    version: int
    first_words: str


def add_note(db: Connection, note_id: str, subject_id: str, content: Encounter, outcome: str) -> int:
    """Keep a new finished note's row; returns its sequence number."""
    db.execute(
        "INSERT INTO encounters(id, subject_id, contact_id, place_id, setting, region, shift_date, consent,"
        " first_words, outcome, state, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'finished', 1)",
        (note_id, subject_id, *_facts(content), outcome),
    )
    return int(db.execute("SELECT seq FROM encounters WHERE id = ?", (note_id,)).fetchone()[0])


def supersede_note(db: Connection, note: StoredNote, subject_id: str, content: Encounter, outcome: str) -> None:
    """Let the row point at the next version; the versions before stay."""
    db.execute(
        "UPDATE encounters SET subject_id = ?, contact_id = ?, place_id = ?, setting = ?, region = ?, shift_date = ?,"
        " consent = ?, first_words = ?, outcome = ?, state = 'amended', taken_back = 0, version = ? WHERE id = ?",
        (subject_id, *_facts(content), outcome, next_version(db, note.version), note.id),
    )


def take_back_note(db: Connection, note: StoredNote) -> None:
    """Let the row say that finishing was undone: the note is not sent until a further version supersedes."""
    db.execute(
        "UPDATE encounters SET state = 'amended', taken_back = 1, version = ? WHERE id = ?",
        (next_version(db, note.version), note.id),
    )


def next_version(db: Connection, version: int) -> int:
    """Return the version that follows; in a vault put back from a backup one that no life before can have used.

    So what the centre holds of those lives is lower: what is written now counts, and a floor takes all before it.
    """
    return max(version, (read_step(db).epoch - 1) * VERSIONS_A_LIFE) + 1


def add_version(db: Connection, note_id: str, stored: StoredVersion, recorded_at: str) -> None:
    """Keep one version's content; what is found by is that of the last version."""
    db.execute(
        "INSERT INTO encounter_versions(encounter_id, version, content, health, assessment, reason, worker_id,"
        " recorded_at, blanked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            note_id, stored.version, to_text(stored.content), stored.health, stored.assessment, stored.reason,
            stored.worker_id, recorded_at, int(stored.blanked),
        ),
    )  # fmt: skip
    db.execute("UPDATE encounters SET health_part = ? WHERE id = ?", (int(stored.health is not None), note_id))
    _keep_marks(db, note_id, stored.content)


def _keep_marks(db: Connection, note_id: str, content: Encounter) -> None:
    """Keep the signs present and the languages spoken, in place of those of the version before."""
    (seq,) = db.execute("SELECT seq FROM encounters WHERE id = ?", (note_id,)).fetchone()
    db.execute("DELETE FROM note_signs WHERE seq = ?", (seq,))
    db.execute("DELETE FROM note_languages WHERE seq = ?", (seq,))
    signs = [(seq, sign) for sign, answer in content.answers.items() if answer in PRESENT]
    db.executemany("INSERT INTO note_signs(seq, code) VALUES (?, ?)", signs)
    spoken = [(seq, language) for language in dict.fromkeys(content.languages)]
    db.executemany("INSERT INTO note_languages(seq, language) VALUES (?, ?)", spoken)


def find_note(db: Connection, note_id: str) -> StoredNote:
    """Return a note's row.

    Raises:
        NotFoundError: no such note.
    """
    row = db.execute(
        f"SELECT seq, id, subject_id, contact_id, place_id, {STATE}, version FROM encounters e WHERE id = ?",
        (note_id,),
    ).fetchone()
    if row is None:
        raise NotFoundError
    return StoredNote(*row)


def list_versions(db: Connection, note_id: str) -> tuple[StoredVersion, ...]:
    """Return every version of a note, first to last."""
    rows = db.execute(
        "SELECT version, content, health, assessment, reason, worker_id, recorded_at, blanked FROM encounter_versions"
        " WHERE encounter_id = ? ORDER BY version",
        (note_id,),
    )
    return tuple(_version(row) for row in rows)


def last_version(db: Connection, note_id: str) -> StoredVersion:
    """Return the version of a note that counts.

    Raises:
        NotFoundError: no such note.
    """
    row = db.execute(
        "SELECT v.version, v.content, v.health, v.assessment, v.reason, v.worker_id, v.recorded_at, v.blanked"
        " FROM encounter_versions v JOIN encounters e ON e.id = v.encounter_id AND e.version = v.version"
        " WHERE e.id = ?",
        (note_id,),
    ).fetchone()
    if row is None:
        raise NotFoundError
    return _version(row)


def list_rows(
    db: Connection, *, contact_id: str | None = None, place_id: str | None = None, limit: int = 200, offset: int = 0
) -> tuple[EncounterRow, ...]:
    """Return notes of one contact or place, or all, newest first by number: a clock may be wrong, a number is not."""
    where, parameters = _NO_FILTER, list[object]()
    if contact_id is not None:
        where, parameters = "e.contact_id = ?", [contact_id]
    elif place_id is not None:
        where, parameters = "e.place_id = ?", [place_id]
    rows = db.execute(_ROWS.format(where=where) + " LIMIT ? OFFSET ?", (*parameters, limit, offset))
    return tuple(_row(row) for row in rows)


def search_rows(db: Connection, match: str, limit: int) -> tuple[EncounterRow, ...]:
    """Return the notes whose words match the FTS5 expression, newest first."""
    found = "SELECT rowid FROM note_words WHERE note_words MATCH ? ORDER BY rowid DESC LIMIT ?"
    return list_found(db, found, (match, limit))


def list_found(
    db: Connection, found: str, parameters: Mapping[str, object] | Sequence[object]
) -> tuple[EncounterRow, ...]:
    """Return the notes whose sequence numbers the SELECT ``found`` names, newest first."""
    rows = db.execute(_ROWS.format(where=f"e.seq IN ({found})"), parameters)
    return tuple(_row(row) for row in rows)


def index_note(db: Connection, seq: int, text: str) -> None:
    """Put a note's words into the search index, in place of what was there."""
    db.execute("DELETE FROM note_words WHERE rowid = ?", (seq,))
    db.execute("INSERT INTO note_words(rowid, words) VALUES (?, ?)", (seq, index_text(text)))


def forget_deleted_words(db: Connection) -> None:
    """Write the search index anew without the words of notes that were taken out.

    Deleting alone marks them: the index keeps no note it could compare with, so its ``secure-delete`` reaches nothing.
    """
    db.execute("INSERT INTO note_words(note_words) VALUES ('optimize')")


def count_notes(db: Connection) -> int:
    """Return how many notes the vault holds."""
    return int(db.execute("SELECT count(*) FROM encounters").fetchone()[0])


def oldest_shift(db: Connection) -> date | None:
    """Return the shift date of the oldest note."""
    text = db.execute("SELECT min(shift_date) FROM encounters").fetchone()[0]
    return None if text is None else date.fromisoformat(text)


_ROWS = f"""
SELECT e.id, e.shift_date, e.setting, e.region, coalesce(p.code, ''), e.contact_id, coalesce(c.short_name, ''),
       {STATE}, e.consent, e.outcome, e.version, e.first_words
FROM encounters e
LEFT JOIN places p ON p.id = e.place_id
LEFT JOIN contacts c ON c.id = e.contact_id
WHERE {{where}} ORDER BY e.seq DESC
"""


def _facts(content: Encounter) -> tuple[object, ...]:
    return (
        content.contact_id, content.place_id, content.setting, content.region, content.shift_date.isoformat(),
        content.consent.value, content.note[:FIRST_WORDS],
    )  # fmt: skip


def _version(row: Any) -> StoredVersion:
    number, content, health, assessment, reason, worker_id, at, blanked = row
    return StoredVersion(
        number, from_text(content, Encounter), health, assessment, reason, worker_id, instant(at), bool(blanked)
    )


def _row(row: Any) -> EncounterRow:
    note_id, shift, setting, region, code, contact_id, name, state, consent, outcome, version, words = row
    return EncounterRow(
        note_id, date.fromisoformat(shift), setting, region, code, contact_id, name, state, ConsentLevel(consent),
        outcome, version, words,
    )  # fmt: skip
