"""``outreach centre``: init, serve, enrol, revoke, devices, ingest, count, window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from outreach_app.cli.centre_custodians import custodians
from outreach_app.cli.centre_devices import devices
from outreach_app.cli.centre_directory import directory
from outreach_app.cli.centre_gaps import conflicts, gaps
from outreach_app.cli.centre_keys import keys
from outreach_app.cli.centre_publishing import publish
from outreach_app.cli.centre_quarantine import quarantine
from outreach_app.cli.centre_receipts import receipts
from outreach_app.cli.centre_recovering import recover
from outreach_app.cli.centre_register import audit, withdrawals
from outreach_app.cli.centre_serving import serve
from outreach_app.cli.centre_state import CentreState
from outreach_app.cli.centre_window import window
from outreach_app.i18n import gettext as _

if TYPE_CHECKING:
    from outreach_app.centre.desk.opening import Desk

_FOLDER = click.Path(path_type=Path)


@click.group()
@click.option("--centre", "named", type=_FOLDER, help="Folder of the centre.")
@click.pass_context
def centre(ctx: click.Context, named: Path | None) -> None:
    """The centre: a mailbox that cannot read, and a desk that opens batches and counts."""
    ctx.obj = CentreState(ctx.obj, named)


centre.add_command(devices)


@centre.command()
@click.argument("folder", type=_FOLDER)
@click.option("--database", metavar="URL", help="postgresql://...; a file in the folder when not given.")
@click.option("--mailbox", "address", metavar="URL", help="Where laptops reach the mailbox.")
@click.option("--generate", is_flag=True, help="Make a passphrase of five words and print it once.")
@click.pass_obj
def init(state: CentreState, folder: Path, database: str | None, address: str | None, generate: bool) -> None:
    """Make a centre in FOLDER: desk and mailbox. Prints the six words of its root keys."""
    from outreach_app.centre.desk import facts
    from outreach_app.centre.desk.enrolment import centre_words
    from outreach_app.centre.desk.errors import CentreExistsError
    from outreach_app.centre.desk.folder import CentreSettings, is_centre, remember_centre, write_settings
    from outreach_app.centre.desk.opening import init_desk
    from outreach_app.cli.files import print_json
    from outreach_app.cli.passphrases import read_passphrase
    from outreach_app.clock import SystemClock
    from outreach_app.domain.ids import RandomIds
    from outreach_app.vault.passphrase import generate_passphrase

    if is_centre(folder):
        raise CentreExistsError(folder=folder)
    made = generate_passphrase() if generate else ""
    passphrase = made or read_passphrase(state.state, prompt=_("New passphrase of the desk"), confirm=True)
    with init_desk(folder, passphrase, clock=SystemClock(), ids=RandomIds()) as desk:
        _join_mailbox(folder, desk)
        if address:
            facts.keep_mailbox_address(desk, address)
        write_settings(folder, CentreSettings(database=database))
        remember_centre(folder)
        answer = {"centre": str(folder), "words": centre_words(desk)}
    print_json({**answer, "passphrase": made} if made else answer)


@centre.command()
@click.argument("request", type=_FOLDER)
@click.option("--out", "reply", type=_FOLDER, help="Where the reply goes; beside the request when not given.")
@click.option("--mailbox", "address", metavar="URL", help="Where laptops reach the mailbox, from now on.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def enrol(state: CentreState, request: Path, reply: Path | None, address: str | None, as_json: bool) -> None:
    """Enrol the laptop that made the file REQUEST and write the reply. Prints six words to compare by phone."""
    from outreach_app.centre.desk import facts
    from outreach_app.centre.halves import enrol as enrol_with_mailbox
    from outreach_app.cli.files import print_json, read_untrusted, write_file

    folder = state.folder()
    untrusted_request = read_untrusted(str(request))
    target = reply or request.with_name(f"{request.stem}.reply.json")
    with state.desk(folder) as desk:
        if address:
            facts.keep_mailbox_address(desk, address)
        enrolled = enrol_with_mailbox(folder, desk, untrusted_request)
    write_file(target, enrolled.reply)
    if as_json:
        words = {"request": enrolled.request_words, "reply": enrolled.reply_words}
        print_json({"device": enrolled.device, "label": enrolled.label, "reply": str(target), "words": words})
        return
    click.echo(_("Words of the request: {words}").format(words=enrolled.request_words))
    click.echo(_("Words of the reply: {words}").format(words=enrolled.reply_words))
    click.echo(_("Reply written to {file}. Compare the words by phone before you hand it over.").format(file=target))


@centre.command()
@click.argument("device")
@click.pass_obj
def revoke(state: CentreState, device: str) -> None:
    """Revoke the laptop with the number DEVICE for good: nothing of it is taken any more."""
    from outreach_app.centre.halves import revoke as revoke_with_mailbox

    folder = state.folder()
    with state.desk(folder) as desk:
        revoke_with_mailbox(folder, desk, device)
    click.echo(_("Revoked: {device}").format(device=device))


@centre.command()
@click.argument("folder", type=_FOLDER)
@click.option("--mailbox", "address", metavar="URL", help="Fetch from a mailbox on the network.")
@click.option("--trust", type=_FOLDER, help="File with the certificate the mailbox is known by.")
@click.option("--from-start", is_flag=True, help="Read the mailbox's whole list again.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def ingest(
    state: CentreState, folder: Path, address: str | None, trust: Path | None, from_start: bool, as_json: bool
) -> None:
    """Take in batches: from the mailbox if FOLDER is the centre's, otherwise from the stick FOLDER."""
    from outreach_app.centre.desk.collecting import collect_from_stick
    from outreach_app.centre.desk.folder import is_centre
    from outreach_app.centre.desk.words import ingest_lines, ingest_numbers
    from outreach_app.centre.halves import collect
    from outreach_app.cli.files import print_json
    from outreach_app.sync.carriers.stick import StickFolder, damaged_files

    own = is_centre(folder)
    with state.desk(folder if own else state.folder()) as desk:
        if own:
            collected = collect(folder, desk, address or "", trust, from_start=from_start)
        else:
            collected = collect_from_stick(desk, StickFolder(folder))
    answer = ingest_numbers(collected, () if own else damaged_files(folder))
    if as_json:
        print_json(answer)
        return
    for line in ingest_lines(answer):
        click.echo(line)


