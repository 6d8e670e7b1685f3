"""``outreach centre window``: the desk's window. The program's entry hands in what starts it: nothing here knows Qt."""

from __future__ import annotations

from pathlib import Path

import click

from outreach_app.cli.centre_state import CentreState
from outreach_app.i18n import gettext as _


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--centre", "named", type=click.Path(path_type=Path), help="Folder of the centre.")
@click.argument("further", nargs=-1, type=click.UNPROCESSED, metavar="")
@click.pass_context
def window(ctx: click.Context, named: Path | None, further: tuple[str, ...]) -> None:
    """Open the desk's window. It asks for the desk's passphrase itself."""
    state: CentreState = ctx.obj
    if state.state.desk_window is None:
        raise click.UsageError(_("There is no window here. Start the whole program: outreach centre window"))
    ctx.exit(state.state.desk_window(named or state.folder(), further))
