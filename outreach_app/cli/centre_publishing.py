"""``outreach centre publish``: prepare, sign with two custodians' keys, finish; and how it stands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from outreach_app.cli.centre_state import CentreState
from outreach_app.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from outreach_app.centre.desk.custodian_keys import CustodianSecrets
    from outreach_app.centre.desk.opening import Desk
    from outreach_app.centre.desk.publishing_state import Draft, Publishing

_PATH = click.Path(path_type=Path)
_MOST = 1_000_000_000  # a number beyond what laptops read could never be followed by another


@click.group()
def publish() -> None:
    """What laptops take from the centre: texts and lists, and the centre's keys. Two of three custodians sign it."""


@publish.command()
@click.argument("source", type=_PATH, required=False)
@click.option("--shipped", is_flag=True, help="The content that this program came with, in place of a folder.")
@click.option("--return-to", "earlier", type=click.IntRange(1, _MOST), metavar="NUMBER", help="Its content again.")
@click.option("--without-keys", is_flag=True, help="Leave the centre's keys as they were published last.")
@click.option("--above", type=click.IntRange(0, _MOST), default=0, metavar="NUMBER", help="For a register put back.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def prepare(
    state: CentreState,
    source: Path | None,
    shipped: bool,
    earlier: int | None,
    without_keys: bool,
    above: int,
    as_json: bool,
) -> None:
    """Prepare the files in the folder SOURCE, and the centre's keys of now; without SOURCE, the keys alone.

    What was being prepared before is withdrawn. Custodians sign what this prints.
    """
    from outreach_app.centre.desk.publishing import prepare as prepare_at_desk
    from outreach_app.centre.desk.publishing import return_to
    from outreach_app.centre.desk.publishing_state import show as show_at_desk
    from outreach_app.sync.packs.sources import files_in, shipped_files

    if sum((source is not None, shipped, earlier is not None)) > 1:
        raise click.UsageError(_("Name a folder, or --shipped, or --return-to: one of them."))
    files = files_in(source) if source is not None else shipped_files() if shipped else None
    if files is not None:
        _check(files)
    with state.desk(state.folder()) as desk:
        if earlier is not None:
            draft = return_to(desk, earlier)
        else:
            draft = prepare_at_desk(desk, files, keys=not without_keys, above=above)
        is_first = not show_at_desk(desk).history
    _tell_draft(draft, _draft_lines(draft, is_first=is_first), as_json=as_json)