@centre.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def count(state: CentreState, as_json: bool) -> None:
    """Print encounters, contacts, uses and tallies by month and setting."""
    import msgspec

    from outreach_app.centre.desk.counting import count as count_register
    from outreach_app.cli.centre_texts import count_lines
    from outreach_app.cli.files import print_json

    with state.desk(state.folder()) as desk:
        counted = msgspec.to_builtins(count_register(desk))
    if as_json:
        print_json(counted)
        return
    for line in count_lines(counted):
        click.echo(line)


for _command in (audit, conflicts, gaps, keys, quarantine, receipts, serve, withdrawals):
    centre.add_command(_command)
centre.add_command(custodians)
centre.add_command(directory)
centre.add_command(publish)
centre.add_command(recover)
centre.add_command(window)


def _join_mailbox(folder: Path, desk: Desk) -> None:
    """Set the mailbox up for this desk, or find the one an interrupted call has set up."""
    from outreach_app.centre.desk import facts
    from outreach_app.centre.mailbox.configuration import create_mailbox, load_mailbox
    from outreach_app.centre.mailbox.errors import MailboxNotSetUpError

    try:
        mailbox = load_mailbox(folder)
    except MailboxNotSetUpError:
        mailbox = create_mailbox(folder, desk.keys.root.public, desk.keys.receipt.public)
    facts.keep_mailbox_receipt_key(desk, mailbox.receipt_public)
