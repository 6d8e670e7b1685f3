"""A whole working day in the real window and on the command line leaves nothing to read outside the vault.

Every word typed is searched for afterwards in every file, and in every byte that was written meanwhile, to files, pipes and
sockets alike, as UTF-8, UTF-16 and UTF-32, in small and large letters. Only the files of the vault, the settings, and what
the worker herself saved were written at all.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support import tracing
from tests.support.locked_windows import locked_windows
from tests.support.working_day import CONTACT, DONE, DRAFT, FOLDER, MARKERS, NOTE, PASSPHRASE, PLACE, WARNING

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 240
ALLOWED = (  # below the home folder; the vault's folder holds nothing else either (tests/faults/test_vault_leaks.py)
    r"vault(/.*)?",
    r"settings\.json",
    r"\.settings\.json\.\d+\.new",
)
ELSEWHERE = {os.devnull, "/dev/tty", "/proc/self/oom_score_adj"}
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
COMPILED_BEFORE = ("tests.support.working_day", "outreach_app.cli.main", "outreach_app.services.session", "ui.app")
PAPER = b"%PDF"
NEW_WORKER, NEW_PASSPHRASE = "Birkemusmaerke", "tulipanskrin rosinkaptajn bogfinkeby zirkonhat kvidretop"



@dataclass(frozen=True)
class Evening:
    """The folders of one day when it is over."""

    base: Path

    @property
    def home(self) -> Path:
        return self.base / "home"

    @property
    def stick(self) -> Path:
        return self.base / FOLDER

    @property
    def vault(self) -> Path:
        return self.home / "vault"

    @property
    def surroundings(self) -> dict[str, str]:
        """An environment with nothing of this machine's in it."""
        return {
            "HOME": str(self.home),
            "TMPDIR": str(self.base / "tmp"),
            "XDG_RUNTIME_DIR": str(self.base / "run"),
            "PATH": f"{self.base / 'programs'}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "offscreen",
        }

    def run(self, name: str, *command: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run a command under the tracer, with a careless umask that the program must mend."""
        traced = tracing.traced([sys.executable, "-m", *command], self.base / name)
        return subprocess.run(
            traced, cwd=self.base, env=self.surroundings, input=typed, capture_output=True, timeout=SECONDS, umask=0,
            check=False,
        )  # fmt: skip


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Evening:
    """Live the day in the window; its successor stands locked and is ended as the system would at night."""
    day = Evening(tmp_path_factory.mktemp("day"))
    for folder in (day.home, day.stick, day.base / "tmp", day.base / "run", day.base / "programs"):
        folder.mkdir(mode=0o700)
    put_printer(day.base / "programs")
    compiling = [sys.executable, "-c", f"import {', '.join(COMPILED_BEFORE)}"]
    subprocess.run(compiling, cwd=day.base, env=day.surroundings, timeout=SECONDS, check=True)
    traced = tracing.traced(
        [sys.executable, "-m", "tests.support.working_day", str(day.vault), str(day.stick)], day.base / "window"
    )
    with (day.base / "told").open("wb") as told:
        window = subprocess.Popen(
            traced, cwd=day.base, env=day.surroundings, stdin=subprocess.DEVNULL, stdout=told, stderr=told, umask=0
        )
        end_successor(day.vault, window)
    said = (day.base / "told").read_text()
    assert DONE in said, said
    assert window.returncode == 0, said
    return day


def put_printer(folder: Path) -> None:
    """Give the system a printer that takes everything and keeps nothing."""
    for name, text in {"lpstat": 'test "$1" = -e && echo Van', "lp": "wc -c > /dev/null"}.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}\n")
        (folder / name).chmod(0o755)


def end_successor(vault: Path, window: subprocess.Popen[bytes]) -> None:
    """End the locked process by the signal a system sends, as soon as it stands; the tracer ends with it."""
    limit = time.monotonic() + SECONDS
    while window.poll() is None:
        assert time.monotonic() < limit
        for pid in locked_windows(vault):
            time.sleep(1)
            os.kill(pid, signal.SIGTERM)
        time.sleep(0.2)


def forms(text: str) -> set[bytes]:
    """Return a text in every form in which it could be read."""
    spellings = {text, text.casefold(), text.lower(), text.upper()}
    return {spelling.encode(encoding) for spelling in spellings for encoding in ENCODINGS}


WANTED = {text: forms(text) for text in (*MARKERS, NEW_WORKER, NEW_PASSPHRASE, *NEW_PASSPHRASE.split())}


def readable(content: bytes) -> list[str]:
    """Return the words of the day that can be read in some bytes."""
    return [text for text, every in WANTED.items() if any(form in content for form in every)]


def left_behind(folder: Path) -> dict[str, list[str]]:
    """Return what can be read in the files below a folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    found = {str(path.relative_to(folder)): readable(path.read_bytes()) for path in files}
    return {name: words for name, words in found.items() if words}


def leaked(trace: Path, *, but_to: tuple[int, ...] = ()) -> list[tuple[str, int, list[str]]]:
    """Return every write in which a word of the day can be read."""
    found = []
    for call in tracing.bytes_written(trace):
        words = readable(b"".join(call.texts))
        if words and call.descriptor not in but_to:
            found.append((call.name, call.descriptor, words))
    return found


def not_allowed(evening: Evening, trace: Path, saved: set[Path]) -> list[str]:
    """Return the files that were written and should not have been."""
    patterns = [re.compile(f"{re.escape(str(evening.home))}/{each}") for each in ALLOWED]
    patterns += [re.compile(rf"{re.escape(str(path.parent))}/\.[0-9a-f]{{16}}\.new") for path in saved]  # whole, then renamed
    patterns.append(re.compile(rf"{re.escape(str(ROOT))}/.*/__pycache__(/.*)?"))  # compiled code, not of an installed program
    expected = {str(path) for path in saved} | ELSEWHERE
    names = {os.path.normpath(evening.base / name) for name in tracing.files_written(trace)}
    return sorted(name for name in names - expected if not any(each.fullmatch(name) for each in patterns))


def test_nothing_can_be_read_in_any_file(evening: Evening) -> None:
    assert left_behind(evening.home) == {}
    assert left_behind(evening.base / "tmp") == left_behind(evening.base / "run") == {}
    assert left_behind(evening.stick) == {}  # the request names no one


def test_nothing_readable_was_written_to_anything_meanwhile(evening: Evening) -> None:
    assert leaked(evening.base / "window") == []


def test_only_the_vault_the_settings_and_what_she_saved_was_written(evening: Evening) -> None:
    saved = {evening.stick / "leaflet.pdf", evening.stick / "request.json"}
    assert not_allowed(evening, evening.base / "window", saved) == []
    assert list((evening.base / "tmp").iterdir()) == list((evening.base / "run").iterdir()) == []
    assert not list(evening.home.rglob("QtProject*"))


def test_a_leaflet_goes_to_the_printer_and_to_the_file_she_named_only(evening: Evening) -> None:
    papers = [call for call in tracing.bytes_written(evening.base / "window") if b"".join(call.texts).startswith(PAPER)]
    assert len(papers) == 2  # one to the file, one into the printer's pipe
    assert (evening.stick / "leaflet.pdf").read_bytes().startswith(PAPER)
    names = [path.name for path in evening.home.rglob("*") if path.is_file() and PAPER in path.read_bytes()]
    assert names == []


def test_every_file_is_the_workers_alone(evening: Evening) -> None:
    for folder in (evening.home, evening.stick):
        open_to_others = [path.name for path in folder.rglob("*") if path.lstat().st_mode & 0o077]
        assert open_to_others == []


def test_no_line_to_the_outside_and_no_file_in_memory_was_opened(evening: Evening) -> None:
    others = [call for call in tracing.calls(evening.base / "window") if call.name in {"connect", "memfd_create"}]
    assert [call.arguments for call in others if "AF_INET" in call.arguments or call.name == "memfd_create"] == []


COMMANDS: tuple[tuple[tuple[str, ...], bytes, int], ...] = (
    (("record", "-"), f'{{"setting": "street", "note": "{NOTE} {DRAFT}", "consent": "coded"}}'.encode(), 0),
    (("record", "-"), f'{{"setting": "street", "note": ["{NOTE}"]}}'.encode(), 3),  # refused without a word of it
    (("list", "--json"), b"", 0),
    (("search", NOTE, "--json"), b"", 0),
    (("vault", "check"), b"", 0),
    (("seal",), b"", 3),  # not enrolled
    (("leaflet", "print", "where_to_get_help", "--language", "ro", "--draft", "--out", "paper.pdf"), b"", 0),
)
"""A command, what is typed into it after the passphrase, and its exit code."""


def command(evening: Evening, *arguments: str, typed: bytes = b"", code: int = 0) -> bytes:
    """Run a command under the tracer, hold it to leaving nothing, and return its answer."""
    name = f"command-{len(list(evening.base.glob('command-*')))}"
    given = ("outreach_app", "--vault", str(evening.vault), "--passphrase-stdin", *arguments)
    done = evening.run(name, *given, typed=f"{PASSPHRASE}\n".encode() + typed)
    assert readable(done.stderr) == [], arguments
    assert done.returncode == code, done.stderr
    assert leaked(evening.base / name, but_to=(1,)) == [], arguments  # 1: the answer itself
    assert not_allowed(evening, evening.base / name, {evening.base / "paper.pdf"}) == [], arguments
    return done.stdout


def test_commands_leave_nothing_either(evening: Evening) -> None:
    told = [command(evening, *arguments, typed=typed, code=code).decode() for arguments, typed, code in COMMANDS]
    assert [NOTE in answer for answer in told[:4]] == [False, False, True, True]
    test_nothing_can_be_read_in_any_file(evening)


def test_looking_after_the_laptop_leaves_nothing_either(evening: Evening) -> None:
    """A worker comes and goes (the vault gets a new key), words are blanked, a contact is erased, a backup is made."""
    command(evening, "worker", "add", NEW_WORKER, typed=f"{NEW_PASSPHRASE}\n".encode())
    workers = [json.loads(line) for line in command(evening, "worker", "list").splitlines()]
    assert [row["own"] for row in workers if row["name"] == NEW_WORKER] == [False]
    command(evening, "worker", "remove", next(row["id"] for row in workers if row["name"] == NEW_WORKER))
    notes = json.loads(command(evening, "search", NOTE, "--json"))
    named = next(note for note in notes if note["contact"])
    command(evening, "blank", named["id"], "-", typed=json.dumps({"part": NOTE, "reason": WARNING}).encode())
    assert named["id"] not in command(evening, "search", NOTE, "--json").decode()
    command(evening, "erase", "contact", named["contact"], "--reason", "asked")
    assert command(evening, "search", CONTACT, "--json").strip() == b"[]"
    command(evening, "vault", "backup")
    assert command(evening, "vault", "audit", "--verify")
    test_nothing_can_be_read_in_any_file(evening)
    test_every_file_is_the_workers_alone(evening)


def test_the_search_itself_finds(tmp_path: Path) -> None:
    """What the tests above look for is found where it is: in a file, in a pipe, on a socket."""
    code = (
        "import os, socket, sys\n"
        "word = sys.stdin.read()\n"
        "open('kept.txt', 'w', encoding='utf-16').write('x' + word)\n"
        "os.write(os.pipe()[1], word.upper().encode())\n"
        "one, other = socket.socketpair()\n"
        "one.sendall(word.encode('utf-16-be'))\n"
    )
    day = Evening(tmp_path)
    command = tracing.traced([sys.executable, "-c", code], tmp_path / "trace")
    subprocess.run(command, cwd=tmp_path, input=PLACE.encode(), env=os.environ | {"PYTHONUTF8": "1"}, timeout=60, check=True)
    assert left_behind(tmp_path) | {"trace": []} == {"kept.txt": [PLACE], "trace": []}
    assert [words for _name, _descriptor, words in leaked(tmp_path / "trace")] == [[PLACE]] * 3
    assert not_allowed(day, tmp_path / "trace", set()) == [str(tmp_path / "kept.txt")]
    assert readable(f"no {CONTACT.lower()} here".encode("utf-32-le")) == [CONTACT]
