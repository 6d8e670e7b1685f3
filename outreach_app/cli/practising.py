"""``outreach practice``: a vault and a centre for practising, with fictional people in them."""

from __future__ import annotations

from pathlib import Path

import click

from outreach_app.i18n import gettext as _


@click.command()
@click.option("--folder", type=click.Path(path_type=Path), help="Where practice lies; beside the vault when not given.")
@click.option("--start-over", is_flag=True, help="Take away what was practised and begin anew.")
def practice(folder: Path | None, start_over: bool) -> None:
    """Set practice up, if it is not there yet, and print its folders and passphrase. Nothing of it is ever real."""
    from outreach_app.cli.files import print_json
    from outreach_app.practice.folder import PracticeFolder
    from outreach_app.practice.making import make_practice
    from outreach_app.program import Program

    place = PracticeFolder(None if folder is None else folder.resolve())
    if start_over or not place.is_ready():
        told = _("{step} ({number} of {total})")
        make_practice(
            place,
            Program(place.vault),
            say=lambda step, number, total: click.echo(
                told.format(step=step, number=number, total=total), err=True
            ),
        )
    facts = place.facts()
    print_json({"vault": str(place.vault), "centre": str(place.centre), "passphrase": facts.passphrase})
