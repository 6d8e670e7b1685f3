"""The ONE strict reader for JSON from outside, and the one writer.

Refused, with the name of the field: broken JSON, duplicate or unknown keys, wrong types, NaN and infinity, lone
surrogates, nesting deeper than ``depth``, more bytes than ``limit``. msgspec alone accepts duplicate keys, loses the
field of a lone surrogate and recurses without end on deep nesting; the pre-pass here refuses those first. What is byte
for byte what this program itself would have written cannot hold any of that and is taken at once (``canonical``).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

import msgspec

from outreach_app import typed_json
from outreach_app.wire.canonical import is_plain, read_canonical, write_plain
from outreach_app.wire.errors import DataTooLargeError, UntrustedDataError

T = TypeVar("T")

DEFAULT_LIMIT = 1 << 20
DEFAULT_DEPTH = 16
ROOT = "$"
_SURROGATE = re.compile("[\ud800-\udfff]")
# possessive: an open string is passed once; the group is there when the string is a key
_MARKS = re.compile(rb'"((?:[^"\\]|\\.)*+)"?(\s*+:)?|[\[\]{}]', re.DOTALL)
_LONGEST_NUMBER = 40


@dataclass(frozen=True, slots=True)
class _Wrong:
    """Stands where a value cannot be used, until the walk through the tree knows the name of its field."""

    reason: str


def read_json(
    untrusted: bytes | str, kind: type[T], *, what: str, limit: int = DEFAULT_LIMIT, depth: int = DEFAULT_DEPTH
) -> T:
    """Return ``untrusted`` as ``kind`` (a struct that forbids unknown fields).

    Args:
        untrusted: JSON text from a file, a socket or standard input.
        kind: the msgspec type it must have.
        what: what the data is, for the sentence ("The encounter").
        limit: most bytes accepted.
        depth: most levels of nesting accepted.

    Raises:
        DataTooLargeError: more than ``limit`` bytes.
        UntrustedDataError: anything else; names the field.
    """
    return read_spelled(untrusted, kind, what=what, limit=limit, depth=depth)[0]


def read_spelled(
    untrusted: bytes | str, kind: type[T], *, what: str, limit: int = DEFAULT_LIMIT, depth: int = DEFAULT_DEPTH
) -> tuple[T, bool]:
    """Return the same, and whether the text is already spelled exactly as ``write_json`` spells it."""
    if isinstance(untrusted, bytes) and len(untrusted) <= limit:
        known = read_canonical(untrusted, kind, depth)
        if known is not None:
            return known, True
    tree = _read_tree(untrusted, what, limit, depth)
    try:
        return typed_json.convert(tree, kind), False
    except msgspec.ValidationError as error:
        reason, field = _split_reason(str(error))
        _refuse(what, field, reason)


def write_json(value: object) -> bytes:
    """Return ``value`` as canonical JSON: sorted keys, no spaces, UTF-8."""
    if isinstance(value, msgspec.Struct) and is_plain(type(value)):
        return write_plain(value)
    return json.dumps(
        msgspec.to_builtins(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def _read_tree(untrusted: bytes | str, what: str, limit: int, depth: int) -> Any:
    try:
        data = untrusted.encode() if isinstance(untrusted, str) else untrusted
    except UnicodeEncodeError:
        _refuse(what, ROOT, "lone surrogate")
    too_deep, field = _scan(data[:limit], depth)
    if len(data) > limit:
        raise DataTooLargeError(what=what, limit=limit, field=field)
    if too_deep:
        _refuse(what, field, f"nested deeper than {depth}")
    try:
        tree = json.loads(data.decode(), object_pairs_hook=_pairs, parse_constant=_constant, parse_int=_whole_number)
    except UnicodeDecodeError:
        _refuse(what, ROOT, "not UTF-8")
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        _refuse(what, ROOT, f"broken JSON in line {line}" if line else "broken JSON")
    _check_values(tree, what, ROOT)
    return tree


def _scan(data: bytes, most: int) -> tuple[bool, str]:
    """Return whether something is nested deeper than ``most``, and the outermost field where the walk ended."""
    level, first, name = 0, b"", b""
    for found in _MARKS.finditer(data):
        mark = found.group()
        if mark in b"[{":
            first = first or mark
            level += 1
            if level > most:
                return True, _outermost(first, name)
        elif mark in b"]}":
            level -= 1
        elif level == 1 and found.group(2):
            name = found.group(1)
    return False, _outermost(first, name)


def _outermost(first: bytes, name: bytes) -> str:
    return f"{ROOT}.{_shown(name.decode(errors='replace'))}" if first == b"{" and name else ROOT


def _pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(found)
    if len(result) != len(found):
        ((twice, _),) = Counter(key for key, _ in found).most_common(1)
        result[twice] = _Wrong("given twice")
    return result


def _constant(name: str) -> _Wrong:
    return _Wrong(f"{name} is not a number here")


def _whole_number(digits: str) -> int | _Wrong:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else _Wrong("number too large")


def _check_values(tree: Any, what: str, field: str) -> None:
    """Walk the tree (its depth is already bounded) and refuse the first value that cannot be used."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if _SURROGATE.search(key):
                _refuse(what, f"{field}.{_shown(key)}", "lone surrogate")
            _check_values(value, what, f"{field}.{_shown(key)}")
    elif isinstance(tree, list):
        for place, value in enumerate(tree):
            _check_values(value, what, f"{field}[{place}]")
    elif reason := _fault(tree):
        _refuse(what, field, reason)


def _fault(value: Any) -> str:
    if isinstance(value, _Wrong):
        return value.reason
    if isinstance(value, str) and _SURROGATE.search(value):
        return "lone surrogate"
    return "number too large" if value in (float("inf"), float("-inf")) else ""


def _split_reason(message: str) -> tuple[str, str]:
    """Take msgspec's message apart: what is wrong, and where."""
    reason, _, path = message.partition(" - at `")
    unknown = re.search(r"unknown field `([^`]*)`", reason)
    missing = re.search(r"missing required field `([^`]*)`", reason)
    field = path.removeprefix("key` in `").rstrip("`") or ROOT  # a wrong key is told by the field it stands in
    if unknown:
        return "unknown field", f"{field}.{_shown(unknown.group(1))}"
    if missing:
        return "missing", f"{field}.{missing.group(1)}"
    if "matching regex" in reason:
        reason = "not of the form it must have"
    return _shown(reason, 120), field


def _shown(text: str, most: int = 60) -> str:
    """Return a text from outside in a form that is safe to show: printable, short, without braces."""
    clean = "".join(c if c.isprintable() and c not in "{}" else "?" for c in text[:most])
    return clean or "?"


def _refuse(what: str, field: str, reason: str) -> NoReturn:
    raise UntrustedDataError(what=what, field=field, reason=reason)
