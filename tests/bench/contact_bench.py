"""Opening a contact with 500 encounters: what the services take, and until the window shows her timeline."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop

from outreach_app.services.session import Session
from tests.bench.many_notes import an_encounter, fill
from tests.bench.window_frames import LONGEST, OpenWindow
from ui.pages.contacts.page import ContactsPage
from ui.pages.contacts.timeline import TimelineView

RATIOS = {
    "open a contact with 500 encounters, services / 150 ms": ("services", "150 ms", 1.0),
    "open a contact with 500 encounters, until shown / 150 ms": ("until shown", "150 ms", 1.0),
}
_OTHERS, _ENCOUNTERS = 2_000, 500
_ROUNDS = 9


def measure() -> dict[str, float]:
    """Return the quickest of several rounds, in seconds; another contact is opened between them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as base:
        program, passphrase = fill(Path(base) / "vault", _OTHERS)
        session = program.unlock(passphrase)
        often, once = _met(session, "Often", _ENCOUNTERS), _met(session, "Once", 1)
        services = min(_timed(lambda: _read(session, often)) for _ in range(_ROUNDS))
        session.close()
        with OpenWindow(program, passphrase) as window:
            first = _opening(window, often)
            rounds = []
            for _ in range(_ROUNDS):
                _opening(window, once)
                rounds.append(_opening(window, often))
    return {"services": services, "until shown": min(rounds), "the first, which opens the page": first, "150 ms": 0.15}


def _met(session: Session, name: str, times: int) -> str:
    """Keep a contact with so many encounters."""
    source = random.Random(4)
    contact_id = session.contacts.record_contact(name).id
    with session._vault.transaction():
        for number in range(times):
            session.encounters.finish_in_transaction(replace(an_encounter(source, number), contact_id=contact_id))
    return contact_id


def _read(session: Session, contact_id: str) -> None:
    """Ask what the page asks."""
    session.contacts.find_contact(contact_id)
    session.timelines.open_contact(contact_id)
    session.timelines.list_timeline(contact_id)


def _opening(window: OpenWindow, contact_id: str) -> float:
    """Return the seconds until the first part of the contact's timeline is painted."""
    window.settle()
    began = time.perf_counter()
    page = window.go_to("contacts", {"contact_id": contact_id})
    assert isinstance(page, ContactsPage)
    while not _shows(page, contact_id):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        QCoreApplication.sendPostedEvents()
        if time.perf_counter() - began > LONGEST:
            raise RuntimeError("the contact was never shown")
    page.repaint()
    return time.perf_counter() - began


def _shows(page: ContactsPage, contact_id: str) -> bool:
    view = page.detail.views._views.get("timeline")
    return isinstance(view, TimelineView) and view._contact_id == contact_id and bool(view.list.rows())


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
