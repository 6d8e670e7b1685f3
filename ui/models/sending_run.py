"""One run of sending on the second pool: the network here, every vault step handed back to the vault's thread."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from babel.numbers import format_decimal

from outreach_app.errors import CancelledError
from outreach_app.i18n import gettext as _
from outreach_app.i18n import locale, ngettext

if TYPE_CHECKING:
    from outreach_app.services.carrying import Carried
    from outreach_app.services.progress import Progress
    from outreach_app.services.sending import Sending
    from outreach_app.services.sending_road import SendingResult
    from outreach_app.sync.carriers.carrier import Carrier
    from outreach_app.sync.carriers.stick import StickFolder
    from ui.context import Context

T = TypeVar("T")
NETWORK = "network"
STICK = "stick"


@dataclass(frozen=True, slots=True)
class Road:
    """``mailbox`` is an address for the network, ``folder`` a folder for the stick; both for another laptop's stick.

    ``certificates`` (PEM) are all that is trusted at the mailbox; empty means the usual authorities.
    """

    name: str
    mailbox: str = ""
    certificates: str = ""
    folder: Path = Path()


class _Either(threading.Event):
    """Set when the worker stopped the run, or when a lock began: that never waits for a network."""

    def __init__(self, cancel: threading.Event, stopping: threading.Event) -> None:
        super().__init__()
        self._cancel, self._stopping = cancel, stopping

    def is_set(self) -> bool:
        return self._cancel.is_set() or self._stopping.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        return self._cancel.wait(timeout) or self.is_set()


def send_all(
    context: Context, road: Road, report: Callable[[Progress], None], cancel: threading.Event, pause: threading.Event
) -> SendingResult:
    """Seal, hand over and fetch receipts; runs on the second pool.

    Raises:
        KnownError: what stopped the run; nothing is lost or doubled by trying again. CancelledError: also when the
            window locks meanwhile.
    """
    sending_road = importlib.import_module("outreach_app.services.sending_road")
    patience = importlib.import_module("outreach_app.sync.carriers.patience")
    either = _Either(cancel, context.tasks.stopping)

    def ask(step: Callable[[Sending], T]) -> T:
        if context.tasks.stopping.is_set():
            raise CancelledError
        return context.tasks.call_vault(lambda: step(context.sessions.session.sending))

    with ExitStack() as closing:
        carrier = open_stick(road) if road.name == STICK else open_mailbox(road, closing, either)
        result: SendingResult = sending_road.seal_and_send(
            ask, carrier, road.name, report=report, cancel=either, pause=pause, patience=patience.IN_THE_WINDOW
        )
        return result


def carry_all(
    context: Context, road: Road, report: Callable[[Progress], None], cancel: threading.Event, pause: threading.Event
) -> Carried:
    """Hand over what other laptops put on a stick, and bring back what came for them; runs on the second pool.

    Raises:
        KnownError: what stopped the run; nothing is lost or doubled by trying again.
    """
    carrying = importlib.import_module("outreach_app.services.carrying")
    patience = importlib.import_module("outreach_app.sync.carriers.patience")
    either = _Either(cancel, context.tasks.stopping)
    with ExitStack() as closing:
        carried: Carried = carrying.carry(
            open_stick(road), open_mailbox(road, closing, either), report=report, cancel=either, pause=pause,
            patience=patience.IN_THE_WINDOW,
        )  # fmt: skip
        return carried


def paused_words(progress: Progress | None) -> str:
    """Return what is said while a run is paused; None: nothing was told of it yet."""
    if progress is None:
        return _("Paused. Nothing new begins until you resume.")
    so_far = _("no answer yet, nothing is lost") if progress.phase == "again" else progress_words(progress)
    return _("Paused: {progress}. Nothing new begins until you resume.").format(progress=so_far)


def progress_words(progress: Progress) -> str:
    """Return for example ``3 of 14 batches sent, of the next one 1.2 of 3.4 MB``."""
    sentences = {
        "packs": _("looking for what the centre published"),
        "sealing": ngettext("{done} of {total} note sealed", "{done} of {total} notes sealed", progress.total),
        "sending": ngettext("{done} of {total} batch sent", "{done} of {total} batches sent", progress.total),
        "receiving": ngettext("asked about {done} of {total} batch", "asked about {done} of {total} batches",
                              progress.total),
        "carrying": ngettext("{done} of {total} batch carried", "{done} of {total} batches carried", progress.total),
        "again": _("no answer; trying again, nothing is lost"),
        "letters": _("looking for letters of the centre"),
    }  # fmt: skip
    said = sentences.get(progress.phase, progress.phase).format(done=progress.done, total=progress.total)
    if not progress.bytes_total:
        return said
    parts = _("{said}, of the next one {done} of {total} MB")
    return parts.format(said=said, done=_megabytes(progress.bytes_done), total=_megabytes(progress.bytes_total))


def _megabytes(count: int) -> str:
    return str(format_decimal(count / 1_000_000, format="0.0", locale=locale()))


def result_words(result: SendingResult, road: str = NETWORK) -> str:
    """Return what one run did by this road."""
    if not result.sent and not result.receipts:
        return _("Nothing new. The centre has answered nothing since.")
    if road == STICK and result.sent and not result.receipts:
        told = ngettext(
            "{count} batch is on the stick, read back. Bring it to the centre; "
            "when it comes back, send by this stick once more.",
            "{count} batches are on the stick, read back. Bring it to the centre; "
            "when it comes back, send by this stick once more.", result.sent,
        )  # fmt: skip
        return told.format(count=result.sent)
    sent = ngettext("{count} batch handed over", "{count} batches handed over", result.sent).format(count=result.sent)
    came = ngettext("{count} receipt came", "{count} receipts came", result.receipts).format(count=result.receipts)
    return _("{sent}, {came}.").format(sent=sent, came=came) if result.sent else f"{came}."


def result_told(result: SendingResult, problem: str, road: str = NETWORK) -> tuple[str, str]:
    """Return a tone and what one run did; ``problem`` is the sentence of what went wrong beside the rest, or ""."""
    if problem:
        did = result_words(result, road) if result.sent or result.receipts else ""
        return "notice", " ".join(filter(None, (did, problem)))
    if result.refused:
        told = _("The centre did not take every batch. Nothing is lost; the notes wait to be sealed again.")
        return "notice", told
    return "calm", result_words(result, road)


def carried_told(carried: Carried) -> tuple[str, str]:
    """Return a tone and what carrying did, and what kept the centre's packs away, if anything did."""
    problem = carried.packs_problem
    told = " ".join(filter(None, (carried_words(carried), "" if problem is None else problem.sentence())))
    return "notice" if carried.not_taken or problem or not carried.batches else "calm", told


