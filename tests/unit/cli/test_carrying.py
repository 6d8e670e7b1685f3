"""``outreach carry``: another laptop's stick, without a vault."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from outreach_app.centre.mailbox.database import open_database
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.sync.carriers.http import HttpDesk
from outreach_app.sync.carriers.patience import ONCE
from tests.support.mailboxes import RunningMailbox, batch, device_list, entry, running_mailbox
from tests.support.sticks import write_batch
from tests.support.sync_people import CENTRE, LAPTOP, OTHER_LAPTOP
from tests.unit.cli.conftest import plain


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[RunningMailbox]:
    with closing(MailboxStore(open_database(None, tmp_path / "mailbox.db"))) as store:
        store.put_device_list(1, device_list(entry(LAPTOP), entry(OTHER_LAPTOP, "revoked")))
        with running_mailbox(store) as running:
            yield running


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    write_batch(folder, batch())
    return folder


def test_it_says_what_it_carried(mailbox: RunningMailbox, stick: Path) -> None:
    result = plain("carry", str(stick), "--mailbox", mailbox.url, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {
        "batches": 1, "handed_over": 1, "receipts": 1, "letters": 0, "pack_files": 0, "not_taken": [],
            "packs_problem": "",
    }  # fmt: skip
    assert "carrying 1/1" in result.stderr
    again = plain("carry", str(stick), "--mailbox", mailbox.url)
    assert [line.split() for line in again.stdout.splitlines()] == [
        ["1", "batches"], ["0", "handed", "over"], ["0", "receipts"], ["0", "letters"], ["0", "pack", "files"],
    ]  # fmt: skip


def test_what_the_mailbox_does_not_take_is_told_and_is_3(mailbox: RunningMailbox, stick: Path) -> None:
    revoked = batch(laptop=OTHER_LAPTOP)
    write_batch(stick, revoked)
    result = plain("carry", str(stick), "--mailbox", mailbox.url, "--json")
    assert result.exit_code == 3
    told = json.loads(result.stdout)
    assert told["not_taken"] == [{"file": f"outreach-batch-{revoked.sha512[:32]}.ob1", "code": "revoked_device"}]
    assert told["handed_over"] == 1
    assert "tell the centre" in result.stderr


def test_packs_that_do_not_hang_together_are_told_beside(mailbox: RunningMailbox, stick: Path) -> None:
    with HttpDesk(mailbox.url, signing=CENTRE.desk, clock=mailbox.clock) as desk:
        desk.put_pack_file("timestamp.json", b"{}")
    result = plain("carry", str(stick), "--mailbox", mailbox.url, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["handed_over"] == 1
    assert "timestamp.json" in result.stderr


def test_no_stick_and_no_mailbox_are_3(
    mailbox: RunningMailbox, tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outreach_app.sync.carriers.patience.AT_A_PROMPT", ONCE)
    assert plain("carry", str(tmp_path / "gone"), "--mailbox", mailbox.url).exit_code == 3
    assert plain("carry", str(stick), "--mailbox", "http://mailbox.example").exit_code == 3
    assert plain("carry", str(stick), "--mailbox", "https://127.0.0.1:9").exit_code == 3
    assert plain("carry", str(stick)).exit_code == 2
