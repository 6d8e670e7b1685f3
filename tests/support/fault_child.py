"""Runs something in a forked process while a fault waits for it, and tells how it ended."""

from __future__ import annotations

import json
import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from outreach_app.errors import KnownError
from tests.support.fault_shim import FULL_BUT_FOR_THE_RESERVE, KILLED, NONE, Fault, Shim

Act = Callable[[Path, Callable[[str], None], Callable[[], None]], None]
_NOT_MENDED = {KILLED.name, FULL_BUT_FOR_THE_RESERVE.name}  # nothing mends the dead; the reserve must be room enough


@dataclass(frozen=True)
class Ran:
    """How it ended: what was acknowledged, which error was told, what else came out of it, and whether it was killed."""

    acknowledged: list[str]
    told: str = ""
    bug: str = ""
    was_killed: bool = False


def in_child(shim: Shim, act: Act, folder: Path, fault: Fault = NONE, log: Path | None = None) -> Ran:
    """Fork, and let the child act in the folder while it is watched."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _act_and_leave(shim, act, folder, fault, log, writing)
    os.close(writing)
    with os.fdopen(reading) as stream:
        lines = stream.read().splitlines()
    _, status = os.waitpid(child, 0)
    values: dict[str, list[str]] = {}
    for line in lines:
        kind, _, text = line.partition(" ")
        values.setdefault(kind, []).append(json.loads(text))
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    bug = values.get("bug", [""])[0] or ("" if killed or values.get("end") else f"it ended with {status}")
    return Ran(values.get("ack", []), values.get("told", [""])[0], bug, killed)


def place_of(error: BaseException) -> str:
    """Return an error with the last places it came through."""
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    return f"{type(error).__name__}: {error} ({' > '.join(places[-6:])})"


def _act_and_leave(shim: Shim, act: Act, folder: Path, fault: Fault, log: Path | None, writing: int) -> None:
    def say(kind: str, text: str) -> None:
        os.write(writing, f"{kind} {json.dumps(text)}\n".encode())

    def acknowledge(text: str) -> None:
        shim.mark(text)
        say("ack", text)

    def mended() -> None:
        if fault.name not in _NOT_MENDED:
            shim.stop_failing()

    try:
        with shim.watching(folder, fault, log):
            try:
                act(folder, acknowledge, mended)
            except KnownError as error:
                say("told" if error.sentence().endswith(".") else "bug", type(error).__name__)
    except BaseException as error:  # noqa: BLE001 - a child has nobody else to tell
        say("bug", place_of(error))
    say("end", "")
    os._exit(0)
