"""``outreach packs``: what is in use and how old it is, fetching from a stick, trust by hand, making and checking a pack."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from outreach_app.cli.packs import _sentence
from outreach_app.content import NOTHING, use_content
from outreach_app.services.packs import PacksState
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.sync.packs.trusted_files import TRUST
from outreach_app.vault.layout import CONTENT_COPY
from tests.support.content_packs import DIRECTORY, edited, pack_of, small_pack, whole_files
from tests.support.packs import PackRepository
from tests.unit.cli.conftest import CommandLine, plain

HEALTH = "leaflets/topics/health.json"


@pytest.fixture(autouse=True)
def nothing_in_use() -> Iterator[None]:
    yield
    use_content(NOTHING)


@pytest.fixture
def repository() -> PackRepository:
    other_title = edited(HEALTH, lambda topic: topic.update(title="Doctor and medicine"))
    pack = pack_of({HEALTH: other_title, DIRECTORY: whole_files()[DIRECTORY]})
    return PackRepository(now=datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1), content=pack)


@pytest.fixture
def stick(repository: PackRepository, tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    written = StickFolder(folder)
    for name, data in repository.files.items():
        written.put_pack_file(name, data)
    return folder


def answer(line: CommandLine, *arguments: str) -> Any:
    return json.loads(line.run(*arguments).stdout)


def test_before_anything_came(line: CommandLine) -> None:
    shown = answer(line, "packs", "--json")
    assert (shown["number"], shown["published_on"], shown["trusted"], shown["expired"]) == (0, None, False, False)
    assert "came with the program" in line.run("packs").stdout
    assert "not known here yet" in line.run("packs").stdout


def test_what_lies_on_a_stick_is_taken_and_shows_also_while_locked(line: CommandLine, stick: Path) -> None:
    fetched = answer(line, "packs", "fetch", "--stick", str(stick))
    assert (fetched["installed"], fetched["number"], fetched["keys_number"]) == (True, 1, 1)
    assert (line.folder / CONTENT_COPY).is_file()
    assert "Texts of the centre of" in line.run("packs").stdout
    use_content(NOTHING)
    listed = plain("--vault", str(line.folder), "leaflet", "list", "--sheet", "health", "--language", "en", "--json")
    assert [row["title"] for row in json.loads(listed.stdout)] == ["Doctor and medicine"]
    use_content(NOTHING)
    assert answer(line, "packs", "fetch", "--stick", str(stick))["installed"] is False


def test_one_road_is_named(line: CommandLine, stick: Path) -> None:
    assert "one road" in line.run("packs", "fetch", code=2).stderr
    line.run("packs", "fetch", "--stick", str(stick), "--mailbox", "http://127.0.0.1:1", code=2)


def test_what_is_wrong_on_a_stick_is_said_after_the_answer(line: CommandLine, stick: Path) -> None:
    for file in (stick / "outreach-packs").glob("*.content.zip"):
        file.unlink()
    done = line.run("packs", "fetch", "--stick", str(stick), code=3)
    assert json.loads(done.stdout)["installed"] is False
    assert "stays in use" in done.stderr


def test_custodians_are_trusted_by_hand(line: CommandLine, repository: PackRepository, tmp_path: Path) -> None:
    file = tmp_path / TRUST
    file.write_bytes(repository.files[TRUST])
    first = answer(line, "packs", "trust", str(file))
    assert (first["trusted"], first["changed"]) == (False, False)
    with_words = ("packs", "trust", str(file), "--words", first["words"])
    assert answer(line, *with_words) == {**first, "trusted": True, "changed": True}
    assert answer(line, *with_words) == {**first, "trusted": True}
    assert "six words" in line.run("packs", "trust", str(file), "--words", "one two", code=3).stderr


def test_a_pack_is_made_of_a_folder_and_checked(tmp_path: Path) -> None:
    source, out = tmp_path / "pack", tmp_path / "content.zip"
    (source / "directory").mkdir(parents=True)
    (source / DIRECTORY).write_bytes(whole_files()[DIRECTORY])
    made = plain("packs", "make", str(source), "--number", "4", "--returns-to", "2", "--out", str(out))
    assert made.exit_code == 0
    assert json.loads(made.stdout) == {"number": 4, "files": [DIRECTORY], "bytes": out.stat().st_size}
    checked = json.loads(plain("packs", "check", str(out)).stdout)
    assert (checked["number"], checked["returns_to"], checked["files"], checked["policy"]) == (4, 2, [DIRECTORY], {})
    (source / DIRECTORY).write_text("{}")
    refused = plain("packs", "make", str(source), "--number", "5", "--out", str(tmp_path / "other.zip"))
    assert refused.exit_code == 3
    assert DIRECTORY in refused.stderr
    assert not (tmp_path / "other.zip").exists()


def test_a_file_that_is_no_pack_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(small_pack()[:-1])
    assert plain("packs", "check", str(tmp_path / "x.zip")).exit_code == 3


def test_what_is_old_says_how_old_and_a_revoked_laptop_is_told() -> None:
    fresh = PacksState(number=3, published_on=date(2026, 10, 3), expires_on=date(2026, 12, 1), trusted=True)
    assert _sentence(fresh) == "Texts of the centre of 2026-10-03."
    old = replace(fresh, expired=True)
    assert _sentence(old) == "Texts of the centre of 2026-10-03; they should have been renewed by 2026-12-01."
    assert "do not fit this version of the program" in _sentence(replace(old, set_aside=True))
    assert "Call the centre" in _sentence(replace(fresh, revoked=True))
