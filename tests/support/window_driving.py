"""Starts the real program as a process, drives it and the process that takes its place, and searches their memory."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.support.driven_window import DUMP, SOCKET

ROOT = Path(__file__).resolve().parents[2]
WAIT_SECONDS = 60


class Driven:
    """One process that answers."""

    def __init__(self, line: socket.socket, desk: DrivenWindows) -> None:
        self._line = line
        self._answers = line.makefile("r")
        self._desk = desk
        self.pid: int = json.loads(self._answers.readline())["pid"]

    def do(self, action: str, *values: object) -> Any:
        """Let the window do something; return its answer."""
        self._line.sendall(json.dumps([action, *values]).encode() + b"\n")
        answer = json.loads(self._answers.readline())
        assert not (isinstance(answer, dict) and "error" in answer), answer
        return answer

    def until(self, action: str, *values: object) -> None:
        """Ask until the answer is yes."""
        end = time.monotonic() + WAIT_SECONDS
        while not self.do(action, *values):
            assert time.monotonic() < end, f"{action} never came"
            time.sleep(0.01)

    def find(self, needles: Mapping[str, bytes]) -> Counter[str]:
        """Count how often each needle lies in the memory of the process."""
        self._line.sendall(b'["dump"]\n')
        line = self._desk.accept()
        try:
            return count_in(iter(lambda: line.recv(1 << 20), b""), needles)
        finally:
            line.close()

    def close(self) -> None:
        self._answers.close()
        self._line.close()


class DrivenWindows:
    """The place the driven processes report to. ``environment`` is added to theirs."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self._path = folder / "driver"
        self._environment = {**os.environ, **(environment or {}), SOCKET: str(self._path)}
        self._driven: list[Driven] = []

    def __enter__(self) -> Self:
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(self._path))
        self._listening.listen()
        self._listening.settimeout(WAIT_SECONDS)
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        for driven in self._driven:
            driven.close()
            end(driven.pid)
        self.process.wait()
        self._listening.close()

    def start(self, vault: Path, *arguments: str) -> Driven:
        """Start the program and wait until its window stands."""
        command = [sys.executable, "-m", "tests.support.driven_window", "window", "--vault", str(vault), *arguments]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdin=subprocess.DEVNULL)
        window = self.next()
        window.until("ready")
        return window

    def next(self) -> Driven:
        """Wait for the next process to report: the first, or a successor."""
        self._driven.append(Driven(self.accept(greeting=False), self))
        return self._driven[-1]

    def accept(self, *, greeting: bool = True) -> socket.socket:
        """Return the next line; one that brings memory begins with a greeting."""
        line, _address = self._listening.accept()
        line.settimeout(WAIT_SECONDS)
        if greeting:
            assert line.recv(len(DUMP), socket.MSG_WAITALL) == DUMP
        return line


def count_in(pieces: Iterable[bytes], needles: Mapping[str, bytes]) -> Counter[str]:
    """Count needles in a stream, those on the border of two pieces too."""
    found: Counter[str] = Counter(dict.fromkeys(needles, 0))
    longest = max(len(needle) for needle in needles.values())
    before = b""
    for piece in pieces:
        if not piece.strip(b"\0") and not before.strip(b"\0"):
            continue  # most of a process's memory was never written
        searched = before + piece
        for name, needle in needles.items():
            found[name] += searched.count(needle) - before.count(needle)
        before = searched[-(longest - 1) :]
    return found


def forms_of(name: str, text: str) -> dict[str, bytes]:
    """Return a text as it may lie in memory: UTF-8, and UTF-16 as Qt keeps it."""
    return {f"{name}, UTF-8": text.encode(), f"{name}, UTF-16": text.encode("utf-16-le")}


def forms_of_key(name: str, key: bytes) -> dict[str, bytes]:
    """Return key bytes raw and as hex digits, small and large."""
    return {f"{name}, raw": key, **forms_of(f"{name}, hex", key.hex()), f"{name}, HEX": key.hex().upper().encode()}


def end(pid: int) -> None:
    """End a process that this test started."""
    try:
        os.kill(pid, 9)
    except ProcessLookupError:
        return


def is_alive(pid: int) -> bool:
    """Tell whether a process still runs; one that only waits to be collected does not."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False


def wait_for(condition: Callable[[], object], seconds: float = WAIT_SECONDS) -> None:
    """Look until something is so."""
    last = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < last, "it never came"
        time.sleep(0.01)
