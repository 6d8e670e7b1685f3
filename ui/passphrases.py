"""What pages that ask for a passphrase need to know about it, handed to them so that they know no vault."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol


class Judged(Protocol):
    """How strong a passphrase is: whether it is enough, and one sentence why."""

    @property
    def enough(self) -> bool: ...

    @property
    def reason(self) -> str: ...


class Passphrases(NamedTuple):
    """Made by the vault's own rules; tests hand in a short list."""

    generate: Callable[[], str]
    complete: Callable[[str], str | None]
    judge: Callable[[str, Sequence[str]], Judged]

    def written_out(self, typed: str) -> str:
        """Return what was typed with every begun word completed, if all of it is list words; otherwise as typed."""
        pieces = typed.split()
        completed = [self.complete(piece) for piece in pieces]
        known = [word for word in completed if word is not None]
        return " ".join(known) if pieces and len(known) == len(pieces) else typed.strip()


def vault_passphrases() -> Passphrases:
    """Load the vault's rules; takes a moment, so it is called once the window stands."""
    rules = importlib.import_module("outreach_app.vault.passphrase")
    return Passphrases(generate=rules.generate_passphrase, complete=rules.complete, judge=rules.strength)
