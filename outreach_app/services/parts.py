"""What every service is handed: the open vault, who works, and where time, ids and lists come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from outreach_app.clock import Clock
from outreach_app.domain.code_lists import CodeLists
from outreach_app.domain.ids import IdSource
from outreach_app.domain.indicator import Catalogue, Profile
from outreach_app.records.rows import instant_text
from outreach_app.records.workers import Worker
from outreach_app.vault.argon import DEFAULT, Argon2Cost
from outreach_app.vault.open_vault import OpenVault


@dataclass(frozen=True, slots=True)
class Parts:
    """Shared by the services of one session; used on the vault's thread only."""

    vault: OpenVault
    worker: Worker
    clock: Clock
    ids: IdSource
    catalogues: Mapping[Profile, Catalogue]
    code_lists: CodeLists
    cost: Argon2Cost = DEFAULT

    def now_text(self) -> str:
        """Return the present instant as stored."""
        return instant_text(self.clock.now())
