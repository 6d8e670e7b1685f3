"""Settings come back as they were kept; whatever is wrong with the file, the defaults hold."""

from __future__ import annotations

import stat

import pytest

from outreach_app.settings import Settings, load_settings, save_settings, settings_file


def test_settings_come_back(tmp_path):
    chosen = Settings(language="da", theme="dark", lock_after=600, window=(1, 2, 1000, 700))
    assert save_settings(tmp_path / "vault", chosen)
    assert load_settings(tmp_path / "vault") == chosen


def test_the_file_is_the_workers_alone_and_alone_in_its_folder(tmp_path):
    save_settings(tmp_path / "new" / "vault", Settings())
    file = settings_file(tmp_path / "new" / "vault")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"theme": "pink"}',
        b'{"lock_after": -1}',
        b'{"lock_after": 1e99}',
        b'{"unknown": 1}',
        b"\xff\xfe",
        b'{"window": [1, 2]}',
        b'{"language": "\\ud800"}',
        b"[" * 10_000,
        b'{"theme": "dark"} ' + b" " * 20_000,
    ],
)
def test_a_damaged_file_gives_the_defaults_and_stays(tmp_path, content):
    settings_file(tmp_path / "vault").write_bytes(content)
    assert load_settings(tmp_path / "vault") == Settings()
    assert settings_file(tmp_path / "vault").read_bytes() == content


def test_a_missing_file_gives_the_defaults(tmp_path):
    assert load_settings(tmp_path / "vault") == Settings()


def test_where_nothing_can_be_written_the_choice_just_holds(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert not save_settings(tmp_path / "file" / "vault", Settings())
