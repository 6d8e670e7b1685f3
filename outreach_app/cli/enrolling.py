"""``outreach enrol``: ask the centre, compare six words by phone, accept."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from outreach_app.cli.state import State
from outreach_app.i18n import gettext as _


@click.group()
def enrol() -> None:
    """Make this laptop known to the centre, by files."""


@enrol.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def request(state: State, file: Path) -> None:
    """Write the enrolment request to FILE and print its six words, to be read out by phone."""
    from outreach_app.cli.files import print_json, write_file

    with state.unlocked() as session:
        made = session.enrolling.request()
    write_file(file, made.data)
    print_json({"words": made.words})


@enrol.command()
@click.argument("file")
@click.option("--words", default="", help="The six words the centre reads out; compared here.")
@click.option("--yes", is_flag=True, help="The six words were compared by phone already.")
@click.pass_obj
def accept(state: State, file: str, words: str, yes: bool) -> None:
    """Accept the centre's reply in FILE after its six words were compared."""
    from outreach_app.cli.errors import WordsDifferError
    from outreach_app.cli.files import print_json, read_untrusted

    with state.unlocked() as session:
        pending = session.enrolling.accept(read_untrusted(file))
        if words and words.split() != pending.words.split():
            raise WordsDifferError
        compared = bool(words) or yes or _compared_now(pending.words)
        session.enrolling.confirm(pending)
    print_json({"state": "enrolled", "words": pending.words, "compared": compared})


def _compared_now(words: str) -> bool:
    """Ask the person at the terminal; a script is told to compare, and answers for it."""
    from outreach_app.cli.errors import WordsDifferError

    click.echo(_("The six words of the reply: {words}").format(words=words), err=True)
    if not sys.stdin.isatty():
        click.echo(_("Compare them by phone with the centre before anything is sent."), err=True)
        return False
    if not click.confirm(_("Does the centre read out the same words?"), err=True):
        raise WordsDifferError
    return True
