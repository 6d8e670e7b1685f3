"""Where the names of a person stand in what is about others: told of, since only a worker knows who is meant."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import islice

from outreach_app.domain.erasing import Mention
from outreach_app.records import encounters, mentions
from outreach_app.records.encounters import EncounterRow
from outreach_app.records.rows import Connection
from outreach_app.records.words import cut_words, phrase_expression

_MOST = 200


def notes_with(db: Connection, names: Sequence[str], contact_id: str) -> tuple[EncounterRow, ...]:
    """Return other people's notes in which one of these names stands, the latest first."""
    found = dict[str, EncounterRow]()
    for match in filter(None, map(phrase_expression, names)):
        found |= {row.id: row for row in encounters.search_rows(db, match, _MOST)}
    return tuple(row for row in found.values() if row.contact_id != contact_id)


def mentions_elsewhere(db: Connection, names: Sequence[str], hers: Collection[str]) -> tuple[Mention, ...]:
    """Return where else one of these names stands, each place once.

    Args:
        db: the vault.
        names: all she goes by.
        hers: ids of contacts, notes and drafts that go with her.
    """
    holds = holds_any(names)
    found = (one for one, text in mentions.list_typed(db) if one.id not in hers and holds(text))
    return tuple(islice(dict.fromkeys(found), _MOST))


def holds_any(names: Sequence[str]) -> Callable[[str], bool]:
    """Return what tells whether a text holds one of these names, as search would find it."""
    wanted = [words for name in names if (words := cut_words(name))]

    def holds(text: str) -> bool:
        cut = cut_words(text)
        return any(cut[at : at + len(words)] == words for words in wanted for at in range(len(cut)))

    return holds
