"""``outreach tour``: the whole main job on fictional people, verified step by step."""

from __future__ import annotations

from pathlib import Path

import click

from outreach_app.i18n import gettext as _


@click.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A new or empty folder.")
def tour(out: Path) -> None:
    """Record, assess, print, send, receive and count on fictional people; exits 0 only if every step was verified."""
    from outreach_app.cli.errors import TourFolderError
    from outreach_app.errors import FolderNotWritableError
    from outreach_app.tour.walk import REPORT, walk

    try:
        out.mkdir(parents=True, exist_ok=True)
        occupied = any(out.iterdir())
    except OSError as error:
        raise FolderNotWritableError(folder=out) from error
    if occupied:
        raise TourFolderError(folder=out)
    report = walk(out.resolve(), click.echo)
    told = _(
        "Every step was verified: {encounters} encounters, {batches} batches, {leaflets} leaflets, {screens} pictures."
    )
    click.echo(
        told.format(
            encounters=report.encounters, batches=report.batches, leaflets=report.leaflets, screens=report.screens
        )
    )
    click.echo(_("The report is in {file}.").format(file=out / REPORT))
