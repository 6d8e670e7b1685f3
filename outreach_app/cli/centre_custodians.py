"""``outreach centre custodians``: make the three keys, list them, and tell laptops that were enrolled before."""

from __future__ import annotations

from pathlib import Path

import click

from outreach_app.cli.centre_state import CentreState
from outreach_app.i18n import gettext as _

_PATH = click.Path(path_type=Path)


@click.group()
def custodians() -> None:
    """Three people of whom any two can help a worker who forgot her passphrase."""


@custodians.command()
@click.argument("folder", type=_PATH)
@click.option("--generate", is_flag=True, help="Make the three passphrases and print them once; for trying it out.")
@click.option("--replace", is_flag=True, help="Put these custodians in the place of earlier ones.")
@click.option("--old-key", "old_keys", type=_PATH, multiple=True, help="Key file of a present custodian; two of them.")
@click.option("--by-hand", is_flag=True, help="Replace without old keys: each laptop takes the new trust by hand.")
@click.pass_obj
def init(
    state: CentreState, folder: Path, generate: bool, replace: bool, old_keys: tuple[Path, ...], by_hand: bool
) -> None:
    """Make three key files in FOLDER.

    The desk's passphrase is asked for first, then those of --old-key, then each new custodian's own.
    """
    from outreach_app.centre.desk.custodians import init_custodians
    from outreach_app.cli.centre_publishing import open_custodian
    from outreach_app.cli.files import print_json
    from outreach_app.cli.passphrases import read_passphrase
    from outreach_app.sync.sealing import key_id
    from outreach_app.vault.passphrase import generate_passphrase

    with state.desk(state.folder()) as desk:
        old = [open_custodian(state, key_file) for key_file in old_keys]
        passphrases = [
            generate_passphrase() if generate else read_passphrase(state.state, prompt=prompt, confirm=True)
            for prompt in _prompts()
        ]
        made = init_custodians(desk, folder, passphrases, replace=replace, old=old, by_hand=by_hand)
    rows = [{"file": str(key.file), "key": key_id(key.public)} for key in made]
    if generate:
        rows = [{**row, "passphrase": passphrase} for row, passphrase in zip(rows, passphrases, strict=True)]
    print_json({"custodians": rows})
    click.echo(
        _("Hand each file to its custodian on a stick, and delete it here. Laptops need the list: custodians publish."),
        err=True,
    )


@custodians.command("list")
@click.pass_obj
def list_custodians(state: CentreState) -> None:
    """Print the ids of the three keys, and since when they are in force."""
    from outreach_app.centre.desk.custodians import find_custodians
    from outreach_app.cli.files import print_json

    with state.desk(state.folder()) as desk:
        found = find_custodians(desk)
    if found is None:
        print_json({"keys": [], "issued_at": ""})
    else:
        print_json({"keys": found.key_ids(), "issued_at": found.issued_at})


@custodians.command()
@click.argument("file", type=_PATH)
@click.option("--texts", is_flag=True, help="Write numbered lines of text, for QR codes, instead of one file.")
@click.pass_obj
def publish(state: CentreState, file: Path, texts: bool) -> None:
    """Write the signed list to FILE, for laptops that were enrolled before these custodians were."""
    from outreach_app.centre.desk.custodians import custodians_document
    from outreach_app.cli.documents import write_either

    with state.desk(state.folder()) as desk:
        document = custodians_document(desk)
    write_either(file, document, texts=texts)
    click.echo(_("List of custodians written to {file}. It holds no secret.").format(file=file))


def _prompts() -> tuple[str, str, str]:
    return (
        _("New passphrase of the first custodian"),
        _("New passphrase of the second custodian"),
        _("New passphrase of the third custodian"),
    )
