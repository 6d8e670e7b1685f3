"""The centre for trying enrols a real laptop's request and opens what it sends."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from outreach_app.practice.centre_process import CentreProcess
from outreach_app.program import Program
from outreach_app.services.sending_road import seal_and_send
from outreach_app.sync.carriers.http import HttpMailbox
from tests.support.vaults import CHEAP_COST, PASSPHRASE
from tools.try_centre import REQUEST, try_centre


def test_a_laptop_is_enrolled_and_its_batch_opened(tmp_path: Path) -> None:
    session = Program(tmp_path / "vault", cost=CHEAP_COST).create_vault(PASSPHRASE, worker_name="AM")
    try:
        folder = tmp_path / "try"
        folder.mkdir()
        (folder / REQUEST).write_bytes(session.enrolling.request().data)
        first = CliRunner().invoke(try_centre, ["--folder", str(folder), "--port", "0", "--rounds", "1"])
        assert first.exit_code == 0, first.output
        pending = session.enrolling.accept((folder / "reply.json").read_bytes())
        assert pending.words in first.output
        session.enrolling.confirm(pending)
        session.recording.record_encounter(b'{"setting": "street"}')
        centre = CentreProcess(folder / "centre", (folder / "passphrase").read_text(encoding="utf-8"))
        try:
            with HttpMailbox(centre.start_mailbox()) as road:
                seal_and_send(lambda step: step(session.sending), road, "network")
        finally:
            centre.stop()
        second = CliRunner().invoke(try_centre, ["--folder", str(folder), "--port", "0", "--rounds", "1"])
        assert "came and were opened: 1;" in second.output
    finally:
        session.close()
