"""Every command of the laptop: what goes in, what comes out as JSON, and that refusals change nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from outreach_app.services.session import Session
from outreach_app.sync.carriers.patience import ONCE
from outreach_app.vault.open_vault import Finding
from tests.support.centre_box import reply_to
from tests.support.facts import read_facts
from tests.support.vaults import PASSPHRASE
from tests.unit.cli.conftest import CommandLine, plain

ROOT = Path(__file__).resolve().parents[3]
LISTED = {"id", "shift_date", "setting", "region", "place", "contact", "called", "state", "consent", "outcome", "version", "note"}
RECEIPT = {"batch", "epoch", "hash", "records", "bytes", "road", "state", "sealed_at", "sent_at", "stored_at", "ingested_at"}


def as_json(value: Any) -> bytes:
    return json.dumps(value).encode()


def recorded(line: CommandLine, **fields: Any) -> str:
    return line.run("record", "-", typed=as_json({"setting": "street", **fields})).stdout.strip()


def test_record_list_and_search(line: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_bytes(as_json({"setting": "street", "note": "เธอทำงานที่ร้านนวด", "place": {"code": "ST-1", "region": "syddanmark"}, "met_at": "2026-03-02T23:00:00+01:00"}))
    first = line.run("record", str(file)).stdout.strip()
    second = recorded(line, note="她在北京工作", consent="follow_up", contact={"called": "Anna\u202e"})
    assert recorded(line, consent="write_nothing") == "tally"
    rows = json.loads(line.run("list", "--json").stdout)
    assert [row["id"] for row in rows] == [second, first]
    assert all(set(row) == LISTED for row in rows)
    assert rows[1] == {
        "id": first, "shift_date": "2026-03-02", "setting": "street", "region": "syddanmark", "place": "ST-1", "contact": None, "called": "",
        "state": "finished", "consent": "coded", "outcome": "no_dimension_positive", "version": 1, "note": "เธอทำงานที่ร้านนวด",
    }  # fmt: skip
    assert [row["id"] for row in json.loads(line.run("list", "--json", "--limit", "1").stdout)] == [second]
    for typed, found in (("นวด", [first]), ("北京", [second]), ("nothing", []), ("'; drop", []), ("NEAR(", []), ('"', [])):
        assert [row["id"] for row in json.loads(line.run("search", typed, "--json").stdout)] == found
    as_bytes = "นวด".encode().decode("ascii", "surrogateescape")  # what a locale that is not UTF-8 makes of it
    assert [row["id"] for row in json.loads(line.run("search", as_bytes, "--json").stdout)] == [first]
    shown = line.run("list").stdout
    assert first in shown
    assert "北京" not in shown, "a list on a terminal shows no words of a note"
    assert line.run("search", "nothing").stderr.strip() == "Nothing found."


def test_people_are_counted_from_a_file_with_those_one_knows(line: CommandLine) -> None:
    asked = {"setting": "meeting_place", "count": 134, "group": "women", "known": [{"called": "Red jacket", "uses": 5}]}
    first = json.loads(line.run("tally", "-", typed=as_json(asked)).stdout)
    assert first.pop("id")
    assert first == {"uses": 134, "people": 1, "coded": 5, "uncoded": 129, "by_group": {"women": 134}}
    again = json.loads(line.run("tally", "-", typed=as_json({**asked, "count": 10, "group": "men"})).stdout)
    assert (again["uses"], again["people"], again["uncoded"]) == (144, 1, 134)


@pytest.mark.parametrize(
    ("untrusted", "told"),
    [
        (b"", "$"), (b"{", "$"), (b'{"setting":"street","setting":"bar"}', "setting"), (b'{"setting":"street","x":1}', "x"),
        (b'{"setting":1}', "setting"), (b'{"setting":"street","age":NaN}', "NaN"), (b"[" * 5000, "$"), (b'{"setting":"street","note":"\\ud800"}', "note"),
        (b'{"setting":"street","note":"\\u0000"}', "note"), (b'{"setting":"street","note":"' + b"x" * 10_000_000 + b'"}', "larger"),
        (b'{"setting":"moon"}', "moon"), (b'{"setting":"street","met_at":"0000-01-01T00:00:00Z"}', "met_at"), (b"\xff", "UTF-8"),
        (b'{"setting":"street","met_at":"9999-12-31T00:00:00Z"}', "met_at"),
        (b'{"setting":"street","answers":{"as.nothing.here":"told"}}', "as.nothing.here"),
    ],
    ids=range(15),
)  # fmt: skip
def test_a_record_that_cannot_be_read_is_3_names_the_field_and_changes_nothing(line: CommandLine, untrusted: bytes, told: str) -> None:
    result = line.run("record", "-", typed=untrusted, code=3)
    assert told in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""
    assert json.loads(line.run("list", "--json").stdout) == []


def test_indicators_are_the_published_facts(tmp_path: Path) -> None:
    rows = json.loads(plain("indicators", "--json").stdout)
    wanted = {"id", "profile", "dimension", "strength", "phase", "label", "fact", "source", "confirmed"}
    assert all(set(row) == wanted for row in rows)
    published = read_facts("ilo_delphi")["labour_lists"]
    for row in rows:
        if row["profile"] == "adult_labour":
            facts = {fact["indicator"]: fact["adult_labour"] for fact in published[row["dimension"]]}
            assert facts[row["fact"]] == row["strength"]
    assert sum(row["profile"] == "adult_labour" for row in rows) == 67
    lines = plain("indicators").stdout.splitlines()
    assert len(lines) == len(rows)
    assert all(len(text.split("\t")) == 3 for text in lines)


def test_assess_answers_in_the_shape_of_the_contract(tmp_path: Path) -> None:
    asked = {"profile": "adult_labour", "answers": {"al.deceptive_recruitment.job": "observed"}, "context": {"age": "adult"}}
    found = json.loads(plain("assess", "-", typed=as_json(asked)).stdout)
    assert set(found) == {"dimensions", "outcome", "provisional", "alerts", "reasons"}
    assert found["dimensions"]["deceptive_recruitment"] == {"strong": 1, "medium": 0, "weak": 0, "positive": False}
    assert found["outcome"] == "no_dimension_positive"
    file = tmp_path / "ask.json"
    file.write_bytes(as_json(asked))
    assert json.loads(plain("assess", str(file)).stdout) == found
    for wrong, told in ((b"{}", "profile"), (as_json({**asked, "answers": {"al.x.y": "told"}}), "al.x.y"), (as_json({**asked, "x": 1}), "x")):
        result = plain("assess", "-", typed=wrong)
        assert result.exit_code == 3
        assert told in result.stderr
    assert plain("assess", str(tmp_path / "gone.json")).exit_code == 3


def test_a_vault_is_created_once_checked_and_described(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    before = ("--vault", str(folder), "--passphrase-stdin")
    made = json.loads(plain(*before, "vault", "create", "--worker", "AM", "--role", "health", typed=f"{PASSPHRASE}\n".encode()).stdout)
    info = json.loads(plain("--vault", str(folder), "vault", "info").stdout)
    assert set(info) == {"vault", "format", "slots", "roles", "bytes"}
    assert (info["vault"], info["slots"], info["roles"]) == (made["vault"], 1, ["health"])
    again = plain(*before, "vault", "create", typed=f"{PASSPHRASE}\n".encode())
    assert again.exit_code == 3
    assert plain(*before, "vault", "check", typed=f"{PASSPHRASE}\n".encode()).stdout == "The vault is whole.\n"
    assert (folder.stat().st_mode & 0o777, (folder / "vault.db").stat().st_mode & 0o777) == (0o700, 0o600)


def test_a_generated_passphrase_is_printed_once_and_opens_the_vault(tmp_path: Path) -> None:
    folder = str(tmp_path / "made")
    made = json.loads(plain("--vault", folder, "vault", "create", "--generate").stdout)
    assert len(made["passphrase"].split()) == 5
    opened = plain("--vault", folder, "--passphrase-stdin", "list", "--json", typed=f"{made['passphrase']}\n".encode())
    assert opened.stdout == "[]\n"


@pytest.mark.parametrize("worker", ["half \udcff", "x" * 401, "bell \x07"])
def test_a_workers_name_that_cannot_be_kept_makes_no_vault(tmp_path: Path, worker: str) -> None:
    result = plain("--vault", str(tmp_path / "made"), "--passphrase-stdin", "vault", "create", "--worker", worker, typed=f"{PASSPHRASE}\n".encode())
    assert result.exit_code == 3
    assert not (tmp_path / "made").exists()


def test_a_weak_passphrase_makes_no_vault(tmp_path: Path, terminal: Callable[[], None]) -> None:
    weak = plain("--vault", str(tmp_path / "made"), "--passphrase-stdin", "vault", "create", typed=b"password1\n")
    assert weak.exit_code == 3
    terminal()
    differ = plain("--vault", str(tmp_path / "made"), "vault", "create", typed=f"{PASSPHRASE}\nother\n".encode())
    assert differ.exit_code == 3
    assert not (tmp_path / "made").exists()


def test_a_damaged_vault_is_told_finding_by_finding(line: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Session, "check", lambda _self: (Finding("integrity_check", "page 7"),))
    result = line.run("vault", "check", code=3)
    assert result.stdout == ""
    assert "integrity_check: page 7" in result.stderr
    assert "findings: 1" in result.stderr


def test_enrolment_by_files(line_alone: CommandLine, tmp_path: Path, terminal: Callable[[], None]) -> None:
    line, request, reply = line_alone, tmp_path / "request.json", tmp_path / "reply.json"
    assert "not enrolled" in line.run("seal", code=3).stderr
    words = json.loads(line.run("enrol", "request", str(request)).stdout)["words"]
    assert len(words.split()) == 6
    reply.write_bytes(reply_to(request.read_bytes()))
    assert line.run("enrol", "accept", str(tmp_path / "gone.json"), code=3)
    assert "this laptop's own request" in line.run("enrol", "accept", str(request), code=3).stderr
    assert "not the same" in line.run("enrol", "accept", str(reply), "--words", "one two three four five six", code=3).stderr
    terminal()
    differs = plain("--vault", str(line.folder), "enrol", "accept", str(reply), typed=f"{PASSPHRASE}\nn\n".encode())
    assert differs.exit_code == 3
    assert line.run("seal", code=3)
    same = plain("--vault", str(line.folder), "enrol", "accept", str(reply), typed=f"{PASSPHRASE}\ny\n".encode())
    answer = json.loads(same.stdout)
    assert (answer["state"], answer["compared"], len(answer["words"].split())) == ("enrolled", True, 6)
    assert line.run("enrol", "accept", str(reply), code=3)
    assert line.run("enrol", "request", str(request), code=3)


def test_a_script_says_whether_the_words_were_compared(line_alone: CommandLine, tmp_path: Path) -> None:
    request, reply = tmp_path / "request.json", tmp_path / "reply.json"
    line_alone.run("enrol", "request", str(request))
    reply.write_bytes(reply_to(request.read_bytes()))
    asked = line_alone.folder
    answers = []
    for number, told in enumerate(([], ["--yes"], ["--words"])):
        line_alone.folder = Path(shutil.copytree(asked, tmp_path / str(number)))
        words = [answers[0]["words"].replace(" ", "  ")] if told == ["--words"] else []
        answers.append(json.loads(line_alone.run("enrol", "accept", str(reply), *told, *words).stdout))
    assert [answer["compared"] for answer in answers] == [False, True, True]
    assert {answer["state"] for answer in answers} == {"enrolled"}


def test_seal_send_by_stick_and_receipts(line: CommandLine, tmp_path: Path) -> None:
    recorded(line, note="one")
    stick = tmp_path / "stick"
    stick.mkdir()
    (sealed,) = json.loads(line.run("seal").stdout)
    assert set(sealed) == {"batch", "records", "bytes", "hash"}
    assert json.loads(line.run("seal").stdout) == []
    sent = line.run("send", "--stick", str(stick))
    assert json.loads(sent.stdout) == {"sealed": 0, "sent": 1, "stored": 0, "receipts": 0, "refused": [], "packs": False, "letters": 0}
    assert "sending 1/1" in sent.stderr
    (row,) = json.loads(line.run("receipts", "--json").stdout)
    assert set(row) == RECEIPT
    assert (row["batch"], row["records"], row["road"], row["state"], row["hash"]) == (1, 1, "stick", "sent", sealed["hash"])
    assert (row["stored_at"], row["ingested_at"]) == (None, None)
    assert line.run("receipts").stdout.split() == ["1", "1", "sent"]
    assert len(list(stick.iterdir())) == 1


def test_sending_where_nobody_is_3_and_keeps_the_batch(
    line: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outreach_app.sync.carriers.patience.AT_A_PROMPT", ONCE)
    recorded(line, note="one")
    for road in (("--mailbox", "http://mailbox.example"), ("--mailbox", "nonsense"), ("--mailbox", "https://127.0.0.1:9"), ("--stick", str(tmp_path / "gone"))):
        result = line.run("send", *road, code=3)
        assert result.stdout == ""
    (row,) = json.loads(line.run("receipts", "--json").stdout)
    assert (row["state"], row["sent_at"]) == ("sealed", None)


def test_the_tour_never_writes_over_anything(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    result = plain("tour", "--out", str(tmp_path))
    assert result.exit_code == 3
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
    assert plain("tour", "--out", str(tmp_path / "there" / "x")).exit_code == 3


def test_starting_a_command_loads_little() -> None:
    code = "import sys; sys.argv=['outreach']; import outreach_app.cli.main; print(sorted({m.split('.')[0] for m in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    for heavy in ("reportlab", "sqlalchemy", "PySide6", "starlette", "httpx", "icu4py", "zxcvbn"):
        assert f"'{heavy}'" not in done.stdout
