"""The one strict reader: whatever comes, a value or a calm sentence that names the field; never anything else."""

from __future__ import annotations

import json
import time
from datetime import date
from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.errors import KnownError
from outreach_app.wire.errors import DataTooLargeError, UntrustedDataError
from outreach_app.wire.strict import DEFAULT_DEPTH, DEFAULT_LIMIT, read_json, write_json


class Inner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: Annotated[str, msgspec.Meta(pattern=r"^[a-z]{1,4}\Z")] = "a"
    day: date | None = None


class Outer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    count: int = 0
    share: float = 0.0
    sure: bool = False
    inner: Inner = Inner()
    many: list[Inner] = []
    by_name: dict[Annotated[str, msgspec.Meta(max_length=9)], int] = {}


def refusal(untrusted: bytes | str, **more: Any) -> tuple[str, str]:
    with pytest.raises(UntrustedDataError) as caught:
        read_json(untrusted, Outer, what="The thing", **more)
    assert caught.value.sentence().startswith("The thing cannot be used: ")
    return caught.value.values["field"], caught.value.values["reason"]  # type: ignore[return-value]  # both are texts


def test_a_right_value_is_read_from_bytes_and_text() -> None:
    wanted = Outer("Zoë", 3, 0.5, True, Inner("ab", date(2026, 3, 2)), [Inner()], {"x": 1})
    assert read_json(write_json(wanted), Outer, what="It") == wanted
    assert read_json(write_json(wanted).decode(), Outer, what="It") == wanted


@pytest.mark.parametrize(
    ("untrusted", "field", "reason"),
    [
        (b"", "$", "broken JSON"),
        (b" ", "$", "broken JSON"),
        (b"{", "$", "broken JSON in line 1"),
        (b'{\n"name":\n}', "$", "broken JSON in line 3"),
        (b'{"name":"a"} x', "$", "broken JSON"),
        (b'{"name":"a"}{}', "$", "broken JSON"),
        (b'{"name":"a\nb"}', "$", "broken JSON"),
        (b'{"name":"open', "$", "broken JSON"),
        (b"[]", "$", "object"),
        (b"null", "$", "object"),
        (b'"text"', "$", "object"),
        (b"\xff\xfe{}", "$", "not UTF-8"),
        (b'{"name":"\xc3"}', "$", "not UTF-8"),
        (b'{"name":"\xed\xa0\x80"}', "$", "not UTF-8"),
        ('{"name":"\ud800"}', "$", "lone surrogate"),
        (b'{"name":"\\ud800"}', "$.name", "lone surrogate"),
        (b'{"name":"a","by_name":{"\\udc00":1}}', "$.by_name.?", "lone surrogate"),
        (b'{"name":"a","many":[{},{"code":"\\ud83d"}]}', "$.many[1].code", "lone surrogate"),
        (b'{"name":"a","name":"b"}', "$.name", "given twice"),
        (b'{"name":"a","inner":{"code":"a","code":"a"}}', "$.inner.code", "given twice"),
        (b'{"name":"a","colour":"red"}', "$.colour", "unknown field"),
        (b'{"name":"a","inner":{"x":1}}', "$.inner.x", "unknown field"),
        (b"{}", "$.name", "missing"),
        (b'{"name":1}', "$.name", "str"),
        (b'{"name":null}', "$.name", "str"),
        (b'{"name":"a","count":"1"}', "$.count", "int"),
        (b'{"name":"a","count":1.0}', "$.count", "int"),
        (b'{"name":"a","count":true}', "$.count", "int"),
        (b'{"name":"a","sure":1}', "$.sure", "bool"),
        (b'{"name":"a","inner":{"day":"yesterday"}}', "$.inner.day", "date"),
        (b'{"name":"a","inner":{"day":"2026-02-30"}}', "$.inner.day", "date"),
        (b'{"name":"a","many":[{"code":"A"}]}', "$.many[0].code", "form"),
        (b'{"name":"a","inner":{"code":"ab\\n"}}', "$.inner.code", "form"),
        (b'{"name":"a","many":{}}', "$.many", "array"),
        (b'{"name":"a","by_name":{"k":"v"}}', "$.by_name[...]", "int"),
        (b'{"name":"a","by_name":{"much too long":1}}', "$.by_name", "length"),
        (b"NaN", "$", "NaN"),
        (b'{"name":"a","many":[{},{"code":NaN}]}', "$.many[1].code", "NaN"),
        (b'{"name":"a","many":[{"code":"a"},{"code":"a","day":null,"code":"a"}]}', "$.many[1].code", "given twice"),
        (b'{"name":"a","share":NaN}', "$.share", "NaN"),
        (b'{"name":"a","share":Infinity}', "$.share", "Infinity"),
        (b'{"name":"a","share":-Infinity}', "$.share", "-Infinity"),
        (b'{"name":"a","share":1e999}', "$.share", "too large"),
        (b'{"name":"a","share":-1e999}', "$.share", "too large"),
        (b'{"name":"a","count":' + b"9" * 5000 + b"}", "$.count", "too large"),
        (b'{"name":"a","count":' + b"9" * 41 + b"}", "$.count", "too large"),
        (b"[" * 100_000, "$", "nested deeper than 16"),
        (b'["a",' * 17, "$", "nested deeper than 16"),
        (b'{"name":"a","many" : ' + b"[" * 100_000, "$.many", "nested deeper than 16"),
        (b'{"a":' * 17 + b"1" + b"}" * 17, "$.a", "nested deeper than 16"),
    ],
)
def test_what_is_wrong_is_refused_by_field(untrusted: bytes, field: str, reason: str) -> None:
    found_field, found_reason = refusal(untrusted)
    assert (found_field, reason in found_reason) == (field, True), (found_field, found_reason)


