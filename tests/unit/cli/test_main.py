"""Exit codes, passphrases and help: 0 done, 2 usage, 3 known, 70 ours; never a value in a report."""

from __future__ import annotations

import errno
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from outreach_app import __version__
from outreach_app.cli import files as cli_files
from outreach_app.cli import main as cli_main
from outreach_app.cli import passphrases
from outreach_app.cli.errors import PassphraseMissingError
from outreach_app.cli.files import read_untrusted, write_file
from outreach_app.cli.state import State
from outreach_app.errors import DiskFullError, FileMissingError, FolderNotWritableError
from outreach_app.services.searching import Search
from tests.support.vaults import OTHER_PASSPHRASE, PASSPHRASE
from tests.unit.cli.conftest import CommandLine, plain

ROOT = Path(__file__).resolve().parents[3]
SECRET = "marker-of-a-note"


def test_every_command_explains_itself() -> None:
    told = plain("--help").output
    for name in cli_main._WHERE:
        assert name in told
        shown = plain(name, "--help")
        assert shown.exit_code == 0
        assert shown.output.startswith("Usage: outreach ")
    assert plain("--version").output == f"outreach, version {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [("nothing",), ("record",), ("list", "--limit", "0"), ("list", "--limit", "many"), ("--language", "xx", "list"), ("send",), ("vault", "make"),
     ("send", "--mailbox", "https://m.example", "--stick", "s"), ("vault", "create", "--role", "boss"), ("leaflet", "print", "x"), ("--passphrase", "x", "list"),
     ("--passphrase-fd", "3", "--passphrase-stdin", "list"), ("search",), ("centre", "serve", "x")],
)  # fmt: skip
def test_wrong_usage_is_2(arguments: tuple[str, ...]) -> None:
    result = plain(*arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_known_error_is_one_sentence_and_3(tmp_path: Path) -> None:
    result = plain("--vault", str(tmp_path / "none"), "list")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "no vault" in result.stderr


def test_a_bug_is_70_and_tells_places_only(line: CommandLine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def broken(_self: Search, text: str, _limit: int) -> None:
        raise ZeroDivisionError(text)

    monkeypatch.setattr(Search, "search", broken)
    with caplog.at_level(logging.ERROR):
        result = line.run("search", SECRET, code=70)
    assert result.stdout == ""
    assert result.stderr == "Something in the program is broken. Nothing that was finished is lost.\n"
    assert "bug type=ZeroDivisionError at=main.py:" in caplog.text
    assert "test_main.py" in caplog.text
    assert SECRET not in caplog.text + result.output


def test_a_bug_in_a_process_of_its_own_shows_no_value_either() -> None:
    code = (
        "from outreach_app.cli import main, indicators\n"
        "def broken(*_): raise KeyError('marker-of-a-note')\n"
        "import outreach_app.cli.files as files\nfiles.read_untrusted = broken\n"
        "main.cli(['assess', 'marker-of-a-note'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 70
    assert done.stdout == ""
    assert "bug type=KeyError at=" in done.stderr
    assert SECRET not in done.stderr
    assert "Traceback" not in done.stderr
    assert str(ROOT) not in done.stderr


def test_stopping_by_hand_is_calm(line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Search, "search", stopped)
    assert "Stopped." in line.run("search", "x", code=3).stderr


def test_a_reader_that_went_away_is_no_fault() -> None:
    command = [sys.executable, "-m", "outreach_app", "indicators", "--json"]
    started = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert started.stdout is not None
    started.stdout.close()
    assert started.stderr is not None
    told = started.stderr.read()
    started.stderr.close()
    assert (started.wait(60), told) == (0, b"")


@pytest.mark.parametrize("command", [("indicators",), ("indicators", "--json"), ("leaflet", "list", "--language", "th")])
def test_a_full_disk_behind_any_output_is_one_sentence(command: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "outreach_app", *command], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60
        )
    assert (done.returncode, done.stderr) == (3, f"{DiskFullError().sentence()}\n")


def test_a_full_disk_is_no_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []

    def full(message: object, *, err: bool = False) -> None:
        if not err:
            raise OSError(errno.ENOSPC, "no space")
        told.append(message)

    monkeypatch.setattr(cli_main.click, "echo", full)
    assert plain("indicators").exit_code == 3
    assert told == [DiskFullError().sentence()]


@pytest.mark.parametrize("command", [("leaflet", "print", "health", "--language", "th", "--out", "-"), ("figures", "--csv", "-")])
def test_no_file_is_called_by_a_dash(command: tuple[str, ...]) -> None:
    result = plain(*command)
    assert result.exit_code == 2
    assert "Name a file to write to" in result.stderr


def test_a_full_disk_behind_the_output_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(cli_files.click, "echo", full)
    with pytest.raises(DiskFullError):
        cli_files.print_json({})
    monkeypatch.setattr(cli_files.click, "echo", lambda *_: (_ for _ in ()).throw(BrokenPipeError))
    with pytest.raises(BrokenPipeError):
        cli_files.print_json({})


def test_sentences_come_in_danish_too(tmp_path: Path, interface_language: Callable[[str], None]) -> None:
    result = plain("--language", "da", "--vault", str(tmp_path / "none"), "list")
    interface_language("en")
    assert result.exit_code == 3


def state(**values: object) -> State:
    return State(**{"folder": Path(), "passphrase_fd": None, "passphrase_stdin": False, **values})  # type: ignore[arg-type]  # built from names


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"", b"\nsecond line\n"])
def test_a_passphrase_by_descriptor_is_one_line_and_takes_no_more(ending: bytes) -> None:
    reading, writing = os.pipe()
    os.write(writing, "blå hytte".encode() + ending)
    os.close(writing)
    assert passphrases.read_passphrase(state(passphrase_fd=reading)) == "blå hytte"
    left = os.read(reading, 100)
    os.close(reading)
    assert left == ending.partition(b"\n")[2]