def carried_words(carried: Carried) -> str:
    """Return what carrying another laptop's stick did."""
    if not carried.batches:
        return _("No sealed batch lies on this stick.")
    new = ngettext("{count} batch handed over", "{count} batches handed over", carried.handed_over)
    back = ngettext("{count} receipt is on the stick now", "{count} receipts are on the stick now", carried.receipts)
    told = _("{sent}, {came}.").format(
        sent=new.format(count=carried.handed_over), came=back.format(count=carried.receipts)
    )
    if not carried.not_taken:
        return told
    left = ngettext(
        "The mailbox did not take {count} batch; it stays on the stick. Tell the centre.",
        "The mailbox did not take {count} batches; they stay on the stick. Tell the centre.", len(carried.not_taken),
    )  # fmt: skip
    return f"{told} {left.format(count=len(carried.not_taken))}"


def open_mailbox(road: Road, closing: ExitStack, either: threading.Event) -> Carrier:
    """Return the road by network; ``closing`` closes it, ``either`` set ends whatever it waits for."""
    http = importlib.import_module("outreach_app.sync.carriers.http")
    address = importlib.import_module("outreach_app.sync.mailbox_address")
    trust = address.trusting(road.certificates) if road.certificates else None
    mailbox: Carrier = closing.enter_context(http.HttpMailbox(road.mailbox, trust=trust, stopped=either.is_set))
    return mailbox


def open_stick(road: Road) -> StickFolder:
    """Return the road by stick."""
    stick = importlib.import_module("outreach_app.sync.carriers.stick")
    folder: StickFolder = stick.StickFolder(road.folder)
    return folder
