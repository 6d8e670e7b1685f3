"""What hangs on a contact besides notes: moved with her when she is merged, moved back, emptied and blanked with her.

The tables are named here once, and a test holds the list against the vault's own tables: a new one cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from outreach_app.domain.pathway_case import PathwayFacts
from outreach_app.records.rows import Connection, to_text

LINKAGE = "linkage"  # not a table but a column of the contact's own row
LETTERS, PATHWAYS = "letter_dates", "pathways"  # exchanged rather than moved: both may have one
OPENED = "opened"  # nor is this: the kept contact's pathway was closed, and is open while they are one


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows belong to a contact by ``contact_id``.

    ``key`` names a row among hers; empty where she has at most one. ``words`` are columns a worker types into,
    ``trees`` such columns that hold JSON whose every value is words.
    """

    name: str
    key: str
    words: tuple[str, ...] = ()
    trees: tuple[str, ...] = ()

    @property
    def numbered(self) -> bool:
        """Whether the key alone names a row, whoever's it is."""
        return self.key == "id"


@dataclass(frozen=True, slots=True)
class Words:
    """Words in a column; ``tree``: they are JSON of which every value is words."""

    table: str
    column: str
    tree: bool
    text: str


TABLES = (
    Table("identities", ""),
    Table("aliases", "id", ("name",)),
    Table("shelter_stays", "id", ("shelter",)),
    Table("consents", "id", ("partner", "withdrawn_words")),
    Table("referrals", "id", ("partner", "without_consent_because", "what")),
    Table("interview_bases", "", (), ("topics",)),
    Table("contact_persons", "", ("name", "organisation", "phone")),
    Table("plans", "", ("goals",)),
    Table("plan_steps", "id", ("what", "responsible")),
    Table("pathways", ""),
    Table("decisions", "id", ("words",)),
    Table("letter_dates", "which", ("words",)),
    Table("dates_near", "which", ("snooze_reason",)),
)
BESIDE = (
    Table("third_parties", "encounter", ("words",)),
    Table("reviews", "encounter", ("remark",)),
    Table("follow_ups", "encounter", ("what", "snooze_reason")),
    Table("kept_notes", "encounter", ("reason",)),
    Table("referral_steps", "referral", ("words",)),
    Table("regroupings", "regrouping", ("reason",)),
)
"""Further tables with words about her: ``key`` names what their rows hang on, see ``_HERS``."""
_HERS = {
    "encounter": "encounter_id = :note",
    "referral": "referral_id IN (SELECT id FROM referrals WHERE contact_id IN (SELECT value FROM json_each(:members)))",
    "regrouping": (
        "(from_id IN (SELECT value FROM json_each(:members)) OR into_id IN (SELECT value FROM json_each(:members)))"
    ),
}
_SAYS_WHOSE_A_NOTE_IS = "kind = 'split' AND id IN (SELECT regrouping_id FROM regrouped_notes)"
_OF_CONTACT = "contact_id IN (SELECT value FROM json_each(:members))"
_EXCHANGED = {  # by table what names a row beside the contact, and its columns
    LETTERS: ("which", ("which", "on_date", "words", "worker_id", "recorded_at")),
    PATHWAYS: ("''", ("facts", "state", "worker_id", "changed_at")),
}
_MOVED_AS_THEY_ARE = tuple(table for table in TABLES if table.name not in _EXCHANGED)


def move_casework(db: Connection, regrouping_id: str, from_id: str, into_id: str) -> None:
    """Put what hangs on a contact with another; where there may be one only and is one, hers stays where it is.

    No decision is counted without its letter, nor with facts it was not made on: of two letters about one date the
    earlier day goes with the kept contact, of two pathways the one with decisions. The dates told of are computed anew.
    """
    exchanged = [(LETTERS, which) for which in _earlier_letters(db, from_id, into_id)]
    if _pathway(db, into_id) is None or (_is_decided(db, from_id) and not _is_decided(db, into_id)):
        exchanged.append((PATHWAYS, ""))
    for kind, key in exchanged:
        _exchange(db, kind, key, from_id, into_id)
        _remember(db, regrouping_id, kind, key)
    _open_with(db, regrouping_id, from_id, into_id)
    for table in _MOVED_AS_THEY_ARE:
        for key in _free_keys(db, table, from_id, into_id):
            _move(db, table, key, from_id, into_id)
            _remember(db, regrouping_id, table.name, key)
    db.execute("DELETE FROM dates_near WHERE contact_id = ?", (from_id,))  # nobody could deal with them there
    if _linkage(db, from_id) is not None and _linkage(db, into_id) is None:
        _move_linkage(db, from_id, into_id)
        _remember(db, regrouping_id, LINKAGE, "")