@pytest.mark.parametrize("given", [b"", b"\n", b"\r\n", b"\xff\xfe\n"])
def test_no_passphrase_by_descriptor_is_said(given: bytes) -> None:
    reading, writing = os.pipe()
    os.write(writing, given)
    os.close(writing)
    with pytest.raises(PassphraseMissingError):
        passphrases.read_passphrase(state(passphrase_fd=reading))
    os.close(reading)
    with pytest.raises(PassphraseMissingError):
        passphrases.read_passphrase(state(passphrase_fd=reading))


def test_the_passphrase_never_comes_from_the_environment(line: CommandLine) -> None:
    names = ("PASSPHRASE", "OUTREACH_PASSPHRASE", "OUTREACH_PASSPHRASE_FD", "OUTREACH_VAULT")
    environment = {**os.environ, **dict.fromkeys(names, PASSPHRASE)}
    command = [sys.executable, "-m", "outreach_app", "--vault", str(line.folder), "list"]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 3
    assert "No passphrase was given" in done.stderr


def test_a_passphrase_is_asked_for_at_a_terminal(line: CommandLine, terminal: Callable[[], None]) -> None:
    terminal()
    result = plain("--vault", str(line.folder), "list", "--json", typed=f"{PASSPHRASE}\n".encode())
    assert (result.exit_code, result.stdout) == (0, "[]\n")
    stopped = plain("--vault", str(line.folder), "list", typed=b"")
    assert stopped.exit_code == 3
    assert "Stopped." in stopped.stderr


def test_a_wrong_passphrase_is_3_and_counts(line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("outreach_app.cli.state.time.sleep", slept.append)
    for _ in range(3):
        result = plain("--vault", str(line.folder), "--passphrase-stdin", "list", typed=f"{OTHER_PASSPHRASE}\n".encode())
        assert result.exit_code == 3
        assert "passphrase" in result.stderr
        assert OTHER_PASSPHRASE not in result.stderr
    assert slept == []
    early = plain("--vault", str(line.folder), "--passphrase-stdin", "list", typed=f"{PASSPHRASE}\n".encode())
    assert early.exit_code == 3, "nobody really slept, so the wait is not over"
    assert slept


def test_files_are_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "out.pdf"
    file.write_bytes(b"before")

    def full(_handle: int) -> None:
        raise OSError(28, "no space")

    with monkeypatch.context() as patch:
        patch.setattr(cli_files.os, "fsync", full)
        with pytest.raises(DiskFullError):
            write_file(file, b"after")
    assert file.read_bytes() == b"before"
    write_file(file, b"after")
    assert file.read_bytes() == b"after"
    assert [path.name for path in tmp_path.iterdir()] == ["out.pdf"]
    for wrong in (tmp_path / "no" / "such", tmp_path):
        with pytest.raises(FolderNotWritableError):
            write_file(wrong, b"x")


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_file(pipe, b"through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert pipe.is_fifo()


def test_a_file_lies_on_the_stick_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slot may ask for this key file at once, and the stick be pulled out."""
    synced: list[int] = []
    monkeypatch.setattr(cli_files.os, "fsync", lambda handle: synced.append(os.fstat(handle).st_size))
    write_file(tmp_path / "notes.key", b"secret")
    assert synced[0] == len(b"secret")
    assert (tmp_path / "notes.key").read_bytes() == b"secret"


def test_what_is_read_is_limited_and_what_is_missing_is_named(tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    file.write_bytes(b"x" * 100)
    assert read_untrusted(str(file), 10) == b"x" * 11
    for name in (str(tmp_path / "gone.json"), str(tmp_path), "nul\x00.json"):
        with pytest.raises(FileMissingError):
            read_untrusted(name)


def test_the_end_of_a_reader_ends_a_command_well(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(cli_files.click, "echo", gone)
    result = plain("indicators")
    assert result.exit_code == 0


def test_a_sentence_nobody_reads_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(cli_main.click, "echo", gone)
    assert plain("--vault", str(tmp_path / "none"), "list").exit_code == 3
