"""``outreach send``: what went wrong beside the rest is said after what was done, and long batches by their bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from outreach_app.cli.sending import show, tell_beside
from outreach_app.services.progress import Progress
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.sync.errors import NoNetworkError
from outreach_app.sync.receipts import Receipt, make_receipt
from tests.support.sync_people import CENTRE, LAPTOP
from tests.unit.cli.conftest import CommandLine

NOTE = {"setting": "bar", "region": "syddanmark", "met_at": "2026-04-08T23:00:00+02:00", "note": "one"}


def test_a_receipt_nobody_can_read_is_3_after_what_was_done(line: CommandLine, tmp_path: Path) -> None:
    line.run("record", "-", typed=json.dumps(NOTE).encode())
    stick = tmp_path / "stick"
    stick.mkdir()
    (sealed,) = json.loads(line.run("seal").stdout)
    receipt = Receipt(
        kind="ingested", device=LAPTOP.device, epoch=1, seq=1, sha512=sealed["hash"], issued_at="2026-03-02T20:00:00Z"
    )
    StickFolder(stick).put_receipt(make_receipt(receipt, device=LAPTOP.receiving.public, issuer=CENTRE.desk))
    result = line.run("send", "--stick", str(stick), code=3)
    assert json.loads(result.stdout)["sent"] == 1
    assert "Your notes stay as they are" in result.stderr


def test_progress_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    for progress in (Progress("sending", 0, 1, 262_144, 2_000_000), Progress("sending", 1, 1), Progress("sealing", 0, 0)):
        show(progress)
    assert capsys.readouterr() == ("", "sending 262144/2000000 bytes\nsending 1/1\n")


def test_what_kept_packs_away_is_said_beside(capsys: pytest.CaptureFixture[str]) -> None:
    tell_beside(None)
    tell_beside(NoNetworkError())
    assert capsys.readouterr().err.splitlines() == [NoNetworkError().sentence()]
