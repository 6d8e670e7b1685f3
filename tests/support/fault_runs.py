"""Runs one operation under every fault, in a process that has the shim loaded.

``python -m tests.support.fault_runs OPERATION FOLDER CUTS PLACES SEED`` prints one JSON object: figures and failures.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from outreach_app.errors import KnownError
from tests.support import fault_shim
from tests.support.fault_disk import RULES, STYLES, Disk, State, read_state, write_state
from tests.support.fault_laptop import Ground, prepare_process
from tests.support.fault_log import Event, count, read_log
from tests.support.fault_operations import Operation
from tests.support.fault_shim import (
    DISK_FULL,
    EVERYTHING,
    FULL_BUT_FOR_THE_RESERVE,
    KILLED,
    NONE,
    SYNC_FAULT,
    WRITE_FAULT,
    Fault,
    Shim,
)
from tests.support.fault_table import OPERATIONS

ERRORS = (DISK_FULL, FULL_BUT_FOR_THE_RESERVE, WRITE_FAULT, SYNC_FAULT)
MOST_FAILURES = 20


@dataclass
class Figures:
    """What one operation went through."""

    operation: str
    calls: int = 0
    syncs: int = 0
    cuts: int = 0
    states: int = 0
    kills: int = 0
    errors: dict[str, int] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Ran:
    """How a run in a child process ended: what it acknowledged and which error it told."""

    acknowledged: list[str]
    told: str = ""
    bug: str = ""
    was_killed: bool = False
    hit: int = 0


class Runs:
    """One operation, its folder, and the figures as they grow."""

    def __init__(self, kind: type[Operation], base: Path, seed: int) -> None:
        prepare_process(real_derivation=kind.real_derivation)
        self._shim = Shim()
        self._base = base
        self._seed = seed
        self.operation = kind(Ground.made(base / "ground", enrolled=kind.enrolled), base / "before")
        with self._copy() as folder:  # so that no child has to read and prepare what the program uses
            self.operation.run(folder, lambda _: None, lambda: None)
        self.figures = Figures(kind.name)
        self._seen: set[bytes] = set()

    def all(self, cuts: int, places: int) -> Figures:
        """Record once, then power cuts, kills and errors; of each fault at most so many places, evenly spread."""
        events = self.recorded()
        self.cut_power(events, cuts)
        self.kill(_spread_over(count(events, EVERYTHING), places, self._seed))
        for fault in ERRORS:
            self.fail(fault, _spread_over(count(events, fault.kinds), places, self._seed))
        return self.figures

    def recorded(self) -> list[Event]:
        """Run without a fault and return the log; the run's own folder must be exactly what the log says."""
        with self._copy() as folder:
            log = self._base / "log"
            ran = self._in_child(folder, NONE, log)
            events = read_log(log)
            if ran.bug or ran.told or not ran.acknowledged:
                self._failed("recording", ran.bug or ran.told or "nothing was acknowledged")
            for rule in RULES:
                disk = Disk(self.operation.folder, rule)
                for event in events:
                    disk.play(event)
                if disk.now() != read_state(folder):
                    self._failed("recording", "the log does not give the same files")
        self.figures.calls, self.figures.syncs = count(events, EVERYTHING), count(events, fault_shim.SYNC)
        return events

    def cut_power(self, events: list[Event], cuts: int) -> None:
        """Cut the power ``cuts`` times, spread over all places between two calls, and look at what is found."""
        places = [place for place, event in enumerate(events) if event.letter != "K"] + [len(events)]
        chance = random.Random(f"{self.operation.name} {self._seed}")
        wanted = Counter(_spread(places, cuts))
        disks = [Disk(self.operation.folder, rule) for rule in RULES]
        acknowledged: list[str] = []
        for place in range(len(events) + 1):
            for number in range(wanted[place]):
                style = STYLES[min(number // len(RULES), len(STYLES) - 1)] if wanted[place] > 1 else chance.choice(STYLES)
                state = disks[number % len(RULES) if wanted[place] > 1 else chance.randrange(2)].after_power_cut(style, chance)
                self.figures.cuts += 1
                self._look_at(state, acknowledged, f"power cut {number} before call {place}, {style}")
            if place < len(events):
                if events[place].letter == "K":
                    acknowledged = [*acknowledged, events[place].text]
                for disk in disks:
                    disk.play(events[place])

    def kill(self, places: range) -> None:
        """Kill the program at these calls, one run each."""
        for at in places:
            with self._copy() as folder:
                ran = self._in_child(folder, KILLED.place(at))
                self.figures.kills += 1
                if ran.bug or not ran.was_killed:
                    self._failed(f"kill at call {at}", ran.bug or "it was not killed")
                self._check(folder, ran.acknowledged, f"kill at call {at}")

    def fail(self, fault: Fault, places: range) -> None:
        """Let the k-th call fail, one run each: the error is told, nothing is lost, and all works when it is mended."""
        for at in places:
            with self._copy() as folder:
                where = f"{fault.name} at call {at}"
                ran = self._in_child(folder, fault.place(at))
                self.figures.errors[fault.name] = self.figures.errors.get(fault.name, 0) + 1
                self.figures.told[ran.told or "nothing"] += 1
                if ran.bug:
                    self._failed(where, ran.bug)
                self._check(folder, ran.acknowledged, where)

    def _look_at(self, state: State, acknowledged: list[str], where: str) -> None:
        digest = sha256(repr([*acknowledged]).encode())
        for path, content in state.items():
            digest.update(path.encode() + b"\0" + (b"folder" if content is None else sha256(content).digest()))
        if digest.digest() in self._seen:
            return
        self._seen.add(digest.digest())
        self.figures.states += 1
        folder = self._base / "found"
        write_state(state, folder)
        self._check(folder, acknowledged, where)
        shutil.rmtree(folder)

    def _check(self, folder: Path, acknowledged: list[str], where: str) -> None:
        try:
            with self._shim.watching(folder):  # so that nothing waits for the disk
                self.figures.outcomes[self.operation.check(folder, acknowledged)] += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs into the report
            self._failed(where, f"{_place_of(error)} after {acknowledged}")

    def _failed(self, where: str, what: str) -> None:
        if len(self.figures.failures) < MOST_FAILURES:
            self.figures.failures.append(f"{self.operation.name}: {where} (seed {self._seed}): {what}")

    @contextmanager
    def _copy(self) -> Iterator[Path]:
        folder = self._base / "run"
        shutil.copytree(self.operation.folder, folder, symlinks=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder)

    def _in_child(self, folder: Path, fault: Fault, log: Path | None = None) -> Ran:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            self._as_child(folder, fault, log, writing)
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

    def _as_child(self, folder: Path, fault: Fault, log: Path | None, writing: int) -> None:
        def say(kind: str, text: str) -> None:
            os.write(writing, f"{kind} {json.dumps(text)}\n".encode())

        def acknowledge(text: str) -> None:
            self._shim.mark(text)
            say("ack", text)

        try:
            with self._shim.watching(folder, fault, log):
                try:
                    self.operation.run(folder, acknowledge, self._mending(fault))
                except KnownError as error:
                    say("told" if error.sentence().endswith(".") else "bug", type(error).__name__)
        except BaseException as error:  # noqa: BLE001 - a child has nobody else to tell
            say("bug", _place_of(error))
        say("end", "")
        os._exit(0)


    def _mending(self, fault: Fault) -> Callable[[], None]:
        """Return what gives the space back; given up, the reserve must be room enough, and nothing mends a dead program."""
        return self._shim.stop_failing if fault.name not in {KILLED.name, FULL_BUT_FOR_THE_RESERVE.name} else lambda: None


def _place_of(error: BaseException) -> str:
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    return f"{type(error).__name__}: {error} ({' > '.join(places[-6:])})"


def _spread(places: list[int], cuts: int) -> list[int]:
    """Return ``cuts`` of these places, evenly spread, each as often as the others (give or take one)."""
    whole, rest = divmod(cuts, len(places))
    return places * whole + [places[number * len(places) // rest] for number in range(rest)]


def _spread_over(calls: int, places: int, seed: int) -> range:
    every = -(-calls // places)
    return range(1 + seed % every, calls + 1, every)


def main(arguments: list[str]) -> None:
    name, base, cuts, places, seed = arguments
    kind = next(kind for kind in OPERATIONS if kind.name == name)
    folder = Path(tempfile.mkdtemp(dir=base))
    figures = Runs(kind, folder, int(seed)).all(int(cuts), int(places))
    with suppress(OSError):
        shutil.rmtree(folder)
    print(json.dumps(vars(figures)))




if __name__ == "__main__":
    main(sys.argv[1:])
