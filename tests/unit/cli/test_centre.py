"""``outreach centre`` from end to end: exit codes, JSON, files; desk and mailbox of one folder joined."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from outreach_app.centre.desk import facts
from outreach_app.centre.desk.folder import CentreSettings, read_settings, write_settings
from outreach_app.centre.desk.opening import open_desk
from outreach_app.centre.mailbox.configuration import create_mailbox
from outreach_app.cli.main import cli
from outreach_app.clock import SystemClock
from outreach_app.sync.carriers.http import HttpMailbox
from outreach_app.sync.enrolment import read_reply
from outreach_app.sync.letters import read_letter_header
from outreach_app.sync.receipts import read_receipt_header
from tests.support.desk import PASSPHRASE, Sender, coded, make_desk, request_of, standing, tally
from tests.support.desk import enrol as enrol_at
from tests.support.sticks import read_receipts, write_batch
from tests.support.sync_people import LAPTOP


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished centre as ``init`` makes it, but with the quick key derivation."""
    folder = tmp_path_factory.mktemp("cli") / "centre"
    with make_desk(folder) as desk:
        mailbox = create_mailbox(folder, desk.keys.root.public, desk.keys.receipt.public)
        facts.keep_mailbox_receipt_key(desk, mailbox.receipt_public)
    write_settings(folder, CentreSettings())
    return folder


@pytest.fixture
def centre(made: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(made, tmp_path / "centre"))


def run(*arguments: object, passphrase: str = PASSPHRASE) -> Result:
    return CliRunner().invoke(
        cli, ["--passphrase-stdin", *[str(argument) for argument in arguments]], input=f"{passphrase}\n"
    )


