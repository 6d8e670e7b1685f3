"""``outreach machine check`` answers without a vault and without a passphrase."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from outreach_app.cli.main import cli


def test_the_computer_is_described_without_a_vault(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["--vault", str(tmp_path / "none"), "machine", "check"], prog_name="outreach")
    assert done.exit_code == 0
    rows = json.loads(done.output)
    assert [(row["about"], sorted(row)) for row in rows] == [
        ("disk", ["about", "sentence", "state"]), ("swap", ["about", "sentence", "state"]),
    ]  # fmt: skip
    assert {row["state"] for row in rows} <= {"fine", "warning", "unknown"}
    assert not (tmp_path / "none").exists()
