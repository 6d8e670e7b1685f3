"""``outreach centre withdrawals`` and ``audit``, as JSON and as sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from outreach_app.centre.desk.folder import CentreSettings, write_settings
from outreach_app.centre.desk.ingestion import take_in
from outreach_app.centre.mailbox.configuration import create_mailbox
from outreach_app.cli.main import cli
from outreach_app.wire.batch_records import RecordVersion, WithdrawalRecord
from tests.support.desk import PASSPHRASE, WORKER, enrol, make_desk, note, record_id, sender
from tests.support.sync_people import LAPTOP


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A centre where one consent was taken back."""
    folder = tmp_path_factory.mktemp("register") / "centre"
    with make_desk(folder) as desk:
        create_mailbox(folder, desk.keys.root.public, desk.keys.receipt.public)
        enrol(desk, LAPTOP)
        laptop = sender(desk, LAPTOP)
        taken_back = WithdrawalRecord(
            id=record_id(90), version=1, worker=WORKER, contact=record_id(1_000_001), recipient="cmm",
            floors=[RecordVersion(id=record_id(1), version=2)],
        )  # fmt: skip
        take_in(desk, laptop.seal(note(1)).data)
        take_in(desk, laptop.seal(taken_back).data)
    write_settings(folder, CentreSettings())
    return folder


def said(centre: Path, *words: str) -> str:
    done = CliRunner().invoke(
        cli, ["--passphrase-stdin", "centre", "--centre", str(centre), *words], input=f"{PASSPHRASE}\n"
    )
    assert done.exit_code == 0, done.output
    return done.stdout


def test_withdrawals_are_listed_with_what_left(centre: Path) -> None:
    (one,) = json.loads(said(centre, "withdrawals", "--json"))
    assert (one["recipient"], one["device"], one["removed"]) == ("cmm", LAPTOP.device, 1)
    assert one["records"] == [record_id(1)]
    assert "consent for cmm taken back, told by Laptop 3" in said(centre, "withdrawals")


def test_where_none_was_taken_back_it_says_so(tmp_path: Path) -> None:
    make_desk(tmp_path / "centre").close()
    write_settings(tmp_path / "centre", CentreSettings())
    assert said(tmp_path / "centre", "withdrawals") == "No consent was taken back.\n"


def test_the_audit_of_the_desk_is_read(centre: Path) -> None:
    entries = json.loads(said(centre, "audit", "--json", "--limit", "3"))
    assert len(entries) == 3
    assert sorted(entries[0]) == ["action", "at", "detail", "seq", "subject"]
    assert entries[0]["seq"] > entries[1]["seq"]
    lines = said(centre, "audit").splitlines()
    assert any("enrolled" in line for line in lines)


def test_a_laptop_is_renamed(centre: Path) -> None:
    before = json.loads(said(centre, "devices", "--json"))[0]["label"]
    told = json.loads(said(centre, "devices", "rename", LAPTOP.device, "Laptop 7, Aarhus", "--json"))
    assert told == {"device": LAPTOP.device, "label": "Laptop 7, Aarhus"}
    assert "Laptop 7, Aarhus" in said(centre, "devices")
    assert f"is called {before} now" in said(centre, "devices", "rename", LAPTOP.device, before)