def move_casework_back(db: Connection, regrouping_id: str, from_id: str, into_id: str) -> None:
    """Put back what moved with a regrouping, from whoever holds it now; what was added since stays there.

    Only a hand-over that rests on a consent goes with it: it was never agreed to by anybody else.
    """
    rows = db.execute("SELECT kind, row_key FROM regrouped_rows WHERE regrouping_id = ?", (regrouping_id,)).fetchall()
    by_name = {table.name: table for table in _MOVED_AS_THEY_ARE}
    if (OPENED, "") in rows:
        rows.remove((OPENED, ""))
        _close_again(db, regrouping_id, into_id)
    for kind, key in rows:
        holder = _holder(db, kind, key, into_id)
        if kind == LINKAGE:
            _move_linkage(db, holder, from_id)
        elif kind in _EXCHANGED:
            _exchange(db, kind, key, holder, from_id)
        elif key in _free_keys(db, by_name[kind], holder, from_id):
            _move(db, by_name[kind], key, holder, from_id)
    _go_on_with(db, regrouping_id, into_id)
    db.execute(
        "UPDATE referrals SET contact_id = ?1 WHERE contact_id <> ?1"
        " AND consent_id IN (SELECT id FROM consents WHERE contact_id = ?1)",
        (from_id,),
    )


def empty_casework(db: Connection, contact_ids: Collection[str]) -> None:
    """Take out all that hangs on these contacts, and what was written of their being merged or split.

    Of a split whose notes are still here only the reason goes: erasing asks it whose their first words are.
    What they agreed to stays, with where their notes went: they may still take it back.
    """
    chosen = to_text(sorted(contact_ids))
    for table in (each for each in TABLES if each.name != "consents"):
        db.execute(f"DELETE FROM {table.name} WHERE contact_id IN (SELECT value FROM json_each(?))", (chosen,))
    for side in ("from_id", "into_id"):
        hers = f"{side} IN (SELECT value FROM json_each(?))"
        db.execute(f"DELETE FROM regroupings WHERE {hers} AND NOT ({_SAYS_WHOSE_A_NOTE_IS})", (chosen,))
        db.execute(f"UPDATE regroupings SET reason = '' WHERE {hers}", (chosen,))


def list_words(db: Connection, note_id: str, members: Collection[str]) -> list[Words]:
    """Return everything typed beside a note's own content: with the note, and about its contact."""
    values = {"note": note_id, "members": to_text(sorted(members))}
    found: list[Words] = []
    for table, hers in (*((each, _OF_CONTACT) for each in TABLES), *((each, _HERS[each.key]) for each in BESIDE)):
        for column in (*table.words, *table.trees):
            rows = db.execute(f"SELECT DISTINCT {column} FROM {table.name} WHERE {hers} AND {column} <> ''", values)
            found += [Words(table.name, column, column in table.trees, row[0]) for row in rows]
    return found


def overwrite_words(db: Connection, note_id: str, members: Collection[str], words: Words, text: str) -> None:
    """Write words again that ``list_words`` returned; what stood there is gone."""
    hers = next((_HERS[each.key] for each in BESIDE if each.name == words.table), _OF_CONTACT)
    db.execute(
        f"UPDATE {words.table} SET {words.column} = :text WHERE {hers} AND {words.column} = :before",
        {"note": note_id, "members": to_text(sorted(members)), "text": text, "before": words.text},
    )


def _free_keys(db: Connection, table: Table, from_id: str, into_id: str) -> list[str]:
    """Return the keys of the rows that can move: all of them, or those the other has not got."""
    key = table.key or "''"
    if table.numbered:
        rows = db.execute(f"SELECT id FROM {table.name} WHERE contact_id = ?", (from_id,))
    else:
        rows = db.execute(
            f"SELECT {key} FROM {table.name} WHERE contact_id = ?1"
            f" AND {key} NOT IN (SELECT {key} FROM {table.name} WHERE contact_id = ?2)",
            (from_id, into_id),
        )
    return [row[0] for row in rows]


def _move(db: Connection, table: Table, key: str, from_id: str, into_id: str) -> None:
    db.execute(
        f"UPDATE {table.name} SET contact_id = ? WHERE contact_id = ? AND {table.key or repr('')} = ?",
        (into_id, from_id, key),
    )


def _remember(db: Connection, regrouping_id: str, kind: str, key: str) -> None:
    db.execute("INSERT INTO regrouped_rows(regrouping_id, kind, row_key) VALUES (?, ?, ?)", (regrouping_id, kind, key))


