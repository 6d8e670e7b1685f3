"""``outreach figures``: what was counted on some days, as JSON, and as CSV, spreadsheet or paper where asked for."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from outreach_app.cli.out_file import OutFile
from outreach_app.cli.state import State

if TYPE_CHECKING:
    from outreach_app.domain.figures import Figures
    from outreach_app.services.session import Session

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_FILE = OutFile()


@click.command()
@click.option("--from", "first", type=_DAY, metavar="DAY", help="First day; if not named, Monday of the week.")
@click.option("--to", "last", type=_DAY, metavar="DAY", help="Last day; if not named, Sunday of the week.")
@click.option(
    "--for", "readers", type=click.Choice(("team", "outside")),
    help="Whom numbers are for. Without it what is printed is for the team and files are for outside: "
    "with small groups hidden.",
)  # fmt: skip
@click.option("--csv", "csv_file", type=_FILE, metavar="FILE", help="Write the figures as CSV.")
@click.option("--xlsx", "xlsx_file", type=_FILE, metavar="FILE", help="Write the figures as a spreadsheet.")
@click.option("--pdf", "pdf_file", type=_FILE, metavar="FILE", help="Write the figures as a paper.")
@click.pass_obj
def figures(
    state: State, first: datetime | None, last: datetime | None, readers: str | None, csv_file: Path | None,
    xlsx_file: Path | None, pdf_file: Path | None,
) -> None:  # fmt: skip
    """Print the figures of some days as JSON; supervisors only."""
    from outreach_app.cli.files import print_json

    files = {kind: file for kind, file in (("csv", csv_file), ("xlsx", xlsx_file), ("pdf", pdf_file)) if file}
    with state.unlocked() as session:
        days = _days(session, first, last)
        for kind, file in files.items():
            outside = readers != "team"
            _write(state, session, session.figures.count(*days, outside=outside), kind, file)
        print_json(_printed(session.figures.count(*days, outside=readers == "outside")))


def _days(session: Session, first: datetime | None, last: datetime | None) -> tuple[date, date]:
    """Return the days that were named; one alone names its week from there on, or up to there."""
    from outreach_app.domain.figures import week_of

    named = first or last
    monday, sunday = week_of(session.figures.today() if named is None else named.date())
    return (monday if first is None else first.date()), (sunday if last is None else last.date())


def _write(state: State, session: Session, counted: Figures, kind: str, file: Path) -> None:
    from outreach_app.cli.files import write_file
    from outreach_app.reports.figure_files import make_file
    from outreach_app.reports.figure_lines import FigureWords

    program = state.program()
    write_file(file, make_file(kind, counted, FigureWords(program.code_lists, program.catalogues)))
    session.figures.note_export(outside=counted.outside)


def _printed(counted: Figures) -> dict[str, Any]:
    return {
        "first": counted.first,
        "last": counted.last,
        "as_of": counted.as_of,
        "rules": counted.rules,
        "for": "outside" if counted.outside else "team",
        "figures": [
            {
                "name": figure.name,
                "unit": figure.unit,
                "total": figure.total,
                "hidden": figure.hidden,
                "by": figure.kind,
                "groups": [{"code": group.code, "count": group.count} for group in figure.groups],
            }
            for figure in counted.figures
        ],
    }
