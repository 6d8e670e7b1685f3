"""One run of sending on the second pool: the network here, every vault step handed back to the vault's thread."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext

if TYPE_CHECKING:
    from outreach_app.services.progress import Progress
    from outreach_app.services.sending import Sending
    from outreach_app.services.sending_road import SendingResult
    from outreach_app.sync.carriers.carrier import Carrier
    from ui.context import Context

T = TypeVar("T")
NETWORK = "network"
STICK = "stick"


@dataclass(frozen=True, slots=True)
class Road:
    """``mailbox`` is an address for the network, ``folder`` a folder for the stick.

    ``certificates`` (PEM) are all that is trusted at the mailbox; empty means the usual authorities.
    """

    name: str
    mailbox: str = ""
    certificates: str = ""
    folder: Path = Path()


def send_all(
    context: Context, road: Road, report: Callable[[Progress], None], cancel: threading.Event
) -> SendingResult:
    """Seal, hand over and fetch receipts; runs on the second pool.

    Raises:
        KnownError: what stopped the run; nothing is lost or doubled by trying again.
    """
    sending_road = importlib.import_module("outreach_app.services.sending_road")

    def ask(step: Callable[[Sending], T]) -> T:
        return context.tasks.call_vault(lambda: step(context.sessions.session.sending))

    with ExitStack() as closing:
        carrier = _carrier(road, closing)
        result: SendingResult = sending_road.seal_and_send(ask, carrier, road.name, report=report, cancel=cancel)
        return result


def progress_words(progress: Progress) -> str:
    """Return for example ``14 of 52 sealed``."""
    sentences = {
        "sealing": ngettext("{done} of {total} note sealed", "{done} of {total} notes sealed", progress.total),
        "sending": ngettext("{done} of {total} batch sent", "{done} of {total} batches sent", progress.total),
        "receiving": ngettext("asked about {done} of {total} batch", "asked about {done} of {total} batches",
                              progress.total),
    }  # fmt: skip
    return sentences.get(progress.phase, progress.phase).format(done=progress.done, total=progress.total)


def result_words(result: SendingResult) -> str:
    """Return what one run did."""
    if not result.sent and not result.receipts:
        return _("Nothing new. The centre has answered nothing since.")
    sent = ngettext("{count} batch handed over", "{count} batches handed over", result.sent).format(count=result.sent)
    came = ngettext("{count} receipt came", "{count} receipts came", result.receipts).format(count=result.receipts)
    return _("{sent}, {came}.").format(sent=sent, came=came) if result.sent else f"{came}."


def _carrier(road: Road, closing: ExitStack) -> Carrier:
    if road.name == NETWORK:
        http = importlib.import_module("outreach_app.sync.carriers.http")
        address = importlib.import_module("outreach_app.sync.mailbox_address")
        trust = address.trusting(road.certificates) if road.certificates else None
        over_network: Carrier = closing.enter_context(http.HttpMailbox(road.mailbox, trust=trust))
        return over_network
    stick = importlib.import_module("outreach_app.sync.carriers.stick")
    by_hand: Carrier = stick.StickFolder(road.folder)
    return by_hand
