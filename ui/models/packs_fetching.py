"""Looking for what the centre published, and trusting its custodians by hand; runs on the second pool."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, TypeVar

from ui.models.sending_run import STICK, Road, open_mailbox, open_stick

if TYPE_CHECKING:
    from outreach_app.domain.changes import Changes
    from outreach_app.services.packs import Packs
    from outreach_app.services.packs_road import AskPacks, PacksFetched
    from ui.context import Context

T = TypeVar("T")


def fetch_published(context: Context, road: Road) -> PacksFetched:
    """Look for what the centre published by ``road`` and take it.

    Raises:
        KnownError: the stick cannot be read, or the vault was locked; what is wrong with a publication is handed back.
    """
    with ExitStack() as closing:
        source = open_stick(road) if road.name == STICK else open_mailbox(road, closing, context.tasks.stopping)
        fetched: PacksFetched = _packs_road().fetch_packs(_asking(context), source)
        return fetched


def words_of_trust(context: Context, untrusted: bytes) -> str:
    """Return the six words of a file that names the custodians; KnownError when it is not of this centre."""
    six: str = _packs_road().words_of_trust(_asking(context), untrusted)
    return six


def take_trust(context: Context, untrusted: bytes, words: str) -> Changes:
    """Trust the custodians a file names, after its six words were compared; KnownError when it cannot be used."""
    changes: Changes = _packs_road().take_trust_by_hand(_asking(context), untrusted, words)
    return changes


def _asking(context: Context) -> AskPacks:
    def ask(step: Callable[[Packs], T]) -> T:
        return context.tasks.call_vault(lambda: step(context.sessions.session.packs))

    return ask


def _packs_road() -> Any:
    return importlib.import_module("outreach_app.services.packs_road")  # reads signatures: not when the window starts
