"""Everything somebody typed outside the search index, with what it hangs on: where a name may stand besides notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from outreach_app.domain.erasing import Mention, MentionOpens
from outreach_app.records.casework import BESIDE, TABLES
from outreach_app.records.rows import Connection, from_text

_OF_CONTACT = "JOIN contacts c ON c.id = {contact} LEFT JOIN contacts m ON m.id = c.merged_into"
_HANGS_ON: dict[str, tuple[MentionOpens, str, str, str]] = {  # opens, joins, id, name
    "contact": ("contact", _OF_CONTACT.format(contact="t.contact_id"), "coalesce(m.id, c.id)", "c.short_name"),
    "referral": (
        "contact", f"JOIN referrals f ON f.id = t.referral_id {_OF_CONTACT.format(contact='f.contact_id')}",
        "coalesce(m.id, c.id)", "c.short_name",
    ),
    "regrouping": ("contact", _OF_CONTACT.format(contact="t.into_id"), "coalesce(m.id, c.id)", "c.short_name"),
    "encounter": ("encounter", "", "t.encounter_id", "''"),
}  # fmt: skip
_BY_ITSELF: tuple[tuple[str, MentionOpens, str, tuple[str, ...]], ...] = (
    ("contacts", "contact", "t.short_name", ("short_name",)),
    ("places", "place", "t.code", ("code", "note", "warning", "suspicion")),
    ("police_actions", "police_action", "''", ("words",)),
    ("drafts", "draft", "''", ("fields",)),
)
WHERE = tuple(dict.fromkeys((
    "identities", *(each.name for each in (*TABLES, *BESIDE) if each.words or each.trees),
    *(name for name, *_rest in _BY_ITSELF),
)))  # fmt: skip
"""The tables in which a mention can stand."""


def list_typed(db: Connection) -> Iterator[tuple[Mention, str]]:
    """Return where words stand and the words, of everybody's, table by table."""
    yield from _rows(db, "identities", _HANGS_ON["contact"], ("name", "reason"))
    for table in TABLES:
        yield from _rows(db, table.name, _HANGS_ON["contact"], (*table.words, *table.trees))
    for table in BESIDE:
        yield from _rows(db, table.name, _HANGS_ON[table.key], table.words)
    for name, opens, shown, columns in _BY_ITSELF:
        yield from _rows(db, name, (opens, "", "t.id", shown), columns)


def _rows(
    db: Connection, table: str, hangs_on: tuple[MentionOpens, str, str, str], columns: tuple[str, ...]
) -> Iterator[tuple[Mention, str]]:
    opens, joins, owner, name = hangs_on
    for column in columns:
        for row in db.execute(f"SELECT {owner}, {name}, t.{column} FROM {table} t {joins} WHERE t.{column} <> ''"):
            yield Mention(table, opens, row[0], row[1]), _as_text(table, row[2])


def _as_text(table: str, stored: str) -> str:
    trees = {each.name for each in (*TABLES, *BESIDE) if each.trees} | {"drafts"}
    return "\n".join(_leaves(from_text(stored, dict[str, Any]))) if table in trees else stored


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _leaves(each)
