"""``outreach vault passphrase`` and ``vault key-file``: a worker's own way in."""

from __future__ import annotations

import click

from outreach_app.cli.state import State


@click.command()
@click.option("--generate", is_flag=True, help="Make a new passphrase of five words and print it once.")
@click.pass_obj
def passphrase(state: State, generate: bool) -> None:
    """Change your passphrase; the new one is asked for twice, or is the next line after the old one."""
    from outreach_app.cli.files import print_json
    from outreach_app.cli.passphrases import read_new_passphrase
    from outreach_app.vault.passphrase import generate_passphrase

    with state.unlocked_with_passphrase() as (session, old):
        made = generate_passphrase() if generate else ""
        session.workers.change_passphrase(old, made or read_new_passphrase(state), state.key_file_content())
        answer = {"worker": session.worker.id}
    print_json({**answer, "passphrase": made} if made else answer)


@click.command("key-file")
@click.argument("file", type=click.Path(), required=False)
@click.option("--off", is_flag=True, help="Ask for no key file any more.")
@click.pass_obj
def key_file(state: State, file: str | None, off: bool) -> None:
    """Ask for a key file beside your passphrase from now on: write a new one to FILE, on a stick. Or --off."""
    from pathlib import Path

    from outreach_app.cli.errors import FileThereError
    from outreach_app.cli.files import print_json, write_file
    from outreach_app.i18n import gettext as _

    if (file is None) is not off:
        raise click.UsageError(_("Name a FILE, or say --off."))
    with state.unlocked_with_passphrase() as (session, passphrase):
        content = None
        if file is not None:
            if Path(file).exists():
                raise FileThereError(file=Path(file).name)
            content = session.workers.new_key_file()
            write_file(Path(file), content)  # first the stick, then the slot: a slot must not wait for a lost file
        session.workers.set_key_file(passphrase, content, state.key_file_content())
        print_json({"worker": session.worker.id, "key_file": content is not None})
