"""How many different people stand behind figures and their groups: what decides whether they may leave the team.

Three meetings with one woman are three encounters and one person. A note without a contact, and a use that nobody knows
more of, count as a person of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from outreach_app.domain.figures import Behind, FigureName, days_or_weeks, week_name
from outreach_app.records.figures import FOLLOW_UPS_DUE, Days
from outreach_app.records.rows import Connection, from_text

Pairs = list[tuple[str, str]]  # group, person

_IN = "BETWEEN :first AND :last"
_PERSON = "coalesce(c.merged_into, c.id, e.id)"
_MET = f"""
FROM encounters e LEFT JOIN contacts c ON c.id = e.contact_id WHERE NOT e.taken_back AND e.shift_date {_IN}
"""


def people_behind(db: Connection, days: Days) -> dict[FigureName, Behind]:
    """Return who is behind each figure that counts something else than people, and behind each of its groups."""
    pairs = {**_of_encounters(db, days), **_of_uses(db, days)}
    pairs["leaflets_given"] += _given_at_encounters(db, days)
    pairs["follow_ups"] = _pairs(
        db, days,
        f"SELECT CASE WHEN f.closed_at IS NULL THEN 'open' ELSE 'kept' END, {_PERSON} FROM follow_ups f"
        f" JOIN encounters e ON e.id = f.encounter_id LEFT JOIN contacts c ON c.id = e.contact_id {FOLLOW_UPS_DUE}",
    )  # fmt: skip
    pairs["stays_ended"] = _pairs(
        db, days,
        "SELECT '', coalesce(c.merged_into, c.id) FROM shelter_stays s JOIN contacts c ON c.id = s.contact_id"
        f" WHERE s.left_on {_IN}",
    )  # fmt: skip
    return {name: _behind(each) for name, each in pairs.items()}


def _of_encounters(db: Connection, days: Days) -> dict[FigureName, Pairs]:
    kind, _parts = days_or_weeks(days.first, days.last)
    rows = db.execute(
        f"SELECT e.shift_date, iif(e.contact_id IS NULL, 'unnamed', 'named'), e.setting, e.region, e.outcome, {_PERSON}"
        f" {_MET}",
        days.named(),
    ).fetchall()
    over_time = {row[0]: row[0] if kind == "days" else week_name(date.fromisoformat(row[0])) for row in rows}
    return {
        "encounters": [(over_time[row[0]], row[5]) for row in rows],
        "encounters_named": [(row[1], row[5]) for row in rows],
        "encounters_by_setting": [(row[2], row[5]) for row in rows],
        "encounters_by_region": [(row[3], row[5]) for row in rows],
        "outcomes": [(row[4], row[5]) for row in rows],
        "signs": _pairs(
            db, days,
            f"SELECT substr(s.code, instr(s.code, '.') + 1), {_PERSON}"
            f" {_MET.replace('WHERE', 'JOIN note_signs s ON s.seq = e.seq WHERE')}",
        ),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Tally:
    """One count: who was known, and a name of its own for each use nobody knows more of."""

    setting: str
    region: str
    leaflets: dict[str, int]
    known: tuple[str, ...]
    unknown: tuple[str, ...]


def _of_uses(db: Connection, days: Days) -> dict[FigureName, Pairs]:
    tallies = tuple(_tallies(db, days))
    return {
        "uses": [
            *(("coded", each) for tally in tallies for each in tally.known),
            *(("uncoded", each) for tally in tallies for each in tally.unknown),
        ],
        "uses_by_setting": [(tally.setting, each) for tally in tallies for each in (*tally.known, *tally.unknown)],
        "uses_by_region": [(tally.region, each) for tally in tallies for each in (*tally.known, *tally.unknown)],
        "leaflets_given": [
            (language, each)
            for tally in tallies
            for language, copies in tally.leaflets.items()
            for each in (*tally.unknown, *tally.known)[:copies]
        ],
    }


def _tallies(db: Connection, days: Days) -> Iterator[_Tally]:
    known: dict[str, list[tuple[str, int]]] = {}
    for tally_id, person, uses in db.execute(
        "SELECT p.tally_id, coalesce(c.merged_into, c.id), p.uses FROM tally_people p"
        " JOIN contacts c ON c.id = p.contact_id JOIN tallies t ON t.id = p.tally_id"
        f" WHERE t.shift_date {_IN} ORDER BY 2",
        days.named(),
    ):
        known.setdefault(tally_id, []).append((person, uses))
    for tally_id, setting, region, count, leaflets in db.execute(
        f"SELECT id, setting, region, count, leaflets FROM tallies WHERE shift_date {_IN}", days.named()
    ):
        hers = known.get(tally_id, [])
        unknown = range(count - sum(uses for _person, uses in hers))
        yield _Tally(
            setting, region, from_text(leaflets, dict[str, int]), tuple(dict.fromkeys(person for person, _ in hers)),
            tuple(f"{tally_id}:{number}" for number in unknown),
        )  # fmt: skip


def _given_at_encounters(db: Connection, days: Days) -> Pairs:
    return _pairs(
        db, days,
        f"SELECT json_extract(j.value, '$.language'), {_PERSON} FROM encounters e"
        " JOIN encounter_versions v ON v.encounter_id = e.id AND v.version = e.version"
        " JOIN json_each(v.content, '$.leaflets') j LEFT JOIN contacts c ON c.id = e.contact_id"
        f" WHERE NOT e.taken_back AND e.shift_date {_IN}",
    )  # fmt: skip


def _pairs(db: Connection, days: Days, sql: str) -> Pairs:
    return [(group, person) for group, person in db.execute(sql, days.named())]


def _behind(pairs: Iterable[tuple[str, str]]) -> Behind:
    groups: dict[str, set[str]] = {}
    for group, person in pairs:
        groups.setdefault(group, set()).add(person)
    everybody = {person for people in groups.values() for person in people}
    return Behind(len(everybody), {group: len(people) for group, people in groups.items()})
