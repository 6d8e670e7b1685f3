"""Filters that stay: a worker keeps what she looks for often under a name of her own, and calls it with one key."""

from __future__ import annotations

from dataclasses import dataclass, replace

from outreach_app.domain.changes import Changes
from outreach_app.domain.errors import KeptSearchNameTakenError, NothingToKeepError, TooManyEntriesError
from outreach_app.domain.finding import LONGEST_WORDS, Filters, KeptSearch
from outreach_app.domain.texts import check_name, whole_letters
from outreach_app.records import kept_searches
from outreach_app.records.errors import NotFoundError
from outreach_app.services.parts import Parts

MOST_KEPT = 30
_CHANGED = Changes(searches=True)


@dataclass(frozen=True, slots=True)
class KeptOne:
    """A search that was kept, or dropped."""

    kept: KeptSearch
    changes: Changes = _CHANGED


class KeptSearches:
    """The verbs of kept filters; each worker sees her own."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def list_kept(self) -> tuple[KeptSearch, ...]:
        """Return this worker's kept filters by name."""
        with self._parts.vault.read() as db:
            return kept_searches.list_searches(db, self._parts.worker.id)

    def keep_search(self, name: str, filters: Filters) -> KeptOne:
        """Keep filters under a name.

        Raises:
            NameMissingError, TextTooLongError, TextNotUsableError: the name. NothingToKeepError: no filter is set.
            KeptSearchNameTakenError: another of hers has this name. TooManyEntriesError: 30 are kept already.
        """
        if not filters:
            raise NothingToKeepError
        plain = replace(filters, words=whole_letters(filters.words[:LONGEST_WORDS]))
        kept = KeptSearch(self._parts.ids.new_id(), check_name(name, "name"), plain)
        self._add(kept)
        return KeptOne(kept)

    def bring_back(self, kept: KeptSearch) -> Changes:
        """Keep what was dropped again.

        Raises:
            KeptSearchNameTakenError, TooManyEntriesError: another has taken its place.
        """
        self._add(kept)
        return _CHANGED

    def rename_search(self, search_id: str, name: str) -> Changes:
        """Give kept filters another name.

        Raises:
            NotFoundError: not hers, or dropped. KeptSearchNameTakenError and those of names: see ``keep_search``.
        """
        checked = check_name(name, "name")
        with self._parts.vault.transaction() as db:
            self._own(search_id)
            self._check_free(checked, search_id)
            kept_searches.rename_search(db, search_id, checked)
            self._parts.vault.audit("changed", search_id, "kept_search")
        return _CHANGED

    def drop_search(self, search_id: str) -> KeptOne:
        """Forget kept filters; returns them, to be brought back.

        Raises:
            NotFoundError: not hers, or dropped already.
        """
        with self._parts.vault.transaction() as db:
            kept = self._own(search_id)
            kept_searches.drop_search(db, search_id)
            self._parts.vault.audit("changed", search_id, "kept_search:dropped")
        return KeptOne(kept)

    def _add(self, kept: KeptSearch) -> None:
        with self._parts.vault.transaction() as db:
            if len(kept_searches.list_searches(db, self._parts.worker.id)) >= MOST_KEPT:
                raise TooManyEntriesError(field="name", limit=MOST_KEPT)
            self._check_free(kept.name, kept.id)
            kept_searches.add_search(db, kept, self._parts.worker.id, self._parts.now_text())
            self._parts.vault.audit("changed", kept.id, "kept_search")

    def _own(self, search_id: str) -> KeptSearch:
        rows = kept_searches.list_searches(self._parts.vault.connection, self._parts.worker.id)
        found = next((row for row in rows if row.id == search_id), None)
        if found is None:
            raise NotFoundError
        return found

    def _check_free(self, name: str, but: str) -> None:
        rows = kept_searches.list_searches(self._parts.vault.connection, self._parts.worker.id)
        if any(row.name.casefold() == name.casefold() and row.id != but for row in rows):
            raise KeptSearchNameTakenError
