"""``outreach centre directory``: the file of help lines and places that the centre keeps. Needs no passphrase."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from outreach_app.i18n import gettext as _

if TYPE_CHECKING:
    from outreach_app.leaflets.directory import Directory
    from outreach_app.leaflets.directory.editing import Edited

_PATH = click.Path(path_type=Path)


@click.group()
def directory() -> None:
    """Help lines, meeting places, clinics and partners, as leaflets and the window show them."""


@directory.command("list")
@click.argument("file", type=_PATH, required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_entries(file: Path | None, as_json: bool) -> None:
    """Print the entries of FILE, of the list shipped with the program when no FILE is named."""
    from outreach_app.cli.files import print_json
    from outreach_app.leaflets.directory.untrusted import directory_fields

    known = _read(file)
    if as_json:
        print_json(directory_fields(known))
        return
    for entry in known.entries:
        state = _("confirmed") if entry.confirmed else _("not confirmed")
        click.echo(f"{entry.id}\t{entry.kind}\t{entry.name}\t{entry.number}\t{entry.as_of}\t{state}")


@directory.command()
@click.argument("file", type=_PATH)
def check(file: Path) -> None:
    """Check every field of FILE, and print as JSON what is missing, not confirmed or too old today."""
    from outreach_app.cli.files import print_json
    from outreach_app.clock import SystemClock
    from outreach_app.leaflets.directory import PLACES
    from outreach_app.leaflets.directory.faults import Needs, directory_faults

    known = _read(file)
    needs = Needs(used=tuple(entry.id for entry in known.entries), places=PLACES)
    faults = directory_faults(known, needs, SystemClock().local_now().date())
    rows = [{"entry": each.entry, "problem": each.problem, "sentence": each.sentence} for each in faults]
    print_json({"version": known.version, "published": known.published, "entries": len(known.entries), "faults": rows})


@directory.command("set")
@click.argument("file", type=_PATH)
@click.argument("entry", default="-")
@click.option("--ask", "asked", metavar="ID", help="Ask for the entry ID field by field.")
def set_entry(file: Path, entry: str, asked: str | None) -> None:
    """Make or change one entry of FILE from the JSON file ENTRY (standard input for -). Fields not given stay."""
    from outreach_app.cli.asking_entry import ask_entry
    from outreach_app.clock import SystemClock
    from outreach_app.leaflets.directory import editing

    known, day, codes = _read(file if file.exists() else None), SystemClock().local_now().date(), _known_codes()
    if asked is None:
        fields = _given(entry)
    else:
        fields = ask_entry(
            editing.entry_to_change(known, asked, day), lambda given: editing.set_entry(known, given, day, codes)
        )
    _write(file, known, editing.set_entry(known, fields, day, codes))


@directory.command()
@click.argument("file", type=_PATH)
@click.argument("entry")
def remove(file: Path, entry: str) -> None:
    """Take ENTRY out of FILE. The help line and the emergency number stay."""
    from outreach_app.clock import SystemClock
    from outreach_app.leaflets.directory import editing

    known = _read(file)
    _write(file, known, editing.remove_entry(known, entry, SystemClock().local_now().date()))


def _given(entry: str) -> dict[str, Any]:
    from outreach_app.cli.files import read_untrusted
    from outreach_app.leaflets.directory.reading import DEEPEST, LARGEST
    from outreach_app.wire.strict import read_json

    untrusted = read_untrusted(entry, LARGEST)
    return read_json(untrusted, dict[str, Any], what=_("The entry"), limit=LARGEST, depth=DEEPEST)


def _read(file: Path | None) -> Directory:
    from outreach_app.cli.files import read_untrusted
    from outreach_app.leaflets.directory import help_lines
    from outreach_app.leaflets.directory.reading import LARGEST
    from outreach_app.leaflets.directory.untrusted import read_directory

    return help_lines() if file is None else read_directory(read_untrusted(str(file), LARGEST))


def _write(file: Path, before: Directory, edited: Edited) -> None:
    """Write the file whole or not at all, and say what changed."""
    from outreach_app.cli.files import print_json, write_file
    from outreach_app.leaflets.directory.untrusted import write_directory

    if edited.directory != before or not file.exists():
        write_file(file, write_directory(edited.directory))
    print_json({"entry": edited.entry, "changed": list(edited.changed), "version": edited.directory.version})


def _known_codes() -> Mapping[str, Callable[[str], bool]]:
    from babel import Locale

    from outreach_app.leaflets.languages import LANGUAGES
    from outreach_app.wire.code_lists import load_code_lists

    names = Locale.parse("en").languages
    return {
        "regions": load_code_lists()["regions"].has,
        "languages": lambda code: code in LANGUAGES or code.replace("-", "_") in names,
    }
