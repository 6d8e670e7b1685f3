"""``outreach leaflet``: list, print, print many and check; needs no vault."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from outreach_app.cli.out_file import OutFile
from outreach_app.i18n import gettext as _

if TYPE_CHECKING:
    from outreach_app.leaflets.checking import CheckRow
    from outreach_app.leaflets.jobs import JobPart
    from outreach_app.leaflets.requests import LeafletRequest

_FILE = OutFile()
_FORMATS = "a4, a5, a5_two_up, z_fold, wallet, poster, large_print, pictograms, bilingual"
_REGIONS = "hovedstaden, sjaelland, syddanmark, midtjylland, nordjylland"
_EXAMPLE = """\b
FILE is a JSON list, for example:
[{"sheet": "health", "language": "th", "format": "wallet", "copies": 20},
 {"sheet": "rights_eu", "language": "ro", "format": "a5", "copies": 10}]"""
_DRAFT = click.option("--draft", is_flag=True, help="Print although nobody has checked the words yet.")


@click.group()
def leaflet() -> None:
    """Rights leaflets in the person's own language."""


@leaflet.command("list")
@click.option("--language", metavar="LANGUAGE", help="Only this language, by code or name: th, thai.")
@click.option("--sheet", metavar="SHEET", help="Only this sheet.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def list_leaflets(language: str | None, sheet: str | None, as_json: bool) -> None:
    """List every sheet and language with its state."""
    from outreach_app.cli.files import print_json
    from outreach_app.cli.leaflet_choices import language_meant, language_words, sheet_meant
    from outreach_app.clock import SystemClock
    from outreach_app.leaflets.catalogue import list_sheets

    languages = {language_meant(language)} if language else None
    sheets = {sheet_meant(sheet)} if sheet else None
    rows = [
        row
        for row in list_sheets(SystemClock().local_now().date())
        if (languages is None or row.language in languages) and (sheets is None or row.sheet in sheets)
    ]
    if as_json:
        names = ("sheet", "language", "state", "title", "lacks")
        print_json([{name: getattr(row, name) for name in names} for row in rows])
        return
    for row in rows:
        click.echo(f"{row.sheet}\t{row.language}\t{language_words(row.language)}\t{row.state}\t{row.title}")


@leaflet.command("print")
@click.argument("sheet")
@click.option("--language", required=True, metavar="LANGUAGE", help="Hers, by code or name: th, thai.")
@click.option("--format", "form", default="a4", show_default=True, metavar="FORMAT", help=f"One of: {_FORMATS}.")
@click.option("--beside", default="", metavar="LANGUAGE", help="Your language, beside hers: for --format bilingual.")
@click.option("--cover", is_flag=True, help="Put a neutral cover in front.")
@click.option("--duplex", is_flag=True, help="Print both sides of the paper.")
@click.option("--region", default="", metavar="REGION", help=f"Only places to go to in this region: {_REGIONS}.")
@click.option("--copies", type=int, metavar="N", help="So many leaflets, on A4 paper ready for the printer.")
@click.option("--archive", is_flag=True, help="Write the file as PDF/A, to be kept for years.")
@_DRAFT
@click.option("--out", type=_FILE, required=True, help="The PDF file to write.")
def print_leaflet(copies: int | None, out: Path, draft: bool, archive: bool, **asked: Any) -> None:
    """Write one SHEET as a PDF file; “outreach leaflet list” shows which there are."""
    from outreach_app.cli.files import print_json, write_file
    from outreach_app.cli.leaflet_orders import requested
    from outreach_app.clock import SystemClock

    request = requested(copies, **asked)
    day = SystemClock().local_now().date()
    _before_printing([request], day, draft=draft)
    pdf, told = _single(request, day) if copies is None else _copied(request, copies, day)
    if archive:
        from outreach_app.typesetting.archiving import as_pdf_a

        pdf = as_pdf_a(pdf)
    write_file(out, pdf)
    print_json({"sheet": request.sheet, "language": request.language, "format": request.format, **told})


@leaflet.command(epilog=_EXAMPLE)
@click.argument("file", metavar="FILE")
@_DRAFT
@click.option("--out", type=_FILE, required=True, help="The PDF file to write.")
def batch(file: str, draft: bool, out: Path) -> None:
    """Write the leaflets listed in FILE (standard input for -) as one print job on A4 paper."""
    from outreach_app.cli.files import print_json, read_untrusted, write_file
    from outreach_app.cli.leaflet_orders import read_orders
    from outreach_app.clock import SystemClock
    from outreach_app.leaflets.jobs import make_job

    orders = read_orders(read_untrusted(file))
    day = SystemClock().local_now().date()
    _before_printing([order.request for order in orders], day, draft=draft)
    with _progress(_("Leaflets made")) as tell:
        job = make_job(orders, day, tell=tell)
    write_file(out, job.pdf)
    print_json({"papers": job.papers, "sides": job.sides, "parts": [_part(part) for part in job.parts]})


@leaflet.command()
@click.option("--language", "languages", multiple=True, metavar="LANGUAGE", help="Only this language; may be repeated.")
@click.option("--sheet", "sheets", multiple=True, metavar="SHEET", help="Only this sheet; may be repeated.")
@click.option("--format", "formats", multiple=True, metavar="FORMAT", help="Only this format; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def check(languages: tuple[str, ...], sheets: tuple[str, ...], formats: tuple[str, ...], as_json: bool) -> None:
    """Set every leaflet, read it back, and print a table of languages, sheets, states and faults."""
    from outreach_app.cli.errors import LeafletFaultsError
    from outreach_app.cli.leaflet_choices import language_meant, sheet_meant
    from outreach_app.clock import SystemClock
    from outreach_app.leaflets.checking import Selection, check_leaflets

    wanted = Selection(tuple(map(language_meant, languages)), tuple(map(sheet_meant, sheets)), formats)
    day = SystemClock().local_now().date()
    with _progress(_("Leaflets checked")) as tell:
        rows = list(check_leaflets(wanted, day, tell=tell))
    _print_table(rows, as_json=as_json)
    faulty = sum(bool(row.faults) for row in rows)
    if faulty:
        raise LeafletFaultsError(count=faulty, total=len(rows))


def _single(request: LeafletRequest, day: date) -> tuple[bytes, dict[str, Any]]:
    """Return one leaflet on its own paper and what is told of it."""
    from outreach_app.leaflets.making import make_leaflet

    made = make_leaflet(request, day)
    return made.pdf, {"pages": made.pages, "state": made.state}


def _copied(request: LeafletRequest, copies: int, day: date) -> tuple[bytes, dict[str, Any]]:
    """Return so many leaflets on A4 paper and what is told of them."""
    from outreach_app.leaflets.jobs import make_job
    from outreach_app.leaflets.requests import Order

    job = make_job([Order(request, copies)], day)
    return job.pdf, {"sides": job.sides, **_counts(job.parts[0])}


def _part(part: JobPart) -> dict[str, Any]:
    request = part.order.request
    return {"sheet": request.sheet, "language": request.language, "format": request.format, **_counts(part)}


def _counts(part: JobPart) -> dict[str, Any]:
    return {"papers": part.papers, "leaflets": part.leaflets, "state": part.state}


def _before_printing(requests: Sequence[LeafletRequest], day: date, *, draft: bool) -> None:
    from outreach_app.cli.leaflet_agreement import agree_to_drafts, say_what_is_lacking

    say_what_is_lacking(requests, day)
    agree_to_drafts(requests, day, agreed=draft)


@contextmanager
def _progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show on standard error how far the work is; what is yielded is told so many of so many."""
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def tell(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield tell


def _print_table(rows: Sequence[CheckRow], *, as_json: bool) -> None:
    """Print one line a language and sheet, with the faults of each format."""
    from outreach_app.cli.files import print_json

    table: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        named: dict[str, Any] = {"language": row.language, "sheet": row.sheet, "state": row.state, "faults": {}}
        faults = table.setdefault((row.language, row.sheet), named)["faults"]
        if row.faults:
            faults[row.format] = list(row.faults)
    if as_json:
        print_json(list(table.values()))
        return
    for line in table.values():
        faults = "; ".join(f"{form}: {', '.join(codes)}" for form, codes in line["faults"].items())
        click.echo(f"{line['language']}\t{line['sheet']}\t{line['state']}\t{faults or '-'}")
