"""The file that says a centre is finished: written in one step, read strictly, never mistaken."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from outreach_app.centre.desk import folder as folder_module
from outreach_app.centre.desk.errors import CentreMissingError, CentreSettingsError, CentreUnfinishedError
from outreach_app.centre.desk.folder import (
    SETTINGS_FILE,
    CentreSettings,
    default_centre_folder,
    is_centre,
    read_settings,
    write_settings,
)
from outreach_app.errors import FolderNotWritableError


def test_settings_come_back_and_only_the_owner_may_read_them(tmp_path: Path) -> None:
    (tmp_path / f"{SETTINGS_FILE}.new").write_text("left by an interrupted writing")
    write_settings(tmp_path, CentreSettings(database="postgresql://centre.example/mail"))
    assert read_settings(tmp_path).database == "postgresql://centre.example/mail"
    assert stat.S_IMODE((tmp_path / SETTINGS_FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [SETTINGS_FILE]
    assert is_centre(tmp_path)


def test_nothing_there_unfinished_and_damaged_are_three_answers(tmp_path: Path, centre: Path) -> None:
    with pytest.raises(CentreMissingError):
        read_settings(tmp_path / "nothing")
    with pytest.raises(CentreUnfinishedError):
        read_settings(centre)
    for untrusted in (b"", b"{", b'{"database":null,"version":2}', b'{"extra":1}', b"[" * 100, b" " * 20_000):
        (centre / SETTINGS_FILE).write_bytes(untrusted)
        with pytest.raises(CentreSettingsError):
            read_settings(centre)


def test_a_folder_in_the_files_place_is_damage_and_a_missing_folder_is_not_writable(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_FILE).mkdir()
    with pytest.raises(CentreSettingsError):
        read_settings(tmp_path)
    assert not is_centre(tmp_path)
    with pytest.raises(FolderNotWritableError):
        write_settings(tmp_path / "nothing", CentreSettings())


def test_the_usual_folder_is_not_the_vaults() -> None:
    assert default_centre_folder().name == "centre"


def test_the_centre_made_last_is_the_usual_one(tmp_path, monkeypatch):
    monkeypatch.setattr(folder_module, "default_vault_folder", lambda: tmp_path / "data" / "vault")
    monkeypatch.chdir(tmp_path)
    assert folder_module.usual_centre_folder() == tmp_path / "data" / "centre"
    made = tmp_path / "made"
    made.mkdir()
    folder_module.remember_centre(made)
    assert folder_module.usual_centre_folder() == tmp_path / "data" / "centre"  # noted, but not finished
    write_settings(made, CentreSettings())
    assert folder_module.usual_centre_folder() == made
    here = tmp_path / "here"
    here.mkdir()
    write_settings(here, CentreSettings())
    monkeypatch.chdir(here)
    assert folder_module.usual_centre_folder() == here
