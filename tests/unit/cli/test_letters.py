"""``outreach letters``: what the centre misses and, for supervisors, what it counted, as JSON and as sentences."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from outreach_app.cli.letters import _figures_lines, _gap_lines
from outreach_app.services.letters import GapLetter, MissingBatches, TeamFigures
from outreach_app.wire.letters import FiguresRow
from tests.unit.cli.conftest import CommandLine

AT = datetime(2026, 10, 3, 20, tzinfo=UTC)


def missing(first: int, last: int) -> MissingBatches:
    return MissingBatches(1, first, last, 2, (first,), (), (), (), 0)


def test_before_any_letter_nothing_is_missing(line: CommandLine) -> None:
    assert json.loads(line.run("letters", "--json").stdout) == {"gaps": None, "figures": None}
    assert line.run("letters").stdout == "The centre misses no batch.\n"


def test_what_is_missing_is_named_by_its_numbers() -> None:
    letter = GapLetter(4, AT, AT, (missing(3, 3), missing(5, 7)))
    assert list(_gap_lines(letter)) == [
        "Missing at the centre: batch 3. Later ones that wait: 2.",
        "Missing at the centre: batches 5 to 7. Later ones that wait: 2.",
    ]
    assert list(_gap_lines(GapLetter(5, AT, AT, ()))) == ["The centre misses no batch."]


def test_figures_are_said_row_by_row() -> None:
    row = FiguresRow(month="2026-09", setting="street", encounters=4, contacts=3, uses=0, tallies=1)
    assert list(_figures_lines(TeamFigures(2, AT, date(2026, 10, 1), "counting-2", (row,)))) == [
        "Counted at the centre of this team, as of 2026-10-01:",
        "2026-09 street: encounters 4, contacts 3, uses 0, counts 1",
    ]
