"""The ONE strict reader for JSON from outside, and the one writer.

Refused, with the name of the field: broken JSON, duplicate or unknown keys, wrong types, NaN and infinity, lone
surrogates, nesting deeper than ``depth``, more bytes than ``limit``. msgspec alone accepts duplicate keys, loses the
field of a lone surrogate and recurses without end on deep nesting; the pre-pass here refuses those first.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any, NoReturn, TypeVar

import msgspec

from outreach_app.wire.errors import DataTooLargeError, UntrustedDataError

T = TypeVar("T")

DEFAULT_LIMIT = 1 << 20
DEFAULT_DEPTH = 16
ROOT = "$"
_SURROGATE = re.compile("[\ud800-\udfff]")
_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)  # possessive: an open string is passed once


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
    tree = _read_tree(untrusted, what, limit, depth)
    try:
        return msgspec.convert(tree, kind, strict=True)
    except msgspec.ValidationError as error:
        reason, field = _split_reason(str(error))
        _refuse(what, field, reason)


def write_json(value: object) -> bytes:
    """Return ``value`` as canonical JSON: sorted keys, no spaces, UTF-8."""
    return json.dumps(
        msgspec.to_builtins(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def _read_tree(untrusted: bytes | str, what: str, limit: int, depth: int) -> Any:
    try:
        data = untrusted.encode() if isinstance(untrusted, str) else untrusted
    except UnicodeEncodeError:
        _refuse(what, ROOT, "lone surrogate")
    if len(data) > limit:
        raise DataTooLargeError(what=what, limit=limit)
    _check_depth(data, what, depth)
    try:
        tree = json.loads(data.decode(), object_pairs_hook=_no_duplicates(what), parse_constant=_no_constants(what))
    except UnicodeDecodeError:
        _refuse(what, ROOT, "not UTF-8")
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        _refuse(what, ROOT, f"broken JSON in line {line}" if line else "broken JSON")
    _check_texts(tree, what, ROOT)
    return tree


def _check_depth(data: bytes, what: str, most: int) -> None:
    level = 0
    for found in _BRACKETS.finditer(data):
        mark = found.group()
        if mark in b"[{":
            level += 1
            if level > most:
                _refuse(what, ROOT, f"nested deeper than {most}")
        elif mark in b"]}":
            level -= 1


def _no_duplicates(what: str) -> Any:
    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(found)
        if len(result) != len(found):
            ((twice, _),) = Counter(key for key, _ in found).most_common(1)
            _refuse(what, _shown(twice), "given twice")
        return result

    return pairs


def _no_constants(what: str) -> Any:
    def constant(name: str) -> NoReturn:
        _refuse(what, ROOT, f"{name} is not a number here")

    return constant


def _check_texts(tree: Any, what: str, field: str) -> None:
    """Walk the tree (its depth is already bounded) and refuse lone surrogates and infinite numbers."""
    if isinstance(tree, str):
        if _SURROGATE.search(tree):
            _refuse(what, field, "lone surrogate")
    elif isinstance(tree, float):
        if tree in (float("inf"), float("-inf")):
            _refuse(what, field, "number too large")
    elif isinstance(tree, dict):
        for key, value in tree.items():
            if _SURROGATE.search(key):
                _refuse(what, f"{field}.{_shown(key)}", "lone surrogate")
            _check_texts(value, what, f"{field}.{_shown(key)}")
    elif isinstance(tree, list):
        for place, value in enumerate(tree):
            _check_texts(value, what, f"{field}[{place}]")


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
    return _shown(reason, 120), field


def _shown(text: str, most: int = 60) -> str:
    """Return a text from outside in a form that is safe to show: printable, short, without braces."""
    clean = "".join(c if c.isprintable() and c not in "{}" else "?" for c in text[:most])
    return clean or "?"


def _refuse(what: str, field: str, reason: str) -> NoReturn:
    raise UntrustedDataError(what=what, field=field, reason=reason)
