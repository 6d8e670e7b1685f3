"""JSON and plain values as types, from any thread.

msgspec learns what a type looks like when it is first asked for it. Two threads that learn at once end the whole
process (version 0.22: the second reads what the first has not filled in yet), so every type is learned here, one after
the other; reading needs no lock. Describing a type learns it as well. ``pyproject.toml`` bans msgspec's own readers and
describers everywhere else.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

import msgspec
from msgspec import inspect

T = TypeVar("T")

_learning = threading.RLock()


def decode(untrusted: bytes | str, kind: type[T]) -> T:
    """Return JSON text as ``kind``; raises msgspec.DecodeError, UnicodeDecodeError, RecursionError."""
    return decoder(kind).decode(untrusted)


def convert(value: object, kind: type[T], *, strict: bool = True) -> T:
    """Return a plain value (of dicts, lists, texts, numbers) as ``kind``; raises msgspec.ValidationError."""
    decoder(kind)
    return msgspec.convert(value, kind, strict=strict)


def decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    """Return the reader of ``kind``; each is made once."""
    return _decoder(cast("Hashable", kind))


def describe(kind: type) -> inspect.Type:
    """Return what the type looks like, as msgspec's own description."""
    with _learning:
        return inspect.type_info(kind)


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    with _learning:
        return msgspec.json.Decoder(kind)
