"""``outreach vault backup``, ``backups`` and ``restore``, and the sentence that names the last good backup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from outreach_app.cli.state import State, wait_out

if TYPE_CHECKING:
    from outreach_app.services.backing_up import BackupInfo


@click.command()
@click.pass_obj
def backup(state: State) -> None:
    """Make a backup beside the vault and read it back."""
    from outreach_app.cli.files import print_json

    with state.unlocked() as session:
        print_json(_shown(session.backing_up.backup_now(_tell)))


@click.command()
@click.pass_obj
def backups(state: State) -> None:
    """List the backups beside the vault, the newest first."""
    from outreach_app.cli.files import print_json

    print_json({"backups": [_shown(info) for info in state.program().list_backups()]})


@click.command()
@click.argument("name")
@click.pass_obj
def restore(state: State, name: str) -> None:
    """Put the backup NAME in the vault's place; the files that are there now are kept in the folder "kept"."""
    from outreach_app.cli.files import print_json
    from outreach_app.cli.passphrases import read_passphrase

    program, key_file = state.program(), state.key_file_content()
    passphrase = read_passphrase(state)
    wait_out(program.backoff.seconds_left())
    session = program.restore(name, passphrase, key_file)
    try:
        print_json({"restored": name, "notes": session.encounters.count_encounters()})
    finally:
        session.close()


def _tell(done: int, total: int) -> None:
    if done == total:  # the progress bar of a window is finer
        click.echo("100 %", err=True)


def _shown(info: BackupInfo) -> dict[str, Any]:
    return {"name": info.name, "made_at": info.made_at.isoformat(), "kind": info.kind, "bytes": info.bytes}
