"""A person with a row in every table that can hold one, a marker in every text a worker types: for what must not survive."""

from __future__ import annotations

from typing import Any

from outreach_app.domain.contact import Identity
from outreach_app.domain.finding import Filters
from outreach_app.records.rows import to_text
from tests.support.keeping import finish
from tests.support.sessions import Laptop

NOT_TYPED = frozenset({
    "aliases.kind", "consents.recipient", "consents.points", "consents.language", "consents.manner",
    "consents.speaking", "consent_departures.record_id", "consent_departures.kind", "referrals.recipient",
    "referrals.purpose", "referrals.state", "referral_steps.state", "plan_steps.support", "pathways.facts",
    "pathways.state", "decisions.maker", "decisions.outcome", "letter_dates.which", "dates_near.which",
    "third_parties.role", "reviews.verdict", "follow_ups.kind", "regroupings.kind", "regrouped_notes.subject_before",
    "regrouped_rows.kind", "regrouped_rows.row_key", "note_signs.code", "note_languages.language",
})  # fmt: skip
"""Text columns that hold codes and ids of ours: the program checks or writes them, nobody types into them."""
GUARDED = frozenset({"identities.name", "identities.reason"})
"""Where a true name belongs, if it must stand anywhere: blanking a note leaves it, erasing and shedding do not."""
_WHEN = ("_at", "_on", "_until", "on_date")
_FIXED: dict[str, Any] = {
    "regroupings.kind": "split", "referrals.state": "closed", "referrals.consent_id": None, "reviews.verdict": "reviewed",
    "decisions.maker": "cmm", "pathways.state": "closed", "pathways.facts": (
        '{"stay":"eu","age":"maybe_under_18","in_trial":true,"requested_days":[30,30],"returned_on":"2025-01-02"}'
    ), "aliases.kind": "called",
    "consents.recipient": "cmm", "consents.points": "[]", "dates_near.done_at": "2026-01-01",
    "letter_dates.which": "latest_end", "dates_near.which": "latest_end", "plan_steps.support": "",
    "regroupings.undone_by": None, "regroupings.undone_at": None, "decisions.taken_back_at": None,
}  # fmt: skip


def tables_about_people(db: Any) -> list[str]:
    """Return the tables that hang on a contact or a note, over any number of tables between."""
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")]
    points = {name: {row[2] for row in db.execute(f"PRAGMA foreign_key_list({name})")} for name in names}
    about, grew = {"contacts", "encounters"}, True
    while grew:
        more = {name for name in names if points[name] & about} - about
        grew = bool(more)
        about |= more
    return [name for name in names if name in about]


def text_columns(db: Any, table: str) -> list[str]:
    """Return the columns of a table that hold free text: no key to another table, no time, no id."""
    keys = {row[3] for row in db.execute(f"PRAGMA foreign_key_list({table})")}
    rows = db.execute(f"PRAGMA table_info({table})").fetchall()
    return [
        row[1] for row in rows if row[2] == "TEXT" and row[1] not in keys | {"id"} and not row[1].endswith(_WHEN)
    ]


def whole_person(laptop: Laptop, marker: str, *, short_name: str = "Red jacket") -> tuple[str, str]:
    """Return a contact and a note of hers that left already, with a row in every table that hangs on either."""
    contact_id = laptop.session.contacts.record_contact(short_name).id
    other = laptop.session.contacts.record_contact(f"{short_name} two").id
    note_id = finish(laptop, f"{marker} said", contact_id=contact_id)
    laptop.session.contacts.record_identity(contact_id, Identity(f"{marker} Example", f"because {marker}"))
    laptop.session.keeping.keep_with_reason(note_id, f"until {marker} came")
    laptop.session.keeping.let_go(note_id)
    known = {"contacts": contact_id, "encounters": note_id, "workers": laptop.session.worker.id, "into": other}
    with laptop.vault.transaction() as db:
        seq = db.execute("SELECT seq FROM encounters WHERE id = ?", (note_id,)).fetchone()[0]
        tally = ("0" * 32, "2026-03-02", "street", "north", "women", 9, "{}", "[]", known["workers"], "2026-03-02")
        db.execute(
            "INSERT INTO tallies(id, shift_date, setting, region, people, count, leaflets, help_given, worker_id,"
            " recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", tally,
        )  # fmt: skip
        known["tallies"] = tally[0]
        mine = [name for name in tables_about_people(db) if name not in _MADE_BY_SERVICES]
        for table in mine:
            _fill(db, table, marker, known, seq)
        filters = to_text(Filters(words=f"{marker} Example in the north"))
        db.execute(
            "INSERT INTO kept_searches(id, worker_id, name, filters, made_at) VALUES ('s', ?, 'hers', ?, '2026-03-02')",
            (known["workers"], filters),
        )
    return contact_id, note_id


def still_there(db: Any, marker: str) -> set[str]:
    """Return every column in which the marker stands."""
    found = set()
    for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if table.startswith(("sqlite", "note_words")):
            continue
        for row in db.execute(f"PRAGMA table_info({table})").fetchall():
            hit = db.execute(f"SELECT 1 FROM {table} WHERE instr({row[1]}, ?) > 0", (marker,)).fetchone()
            found |= {f"{table}.{row[1]}"} if hit else set()
    return found


_MADE_BY_SERVICES = frozenset({
    "contacts", "identities", "encounters", "encounter_versions", "note_signs", "note_languages", "kept_notes",
})  # fmt: skip


def _fill(db: Any, table: str, marker: str, known: dict[str, str], seq: int) -> None:
    keys = {row[3]: row[2] for row in db.execute(f"PRAGMA foreign_key_list({table})")}
    typed = set(text_columns(db, table))
    values: dict[str, Any] = {}
    for _cid, column, kind, *_rest in db.execute(f"PRAGMA table_info({table})").fetchall():
        name = f"{table}.{column}"
        if name in _FIXED:
            values[column] = _FIXED[name]
        elif column in keys:
            ours = "into" if column in {"into_id", "other_id"} else keys[column]
            values[column] = known[ours]
        elif column == "topics":
            values[column] = to_text({"begin": f"{marker} began"})
        elif column in typed and name not in NOT_TYPED:
            values[column] = f"about {marker} here"
        elif kind == "TEXT":
            values[column] = f"{table}"[:30] if column == "id" else "2026-03-02"
        elif column != "seq" or table == "consent_departures":
            values[column] = seq if column == "seq" else 1
    if table == "different_people":
        values["one_id"], values["other_id"] = sorted((values["one_id"], values["other_id"]))
    names = ", ".join(values)
    db.execute(
        f"INSERT INTO {table}({names}) VALUES ({', '.join('?' * len(values))})", tuple(values.values())
    )
    if "id" in values:
        known[table] = values["id"]
