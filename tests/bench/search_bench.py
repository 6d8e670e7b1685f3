"""Search as it is typed over 20,000 notes: each beginning of each query through the service beside the bare FTS query.

And in the whole window, key by key in the line on top: the longest time in which it could not have painted. Machines are
shared and noisy, so the quickest of several rounds counts for each beginning; then the slowest beginning counts.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from outreach_app.domain.finding import Filters
from outreach_app.program import Program
from outreach_app.records.words import match_expression
from outreach_app.services.session import Session
from tests.bench.many_notes import an_encounter, fill, words
from tests.bench.window_frames import OpenWindow, longest_frame
from ui.models.paged_rows import PAGE_ROWS

RATIOS = {
    "search as typed, p95 / bare FTS query, p95": ("as typed p95", "bare p95", 2.0),
    "longest frame while typing / 50 ms": ("longest frame", "50 ms", 1.0),
    "a search with four filters, slowest / 150 ms": ("filtered", "150 ms", 1.0),
}
_ROUNDS = 9
_WINDOW_ROUNDS = 6
_CONTACTS, _PLACES = 500, 200
_QUERIES = ("ยา", "医生", "kalo", "tas vel", "jorwi", "quaten", "โรง", "no", "blyka sem", "renmi", "mp-1", "red kalo")
_TYPED = ("tas vel", "kalo", "医生", "red")
_FILTERS = (
    Filters(state="held"),
    Filters(words="ka", state="held"),
    Filters(state="blanked"),
    Filters(language="th", setting="bar", days=365),
    Filters(words="no", signs=("exploitation.low_pay",), language="en", setting="street"),
)
_BARE = "SELECT rowid FROM note_words WHERE note_words MATCH ? ORDER BY rowid DESC LIMIT ?"


def measure() -> dict[str, float]:
    """Return seconds."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as base:
        program, passphrase = fill(Path(base) / "vault")
        session = program.unlock(passphrase)
        _name_people(session)
        typed = [_pair(session, text) for text in _beginnings(_QUERIES) if match_expression(text)]
        filtered = max(_quickest(lambda f=each: session.search.find(f, PAGE_ROWS)) for each in _FILTERS)
        session.close()
        frame, first = _typing(program, passphrase)
    return {
        "as typed p95": _p95([ours for ours, _bare in typed]),
        "bare p95": _p95([bare for _ours, bare in typed]),
        "as typed": statistics.median(ours for ours, _bare in typed),
        "bare": statistics.median(bare for _ours, bare in typed),
        "filtered": filtered,
        "longest frame": frame,
        "first key, which opens the page": first,
        "50 ms": 0.05,
        "150 ms": 0.15,
    }


def _name_people(session: Session) -> None:
    """Add contacts and places, some with notes."""
    source = random.Random(3)
    with session._vault.transaction():
        for number in range(_CONTACTS):
            session.contacts.record_in_transaction(f"{words(source, 2)} {number}")
        session.contacts.record_in_transaction("Red jacket")
    for number in range(_PLACES):
        session.places.record_place(f"MP-{number}", "street")
    contacts, places = session.contacts.list_contacts(), session.places.list_places()
    with session._vault.transaction():
        for number in range(400):
            who, where = contacts[number % len(contacts)].id, places[number % len(places)].id
            content = replace(an_encounter(source, number), contact_id=who, place_id=where)
            session.encounters.finish_in_transaction(content)


def _pair(session: Session, text: str) -> tuple[float, float]:
    expression = match_expression(text)
    db = session._vault.connection
    bare = _quickest(lambda: db.execute(_BARE, (expression, PAGE_ROWS)).fetchall())
    return _quickest(lambda: session.search.find(Filters(words=text), PAGE_ROWS)), bare


def _typing(program: Program, passphrase: str) -> tuple[float, float]:
    """Return the longest frame while queries are typed into the line on top, and that of the key that opens the page."""
    with OpenWindow(program, passphrase) as window:
        first = longest_frame(window, lambda: window.type("t"))
        window.empty()
        rounds: list[dict[tuple[str, int], float]] = []
        for _ in range(_WINDOW_ROUNDS):
            found: dict[tuple[str, int], float] = {}
            for query in _TYPED:
                for at in range(len(query)):
                    found[query, at] = longest_frame(window, lambda letter=query[at]: window.type(letter))
                window.empty()
            rounds.append(found)
    return max(min(each[key] for each in rounds) for key in rounds[0]), first


def _beginnings(queries: tuple[str, ...]) -> list[str]:
    return sorted({query[:length] for query in queries for length in range(1, len(query) + 1)})


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[18]


def _quickest(work: Callable[[], object]) -> float:
    return min(_timed(work) for _ in range(_ROUNDS))


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
