"""A week of 500, and of 5,000, encounters from the outbox to the desk's ``ingested`` receipt on loopback.

A real vault on the disk, a real mailbox in a process of its own, a desk that stands open here. The whole is all of it:
a run of sending (the look for packs, sealing, handing over, receipts, letters), collecting and answering at the desk,
and fetching the answers. ``on the processor`` is what this process worked in it, for a look on a busy machine; the
mailbox works beside. ``beyond`` is the whole less the bare parts of the very same lines (``bare_parts``), measured right after it. Each size is run
``ROUNDS`` times, every time with new notes, and the least of the differences counts: what other programs take of the
machine is nobody's fault. The limits are seconds, so the ratios divide by one second.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from outreach_app.centre.desk.opening import Desk, open_desk
from outreach_app.centre.halves import collect
from outreach_app.clock import SystemClock
from outreach_app.practice.centre_process import CentreProcess
from outreach_app.services.sending_road import fetch_receipts, seal_and_send
from outreach_app.services.session import Session
from outreach_app.services.waiting_records import waiting_lines
from outreach_app.sync.carriers.http import HttpMailbox
from outreach_app.vault.passphrase import generate_passphrase
from tests.bench.bare_parts import BareParts
from tests.bench.many_notes import an_encounter, fill

ROUNDS = 3
SIZES = (500, 5_000)
RATIOS = {
    "500 encounters, seconds beyond the bare parts": ("500, beyond", "a second", 0.1),
    "5,000 encounters, seconds beyond the bare parts": ("5000, beyond", "a second", 0.7),
}


def measure() -> dict[str, float]:
    """Return the seconds of the best round of each size, step by step, the bare parts, and what is beyond them."""
    measured = {"a second": 1.0}
    with tempfile.TemporaryDirectory() as base, _laptop_and_centre(Path(base)) as (session, desk, centre):
        bare = BareParts(Path(base))
        try:
            for size in SIZES:
                rounds = [_round(session, desk, centre, bare, size, number) for number in range(ROUNDS)]
                best = min(rounds, key=lambda one: one["beyond"])
                measured |= {f"{size}, {what}": seconds for what, seconds in best.items()}
        finally:
            bare.close()
    return measured


def _round(
    session: Session, desk: Desk, centre: CentreProcess, bare: BareParts, size: int, number: int
) -> dict[str, float]:
    _add(session, size, number)
    parts = session.sending._parts
    with parts.vault.read():
        lines = [one.line for one in waiting_lines(parts, session.enrolling.enrolled().reply.linkage_key)]
    assert len(lines) == size
    worked = time.process_time()
    steps = {}
    with HttpMailbox(centre.url) as road:
        steps["sealed and handed over"] = _timed(
            lambda: seal_and_send(lambda step: step(session.sending), road, "network")
        )
        steps["taken in"] = _timed(lambda: collect(centre.folder, desk, centre.url))
        steps["answered"] = _timed(lambda: fetch_receipts(lambda step: step(session.sending), road))
    worked = time.process_time() - worked
    assert {row.state for row in session.sending.list_batches()} == {"ingested"}
    began = time.process_time()
    whole, least = sum(steps.values()), bare.measure(lines)
    return {
        **steps, "whole": whole, "on the processor": worked, "bare parts on the processor": time.process_time() - began,
        **{f"bare: {part}": seconds for part, seconds in least.items()}, "beyond": whole - sum(least.values()),
    }  # fmt: skip


@contextmanager
def _laptop_and_centre(base: Path) -> Iterator[tuple[Session, Desk, CentreProcess]]:
    program, passphrase = fill(base / "vault", 0)
    desk_passphrase = generate_passphrase()
    centre = CentreProcess(base / "centre", desk_passphrase)
    session = program.unlock(passphrase)
    try:
        centre.run("init", "init", str(centre.folder))
        centre.start_mailbox()
        request, reply = base / "request.json", base / "reply.json"
        request.write_bytes(session.enrolling.request().data)
        centre.run("enrol", "enrol", str(request), "--out", str(reply), "--json")
        session.enrolling.confirm(session.enrolling.accept(reply.read_bytes()))
        with open_desk(centre.folder, desk_passphrase, clock=SystemClock()) as desk:
            yield session, desk, centre
    finally:
        session.close()
        centre.stop()


def _add(session: Session, size: int, number: int) -> None:
    source = random.Random(number)
    with session._vault.transaction():
        for place in range(size):
            session.encounters.finish_in_transaction(an_encounter(source, place))


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
