"""``outreach receipts --check``: an honest log is well; one that was put back is told, with an exit code to match."""

from __future__ import annotations

import json

from tests.support.sending import send
from tests.unit.cli.conftest import CommandLine


def answer_each(line: CommandLine, *sizes: int) -> None:
    """Hand a note over for each size, and take a receipt of the desk that names this place of its log."""
    with line.prepared.open(line.folder) as laptop:
        assert laptop.box is not None
        for size in sizes:
            laptop.finish(str(size))
            send(laptop.session, laptop.box)
            name = list(laptop.box.batches)[-1]
            receipt = laptop.box.receipt(name, "ingested", log_size=size, log_root=f"{size:0128x}")
            laptop.session.sending.take_receipt(name, receipt)


def test_an_honest_log_is_well(line: CommandLine) -> None:
    answer_each(line, 4, 9)
    assert json.loads(line.run("receipts", "--check", "--json").stdout) == {"receipts": 4, "faults": []}
    assert line.run("receipts", "--check").stdout == "Receipts compared: 4.\n"


def test_a_log_that_holds_two_receipts_at_one_place_is_told(line: CommandLine) -> None:
    answer_each(line, 4, 4)
    told = line.run("receipts", "--check", code=3)
    assert told.stdout.splitlines() == ["1.2  desk  forked", "Receipts compared: 4."]
    assert "do not fit together" in told.stderr
