"""Drafts: what is being typed, kept at most two seconds behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec

from outreach_app import typed_json
from outreach_app.domain.changes import Changes
from outreach_app.domain.texts import whole_letters
from outreach_app.records import drafts
from outreach_app.records.drafts import Draft
from outreach_app.records.health_blocks import draft_context
from outreach_app.services.parts import Parts
from outreach_app.vault.errors import HealthBlockError

HEALTH_FIELD = "health"


class Drafts:
    """The verbs of drafts; the field ``health`` of a form is sealed under the health key like the finished block."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def keep_draft(
        self, draft_id: str, fields: Mapping[str, Any], *, page: str, field: str = "", cursor: int = 0
    ) -> Changes:
        """Keep a form as it stands and where the worker is; durable when this returns.

        Whatever was typed is kept, checked or not; only half letters, which no file can hold, are replaced. Health
        fields of someone who may not write them are left out, and those another worker wrote stay.
        """
        with self._parts.vault.transaction():
            self.keep_in_transaction(draft_id, fields, page=page, field=field, cursor=cursor)
        return Changes(drafts=True)

    def keep_in_transaction(
        self, draft_id: str, fields: Mapping[str, Any], *, page: str, field: str = "", cursor: int = 0
    ) -> None:
        """As ``keep_draft``, inside a transaction the caller holds."""
        plain = {name: storable(value) for name, value in fields.items() if name != HEALTH_FIELD}
        draft = Draft(draft_id, plain, page, field, cursor, self._parts.clock.now(), self._sealed(draft_id, fields))
        drafts.keep_draft(
            self._parts.vault.connection, draft, self._parts.now_text(),
            health_known=self._parts.vault.health is not None,
        )  # fmt: skip

    def list_drafts(self) -> tuple[Draft, ...]:
        """Return all drafts, the one typed last first."""
        with self._parts.vault.read():
            found = drafts.list_drafts(self._parts.vault.connection)
        return tuple(self._opened(draft) for draft in found)

    def discard_draft(self, draft_id: str) -> Changes:
        """Forget a draft; pages offer to take it back by keeping it again."""
        with self._parts.vault.transaction():
            drafts.drop_draft(self._parts.vault.connection, draft_id)
        return Changes(drafts=True)

    def _sealed(self, draft_id: str, fields: Mapping[str, Any]) -> bytes | None:
        health = fields.get(HEALTH_FIELD)
        if not health or self._parts.vault.health is None:
            return None
        return self._parts.vault.health.seal(msgspec.json.encode(storable(health)), draft_context(draft_id))

    def _opened(self, draft: Draft) -> Draft:
        if draft.health is None or self._parts.vault.health is None:
            return replace(draft, health=None)
        try:
            plain = self._parts.vault.health.open(draft.health, draft_context(draft.id))
        except HealthBlockError:  # of before the team gave its health part up
            return replace(draft, health=None)
        return replace(draft, health=None, fields={**draft.fields, HEALTH_FIELD: typed_json.decode(plain, Any)})


def storable(value: Any) -> Any:
    """Return a JSON value with its texts made storable."""
    if isinstance(value, str):
        return whole_letters(value)
    if isinstance(value, Mapping):
        return {whole_letters(name): storable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [storable(each) for each in value]
    return value