def _holder(db: Connection, kind: str, key: str, into_id: str) -> str:
    """Return who has the row now: later merges may have moved it on; they forget it, as it goes further back."""
    holder = into_id
    while True:
        row = db.execute(
            "SELECT r.id, r.into_id FROM regroupings r JOIN regrouped_rows x ON x.regrouping_id = r.id"
            " WHERE r.kind = 'merge' AND r.undone_at IS NULL AND r.from_id = ? AND x.kind = ? AND x.row_key = ?",
            (holder, kind, key),
        ).fetchone()
        if row is None:
            return holder
        db.execute(
            "DELETE FROM regrouped_rows WHERE regrouping_id = ? AND kind = ? AND row_key = ?", (row[0], kind, key)
        )
        holder = str(row[1])


def _pathway(db: Connection, contact_id: str) -> str | None:
    """Return whether a contact's pathway is open or closed, None where there is none."""
    row = db.execute("SELECT state FROM pathways WHERE contact_id = ?", (contact_id,)).fetchone()
    return None if row is None else str(row[0])


def _earlier_letters(db: Connection, from_id: str, into_id: str) -> list[str]:
    """Return the dates for which one has a letter and the other has none, or one that names a later day."""
    rows = db.execute(
        "SELECT a.which FROM letter_dates a LEFT JOIN letter_dates b ON b.which = a.which AND b.contact_id = ?2"
        " WHERE a.contact_id = ?1 AND (b.on_date IS NULL OR b.on_date > a.on_date)",
        (from_id, into_id),
    )
    return [row[0] for row in rows]


def _is_decided(db: Connection, contact_id: str) -> bool:
    """Tell whether somebody has decided about a contact."""
    row = db.execute("SELECT 1 FROM decisions WHERE contact_id = ? AND taken_back_at IS NULL", (contact_id,))
    return row.fetchone() is not None


def _exchange(db: Connection, table: str, key: str, one_id: str, other_id: str) -> None:
    """Give each of two contacts what the other has under a key; one of them may have nothing."""
    named_by, columns = _EXCHANGED[table]
    both, wanted = f"FROM {table} WHERE {named_by} = ? AND contact_id IN (?, ?)", (key, one_id, other_id)
    rows = db.execute(f"SELECT contact_id, {', '.join(columns)} {both}", wanted).fetchall()
    db.execute(f"DELETE {both}", wanted)
    db.executemany(
        f"INSERT INTO {table}(contact_id, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})",
        [(other_id if holder == one_id else one_id, *rest) for holder, *rest in rows],
    )


def _open_with(db: Connection, regrouping_id: str, from_id: str, into_id: str) -> None:
    """Open the kept contact's pathway where the other's is open: what runs for her must go on being told of."""
    if (_pathway(db, from_id), _pathway(db, into_id)) == ("open", "closed"):
        db.execute("UPDATE pathways SET state = 'open' WHERE contact_id = ?", (into_id,))
        _remember(db, regrouping_id, OPENED, "")


def _close_again(db: Connection, regrouping_id: str, contact_id: str) -> None:
    """Close the pathway again that a merge had opened, unless somebody changed it since."""
    db.execute(
        "UPDATE pathways SET state = 'closed' WHERE contact_id = :contact"
        " AND changed_at <= (SELECT made_at FROM regroupings WHERE id = :id)"
        " AND :contact IN (SELECT id FROM contacts WHERE merged_into IS NULL)",  # or else it may be another's by now
        {"id": regrouping_id, "contact": contact_id},
    )


def _go_on_with(db: Connection, regrouping_id: str, contact_id: str) -> None:
    """Have a pathway open for a decision or letter of the time of a merge: it stays with the contact that was kept."""
    written = " UNION ".join(
        f"SELECT contact_id FROM {table} WHERE recorded_at > r.made_at" for table in ("decisions", LETTERS)
    )
    db.execute(
        "INSERT INTO pathways(contact_id, facts, state, worker_id, changed_at)"
        " SELECT :contact, :facts, 'open', r.worker_id, r.made_at FROM regroupings r"
        f" WHERE r.id = :id AND :contact IN ({written})"
        " ON CONFLICT (contact_id) DO UPDATE SET state = 'open' WHERE changed_at <= excluded.changed_at",
        {"id": regrouping_id, "contact": contact_id, "facts": to_text(PathwayFacts())},
    )


def _linkage(db: Connection, contact_id: str) -> str | None:
    row = db.execute("SELECT linkage FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    return None if row is None else row[0]


def _move_linkage(db: Connection, from_id: str, into_id: str) -> None:
    db.execute(
        "UPDATE contacts SET linkage = (SELECT linkage FROM contacts WHERE id = ?) WHERE id = ?", (from_id, into_id)
    )
    db.execute("UPDATE contacts SET linkage = NULL WHERE id = ?", (from_id,))
