"""JSON as types from any thread: learning a type in two threads at once must not end the process."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from outreach_app import typed_json

ROOT = Path(__file__).resolve().parents[2]
TOGETHER = """
import sys, threading
import msgspec
from outreach_app import typed_json
from outreach_app.wire.canonical import read_canonical

sys.setswitchinterval(1e-6)
DATA = b'{"many": [{"text": "x", "number": 1, "each": {"q": 1}}], "one": {"text": "y", "number": 2, "each": {}}}'
SPELLED = b'{"many":[{"each":{"q":1},"number":1,"text":"x"}],"one":{"each":{},"number":2,"text":"y"}}'


def fresh():
    class Inner(msgspec.Struct):
        text: str
        number: int
        each: dict[str, int]

    class Outer(msgspec.Struct):
        many: list[Inner]
        one: Inner

    return Outer


def read(kind, together, problems):
    together.wait()
    try:
        assert read_canonical(SPELLED, kind, 9).one.number == 2  # looks into the type itself before it reads
        assert typed_json.decode(DATA, kind).one.number == 2
        assert typed_json.convert({"many": [], "one": {"text": "z", "number": 3, "each": {}}}, kind).one.text == "z"
    except BaseException as error:
        problems.append(repr(error))


for _ in range(200):
    kind, together, problems = fresh(), threading.Barrier(4), []
    threads = [threading.Thread(target=read, args=(kind, together, problems)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems, problems
print("all read")
"""


def test_types_are_learned_in_many_threads_at_once() -> None:
    """Without the lock this process ends with a fault of memory, mostly within the first dozen rounds."""
    done = subprocess.run([sys.executable, "-c", TOGETHER], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout) == (0, "all read\n"), done.stderr


@dataclass(frozen=True)
class Point:
    x: int


def test_texts_and_values_are_read_as_the_type() -> None:
    assert typed_json.decode(b'{"x": 1}', Point) == typed_json.decode('{"x": 1}', Point) == Point(1)
    assert typed_json.convert({"x": 1}, Point) == Point(1)
    assert typed_json.convert({"x": "1"}, Point, strict=False) == Point(1)
    with pytest.raises(msgspec.ValidationError):
        typed_json.convert({"x": "1"}, Point)
    assert typed_json.decoder(Point) is typed_json.decoder(Point)
