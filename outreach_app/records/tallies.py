"""Counts without rows, and the known people among those counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from outreach_app.domain.tally import Tally, UseFigures
from outreach_app.records.rows import Connection, from_text, to_text


@dataclass(frozen=True, slots=True)
class TallyRow:
    """A tally with its id and who counted."""

    id: str
    worker_id: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class UseRow:
    """How often one known person was among those counted in one setting on one day."""

    shift_date: date
    setting: str
    uses: int


_SELECT = (
    "SELECT t.id, t.worker_id, t.shift_date, t.setting, t.region, t.people, t.count, t.leaflets, t.help_given"
    " FROM tallies t"
)


def add_tally(db: Connection, tally_id: str, tally: Tally, worker_id: str, recorded_at: str) -> None:
    """Keep a tally."""
    db.execute(
        "INSERT INTO tallies(id, shift_date, setting, region, people, count, leaflets, help_given, worker_id,"
        " recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            tally_id, tally.shift_date.isoformat(), tally.setting, tally.region, tally.group, tally.count,
            to_text(dict(tally.leaflets)), to_text(tally.help_given), worker_id, recorded_at,
        ),
    )  # fmt: skip


def find_growing(db: Connection, tally: Tally, worker_id: str) -> TallyRow | None:
    """Return the count of the same day, setting, region and group that has not left yet."""
    found = _rows(
        db,
        _SELECT + " WHERE t.shift_date = ? AND t.setting = ? AND t.region = ? AND t.people = ? AND t.worker_id = ?"
        " AND NOT EXISTS (SELECT 1 FROM batch_records b WHERE b.record_id = t.id) LIMIT 1",
        (tally.shift_date.isoformat(), tally.setting, tally.region, tally.group, worker_id),
    )
    return found[0] if found else None


def change_tally(db: Connection, tally_id: str, tally: Tally) -> None:
    """Replace the counts of a tally that has not left yet."""
    db.execute(
        "UPDATE tallies SET count = ?, leaflets = ?, help_given = ? WHERE id = ?",
        (tally.count, to_text(dict(tally.leaflets)), to_text(tally.help_given), tally_id),
    )


def find_tally(db: Connection, tally_id: str) -> TallyRow | None:
    """Return a tally by its id."""
    return next(iter(_rows(db, _SELECT + " WHERE t.id = ?", (tally_id,))), None)


def has_left(db: Connection, tally_id: str) -> bool:
    """Tell whether a tally is in a batch."""
    found = db.execute("SELECT 1 FROM batch_records WHERE record_id = ? LIMIT 1", (tally_id,))
    return found.fetchone() is not None


def drop_tally(db: Connection, tally_id: str) -> None:
    """Forget a tally that has not left, with the known people in it."""
    db.execute("DELETE FROM tallies WHERE id = ?", (tally_id,))


def list_known(db: Connection, tally_id: str) -> dict[str, int]:
    """Return the known people of a tally: contact id -> uses."""
    rows = db.execute("SELECT contact_id, uses FROM tally_people WHERE tally_id = ? ORDER BY contact_id", (tally_id,))
    return dict(rows.fetchall())


def keep_known(db: Connection, tally_id: str, known: Mapping[str, int]) -> None:
    """Replace the known people of a tally."""
    db.execute("DELETE FROM tally_people WHERE tally_id = ?", (tally_id,))
    db.executemany(
        "INSERT INTO tally_people(tally_id, contact_id, uses) VALUES (?, ?, ?)",
        [(tally_id, contact_id, uses) for contact_id, uses in known.items()],
    )


def find_figures(db: Connection, first: date, last: date, setting: str = "") -> UseFigures:
    """Return what was counted from ``first`` to ``last``, both days included, in one setting or in all."""
    where = " FROM tallies t WHERE t.shift_date BETWEEN ? AND ? AND (? = '' OR t.setting = ?)"
    asked = (first.isoformat(), last.isoformat(), setting, setting)
    groups = dict(db.execute(f"SELECT t.people, sum(t.count){where} GROUP BY t.people", asked).fetchall())
    people, coded = db.execute(
        "SELECT count(DISTINCT coalesce(c.merged_into, c.id)), coalesce(sum(p.uses), 0) FROM tally_people p"
        f" JOIN contacts c ON c.id = p.contact_id WHERE p.tally_id IN (SELECT t.id{where})",
        asked,
    ).fetchone()
    return UseFigures(sum(groups.values()), people, coded, groups)


def list_uses_of(db: Connection, contact_id: str) -> tuple[UseRow, ...]:
    """Return when a known person was among those counted, also under a name merged into hers, the latest first."""
    rows = db.execute(
        "SELECT t.shift_date, t.setting, sum(p.uses) FROM tally_people p JOIN tallies t ON t.id = p.tally_id"
        " JOIN contacts c ON c.id = p.contact_id WHERE ? IN (c.id, c.merged_into)"
        " GROUP BY t.shift_date, t.setting ORDER BY t.shift_date DESC, t.setting",
        (contact_id,),
    )
    return tuple(UseRow(date.fromisoformat(day), setting, uses) for day, setting, uses in rows)


def list_tallies(db: Connection, limit: int = 100) -> tuple[TallyRow, ...]:
    """Return tallies, newest first."""
    return _rows(db, _SELECT + " ORDER BY t.seq DESC LIMIT ?", (limit,))


def list_unbatched_tallies(db: Connection) -> tuple[TallyRow, ...]:
    """Return tallies that are in no batch that counts, oldest first."""
    return _rows(
        db,
        _SELECT + " WHERE NOT EXISTS (SELECT 1 FROM live_batch_records b WHERE b.record_id = t.id) ORDER BY t.seq",
        (),
    )


def _rows(db: Connection, sql: str, parameters: tuple[object, ...]) -> tuple[TallyRow, ...]:
    return tuple(
        TallyRow(
            row[0],
            row[1],
            Tally(
                date.fromisoformat(row[2]), row[3], row[4], row[5], row[6],
                from_text(row[7], dict[str, int]), from_text(row[8], tuple[str, ...]),
            ),
        )
        for row in db.execute(sql, parameters)
    )  # fmt: skip
