"""``outreach centre receipts``: list what was answered, check the log, hand the same bytes out again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from outreach_app.cli.centre_state import CentreState
from outreach_app.i18n import gettext as _

if TYPE_CHECKING:
    from outreach_app.centre.desk.receipts_given import LogReport

_FOLDER = click.Path(path_type=Path)


@click.group()
def receipts() -> None:
    """The answers the desk gave: list them, check their log, hand them out again."""


@receipts.command("list")
@click.option("--device", default="", help="Only of the laptop with this number.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_command(state: CentreState, device: str, as_json: bool) -> None:
    """List receipts, newest first."""
    import msgspec

    from outreach_app.centre.desk.receipts_given import list_given
    from outreach_app.centre.desk.words import shown_label
    from outreach_app.cli.files import print_json

    with state.desk(state.folder()) as desk:
        given = list_given(desk, device)
    if as_json:
        print_json(msgspec.to_builtins(given))
        return
    for one in given:
        click.echo(
            f"{one.log_size:6}  {one.issued_at[:10]}  {shown_label(one.label)}  {one.epoch}.{one.seq}  {one.kind}"
        )


@receipts.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def verify(state: CentreState, as_json: bool) -> None:
    """Follow the log of receipts from its beginning: was any changed, lost or forgotten?"""
    import msgspec

    from outreach_app.centre.desk.receipts_given import verify_given
    from outreach_app.cli.errors import ReceiptLogWrongError
    from outreach_app.cli.files import print_json

    with state.desk(state.folder()) as desk:
        report = verify_given(desk)
    if as_json:
        print_json({**msgspec.to_builtins(report), "whole": report.is_whole})
    else:
        _tell(report)
    if not report.is_whole:
        raise ReceiptLogWrongError


@receipts.command()
@click.argument("folder", type=_FOLDER)
@click.option("--device", default="", help="Only of the laptop with this number.")
@click.option("--mailbox", "address", metavar="URL", help="To a mailbox on the network.")
@click.option("--trust", type=_FOLDER, help="File with the certificate the mailbox is known by.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def write(
    state: CentreState, folder: Path, device: str, address: str | None, trust: Path | None, as_json: bool
) -> None:
    """Hand the same bytes out again: to the mailbox if FOLDER is the centre's, otherwise onto the stick FOLDER."""
    import msgspec

    from outreach_app.centre.desk.folder import is_centre
    from outreach_app.centre.desk.receipts_given import hand_again
    from outreach_app.centre.halves import mailbox_road
    from outreach_app.cli.files import print_json
    from outreach_app.sync.carriers.stick import StickFolder

    own = is_centre(folder)
    with state.desk(folder if own else state.folder()) as desk:
        if own:
            with mailbox_road(folder, desk, address or "", trust) as mailbox:
                handed = hand_again(desk, mailbox, device)
        else:
            handed = hand_again(desk, StickFolder(folder), device)
    if as_json:
        print_json(msgspec.to_builtins(handed))
        return
    click.echo(_("Receipts handed out again: {receipts}; letters: {letters}.").format(
        receipts=handed.receipts, letters=handed.letters
    ))  # fmt: skip


def _tell(report: LogReport) -> None:
    click.echo(_("Receipts in the log: {count}. Root: {root}").format(count=report.receipts, root=report.root))
    if report.first_wrong is not None:
        click.echo(_("From entry {place} on the log does not fit.").format(place=report.first_wrong))
    for name in report.differing:
        click.echo(_("The receipt for {batch} is not the one in the log.").format(batch=name[:32]))
    if report.unchecked:
        click.echo(_("Receipts from before the log kept their exact bytes: {count}.").format(count=report.unchecked))
    for name in report.unanswered:
        click.echo(_("The batch {batch} was settled without a receipt.").format(batch=name[:32]))