@publish.command()
@click.option("--key", "key_file", type=_PATH, required=True, help="The custodian's key file.")
@click.option("--yes", is_flag=True, help="What is prepared was looked at already.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def sign(state: CentreState, key_file: Path, yes: bool, as_json: bool) -> None:
    """Sign what is prepared with one custodian's key; two must do so, on the same day or on others.

    The desk's passphrase is asked for first, then the custodian's.
    """
    from outreach_app.centre.desk.errors import NothingPreparedError
    from outreach_app.centre.desk.publishing import sign as sign_at_desk
    from outreach_app.centre.desk.publishing_state import show as show_at_desk
    from outreach_app.centre.desk.publishing_words import signing_lines

    with state.desk(state.folder()) as desk:
        found = show_at_desk(desk)
        draft, is_first = found.draft, not found.history
        if draft is None:
            raise NothingPreparedError
        for line in _draft_lines(draft, is_first=is_first):
            click.echo(line, err=True)
        if not yes and sys.stdin.isatty():
            click.confirm(_("Is this what you want to sign?"), abort=True, err=True)
        signed = sign_at_desk(desk, open_custodian(state, key_file), number=draft.number)
    _tell_draft(signed, signing_lines(signed), as_json=as_json)


@publish.command()
@click.option("--mailbox", "address", metavar="URL", help="A mailbox on the network; the centre's own when not given.")
@click.option("--trust", type=_PATH, help="File with the certificate the mailbox is known by.")
@click.option("--stick", type=_PATH, help="Also write it into this folder, for laptops without a network.")
@click.option("--again", is_flag=True, help="Give the mailbox every file again.")
@click.pass_obj
def finish(state: CentreState, address: str | None, trust: Path | None, stick: Path | None, again: bool) -> None:
    """Publish what two custodians signed; with nothing left to publish, hand out again what is published."""
    from outreach_app.centre.desk.publishing_state import show as show_at_desk
    from outreach_app.centre.halves import OWN_MAILBOX

    folder = state.folder()
    with state.desk(folder) as desk:
        _finish_at_desk(desk)
        if again:
            _forget(desk, address or OWN_MAILBOX)
        given = _give(folder, desk, address, trust, stick)
        state_now = show_at_desk(desk)
    for line in _publishing_lines(state_now):
        click.echo(line)
    click.echo(_("Files handed out: {count}").format(count=given))


@publish.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def show(state: CentreState, as_json: bool) -> None:
    """Say what is published, what is prepared, who signed it, and until when laptops call it up to date."""
    from outreach_app.centre.desk.publishing_state import show as show_at_desk
    from outreach_app.centre.desk.publishing_words import publishing_numbers
    from outreach_app.cli.files import print_json

    with state.desk(state.folder()) as desk:
        found = show_at_desk(desk)
    if as_json:
        print_json(publishing_numbers(found))
        return
    for line in _publishing_lines(found):
        click.echo(line)


@publish.command()
@click.argument("file", type=_PATH)
@click.pass_obj
def trust(state: CentreState, file: Path) -> None:
    """Write the custodians' keys to FILE, for a laptop that takes them by hand. Prints six words to compare."""
    from outreach_app.centre.desk.publishing_trust import trust_document
    from outreach_app.cli.files import write_file

    with state.desk(state.folder()) as desk:
        document, words = trust_document(desk)
    write_file(file, document)
    click.echo(_("Words of the file: {words}").format(words=words))
    click.echo(_("Written to {file}. Compare the words by phone before the laptop takes it.").format(file=file))


def open_custodian(state: CentreState, key_file: Path) -> CustodianSecrets:
    """Open a custodian's key file with the passphrase that comes next."""
    from outreach_app.centre.desk.custodian_keys import open_key_file
    from outreach_app.cli.files import read_untrusted
    from outreach_app.cli.passphrases import read_passphrase

    untrusted = read_untrusted(str(key_file))
    return open_key_file(untrusted, read_passphrase(state.state, prompt=_("Passphrase of the custodian")))


def _check(files: Mapping[str, bytes]) -> None:
    """Read every file as a laptop will: nobody shall sign what all of them would refuse."""
    from outreach_app.clock import SystemClock
    from outreach_app.services.pack_checks import check_pack
    from outreach_app.sync.packs.archive import write_archive
    from outreach_app.wire.content import make_manifest

    check_pack(write_archive(make_manifest(1, SystemClock().now(), files), files))


def _finish_at_desk(desk: Desk) -> None:
    """Publish what is prepared; without that, what is published already is only handed out."""
    from outreach_app.centre.desk.errors import NothingPreparedError
    from outreach_app.centre.desk.publishing import finish as finish_at_desk
    from outreach_app.centre.desk.publishing import refresh_timestamp
    from outreach_app.centre.desk.publishing_state import show as show_at_desk

    found = show_at_desk(desk)
    if found.draft is None and not found.history:
        raise NothingPreparedError
    if found.draft is not None:
        finish_at_desk(desk)
    refresh_timestamp(desk)


def _forget(desk: Desk, mailbox: str) -> None:
    from outreach_app.centre.desk.publishing_roads import forget_given

    forget_given(desk, mailbox)


def _give(folder: Path, desk: Desk, address: str | None, trust: Path | None, stick: Path | None) -> int:
    from outreach_app.centre.desk.publishing_roads import hand_out
    from outreach_app.centre.halves import OWN_MAILBOX, mailbox_road
    from outreach_app.sync.carriers.stick import StickFolder

    with mailbox_road(folder, desk, address or "", trust) as mailbox:
        given = hand_out(desk, mailbox, mailbox=address or OWN_MAILBOX)
    return given if stick is None else given + hand_out(desk, StickFolder(stick))


def _tell_draft(draft: Draft, lines: Iterator[str], *, as_json: bool) -> None:
    from outreach_app.centre.desk.publishing_words import draft_numbers
    from outreach_app.cli.files import print_json

    if as_json:
        print_json(draft_numbers(draft))
        return
    for line in lines:
        click.echo(line)


def _draft_lines(draft: Draft, *, is_first: bool) -> Iterator[str]:
    from outreach_app.centre.desk.publishing_words import draft_lines

    return draft_lines(draft, is_first=is_first)


def _publishing_lines(found: Publishing) -> Iterator[str]:
    from outreach_app.centre.desk.publishing_words import publishing_lines

    return publishing_lines(found)
