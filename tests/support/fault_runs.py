"""Runs one operation under every fault, in a process that has the shim loaded.

``python -m tests.support.fault_runs OPERATION FOLDER CUTS PLACES SEED`` prints one JSON object: figures and failures.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from tests.support import fault_shim
from tests.support.fault_child import in_child, place_of
from tests.support.fault_disk import RULES, STYLES, Disk, State, read_state, write_state
from tests.support.fault_laptop import Ground, prepare_process
from tests.support.fault_log import Event, count, read_log
from tests.support.fault_operations import Operation
from tests.support.fault_shim import (
    DISK_FULL,
    EVERYTHING,
    FULL_BUT_FOR_THE_RESERVE,
    KILLED,
    SYNC_FAULT,
    WRITE_FAULT,
    Fault,
    Shim,
)
from tests.support.fault_table import NEWER, OPERATIONS

ERRORS = (DISK_FULL, FULL_BUT_FOR_THE_RESERVE, WRITE_FAULT, SYNC_FAULT)
MOST_FAILURES = 20
STYLE_WEIGHTS = (1, 1, 1, 1, 6)
AGAIN_EVERY, SECOND_CUTS = 12, 4


@dataclass
class Figures:
    """What one operation went through."""

    operation: str
    calls: int = 0
    syncs: int = 0
    cuts: int = 0
    states: int = 0
    again: int = 0
    kills: int = 0
    errors: dict[str, int] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


class Runs:
    """One operation, its folder, and the figures as they grow."""

    def __init__(self, kind: type[Operation], base: Path, seed: int) -> None:
        prepare_process(real_derivation=kind.real_derivation)
        self._shim = Shim()
        self._base = base
        self._seed = seed
        self._chance = random.Random(f"{kind.name} {seed}")
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
            ran = in_child(self._shim, self.operation.run, folder, log=log)
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
        wanted = Counter(_spread(places, cuts))
        disks = [Disk(self.operation.folder, rule) for rule in RULES]
        acknowledged: list[str] = []
        for place in range(len(events) + 1):
            for number in range(wanted[place]):
                style = self._chance.choices(STYLES, STYLE_WEIGHTS)[0]
                state = self._chance.choice(disks).after_power_cut(style, self._chance)
                self.figures.cuts += 1
                self._look_at(state, acknowledged, f"power cut {number} before call {place}, {style}")
            if place < len(events):
                if events[place].letter == "K":
                    acknowledged = [*acknowledged, events[place].text]
                for disk in disks:
                    disk.play(events[place])

    def cut_power_again(self, state: State, acknowledged: list[str], where: str) -> None:
        """Open what a power cut left, and cut the power once more while the vault recovers."""
        before, folder, log = self._base / "once", self._base / "twice", self._base / "second log"
        write_state(state, before)
        write_state(state, folder)
        ran = in_child(self._shim, self.operation.reopen, folder, log=log)
        if ran.bug:
            self._failed(where, ran.bug)
        events = [event for event in read_log(log) if event.letter != "K"]
        disk, cuts = Disk(before, self._chance.choice(RULES)), self._chance.choices(range(len(events) + 1), k=SECOND_CUTS)
        for place in range(len(events) + 1):
            for _ in range(cuts.count(place)):
                self.figures.again += 1
                left = disk.after_power_cut("by chance", self._chance)
                self._look_at(left, acknowledged, f"{where}, again at {place}", first=False)
            if place < len(events):
                disk.play(events[place])
        for each in (before, folder):
            shutil.rmtree(each)
        log.unlink()

    def kill(self, places: range) -> None:
        """Kill the program at these calls, one run each."""
        for at in places:
            with self._copy() as folder:
                ran = in_child(self._shim, self.operation.run, folder, KILLED.place(at))
                self.figures.kills += 1
                if ran.bug or not ran.was_killed:
                    self._failed(f"kill at call {at}", ran.bug or "it was not killed")
                self._check(folder, ran.acknowledged, f"kill at call {at}")

    def fail(self, fault: Fault, places: range) -> None:
        """Let the k-th call fail, one run each: the error is told, nothing is lost, and all works when it is mended."""
        log = self._base / "log of a fault"
        for at in places:
            with self._copy() as folder:
                where = f"{fault.name} at call {at}"
                ran = in_child(self._shim, self.operation.run, folder, fault.place(at), log)
                self.figures.errors[fault.name] = self.figures.errors.get(fault.name, 0) + 1
                self.figures.told[ran.told or "nothing"] += 1
                if ran.bug:
                    self._failed(where, ran.bug)
                self._check(folder, ran.acknowledged, where)
            self._cut_after_fault(read_log(log), where)
            log.unlink()

    def _cut_after_fault(self, events: list[Event], where: str) -> None:
        """Cut the power in a run in which the disk had failed: what was left half done then is still there."""
        place = self._chance.randint(0, len(events))
        disk = Disk(self.operation.folder, self._chance.choice(RULES))
        for event in events[:place]:
            disk.play(event)
        acknowledged = [event.text for event in events[:place] if event.letter == "K"]
        self.figures.again += 1
        style = self._chance.choices(STYLES, STYLE_WEIGHTS)[0]
        state = disk.after_power_cut(style, self._chance)
        self._look_at(state, acknowledged, f"{where}, then a power cut before call {place}, {style}", first=False)

    def _look_at(self, state: State, acknowledged: list[str], where: str, *, first: bool = True) -> None:
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
        if first and self.figures.states % AGAIN_EVERY == 0:
            self.cut_power_again(state, acknowledged, where)

    def _check(self, folder: Path, acknowledged: list[str], where: str) -> None:
        try:
            with self._shim.watching(folder):  # so that nothing waits for the disk
                self.figures.outcomes[self.operation.check(folder, acknowledged)] += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs into the report
            self._failed(where, f"{place_of(error)} after {acknowledged}")

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


def _spread(places: list[int], cuts: int) -> list[int]:
    """Return ``cuts`` of these places, evenly spread, each as often as the others (give or take one)."""
    whole, rest = divmod(cuts, len(places))
    return places * whole + [places[number * len(places) // rest] for number in range(rest)]


def _spread_over(calls: int, places: int, seed: int) -> range:
    every = -(-calls // places)
    return range(1 + seed % every, calls + 1, every)


def main(arguments: list[str]) -> None:
    name, base, cuts, places, seed = arguments
    kind = next(kind for kind in (*OPERATIONS, *NEWER) if kind.name == name)
    folder = Path(tempfile.mkdtemp(dir=base))
    figures = Runs(kind, folder, int(seed)).all(int(cuts), int(places))
    with suppress(OSError):
        shutil.rmtree(folder)
    print(json.dumps(vars(figures)))


if __name__ == "__main__":
    main(sys.argv[1:])
