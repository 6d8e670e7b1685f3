"""``outreach worker`` and a worker's own way in, from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from outreach_app.cli.state import State
from outreach_app.program import Program
from outreach_app.vault.key_file import read_key_file
from tests.support.vaults import CHEAP_COST, OTHER_PASSPHRASE, PASSPHRASE
from tests.unit.cli.conftest import CommandLine, plain

THEIRS = f"{OTHER_PASSPHRASE}\n".encode()


@pytest.fixture(autouse=True)
def cheap_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line makes slots at the full cost; here the floor does."""
    monkeypatch.setattr(State, "program", lambda state: Program(state.folder, cost=CHEAP_COST))


def rows(line: CommandLine, *before: str) -> list[dict[str, Any]]:
    return [json.loads(text) for text in line.run(*before, "worker", "list").output.splitlines()]


def as_other(line: CommandLine, *arguments: str, typed: bytes = b"", before: bytes = THEIRS) -> tuple[int, str]:
    result = plain("--vault", str(line.folder), "--passphrase-stdin", *arguments, typed=before + typed)
    return result.exit_code, result.output


def test_worker_is_added_listed_opens_and_is_removed(line: CommandLine) -> None:
    added = json.loads(line.run("worker", "add", "BK", "--role", "meeting_place", typed=THEIRS).output)
    assert added == {"id": added["id"], "reads_health": False}
    assert [(row["name"], row["role"], row["own"], row["key_file"]) for row in rows(line)] == [
        ("AM", "outreach", True, False), ("BK", "meeting_place", False, False),
    ]  # fmt: skip
    assert as_other(line, "list")[0] == 0
    assert json.loads(line.run("worker", "remove", added["id"]).output) == {"removed": added["id"]}
    assert as_other(line, "list") == (3, "That passphrase does not open the vault. Check the words and try again.\n")
    assert len(rows(line)) == 1


def test_generated_passphrase_opens(line: CommandLine) -> None:
    added = json.loads(line.run("worker", "add", "BK", "--role", "supervisor", "--generate").output)
    code, _output = as_other(line, "worker", "list", before=f"{added['passphrase']}\n".encode())
    assert code == 0
    refused = line.run("worker", "add", "CL", "--generate", code=3).output  # now there is a supervisor
    assert refused == "Only a supervisor can add or remove workers on this laptop. Nothing was changed.\n"


def test_health_is_granted_by_health_workers_only(line: CommandLine) -> None:
    nurse = json.loads(line.run("worker", "add", "Nurse", "--role", "health", typed=THEIRS).output)
    assert nurse["reads_health"] is True
    second = json.loads(line.run("worker", "add", "Second", "--role", "health", "--generate").output)
    assert second["reads_health"] is False
    assert "health workers" in line.run("worker", "grant-health", second["id"], code=3).output
    assert as_other(line, "worker", "grant-health", second["id"])[0] == 0
    assert [row["reads_health"] for row in rows(line)] == [False, True, True]
    line.run("worker", "remove", nurse["id"])
    assert "Nobody else can read" in line.run("worker", "remove", second["id"], code=3).output
    line.run("worker", "remove", second["id"], "--give-up-health")


def test_passphrase_is_changed(line: CommandLine) -> None:
    own = rows(line)[0]["id"]
    assert json.loads(line.run("vault", "passphrase", typed=THEIRS).output) == {"worker": own}
    line.run("list", code=3)
    made = json.loads(as_other(line, "vault", "passphrase", "--generate")[1])
    assert as_other(line, "list")[0] == 3
    assert as_other(line, "list", before=f"{made['passphrase']}\n".encode())[0] == 0


def test_key_file_is_made_asked_for_and_given_up(line_alone: CommandLine, tmp_path: Path) -> None:
    line = line_alone
    stick, theirs = tmp_path / "stick" / "notes.key", tmp_path / "stick" / "theirs.key"
    stick.parent.mkdir()
    assert "only way in" in line.run("vault", "key-file", str(stick), code=3).output
    stick.unlink()
    line.run("worker", "add", "BK", typed=THEIRS)
    assert json.loads(line.run("vault", "key-file", str(stick)).output)["key_file"] is True
    assert len(read_key_file(stick.read_bytes())) == 32
    assert "key file" in line.run("list", code=3).output
    assert "nowhere" in line.run("--key-file", str(tmp_path / "nowhere"), "list", code=3).output
    line.run("--key-file", str(stick), "list")
    already = line.run("--key-file", str(stick), "vault", "key-file", str(stick), code=3).output
    assert already.startswith("There is already a file named notes.key.")
    added = line.run("--key-file", str(stick), "worker", "add", "CL", "--generate", "--their-key-file", str(theirs))
    passphrase = json.loads(added.output)["passphrase"]
    assert as_other(line, "--key-file", str(theirs), "list", before=f"{passphrase}\n".encode())[0] == 0
    assert [row["key_file"] for row in rows(line, "--key-file", str(stick))] == [True, False, True]
    line.run("--key-file", str(stick), "vault", "key-file", "--off")
    line.run("list")
    line.run("vault", "key-file", code=2)
    assert PASSPHRASE.encode() not in stick.read_bytes()
