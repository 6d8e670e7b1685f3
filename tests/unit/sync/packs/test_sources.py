"""Where the files of a pack come from: a folder, strictly, or what the program is shipped with."""

from pathlib import Path

import pytest

from outreach_app.content import read_shipped_content
from outreach_app.sync.packs import sources
from outreach_app.sync.packs.errors import SourceUnusableError
from outreach_app.sync.packs.sources import files_in, shipped_files


def write(folder: Path, name: str, data: bytes = b"{}") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def test_a_folder_is_read_by_the_names_of_a_pack(tmp_path: Path) -> None:
    write(tmp_path, "leaflets/states.json", b"1")
    write(tmp_path, "locales/pt-BR/leaflets.po", b"2")
    assert files_in(tmp_path) == {"leaflets/states.json": b"1", "locales/pt-BR/leaflets.po": b"2"}


def test_anything_else_in_the_folder_is_named_and_refused(tmp_path: Path) -> None:
    write(tmp_path, "leaflets/states.json")
    odd = write(tmp_path, "leaflets/notes.txt")
    with pytest.raises(SourceUnusableError) as caught:
        files_in(tmp_path)
    assert caught.value.values == {"folder": tmp_path.name, "reason": "leaflets/notes.txt"}
    odd.unlink()
    (tmp_path / "leaflets" / "groups.json").symlink_to(tmp_path / "leaflets" / "states.json")
    with pytest.raises(SourceUnusableError):
        files_in(tmp_path)


def test_limits_hold_before_a_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "leaflets/states.json")
    monkeypatch.setattr(sources, "FILE_LIMIT", 1)
    with pytest.raises(SourceUnusableError):
        files_in(tmp_path)
    monkeypatch.setattr(sources, "FILE_LIMIT", 100)
    monkeypatch.setattr(sources, "_MOST_LOOKED_AT", 0)
    with pytest.raises(SourceUnusableError):
        files_in(tmp_path)


def test_no_folder_and_an_empty_one(tmp_path: Path) -> None:
    for folder in (tmp_path / "none", tmp_path):
        with pytest.raises(SourceUnusableError):
            files_in(folder)


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "leaflets/states.json")

    def unreadable(_path: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", unreadable)
    with pytest.raises(SourceUnusableError):
        files_in(tmp_path)


def test_what_is_shipped_is_what_a_pack_may_hold() -> None:
    files = shipped_files()
    assert {"directory/directory.json", "leaflets/states.json", "pathways/numbers.json"} <= set(files)
    assert sum(name.startswith("locales/") for name in files) >= 15
    assert all(data == read_shipped_content(name) for name, data in files.items())
