"""What happened with a contact, from every table that knows a day of it, latest first, a part at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from outreach_app.records.rows import Connection, to_text


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One thing of a day.

    ``kind`` is encounter, consent, consent_withdrawn, referral, decision, date, plan_step, stay_entered, stay_left,
    merge or split; ``code`` and ``more`` are its codes (setting and outcome, recipient and state, maker and outcome),
    ``place`` a place's or shelter's code, ``words`` what was typed. ``id`` is the note of an encounter.
    """

    kind: str
    day: date
    id: str
    code: str
    more: str
    place: str
    words: str


_HERS = "IN (SELECT value FROM json_each(:members))"
_ROWS = f"""
SELECT 'encounter' AS kind, e.shift_date AS day, e.seq AS nth, e.id AS id, e.setting AS code, e.outcome AS more,
    coalesce(p.code, '') AS place, e.first_words AS words
    FROM encounters e LEFT JOIN places p ON p.id = e.place_id WHERE e.contact_id {_HERS}
UNION ALL SELECT 'consent', given_on, seq, id, recipient, '', '', partner FROM consents WHERE contact_id {_HERS}
UNION ALL SELECT 'consent_withdrawn', withdrawn_on, seq, id, recipient, '', '', partner FROM consents
    WHERE contact_id {_HERS} AND withdrawn_on IS NOT NULL
UNION ALL SELECT 'referral', s.on_date, s.number, r.id, r.recipient, s.state, '', r.partner
    FROM referral_steps s JOIN referrals r ON r.id = s.referral_id WHERE r.contact_id {_HERS}
UNION ALL SELECT 'decision', decided_on, 0, id, maker, outcome, '', words FROM decisions
    WHERE contact_id {_HERS} AND taken_back_at IS NULL
UNION ALL SELECT 'date', on_date, 0, which, which, '', '', '' FROM dates_near
    WHERE contact_id {_HERS} AND done_at IS NULL
UNION ALL SELECT 'plan_step', done_on, 0, id, support, '', '', what FROM plan_steps
    WHERE contact_id {_HERS} AND done_on IS NOT NULL
UNION ALL SELECT 'stay_entered', entered_on, 0, id, '', '', shelter, '' FROM shelter_stays WHERE contact_id {_HERS}
UNION ALL SELECT 'stay_left', left_on, 1, id, '', '', shelter, '' FROM shelter_stays
    WHERE contact_id {_HERS} AND left_on IS NOT NULL
UNION ALL SELECT r.kind, substr(r.made_at, 1, 10), r.seq, r.id, f.short_name, t.short_name, '', r.reason
    FROM regroupings r JOIN contacts f ON f.id = r.from_id JOIN contacts t ON t.id = r.into_id
    WHERE r.undone_at IS NULL AND (r.from_id {_HERS} OR r.into_id {_HERS})
"""


def list_timeline(
    db: Connection, members: Collection[str], *, limit: int, offset: int = 0
) -> tuple[TimelineRow, ...]:
    """Return a part of what happened with a contact and those merged into it, the latest day first."""
    rows = db.execute(
        f"SELECT kind, day, id, code, more, place, words FROM ({_ROWS})"
        " ORDER BY day DESC, kind = 'encounter', kind, nth DESC LIMIT :limit OFFSET :offset",
        {"members": to_text(list(members)), "limit": limit, "offset": offset},
    )
    return tuple(_row(row) for row in rows)


def child_to_act_for(db: Connection, contact_id: str) -> bool:
    """Tell whether the last version of a note about her says that a child is to be helped at once."""
    row = db.execute(
        "SELECT 1 FROM encounters e JOIN encounter_versions v ON v.encounter_id = e.id AND v.version = e.version"
        " WHERE e.contact_id = ? AND instr(v.assessment, 'child_act_now') > 0 LIMIT 1",
        (contact_id,),
    )
    return row.fetchone() is not None


def ask_alone_open(db: Connection, contact_id: str) -> bool:
    """Tell whether she is to be asked again when she is alone."""
    row = db.execute(
        "SELECT 1 FROM follow_ups f JOIN encounters e ON e.id = f.encounter_id"
        " WHERE e.contact_id = ? AND f.kind = 'ask_alone' AND f.closed_at IS NULL LIMIT 1",
        (contact_id,),
    )
    return row.fetchone() is not None


def count_dates_over(db: Connection, members: Collection[str], today: date) -> int:
    """Return how many dates of hers have passed and are not done; that a letter's is missing is none."""
    row = db.execute(
        f"SELECT count(*) FROM dates_near WHERE contact_id {_HERS} AND done_at IS NULL AND on_date < :today"
        " AND which <> 'letter_missing'",
        {"members": to_text(list(members)), "today": today.isoformat()},
    )
    return int(row.fetchone()[0])


def _row(row: Any) -> TimelineRow:
    return TimelineRow(row[0], date.fromisoformat(row[1]), *row[2:])
