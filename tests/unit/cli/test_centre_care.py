"""``outreach centre keys, gaps, conflicts, quarantine, receipts``: what a person at the desk looks after, as JSON and as sentences."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from outreach_app.centre.desk import facts
from outreach_app.centre.desk.folder import CentreSettings, write_settings
from outreach_app.centre.desk.key_rotation import DUE_AFTER, GRACE, mark_published, rotate_sealing_key
from outreach_app.centre.desk.opening import open_desk
from outreach_app.centre.mailbox.configuration import create_mailbox
from outreach_app.cli.main import cli
from outreach_app.clock import SystemClock
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.sync.sealing import key_id
from tests.support.clock import FakeClock
from tests.support.desk import PASSPHRASE, Sender, coded, enrol, make_desk, record_id, sender
from tests.support.sticks import read_receipts, write_batch
from tests.support.sync_people import LAPTOP
from tests.unit.centre.desk.test_quarantine import poisoned


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished centre with one laptop, made now."""
    folder = tmp_path_factory.mktemp("cli") / "centre"
    with make_desk(folder, FakeClock(SystemClock().now())) as desk:
        mailbox = create_mailbox(folder, desk.keys.root.public, desk.keys.receipt.public)
        facts.keep_mailbox_receipt_key(desk, mailbox.receipt_public)
        enrol(desk, LAPTOP)
    write_settings(folder, CentreSettings())
    return folder


@pytest.fixture
def centre(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "centre"))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (folder := tmp_path / "stick").mkdir()
    return folder


@pytest.fixture
def laptop(centre: Path) -> Sender:
    with open_desk(centre, PASSPHRASE, clock=FakeClock()) as desk:
        return sender(desk, LAPTOP)


def run(centre: Path, *arguments: object) -> Result:
    words = ["--passphrase-stdin", "centre", "--centre", centre, *arguments]
    return CliRunner().invoke(cli, [str(word) for word in words], input=f"{PASSPHRASE}\n")


