"""``outreach leaflet``: list and print; needs no vault."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def leaflet() -> None:
    """Rights leaflets in the person's own language."""


@leaflet.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def list_leaflets(as_json: bool) -> None:
    """List every sheet and language with its state."""
    from outreach_app.cli.files import print_json
    from outreach_app.clock import SystemClock
    from outreach_app.leaflets.catalogue import list_sheets

    rows = list_sheets(SystemClock().local_now().date())
    if as_json:
        print_json([{"sheet": row.sheet, "language": row.language, "state": row.state} for row in rows])
        return
    for row in rows:
        click.echo(f"{row.sheet}\t{row.language}\t{row.state}")


@leaflet.command("print")
@click.argument("sheet")
@click.option("--language", required=True, help="Language of the leaflet, such as th.")
@click.option("--format", "form", default="a4", show_default=True, help="a4 or wallet.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The PDF file to write.")
def print_leaflet(sheet: str, language: str, form: str, out: Path) -> None:
    """Write one SHEET as a PDF file."""
    from outreach_app.cli.files import print_json, write_file
    from outreach_app.clock import SystemClock
    from outreach_app.leaflets.making import make_leaflet
    from outreach_app.leaflets.requests import LeafletRequest

    made = make_leaflet(LeafletRequest(sheet, language, form), SystemClock().local_now().date())
    write_file(out, made.pdf)
    print_json({"sheet": sheet, "language": language, "format": form, "pages": made.pages, "state": made.state})
