"""``outreach record``, ``list`` and ``search``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from outreach_app.cli.state import State
from outreach_app.i18n import gettext as _

if TYPE_CHECKING:
    from outreach_app.records.encounters import EncounterRow


@click.command()
@click.argument("file")
@click.pass_obj
def record(state: State, file: str) -> None:
    """Record one encounter from a JSON FILE (- for standard input) as a finished note and print its id.

    With consent write_nothing only the day's tally grows and "tally" is printed.
    """
    from outreach_app.cli.files import read_untrusted

    with state.unlocked() as session:
        finished = session.recording.record_encounter(read_untrusted(file))
    click.echo("tally" if finished.id is None else finished.id)


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=200, show_default=True)
@click.pass_obj
def list_notes(state: State, as_json: bool, limit: int) -> None:
    """List finished notes, newest first."""
    with state.unlocked() as session:
        rows = session.encounters.list_encounters(limit=limit)
    _print_rows(rows, as_json=as_json)


@click.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True)
@click.pass_obj
def search(state: State, text: str, as_json: bool, limit: int) -> None:
    """Search finished notes for every word of TEXT, newest first."""
    text = os.fsencode(text).decode(errors="replace")  # where the locale is not UTF-8 the letters came as bytes
    with state.unlocked() as session:
        rows = session.search.search(text, limit)
    _print_rows(rows, as_json=as_json)


def _print_rows(rows: tuple[EncounterRow, ...], *, as_json: bool) -> None:
    from outreach_app.cli.files import print_json

    if as_json:
        print_json([_row(row) for row in rows])
        return
    for row in rows:
        click.echo(f"{row.shift_date.isoformat()}  {row.setting:20}  {row.id}  {row.state}")
    if not rows:
        click.echo(_("Nothing found."), err=True)


def _row(row: EncounterRow) -> dict[str, object]:
    return {
        "id": row.id,
        "shift_date": row.shift_date.isoformat(),
        "setting": row.setting,
        "region": row.region,
        "place": row.place_code,
        "contact": row.contact_id,
        "called": row.contact_name,
        "state": row.state,
        "consent": row.consent.value,
        "outcome": row.outcome,
        "version": row.version,
        "note": row.first_words,
    }
