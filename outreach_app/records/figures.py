"""What figures are counted from: sums over notes, counts, prints, to-dos and stays of some days. Reads, never changes.

No place, no name, no words and nothing about others is read here. A contact merged into another counts as that one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from outreach_app.records.rows import Connection

_IN = "BETWEEN :first AND :last"
_COUNTED = f"NOT taken_back AND shift_date {_IN}"  # one taken back is written further
_GIVEN = f"""
SELECT language, sum(copies) FROM (
    SELECT json_extract(j.value, '$.language') AS language, json_extract(j.value, '$.copies') AS copies
    FROM encounters e
    JOIN encounter_versions v ON v.encounter_id = e.id AND v.version = e.version
    JOIN json_each(v.content, '$.leaflets') j
    WHERE NOT e.taken_back AND e.shift_date {_IN}
    UNION ALL
    SELECT j.key, j.value FROM tallies t JOIN json_each(t.leaflets) j WHERE t.shift_date {_IN}
) GROUP BY language ORDER BY 2 DESC, 1
"""
_PEOPLE = f"""
SELECT count(DISTINCT coalesce(c.merged_into, c.id)) FROM contacts c WHERE c.id IN (
    SELECT contact_id FROM encounters WHERE {_COUNTED} AND contact_id IS NOT NULL
    UNION ALL
    SELECT p.contact_id FROM tally_people p JOIN tallies t ON t.id = p.tally_id WHERE t.shift_date {_IN}
)
"""
FOLLOW_UPS_DUE = f"""
WHERE f.due_on {_IN} AND f.encounter_id NOT IN (SELECT id FROM encounters WHERE taken_back) AND NOT EXISTS (
    SELECT 1 FROM follow_ups newer
    WHERE newer.encounter_id = f.encounter_id AND newer.kind = f.kind AND newer.rowid > f.rowid
)
"""
_DUE = f"""
SELECT CASE WHEN f.closed_at IS NULL THEN 'open' ELSE 'kept' END, count(*) FROM follow_ups f {FOLLOW_UPS_DUE} GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Days:
    """The days that are counted, both included."""

    first: date
    last: date

    def named(self) -> dict[str, str]:
        """Return them as parameters."""
        return {"first": self.first.isoformat(), "last": self.last.isoformat()}


def encounters_by_day(db: Connection, days: Days) -> dict[date, int]:
    """Return how many notes count on each day that has any."""
    found = _groups(db, days, f"SELECT shift_date, count(*) FROM encounters WHERE {_COUNTED} GROUP BY 1")
    return {date.fromisoformat(day): count for day, count in found.items()}


def encounters_named(db: Connection, days: Days) -> dict[str, int]:
    """Return how many notes name a contact (``named``) and how many do not (``unnamed``)."""
    case = "CASE WHEN contact_id IS NULL THEN 'unnamed' ELSE 'named' END"
    return _groups(db, days, f"SELECT {case}, count(*) FROM encounters WHERE {_COUNTED} GROUP BY 1")


def encounters_by_setting(db: Connection, days: Days) -> dict[str, int]:
    """Return notes by setting."""
    return _groups(db, days, f"SELECT setting, count(*) FROM encounters WHERE {_COUNTED} GROUP BY 1")


def encounters_by_region(db: Connection, days: Days) -> dict[str, int]:
    """Return notes by region."""
    return _groups(db, days, f"SELECT region, count(*) FROM encounters WHERE {_COUNTED} GROUP BY 1")


def outcomes(db: Connection, days: Days) -> dict[str, int]:
    """Return notes by what their signs added up to."""
    return _groups(db, days, f"SELECT outcome, count(*) FROM encounters WHERE {_COUNTED} GROUP BY 1")


def signs(db: Connection, days: Days) -> dict[str, int]:
    """Return in how many notes each sign was present, the most frequent first; the same fact of all lists together."""
    return _groups(
        db, days,
        "SELECT substr(s.code, instr(s.code, '.') + 1), count(DISTINCT s.seq) FROM note_signs s"
        " JOIN encounters e ON e.seq = s.seq"
        f" WHERE NOT e.taken_back AND e.shift_date {_IN} GROUP BY 1 ORDER BY 2 DESC, 1",
    )  # fmt: skip


def count_with_signs(db: Connection, days: Days) -> int:
    """Return in how many notes any sign was present."""
    row = db.execute(
        f"SELECT count(*) FROM encounters e WHERE NOT e.taken_back AND e.shift_date {_IN}"
        " AND EXISTS (SELECT 1 FROM note_signs s WHERE s.seq = e.seq)",
        days.named(),
    ).fetchone()
    return int(row[0])


def count_people(db: Connection, days: Days) -> int:
    """Return how many contacts were met or known among those counted, each once."""
    return int(db.execute(_PEOPLE, days.named()).fetchone()[0])


def uses_by_setting(db: Connection, days: Days) -> dict[str, int]:
    """Return uses that were only counted, by setting."""
    return _groups(db, days, f"SELECT setting, sum(count) FROM tallies WHERE shift_date {_IN} GROUP BY 1")


def uses_by_region(db: Connection, days: Days) -> dict[str, int]:
    """Return uses that were only counted, by region."""
    return _groups(db, days, f"SELECT region, sum(count) FROM tallies WHERE shift_date {_IN} GROUP BY 1")


def leaflets_given(db: Connection, days: Days) -> dict[str, int]:
    """Return copies put into a hand, by language, the most first."""
    return _groups(db, days, _GIVEN)


def leaflets_printed(db: Connection, first_at: str, before: str) -> dict[str, int]:
    """Return copies that came out of the printer, by language, the most first; ``before`` is the instant after."""
    return dict(
        db.execute(
            "SELECT language, sum(copies) FROM leaflets_printed WHERE printed_at >= ? AND printed_at < ?"
            " GROUP BY 1 ORDER BY 2 DESC, 1",
            (first_at, before),
        ).fetchall()
    )


def follow_ups_due(db: Connection, days: Days) -> dict[str, int]:
    """Return to-dos that were due, ``kept`` or still ``open``; of an amended note only those of its last version."""
    return _groups(db, days, _DUE)


def stays_ended(db: Connection, days: Days) -> tuple[int, int]:
    """Return how many shelter stays ended, and how many nights they were together."""
    row = db.execute(
        "SELECT count(*), coalesce(sum(julianday(left_on) - julianday(entered_on)), 0) FROM shelter_stays"
        f" WHERE left_on {_IN}",
        days.named(),
    ).fetchone()
    return int(row[0]), int(row[1])


def _groups(db: Connection, days: Days, sql: str) -> dict[str, int]:
    return dict(db.execute(sql, days.named()).fetchall())