def test_brackets_inside_texts_do_not_count_as_depth() -> None:
    text = '[{"' * 100
    assert read_json(json.dumps({"name": text}), Outer, what="It").name == text


def test_depth_and_size_have_limits_that_can_be_set() -> None:
    tree: Any = 1
    for _ in range(DEFAULT_DEPTH):
        tree = [tree]
    assert read_json(json.dumps(tree), list[Any], what="It") == tree
    assert refusal(b'{"name":"a","inner":{}}', depth=1)[1] == "nested deeper than 1"
    with pytest.raises(DataTooLargeError, match="larger than 5 bytes"):
        read_json(b'{"name":"a"}', Outer, what="It", limit=5)
    with pytest.raises(DataTooLargeError):
        read_json(b" " * (DEFAULT_LIMIT + 1), Outer, what="It")


@pytest.mark.parametrize(
    ("untrusted", "field"),
    [
        (b'{"count":1,"name":"' + b"x" * 200, "$.name"),
        (b'{"name":"a: b","inner":{"code":"' + b"x" * 200, "$.inner"),
        (b'["name",' + b"1," * 200, "$"),
        (b"x" * 200, "$"),
    ],
)
def test_what_is_too_large_is_named_by_the_field_that_makes_it_so(untrusted: bytes, field: str) -> None:
    with pytest.raises(DataTooLargeError) as caught:
        read_json(untrusted, Outer, what="It", limit=100)
    assert caught.value.values["field"] == field


@pytest.mark.parametrize("evil", [b'"' + b'\\"' * 200_000, b'"' * 400_001, b'{"a":"' + b"\\\\" * 200_000, b"[1," * 15 + b"[" * 300_000, b"\\" * 400_000])
def test_a_text_without_an_end_takes_no_longer_than_any_other(evil: bytes) -> None:
    began = time.process_time()
    refusal(evil)
    assert time.process_time() - began < 2


def test_what_is_shown_of_untrusted_names_is_short_and_harmless() -> None:
    field, _ = refusal(b'{"name":"a","' + b"{evil}\\u202e\\u0007" * 30 + b'":1}')
    assert len(field) < 80
    assert field.isprintable()
    assert "{" not in field
    with pytest.raises(UntrustedDataError) as caught:
        read_json(b'{"name":"a","":1}', Outer, what="It")
    assert caught.value.sentence()


@settings(max_examples=300)
@given(st.binary(max_size=200) | st.text(max_size=100))
def test_no_bytes_end_in_anything_but_a_value_or_a_known_error(untrusted: bytes | str) -> None:
    only_known(untrusted)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["name", "count", "inner", "many", "code", "day", ""]) | st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300)
@given(JSON, st.booleans())
def test_no_json_ends_in_anything_but_a_value_or_a_known_error(tree: Any, ascii_only: bool) -> None:
    try:
        untrusted: bytes | str = json.dumps(tree, ensure_ascii=ascii_only)
    except ValueError:
        return
    only_known(untrusted)


@settings(max_examples=200)
@given(st.data())
def test_no_change_of_a_right_text_ends_in_anything_else(data: st.DataObject) -> None:
    right = bytearray(b'{"name":"Zo\xc3\xab","count":3,"inner":{"code":"ab","day":"2026-03-02"},"many":[{}],"by_name":{"x":1}}')
    for _ in range(data.draw(st.integers(1, 3))):
        right[data.draw(st.integers(0, len(right) - 1))] = data.draw(st.integers(0, 255))
    only_known(bytes(right))


def only_known(untrusted: bytes | str) -> None:
    said = ["read"]
    try:
        read_json(untrusted, Outer, what="It")
    except KnownError as error:
        said = [error.sentence(), str(error.values.get("field", "$"))]
    assert all(said)


def test_what_is_written_is_canonical() -> None:
    assert write_json({"b": 1, "a": "Zoë", "c": date(2026, 3, 2)}) == '{"a":"Zoë","b":1,"c":"2026-03-02"}'.encode()
    with pytest.raises(ValueError):
        write_json({"x": float("nan")})
