"""The main job by the real program, each command a process: record, send, receive, count; and what may go wrong.

Only the making of vault and centre is done here, with the quick key derivation; both have tests of their own.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from tests.support.commands import (
    OUTREACH,
    ROOT,
    TIMEOUT,
    CuttingLine,
    MadePair,
    make_centre,
    make_vault,
    serving,
    staff,
    worker,
)
from tests.support.vaults import PASSPHRASE

pytestmark = pytest.mark.real_derivation
STREET = {"met_at": "2026-03-02T23:00:00+01:00", "note": "marker-note"}
TALLY = {"setting": "meeting_place", "consent": "write_nothing", "met_at": "2026-03-05T19:00:00+01:00"}
CODED = {**STREET, "contact": {"called": "marker-name"}}
FOLLOW_UP = {
    **STREET, "consent": "follow_up", "contact": {"called": "Anna E.", "linkage": {"first_name_start": "An", "last_name_start": "Ek", "born_on": "1999-01-02"}},
}  # fmt: skip


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> MadePair:
    return MadePair.made(tmp_path_factory.mktemp("pair") / "made")


def test_from_nothing_to_counted_by_network_and_by_stick(tmp_path: Path) -> None:
    vault, centre = tmp_path / "laptop" / "vault", tmp_path / "centre"
    make_vault(vault)
    make_centre(centre)
    laptop, desk = worker(vault), staff(centre)
    notes = [laptop.record(**CODED), laptop.record(**FOLLOW_UP)]
    assert laptop.record(**TALLY) == "tally"
    assert [row["id"] for row in laptop.asked("search", "marker", "--json")] == notes[::-1]
    laptop.run("seal", code=3)

    with serving(centre) as url:
        words = laptop.asked("enrol", "request", tmp_path / "request.json")["words"]
        answer = desk.asked("enrol", tmp_path / "request.json", "--out", tmp_path / "reply.json", "--json")
        assert answer["words"]["request"] == words
        laptop.run("enrol", "accept", tmp_path / "reply.json", "--words", "not these six words at all", code=3)
        laptop.run("enrol", "accept", tmp_path / "reply.json", "--words", answer["words"]["reply"])
        nothing = {"sealed": 0, "sent": 0, "stored": 0, "receipts": 0, "refused": [], "letters": 0, "packs": False}
        once = {**nothing, "sealed": 1, "sent": 1, "stored": 1, "receipts": 1}
        assert laptop.asked("send", "--mailbox", url) == once
        assert laptop.asked("send", "--mailbox", url) == nothing
        assert laptop.states() == ["stored"]
        first, again = desk.asked("ingest", centre, "--json"), desk.asked("ingest", centre, "--json")
        assert (first["ingested"], first["records"], again["ingested"], again["records"]) == (1, 3, 0, 0)
        assert laptop.asked("send", "--mailbox", url)["receipts"] == 1
        assert laptop.states() == ["ingested"]

    stick = tmp_path / "stick"
    stick.mkdir()
    laptop.record(setting="bar", met_at="2026-04-01T02:00:00+02:00")
    assert laptop.asked("send", "--stick", stick)["sent"] == 1
    assert laptop.asked("send", "--stick", stick)["sent"] == 1
    assert laptop.states() == ["ingested", "sent"]
    for ingested in (1, 0):
        assert desk.asked("ingest", stick, "--json")["ingested"] == ingested
    assert laptop.asked("send", "--stick", stick)["receipts"] == 1
    assert laptop.states() == ["ingested", "ingested"]

    counted = desk.asked("count", "--json")
    assert {(row["month"], row["setting"]): (row["encounters"], row["contacts"], row["uses"], row["tallies"]) for row in counted["rows"]} == {
        ("2026-03", "street"): (2, 2, 0, 0), ("2026-03", "meeting_place"): (0, 0, 1, 1), ("2026-03", "bar"): (1, 1, 0, 0),
    }  # fmt: skip
    assert (counted["totals"]["persons_linked"], counted["totals"]["not_linkable"]) == (1, 2)
    assert laptop.run("vault", "check").stdout
    assert_no_marker(tmp_path)


def assert_no_marker(folder: Path) -> None:
    """No word of a note is readable in any file of laptop, mailbox, desk or stick."""
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert b"marker" not in data
            assert "marker".encode("utf-16-le") not in data


@pytest.mark.parametrize("cut", [{"there": 3000}, {"back": 400}], ids=["batch", "receipt"])
def test_a_cut_connection_ends_in_exactly_one_ingestion(pair: MadePair, tmp_path: Path, cut: dict[str, int]) -> None:
    laptop, desk, centre = pair.copy(tmp_path / "pair")
    laptop.record(**CODED)
    with serving(centre) as url:
        with CuttingLine(url, **cut) as line:
            done = laptop.run("send", "--mailbox", line.url)  # it goes on by itself
            assert line.cuts == 1
        assert "Traceback" not in done.stderr
        assert json.loads(done.stdout)["sent"] == 1
        assert desk.asked("ingest", centre, "--json")["ingested"] == 1
        laptop.run("send", "--mailbox", url)
    assert laptop.states() == ["ingested"]


def test_killed_between_sealing_and_sending_nothing_is_lost_or_doubled(pair: MadePair, tmp_path: Path) -> None:
    laptop, desk, _ = pair.copy(tmp_path / "pair")
    laptop.record(**CODED)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # accepts and never answers
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        command = [*OUTREACH, *laptop.before, "send", "--mailbox", url]
        started = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert started.stdin is not None
        assert started.stderr is not None
        started.stdin.write(PASSPHRASE + "\n")
        started.stdin.flush()
        while "sending 0/1" not in (line := started.stderr.readline()):
            assert line, "it ended before it sent"
        os.kill(started.pid, signal.SIGKILL)
        started.communicate(timeout=TIMEOUT)
    assert laptop.states() == ["sealed"]
    assert laptop.asked("seal") == []
    stick = tmp_path / "stick"
    stick.mkdir()
    laptop.run("send", "--stick", stick)
    assert desk.asked("ingest", stick, "--json")["records"] == 1
    laptop.run("send", "--stick", stick)
    assert laptop.states() == ["ingested"]


def test_a_strange_centre_takes_nothing_and_learns_nothing(pair: MadePair, tmp_path: Path) -> None:
    laptop, desk, _ = pair.copy(tmp_path / "pair")
    make_centre(tmp_path / "strange")
    stranger = staff(tmp_path / "strange")
    laptop.record(**CODED)
    with serving(tmp_path / "strange") as url:
        assert laptop.run("send", "--mailbox", url, code=3).stderr
    assert laptop.states() == ["sealed"]
    stick = tmp_path / "stick"
    stick.mkdir()
    laptop.run("send", "--stick", stick)
    refused = stranger.asked("ingest", stick, "--json")
    assert (refused["ingested"], refused["records"]) == (0, 0)
    assert len(refused["not_ingested"]) == 1
    laptop.run("send", "--stick", stick)
    assert laptop.states() == ["sent"]
    assert desk.asked("ingest", stick, "--json")["ingested"] == 1
    laptop.run("send", "--stick", stick)
    assert laptop.states() == ["ingested"]


def test_a_reply_or_receipt_with_a_flipped_byte_is_refused_and_the_right_one_still_counts(pair: MadePair, tmp_path: Path) -> None:
    laptop, desk, _centre = pair.copy(tmp_path / "pair")
    laptop.record(**CODED)
    stick = tmp_path / "stick"
    stick.mkdir()
    laptop.run("send", "--stick", stick)
    desk.asked("ingest", stick, "--json")
    (receipt,) = stick.glob("outreach-receipt-*")
    good = receipt.read_bytes()
    receipt.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    assert "receipt" in laptop.run("send", "--stick", stick, code=3).stderr
    assert laptop.states() == ["sent"]
    receipt.write_bytes(good)
    assert json.loads(laptop.run("send", "--stick", stick).stdout)["receipts"] == 1
    assert laptop.states() == ["ingested"]
