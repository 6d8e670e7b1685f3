"""Archives of content packs: written the same each time, and nothing but what the writer makes is ever read."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.errors import BugError
from outreach_app.sync.packs import archive
from outreach_app.sync.packs.archive import read_archive, write_archive
from outreach_app.sync.packs.errors import PackArchiveError
from outreach_app.wire.content import (
    MANIFEST,
    MANIFEST_LIMIT,
    Manifest,
    make_manifest,
    read_manifest,
    read_policy,
    write_manifest,
)
from outreach_app.wire.errors import UntrustedDataError

PUBLISHED = datetime(2026, 10, 3, tzinfo=UTC)
FILES = {
    "directory/directory.json": b'{"schema": 1}' * 40,
    "leaflets/topics/health.json": b"{}",
    "locales/th/leaflets.po": b'msgid "x"\n' * 30,
}
LOCAL_SIZE, CENTRAL_SIZE, END_SIZE = 30, 46, 22


def manifest(number: int = 7, files: dict[str, bytes] = FILES) -> Manifest:
    return make_manifest(number, PUBLISHED, files)


@pytest.fixture(scope="module")
def good() -> bytes:
    return write_archive(manifest(), FILES)


def test_what_was_written_is_read(good: bytes) -> None:
    found = read_archive(good)
    assert dict(found.files) == FILES
    assert (found.manifest.number, found.manifest.published_at) == (7, "2026-10-03T00:00:00Z")
    assert write_archive(manifest(), dict(reversed(FILES.items()))) == good, "the order of handing in is no matter"


def test_it_is_a_zip_like_any_other(good: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(good)) as other:
        assert other.testzip() is None
        assert {name: other.read(name) for name in other.namelist() if name != MANIFEST} == FILES


def test_files_other_than_the_manifests_are_not_written() -> None:
    with pytest.raises(BugError):
        write_archive(manifest(), {"directory/directory.json": b"{}"})
    with pytest.raises(BugError):
        write_archive(manifest(), {**FILES, "leaflets/topics/health.json": b"[]"})


def test_what_expands_beyond_measure_is_stored_instead() -> None:
    zeros = {"leaflets/lint.json": bytes(1 << 20)}
    assert dict(read_archive(write_archive(manifest(files=zeros), zeros)).files) == zeros


# --- zips that somebody made by hand


def zip_of(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip with these members, by the standard library."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as target:
        for name, data in members:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)) if isinstance(name, str) else name
            info.create_system = 3
            info.compress_type = method
            target.writestr(info, data)
    return made.getvalue()


def listed(files: dict[str, bytes] = FILES) -> bytes:
    return write_manifest(manifest(files=files))


def with_extra_member(name: str, attributes: int = 0) -> bytes:
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.external_attr = attributes
    return zip_of((MANIFEST, listed()), *sorted(FILES.items()), (info, b"x"))


def changed(data: bytes, at: int, fields: str, *values: int) -> bytes:
    body = bytearray(data)
    struct.pack_into(fields, body, at, *values)
    return bytes(body)


def central(data: bytes) -> int:
    return int(struct.unpack_from("<L", data, len(data) - 6)[0])


def both(data: bytes, in_local: int, fields: str, *values: int) -> bytes:
    """Change a field of the first file where it stands twice: in its own header and in the directory."""
    return changed(changed(data, in_local, fields, *values), central(data) + in_local + 2, fields, *values)


def doubled(data: bytes) -> bytes:
    """Let the second entry of the directory point at the first file again."""
    start = central(data)
    first = CENTRAL_SIZE + len(MANIFEST)
    body = bytearray(data)
    body[start + first : start + first] = body[start : start + first]
    size = len(body) - start - END_SIZE
    count = len(FILES) + 2
    struct.pack_into("<2HL", body, len(body) - 14, count, count, size)
    return bytes(body)


def member_list(names: dict[str, bytes], **fields: object) -> bytes:
    """A manifest with anything in it."""
    body = msgspec.json.decode(listed())
    entry = body["files"][0]
    body["files"] = [{**entry, "name": name} for name in names]
    return zip_of((MANIFEST, msgspec.json.encode({**body, **fields})), *names.items())


EVIL: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _good: b"",
    "no zip": lambda _good: b"PK" * 40,
    "cut short": lambda good: good[:-1],
    "bytes before": lambda good: b"#!/bin/sh\n" + good,
    "bytes behind": lambda good: good + b"x",
    "a comment": lambda good: changed(good, len(good) - 2, "<H", 1) + b"x",
    "a comment that holds an end": lambda good: good + good[-END_SIZE:],
    "two disks": lambda good: changed(good, len(good) - 18, "<H", 1),
    "another count": lambda good: changed(good, len(good) - 14, "<2H", 2, 2),
    "counts that differ": lambda good: changed(good, len(good) - 14, "<H", 3),
    "no files": lambda good: changed(good, len(good) - 14, "<2H", 0, 0),
    "501 files": lambda good: changed(good, len(good) - 14, "<2H", 501, 501),
    "zip64 by the end": lambda good: changed(good, len(good) - 14, "<2H2L", 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF),
    "zip64 by a size": lambda good: both(good, 22, "<L", 0xFFFFFFFF),
    "encrypted": lambda good: both(good, 6, "<H", 1),
    "sizes behind the data": lambda good: both(good, 6, "<H", 8),
    "names in UTF-8": lambda good: both(good, 6, "<H", 0x800),
    "bzip2": lambda good: both(good, 8, "<H", 12),
    "a newer zip": lambda good: both(good, 4, "<H", 45),
    "an extra field": lambda good: both(good, 28, "<H", 4),
    "a wrong sum": lambda good: both(good, 14, "<L", 1),
    "a size that differs": lambda good: changed(good, 22, "<L", 3),
    "a name that differs": lambda good: good[:LOCAL_SIZE] + b"M" + good[LOCAL_SIZE + 1 :],
    "no local header": lambda good: b"XX" + good[2:],
    "no directory": lambda good: changed(good, central(good), "<L", 0),
    "an empty directory": lambda good: changed(good, len(good) - 10, "<2L", 0, len(good) - END_SIZE),
    "a comment of a file": lambda good: changed(good, central(good) + 32, "<H", 1),
    "another disk": lambda good: changed(good, central(good) + 34, "<H", 1),
    "overlapping": lambda good: changed(good, central(good) + CENTRAL_SIZE + len(MANIFEST) + 42, "<L", 0),
    "the first file twice": doubled,
    "deflated rubbish": lambda good: good[: LOCAL_SIZE + 13] + b"\xff" * 20 + good[LOCAL_SIZE + 33 :],
    "a bomb that hides its size": lambda good: both(good, 22, "<L", 50),
    "a stored file of another size": lambda _good: both(zip_of((MANIFEST, listed()), method=0), 22, "<L", 50),
    "a bomb that tells its size": lambda _good: zip_of((MANIFEST, listed()), ("policy.json", bytes(9 << 20))),
    "a ratio beyond 200": lambda _good: zip_of((MANIFEST, listed()), ("policy.json", bytes(1 << 20))),
    "traversal": lambda _good: with_extra_member("../../etc/cron.d/x"),
    "an absolute path": lambda _good: with_extra_member("/etc/passwd"),
    "a drive": lambda _good: with_extra_member("C:/Windows/x"),
    "a backslash": lambda _good: with_extra_member("leaflets\\common.json"),
    "code": lambda _good: with_extra_member("outreach_app/program.py"),
    "a folder": lambda _good: with_extra_member("leaflets/", 0x10),
    "a link": lambda _good: with_extra_member("leaflets/lint.json", 0o120777 << 16),
    "not in the list": lambda _good: with_extra_member("leaflets/lint.json"),
    "missing from the archive": lambda _good: zip_of((MANIFEST, listed()), *sorted(FILES.items())[1:]),
    "no list": lambda _good: zip_of(*sorted(FILES.items())),
    "other bytes": lambda _good: zip_of(
        (MANIFEST, listed()), *((name, b"?" * len(data)) for name, data in sorted(FILES.items()))
    ),
    "fewer bytes": lambda _good: zip_of((MANIFEST, listed()), *((name, b"?") for name in sorted(FILES))),
    "a name of a letter that looks alike": lambda _good: with_extra_member("leaflets/lint.jsоn"),
    "a list with a way out": lambda _good: member_list({"../directory/directory.json": b"{}"}),
    "a list with code": lambda _good: member_list({"leaflets/topics/x.py": b"{}"}),
    "a list with a font": lambda _good: member_list({"fonts/NotoSans-Bold.ttf": b"{}"}),
    "a list that returns to later": lambda _good: member_list({"policy.json": b"{}"}, returns_to=7),
    "a list of another format": lambda _good: member_list({"policy.json": b"{}"}, format="outreach-content/2"),
    "a day that is none": lambda _good: member_list({"policy.json": b"{}"}, published_at="2026-02-31T00:00:00Z"),
    "too large": lambda good: good + bytes(archive.PACKED_LIMIT),
}


@pytest.mark.parametrize("how", EVIL)
def test_an_evil_zip_is_refused(good: bytes, how: str) -> None:
    evil = EVIL[how](good)
    assert evil != good
    with pytest.raises(PackArchiveError):
        read_archive(evil)


def test_too_much_in_all_is_refused(monkeypatch: pytest.MonkeyPatch, good: bytes) -> None:
    monkeypatch.setattr(archive, "PLAIN_LIMIT", 100 - MANIFEST_LIMIT)
    with pytest.raises(PackArchiveError, match="unpacked"):
        read_archive(good)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_byte_can_be_changed(good: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(good) - 1))
    flipped = bytes([*good[:at], good[at] ^ data.draw(st.integers(1, 255)), *good[at + 1 :]])
    try:
        found = read_archive(flipped)
    except PackArchiveError:
        return
    assert found == read_archive(good), "a date or a version nobody looks at"


@given(st.binary(max_size=400))
@settings(max_examples=50, deadline=None)
def test_no_bytes_bring_it_down(data: bytes) -> None:
    with pytest.raises(PackArchiveError):
        read_archive(data)


@pytest.mark.parametrize(
    "name", ["manifest.json", "leaflets/x.svg", "locales/th/outreach.po", "locales/../leaflets.po", "policy.json\n", ""]
)
def test_names_that_no_pack_may_hold(name: str) -> None:
    with pytest.raises(UntrustedDataError):
        make_manifest(1, PUBLISHED, {name: b"x"})


def test_a_manifest_names_each_file_once_and_returns_only_back() -> None:
    once = manifest()
    twice = replace_files(once, (*once.files, once.files[0]))
    with pytest.raises(UntrustedDataError):
        read_manifest(write_manifest(twice))
    with pytest.raises(UntrustedDataError):
        make_manifest(3, PUBLISHED, FILES, returns_to=3)
    assert make_manifest(3, PUBLISHED, FILES, returns_to=2).returns_to == 2


def test_a_manifest_of_too_much_is_refused() -> None:
    entry = manifest().files[0]
    many = tuple(msgspec.structs.replace(entry, name=f"locales/{name}/leaflets.po", size=8 << 20) for name in
                 ("aa", "ab", "ac", "ad", "ae", "af", "ag", "ah", "ai"))  # fmt: skip
    with pytest.raises(UntrustedDataError):
        read_manifest(write_manifest(replace_files(manifest(), many)))


def replace_files(base: Manifest, files: tuple[object, ...]) -> Manifest:
    return msgspec.structs.replace(base, files=files)


def test_a_policy_names_what_the_centre_sets_and_nothing_else() -> None:
    named = {"review_before_sending": True, "expire_after_days": {"coded": 365}}
    assert read_policy(msgspec.json.encode({"format": "outreach-policy/1", **named})) == named
    assert read_policy(b'{"format": "outreach-policy/1"}') == {}


@pytest.mark.parametrize(
    "wrong",
    [b"{}", b'{"shed_after_days": 0}', b'{"shed_after_days": null}', b'{"expire_after_days": {"all": 1}}', b'{"x": 1}'],
)
def test_a_policy_out_of_bounds_is_refused(wrong: bytes) -> None:
    with pytest.raises(UntrustedDataError):
        read_policy(wrong.replace(b"{", b'{"format": "outreach-policy/1", ', 1) if wrong != b"{}" else wrong)
