"""A centre whose commands run in the test's own process, on a desk with the quick key derivation; its mailbox is a process as ever."""

from __future__ import annotations

import json
from typing import Any

from click.testing import CliRunner

from outreach_app.cli.main import cli
from outreach_app.practice.centre_process import CentreProcess
from outreach_app.practice.errors import CentreProcessError
from tests.support.commands import make_centre
from tests.support.desk import PASSPHRASE


class QuickCentre(CentreProcess):
    """Takes the place of the centre's process."""

    def run(self, step: str, *arguments: str, is_json: bool = True, typed: str = "") -> Any:
        if arguments[0] == "init":
            make_centre(self.folder)
            return {"words": "one two three four five six"}
        before = ["--passphrase-stdin", "centre", "--centre", str(self.folder)]
        done = CliRunner().invoke(cli, [*before, *arguments], input=f"{PASSPHRASE}\n{typed}")
        if done.exit_code != 0:
            raise CentreProcessError(step=step, code=done.exit_code)
        return json.loads(done.stdout) if is_json else done.stdout
