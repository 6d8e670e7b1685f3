"""The ground floor: clock, logs without values, errors with sentences, texts in the worker's language, paths."""

from __future__ import annotations

import io
import logging
import re
import sys
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach_app import i18n, logs
from outreach_app.clock import SystemClock
from outreach_app.domain.errors import TextTooLongError
from outreach_app.errors import CancelledError, KnownError
from outreach_app.own_command import own_command
from outreach_app.paths import default_vault_folder, shipped_folder

HARMLESS_LINE = re.compile(r"(\w+=(True|False|-?[\d.e+-]+|nan|-?inf|<\w+>) ?)*")
LOG = logging.getLogger("outreach_app.test_ground_floor")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    yield stream
    LOG.removeHandler(handler)


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(min_size=1) | st.binary(min_size=1) | st.lists(st.text(min_size=1), min_size=1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES))
def test_an_event_never_prints_a_value(written: io.StringIO, values: dict[str, object]) -> None:
    written.truncate(0)
    written.seek(0)
    logs.event(LOG, "note_finished", **values)
    code, _, shown = written.getvalue().rstrip("\n").partition(" ")
    assert code == "note_finished"
    assert HARMLESS_LINE.fullmatch(shown), "numbers, booleans and the names of types only"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(categories=["Lu", "Ll"]), min_size=12).map(lambda text: f"marker{text}"))
def test_a_bug_is_told_by_place_and_type_only(written: io.StringIO, secret: str) -> None:
    written.truncate(0)
    written.seek(0)
    try:
        _broken(secret)
    except ValueError as error:
        logs.bug(LOG, error)
    told = written.getvalue()
    assert secret not in told
    assert re.fullmatch(r"bug type=ValueError at=test_ground_floor\.py:\d+:\S+ test_ground_floor\.py:\d+:_broken\n", told)


def _broken(secret: str) -> None:
    raise ValueError(secret)


def test_the_folders_of_another_system_are_not_told_either(written: io.StringIO) -> None:
    code = compile("def broken():\n    1 / 0\nbroken()", "C:\\Users\\Anna Eksempel\\app\\thing.py", "exec")
    try:
        exec(code, {})  # noqa: S102 - a file name of another system
    except ZeroDivisionError as error:
        logs.bug(LOG, error)
    assert "thing.py:2:broken" in written.getvalue()
    assert "Anna" not in written.getvalue()


def test_starting_quietens_the_talkative() -> None:
    logs.start()
    assert logging.getLogger("httpx").getEffectiveLevel() >= logging.WARNING


def test_the_systems_clock_is_aware_and_runs_on() -> None:
    clock = SystemClock()
    assert clock.now().tzinfo is UTC
    assert clock.local_now().utcoffset() is not None
    assert abs((clock.local_now() - clock.now()).total_seconds()) < 60
    assert clock.running_seconds() <= clock.running_seconds()


def test_a_known_error_is_one_filled_sentence() -> None:
    error = TextTooLongError(field="{note}", limit=5)
    assert str(error) == error.sentence()
    assert "{note}" in error.sentence()
    assert str(KnownError()).endswith(".")
    assert CancelledError().values == {}


def test_texts_come_in_the_language_asked_for(interface_language: Callable[[str], None]) -> None:
    interface_language("en")
    assert (i18n.gettext("Passphrase"), i18n.gettext(""), i18n.language()) == ("Passphrase", "", "en")
    assert i18n.ngettext("{n} note", "{n} notes", 1) == "{n} note"
    assert i18n.ngettext("{n} note", "{n} notes", 2) == "{n} notes"
    assert str(i18n.locale()) == "en_GB"
    interface_language("en_XA")
    assert i18n.gettext(KnownError.message) != KnownError.message
    assert str(i18n.locale()) == "en_GB"
    interface_language("da")
    assert str(i18n.locale()) == "da"


def test_shipped_folders_are_found_in_checkout_wheel_and_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (shipped_folder("resources") / "code_lists").is_dir()
    from outreach_app import paths

    (tmp_path / "outreach_app" / "_bundled" / "resources").mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "outreach_app" / "paths.py"))
    assert shipped_folder("resources") == tmp_path / "outreach_app" / "_bundled" / "resources"
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "frozen"), raising=False)
    assert shipped_folder("locales") == tmp_path / "frozen" / "locales"


def test_the_vaults_folder_has_a_name_that_says_nothing() -> None:
    folder = default_vault_folder()
    assert folder.name == "vault"
    assert "outreach" not in str(folder.relative_to(Path.home())).lower()


def test_the_program_starts_itself_again_frozen_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_command() == [sys.executable, "-m", "outreach_app"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command() == [sys.executable]
