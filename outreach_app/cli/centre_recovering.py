"""``outreach centre recover``: one custodian answers a laptop's request; called twice, with two custodians' keys."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from outreach_app.cli.centre_state import CentreState
from outreach_app.i18n import gettext as _

if TYPE_CHECKING:
    from outreach_app.centre.desk.opening import Desk
    from outreach_app.centre.desk.recovering import Asked, Helped

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("request", type=_PATH)
@click.argument("out", type=_PATH)
@click.option("--key", "key_file", type=_PATH, required=True, help="The custodian's key file.")
@click.option("--words", default="", help="The six words the worker reads out; compared here.")
@click.option("--yes", is_flag=True, help="The six words were compared by phone already.")
@click.option("--texts", is_flag=True, help="Write numbered lines of text, for QR codes, instead of one file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def recover(
    state: CentreState, request: Path, out: Path, key_file: Path, words: str, yes: bool, texts: bool, as_json: bool
) -> None:
    """Answer the recovery request in the file REQUEST with one custodian's key.

    The first custodian makes the reply OUT, the second adds to it; then it opens the laptop that asked, and no other.
    The desk's passphrase is asked for first, then the custodian's.
    """
    from outreach_app.centre.desk.recovering import look_at_request
    from outreach_app.cli.documents import read_either, write_either

    untrusted_request = read_either(str(request))
    untrusted_earlier = read_either(str(out)) if out.exists() else None
    with state.desk(state.folder()) as desk:
        asked = look_at_request(desk, untrusted_request)
        _compare(asked, words, compared=yes)
        helped = _answer(state, desk, asked, key_file, untrusted_earlier)
    write_either(out, helped.reply, texts=texts)
    _tell(asked, helped, out, as_json=as_json)


def _answer(state: CentreState, desk: Desk, asked: Asked, key_file: Path, untrusted_earlier: bytes | None) -> Helped:
    from outreach_app.centre.desk.custodian_keys import open_key_file
    from outreach_app.centre.desk.recovering import add_answer
    from outreach_app.cli.files import read_untrusted
    from outreach_app.cli.passphrases import read_passphrase

    untrusted_key = read_untrusted(str(key_file))
    passphrase = read_passphrase(state.state, prompt=_("Passphrase of the custodian"))
    return add_answer(desk, asked, open_key_file(untrusted_key, passphrase).receiving, untrusted_earlier)


def _compare(asked: Asked, words: str, *, compared: bool) -> None:
    """Go on only after the six words were compared: they alone say whose request this is."""
    from outreach_app.cli.errors import RequestWordsDifferError, WordsNotComparedError

    if words:
        if words.split() != asked.words.split():
            raise RequestWordsDifferError
        return
    if compared:
        return
    if not sys.stdin.isatty():
        raise WordsNotComparedError(words=asked.words)
    click.echo(_("The six words of the request: {words}").format(words=asked.words), err=True)
    if not click.confirm(_("Does the worker on the phone, whom you know, read out the same words?"), err=True):
        raise RequestWordsDifferError


def _tell(asked: Asked, helped: Helped, out: Path, *, as_json: bool) -> None:
    from outreach_app.cli.files import print_json

    if as_json:
        print_json(
            {
                "device": asked.device,
                "label": asked.label,
                "purpose": asked.purpose,
                "words": asked.words,
                "answers": helped.answers,
                "complete": helped.complete,
                "reply": str(out),
            }
        )
    elif helped.complete:
        click.echo(_("Two custodians have answered. Bring {file} to the laptop that asked.").format(file=out))
    else:
        click.echo(_("One custodian has answered. Call this once more with a second custodian's key."))
