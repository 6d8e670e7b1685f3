"""Settings come back as they were kept; whatever is wrong with the file, the defaults hold."""

from __future__ import annotations

import stat

import pytest

from outreach_app.settings import (
    LONGEST_UNDER_COVER,
    LONGEST_UNTIL_COVER,
    LONGEST_UNTIL_LOCK,
    PlaceTimes,
    Settings,
    Times,
    load_settings,
    save_settings,
    settings_file,
)


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
        b'{"times_by_setting": {"street": 1}}',
        b'{"times_by_setting": [["street", 60, 60]]}',
        b'{"times_by_setting": [["street", 60, 60, -1]]}',
        b'{"times_by_setting": [["street", 60, true, 60]]}',
        b'{"times_by_setting": [["Vesterbro 12", 60, 60, 60]]}',
        b'{"times_by_setting": [[7, 60, 60, 60]]}',
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


def test_times_of_a_place_come_back_and_hold_there_only(tmp_path):
    chosen = Settings().with_time_at("street", "cover_after", 30).with_time_at("street", "lock_after", 60)
    assert save_settings(tmp_path / "vault", chosen)
    kept = load_settings(tmp_path / "vault")
    assert kept.times_by_setting == (PlaceTimes("street", None, 30, 60),)
    assert kept.times_at("street") == Times(90, 30, 60)
    assert kept.times_at("prison") == kept.times_at() == Times(90, 120, 300)


def test_a_time_taken_back_leaves_no_row():
    chosen = Settings().with_time_at("bar", "dim_after", 0)
    assert chosen.times_at("bar").dim_after == 0, "only dimming knows never"
    assert chosen.with_time_at("bar", "dim_after", None) == Settings()


def test_nobody_waits_longer_than_the_ceilings():
    for slow in (Settings(cover_after=0, lock_after=0), Settings(cover_after=86_400, lock_after=86_400)):
        assert slow.times_at()[1:] == (LONGEST_UNTIL_COVER, LONGEST_UNTIL_LOCK)
        assert slow.times_at(covered=True).lock_after == LONGEST_UNDER_COVER
        assert slow.with_time_at("bar", "lock_after", 0).times_at("bar").lock_after == LONGEST_UNTIL_LOCK


def test_a_shorter_time_stays_short_under_the_cover():
    assert Settings(lock_after=120).times_at(covered=True).lock_after == 120