def answer(*arguments: object) -> dict:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@contextmanager
def serving(centre: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "outreach_app", "centre", "serve", str(centre), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        try:
            assert line.startswith("listening on http://127.0.0.1:")
            yield line.removeprefix("listening on ").strip()
        finally:
            server.terminate()
        assert server.wait(timeout=30) == 0


def enrolled(centre: Path, tmp_path: Path) -> Sender:
    request = tmp_path / "request.json"
    request.write_bytes(request_of(LAPTOP))
    result = run("centre", "--centre", centre, "enrol", request)
    assert result.exit_code == 0, result.output
    reply = read_reply(
        (tmp_path / "request.reply.json").read_bytes(), request=request.read_bytes(), receiving=LAPTOP.receiving
    )
    return Sender(LAPTOP, reply.centre.sealing)


def test_init_makes_a_centre_that_opens_and_does_so_once(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "centre"
    made = answer("centre", "init", folder, "--generate", "--mailbox", "https://mailbox.example")
    assert len(made["words"].split()) == 6
    assert len(made["passphrase"].split()) == 5
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    counted = run("--vault", folder, "centre", "count", "--json", passphrase=made["passphrase"])
    assert json.loads(counted.stdout)["rows"] == []
    again = run("centre", "init", folder)
    assert (again.exit_code, "already a centre" in again.stderr) == (3, True)


def test_init_finishes_what_was_interrupted(centre: Path) -> None:
    (centre / "centre.json").unlink()
    unfinished = run("centre", "--centre", centre, "count")
    assert (unfinished.exit_code, "not finished" in unfinished.stderr) == (3, True)
    assert len(answer("centre", "init", centre)["words"].split()) == 6
    assert run("centre", "--centre", centre, "count").exit_code == 0


def test_enrol_prints_six_words_and_writes_the_reply(centre: Path, tmp_path: Path) -> None:
    request = tmp_path / "r.json"
    request.write_bytes(request_of(LAPTOP))
    result = run("centre", "--centre", centre, "enrol", request)
    assert result.exit_code == 0
    first, second, third = result.stdout.splitlines()
    assert (len(first.partition(": ")[2].split()), len(second.partition(": ")[2].split())) == (6, 6)
    assert str(tmp_path / "r.reply.json") in third
    other = tmp_path / "elsewhere.json"
    said = answer("centre", "--centre", centre, "enrol", request, "--out", other, "--json")
    assert said["words"]["request"] in first
    assert (said["device"], said["reply"]) == (LAPTOP.device, str(other))
    assert other.read_bytes() == (tmp_path / "r.reply.json").read_bytes()


def test_the_whole_way_over_network_own_store_and_stick(centre: Path, tmp_path: Path) -> None:
    laptop = enrolled(centre, tmp_path)
    first, second, third = laptop.seal(coded(1), tally(2)), laptop.seal(coded(3)), laptop.seal(coded(4))
    stick = tmp_path / "stick"
    stick.mkdir()
    write_batch(stick, second)
    with serving(centre) as url, HttpMailbox(url) as mailbox:
        mailbox.put_batch(first.data)
        mailbox.put_batch(third.data)
        said = answer("--vault", centre, "centre", "ingest", centre, "--json")
        assert (said["ingested"], said["waiting"], said["records"], said["receipts"]) == (1, 1, 2, 1)
        assert (said["gaps"][0]["first_missing"], said["gaps"][0]["last_missing"]) == (2, 2)
        waiting = run("--vault", centre, "centre", "ingest", centre).stdout
        assert "batch 2." in waiting
        said = answer("--vault", centre, "centre", "ingest", stick, "--json")
        assert (said["ingested"], said["receipts"], said["gaps"]) == (2, 1, [])
        said = answer("--vault", centre, "centre", "ingest", centre, "--mailbox", url, "--json")
        assert (said["ingested"], said["repeated"], said["receipts"]) == (0, 2, 2)
        assert {read_letter_header(data).kind for data in mailbox.fetch_letters(LAPTOP.device)} == {"gap", "figures"}
        for batch in (first, third):
            kinds = [read_receipt_header(data).kind for data in mailbox.fetch_receipts(batch.sha512)]
            assert kinds == ["stored", "ingested"]
    assert [read_receipt_header(data).kind for data in read_receipts(stick)] == ["ingested"]
    totals = answer("--vault", centre, "centre", "count", "--json")["totals"]
    assert (totals["encounters"], totals["tallies"]) == (3, 12)


@pytest.mark.parametrize("harm", [lambda data: bytes([data[0] ^ 1]) + data[1:], lambda data: data[:-1], lambda _data: b""])
def test_a_file_that_was_harmed_on_the_stick_is_told_by_name(
    centre: Path, tmp_path: Path, harm: Callable[[bytes], bytes]
) -> None:
    laptop = enrolled(centre, tmp_path)
    stick = tmp_path / "stick"
    stick.mkdir()
    whole, harmed = write_batch(stick, laptop.seal(coded(1))), write_batch(stick, laptop.seal(coded(2)))
    good = harmed.read_bytes()
    harmed.write_bytes(harm(good))
    told = answer("centre", "--centre", centre, "ingest", stick, "--json")
    assert (told["ingested"], told["damaged"]) == (1, [harmed.name])
    said = run("centre", "--centre", centre, "ingest", stick)
    assert (said.exit_code, f"The file {harmed.name} is damaged" in said.stdout) == (0, True)
    assert whole.name not in said.stdout
    harmed.write_bytes(good)
    told = answer("centre", "--centre", centre, "ingest", stick, "--json")
    assert (told["ingested"], told["repeated"], told["damaged"]) == (1, 1, [])


def test_count_says_the_same_as_a_table(centre: Path, tmp_path: Path) -> None:
    laptop = enrolled(centre, tmp_path)
    write_batch(tmp_path, laptop.seal(coded(1), coded(2, setting="bar"), tally(3)))
    assert run("centre", "--centre", centre, "ingest", tmp_path).exit_code == 0
    counted = answer("centre", "--centre", centre, "count", "--json")
    assert set(counted) == {"as_of", "rule_version", "rows", "units", "totals", "leaflets"}
    assert counted["rows"][0] == {
        "month": "2026-03", "setting": "bar", "encounters": 1, "contacts": 1, "uses": 0, "tallies": 0,
    }
    table = run("centre", "--centre", centre, "count").stdout
    for row in counted["rows"]:
        line = next(line for line in table.splitlines() if line.startswith(f"{row['month']}  {row['setting']}"))
        assert [int(cell) for cell in line.split()[2:]] == [
            row["encounters"], row["contacts"], row["uses"], row["tallies"],
        ]
    assert all(f"{name} ({counted['totals'][name]})" in table for name in counted["units"])


def test_a_revoked_laptop_is_refused_at_the_mailbox_and_at_the_desk(centre: Path, tmp_path: Path) -> None:
    laptop = enrolled(centre, tmp_path)
    assert run("centre", "--centre", centre, "revoke", LAPTOP.device).exit_code == 0
    write_batch(tmp_path, laptop.seal(coded(1)))
    result = run("centre", "--centre", centre, "ingest", tmp_path)
    assert (result.exit_code, "was revoked" in result.stdout) == (0, True)
    for nobody in ("nobody", "no\udcff"):
        assert run("centre", "--centre", centre, "revoke", nobody).exit_code == 3
    again = run("centre", "--centre", centre, "enrol", tmp_path / "request.json")
    assert (again.exit_code, "was revoked" in again.stderr) == (3, True)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["count"], "There is no centre"),
        (["enrol", "missing.json"], "missing.json cannot be read"),
        (["ingest", "missing"], "There is no centre"),
    ],
)
def test_known_errors_are_one_sentence(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    result = run("centre", "--centre", tmp_path / "nothing", *arguments)
    assert (result.exit_code, len(result.stderr.splitlines())) == (3, 1)
    assert sentence in result.stderr


def test_a_wrong_passphrase_and_a_file_that_is_no_request_change_nothing(centre: Path, tmp_path: Path) -> None:
    assert run("centre", "--centre", centre, "count", passphrase="wrong words").exit_code == 3
    (tmp_path / "request.json").write_text('{"body": 1}')
    result = run("centre", "--centre", centre, "enrol", tmp_path / "request.json")
    assert (result.exit_code, "no enrolment file" in result.stderr) == (3, True)
    assert not (tmp_path / "request.reply.json").exists()


def test_a_database_is_remembered_for_the_folder(centre: Path) -> None:
    address = "postgresql://nobody@127.0.0.1:9/none"
    result = CliRunner().invoke(cli, ["centre", "serve", str(centre), "--port", "0", "--database", address])
    assert result.exit_code == 3
    assert read_settings(centre).database == address


def test_a_mailbox_without_a_desk_serves(centre: Path, tmp_path: Path) -> None:
    alone = tmp_path / "server"
    alone.mkdir()
    (centre / "mailbox").rename(alone / "mailbox")
    with serving(alone) as url:
        assert url


def test_devices_says_which_laptop_may_have_been_copied(centre: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with open_desk(centre, PASSPHRASE, clock=SystemClock()) as desk:
        enrol_at(desk, LAPTOP)
        good, fork = Sender(LAPTOP, desk.keys.current_sealing_key), Sender(LAPTOP, desk.keys.current_sealing_key)
    for batch in (good.seal(coded(1), standing(90, 10)), good.seal(coded(2), standing(91, 9))):
        write_batch(stick, batch)
    run("centre", "--centre", centre, "ingest", stick)
    (found,) = answer("centre", "--centre", centre, "devices", "--json")
    assert (found["device"], found["last_batch"], found["step"], found["suspicious"]) == (LAPTOP.device, 2, 10, True)
    assert [alarm["kind"] for alarm in found["alarms"]] == ["audit_shorter", "step_not_grown"]
    write_batch(stick, fork.seal(coded(3)))
    run("centre", "--centre", centre, "ingest", stick)
    told = run("centre", "--centre", centre, "devices").stdout
    assert "its vault went back" in told
    assert "batches turned away: 1" in told


def test_the_window_is_started_with_the_folder_and_what_else_was_given(centre):
    started = []

    def start(folder, arguments):
        started.append((folder, tuple(arguments)))
        return 7

    for named in (["--centre", str(centre), "window"], ["window", "--centre", str(centre)]):
        result = CliRunner().invoke(cli, ["centre", *named, "--locked", "--page=laptops"], obj=start)
        assert result.exit_code == 7, result.output
    assert started == [(centre, ("--locked", "--page=laptops"))] * 2


def test_where_there_is_no_window_it_says_so(centre):
    result = CliRunner().invoke(cli, ["centre", "--centre", str(centre), "window"])
    assert (result.exit_code, "no window here" in result.output) == (2, True)
