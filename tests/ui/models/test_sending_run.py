"""A run from the window: what it says, and that a lock ends it whatever it waits for."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from outreach_app.errors import CancelledError
from outreach_app.services.carrying import Carried, NotTaken
from outreach_app.services.progress import Progress
from outreach_app.sync.errors import MailboxRefusedError, StickGoneError
from tests.support.lines import http_answer, other_end, saying
from tests.support.mailboxes import batch
from tests.support.sticks import write_batch
from ui.models.sending_run import NETWORK, STICK, Road, carried_told, carried_words, carry_all, progress_words, send_all

CARRIED = Carried(3, 2, 4, 1, 0)


def context(*, stopping: bool = False) -> Any:
    """As much of the window as a run without a vault looks at."""
    event = threading.Event()
    if stopping:
        event.set()
    return SimpleNamespace(tasks=SimpleNamespace(stopping=event))


def test_carrying_is_said_in_plain_words() -> None:
    assert carried_words(CARRIED) == "2 batches handed over, 4 receipts are on the stick now."
    assert carried_words(Carried(0, 0, 0, 0, 0)) == "No sealed batch lies on this stick."
    refused = replace(CARRIED, not_taken=(NotTaken("file", "revoked_device"),))
    assert carried_words(refused).endswith("The mailbox did not take 1 batch; it stays on the stick. Tell the centre.")
    assert [carried_told(each)[0] for each in (CARRIED, refused, Carried(0, 0, 0, 0, 0))] == ["calm", "notice", "notice"]


def test_progress_says_that_it_carries_or_waits() -> None:
    assert progress_words(Progress("carrying", 1, 3)) == "1 of 3 batches carried"
    assert progress_words(Progress("again", 0, 0)) == "no answer; trying again, nothing is lost"


def test_carrying_goes_from_the_stick_to_the_mailbox(tmp_path: Path) -> None:
    write_batch(tmp_path, batch())
    refusal = http_answer("413 Too Large", b'{"error":"too_large"}')
    with other_end(saying(refusal)) as port:
        road = Road(STICK, mailbox=f"http://127.0.0.1:{port}", folder=tmp_path)
        with pytest.raises(MailboxRefusedError):  # of all it asks, letters come next
            carry_all(context(), road, lambda _progress: None, threading.Event(), threading.Event())


def test_a_stick_that_is_gone_is_said(tmp_path: Path) -> None:
    road = Road(STICK, mailbox="http://127.0.0.1:9", folder=tmp_path / "gone")
    with pytest.raises(StickGoneError):
        carry_all(context(), road, lambda _progress: None, threading.Event(), threading.Event())


@pytest.mark.parametrize("by_lock", [False, True])
def test_a_run_that_waits_for_the_network_ends_when_it_is_stopped_or_the_window_locks(
    tmp_path: Path, by_lock: bool
) -> None:
    write_batch(tmp_path, batch())
    there, cancel = context(), threading.Event()
    road = Road(STICK, mailbox="http://127.0.0.1:9", folder=tmp_path)
    threading.Timer(0.3, (there.tasks.stopping if by_lock else cancel).set).start()
    began = time.monotonic()
    with pytest.raises(CancelledError):
        carry_all(there, road, lambda _progress: None, cancel, threading.Event())
    assert time.monotonic() - began < 15


def test_nothing_is_asked_of_a_vault_that_closes() -> None:
    with pytest.raises(CancelledError):
        send_all(
            context(stopping=True), Road(NETWORK, mailbox="http://127.0.0.1:9"), lambda _progress: None,
            threading.Event(), threading.Event(),
        )  # fmt: skip
