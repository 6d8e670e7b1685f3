"""A week of 500 encounters from the outbox to the desk's receipt on loopback, each part shown."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from outreach_app.practice.centre_process import CentreProcess
from outreach_app.services.sending_road import fetch_receipts, seal_and_send
from outreach_app.sync.carriers.http import HttpMailbox
from outreach_app.vault.passphrase import generate_passphrase
from tests.bench.many_notes import fill

ENCOUNTERS = 500
RATIOS = {"the whole week / its parts": ("whole", "sum of parts", 1.05)}


def measure() -> dict[str, float]:
    """Return seconds of each part; ``ingested`` includes starting the desk's process and its slow unlock."""
    with tempfile.TemporaryDirectory() as base:
        program, passphrase = fill(Path(base) / "vault", ENCOUNTERS)
        session = program.unlock(passphrase)
        centre = CentreProcess(Path(base) / "centre", generate_passphrase())
        try:
            centre.run("init", "init", str(centre.folder))
            centre.start_mailbox()
            request = Path(base) / "request.json"
            request.write_bytes(session.enrolling.request().data)
            reply = Path(base) / "reply.json"
            centre.run("enrol", "enrol", str(request), "--out", str(reply), "--json")
            session.enrolling.confirm(session.enrolling.accept(reply.read_bytes()))
            began = time.perf_counter()
            parts = {
                "sealed": _timed(session.sending.seal),
                "stored": _timed(lambda: _send(session, centre.url)),
                "ingested": _timed(lambda: centre.run("ingest", "ingest", str(centre.folder), "--json")),
                "receipted": _timed(lambda: _fetch(session, centre.url)),
            }
            whole = time.perf_counter() - began
            states = {row.state for row in session.sending.list_batches()}
            assert states == {"ingested"}, states
        finally:
            session.close()
            centre.stop()
    return {**parts, "sum of parts": sum(parts.values()), "whole": whole}


def _send(session, url: str) -> None:  # type: ignore[no-untyped-def]  # a session
    with HttpMailbox(url) as road:
        seal_and_send(lambda step: step(session.sending), road, "network")


def _fetch(session, url: str) -> None:  # type: ignore[no-untyped-def]  # a session
    with HttpMailbox(url) as road:
        fetch_receipts(lambda step: step(session.sending), road)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