def said(centre: Path, *arguments: object) -> str:
    result = run(centre, *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def answer(centre: Path, *arguments: object) -> Any:
    return json.loads(said(centre, *arguments, "--json"))


def test_keys_are_listed_made_and_reminded_of(centre: Path, stick: Path) -> None:
    (first,) = answer(centre, "keys", "list")["keys"]
    assert (first["stage"], answer(centre, "ingest", stick)["new_key"]) == ("current", "")
    with open_desk(centre, PASSPHRASE, clock=FakeClock()) as desk, desk.vault.transaction() as connection:
        connection.execute(
            "UPDATE sealing_stages SET published_at = ?", ((SystemClock().now() - DUE_AFTER).isoformat(),)
        )
    assert answer(centre, "keys", "list")["new_key"] == "due"
    assert "more than a month old" in said(centre, "ingest", stick)
    made = answer(centre, "keys", "rotate")["key"]
    assert made in said(centre, "keys", "rotate")
    shown = said(centre, "keys", "list").splitlines()
    assert [line.split()[2] for line in shown[:2]] == ["current:", "next:"]
    assert "Publish it" in shown[2]
    assert answer(centre, "ingest", stick)["new_key"] == "waits"


def test_keys_say_until_when_an_old_one_opens(centre: Path) -> None:
    with open_desk(centre, PASSPHRASE, clock=SystemClock()) as desk:
        mark_published(desk, key_id(rotate_sealing_key(desk)))
    until = (SystemClock().now() + GRACE).date().isoformat()
    previous, current = said(centre, "keys", "list").splitlines()
    assert f"still opens, until {until}" in previous
    assert "laptops seal for it" in current


def test_a_gap_is_listed_and_let_go(centre: Path, stick: Path, laptop: Sender) -> None:
    assert "Nothing is missing." in said(centre, "gaps")
    batches = [laptop.seal(coded(number)) for number in range(1, 4)]
    for batch in (batches[0], batches[2]):
        write_batch(stick, batch)
    told = answer(centre, "ingest", stick)
    assert (told["letters"], len(StickFolder(stick).fetch_letters(LAPTOP.device))) == (2, 2)
    (gap,) = answer(centre, "gaps")
    assert (gap["first_missing"], gap["last_missing"], gap["waiting"]) == (2, 2, 1)
    assert "batch 2." in said(centre, "gaps")
    assert run(centre, "gaps", "void", LAPTOP.device, 1, 2).exit_code == 2, "a reason is needed"
    wrong = run(centre, "gaps", "void", LAPTOP.device, 1, 3, "--reason", "other")
    assert (wrong.exit_code, "is not missing" in wrong.stderr) == (3, True)
    let_go = answer(centre, "gaps", "void", LAPTOP.device, 1, 2, "--reason", "stick_lost")
    assert (let_go["reason"], [one["seq"] for one in let_go["taken"]]) == ("stick_lost", [3])
    assert answer(centre, "gaps") == []


def test_letting_go_is_said_in_words(centre: Path, stick: Path, laptop: Sender) -> None:
    laptop.seal(coded(1))
    write_batch(stick, laptop.seal(coded(2)))
    said(centre, "ingest", stick)
    assert "Taken in behind it: 1." in said(centre, "gaps", "void", LAPTOP.device, 1, 1, "--reason", "laptop_lost")


def test_conflicts_say_what_to_do(centre: Path, stick: Path, laptop: Sender) -> None:
    assert "There are no conflicts." in said(centre, "conflicts")
    copy = Sender(laptop.laptop, laptop.centre_key)
    write_batch(stick, laptop.seal(coded(1)))
    said(centre, "ingest", stick)
    write_batch(stick, copy.seal(coded(2)))
    said(centre, "ingest", stick)
    (one,) = answer(centre, "conflicts")
    assert (one["seq"], one["call"], "number that is taken" in one["words"]) == (1, True, True)
    shown = said(centre, "conflicts")
    assert "number that is taken" in shown
    assert "Phone the team" in shown


def test_quarantine_names_the_line_and_what_became_of_it(centre: Path, stick: Path, laptop: Sender) -> None:
    assert "Nothing was put aside." in said(centre, "quarantine")
    write_batch(stick, laptop.seal(poisoned(1), coded(2), b"not json"))
    write_batch(stick, laptop.seal(coded(1, version=2)))
    said(centre, "ingest", stick)
    settled, still_open = answer(centre, "quarantine")
    assert (settled["record_id"], settled["settled"], settled["words"]) == (
        record_id(1), "taken_in", "not a record this program knows",
    )
    assert (still_open["line"], still_open["words"]) == (3, "not readable")
    assert [one["line"] for one in answer(centre, "quarantine", "--open")] == [3]
    assert "line 1: not a record this program knows. settled" in said(centre, "quarantine")


def test_receipts_are_listed_checked_and_handed_out_again(centre: Path, stick: Path, laptop: Sender, tmp_path: Path) -> None:
    batches = [laptop.seal(coded(1)), laptop.seal(coded(2))]
    for batch in batches:
        write_batch(stick, batch)
    said(centre, "ingest", stick)
    assert [(one["seq"], one["kind"]) for one in answer(centre, "receipts", "list")] == [(2, "ingested"), (1, "ingested")]
    assert len(answer(centre, "receipts", "list", "--device", LAPTOP.device)) == 2
    strange = run(centre, "receipts", "list", "--device", "0" * 32)
    assert (strange.exit_code, "No laptop with the number" in strange.stderr) == (3, True)
    assert "1.2  ingested" in said(centre, "receipts", "list")
    assert answer(centre, "receipts", "verify")["whole"]
    assert "Receipts in the log: 2." in said(centre, "receipts", "verify")
    (again := tmp_path / "again").mkdir()
    assert answer(centre, "receipts", "write", again)["receipts"] == 2
    assert set(read_receipts(again)) == set(read_receipts(stick))
    handed = answer(centre, "receipts", "write", centre)
    assert (handed["receipts"], handed["elsewhere"]) == (0, 2), "no batch of this laptop lies in the own mailbox"
    assert "Receipts handed out again: 2" in said(centre, "receipts", "write", again)


def test_a_changed_log_is_told_and_ends_with_an_error(centre: Path, stick: Path, laptop: Sender) -> None:
    for number in range(3):
        write_batch(stick, laptop.seal(coded(number)))
    said(centre, "ingest", stick)
    with open_desk(centre, PASSPHRASE, clock=FakeClock()) as desk, desk.vault.transaction() as connection:
        connection.execute("UPDATE receipt_log SET entry = X'7b7d' WHERE size = 2")
        connection.execute("DELETE FROM receipts WHERE log_size = 3")
    result = run(centre, "receipts", "verify")
    assert (result.exit_code, "not what the log says" in result.stderr) == (3, True)
    for sentence in ("From entry 2 on", "is not the one in the log", "was settled without a receipt"):
        assert sentence in result.stdout
    told = run(centre, "receipts", "verify", "--json")
    assert (told.exit_code, json.loads(told.stdout)["first_wrong"]) == (3, 2)


def test_receipts_from_before_their_bytes_were_pinned_are_counted_apart(centre: Path, stick: Path, laptop: Sender) -> None:
    write_batch(stick, laptop.seal(coded(1)))
    said(centre, "ingest", stick)
    assert "exact bytes" not in said(centre, "receipts", "verify")
    with open_desk(centre, PASSPHRASE, clock=FakeClock()) as desk, desk.vault.transaction() as connection:
        connection.execute("UPDATE receipt_log SET document = NULL")
    assert "Receipts from before the log kept their exact bytes: 1." in said(centre, "receipts", "verify")
