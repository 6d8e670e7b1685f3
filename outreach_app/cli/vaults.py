"""``outreach vault``: create, check, info; and what other modules add to it."""

from __future__ import annotations

import click

from outreach_app.cli.audits import audit
from outreach_app.cli.backups import backup, backups, restore
from outreach_app.cli.own_slot import key_file, passphrase
from outreach_app.cli.state import State
from outreach_app.i18n import gettext as _

ROLES = ("outreach", "health", "meeting_place", "supervisor")


@click.group()
def vault() -> None:
    """The encrypted store of this laptop."""


for command in (audit, backup, backups, key_file, passphrase, restore):
    vault.add_command(command)


@vault.command()
@click.option("--worker", default="", help="The worker's name or initials; never leaves the laptop.")
@click.option("--role", type=click.Choice(ROLES), default="outreach", show_default=True)
@click.option("--generate", is_flag=True, help="Make a passphrase of five words and print it once.")
@click.pass_obj
def create(state: State, worker: str, role: str, generate: bool) -> None:
    """Create the vault; the passphrase is asked for twice, or made with --generate."""
    from outreach_app.cli.files import print_json
    from outreach_app.cli.passphrases import read_passphrase
    from outreach_app.vault.inspection import inspect_vault
    from outreach_app.vault.passphrase import generate_passphrase

    program = state.program()
    made = generate_passphrase() if generate else ""
    passphrase = made or read_passphrase(state, prompt=_("New passphrase"), confirm=True)
    program.create_vault(passphrase, worker_name=worker, role=role).close()
    answer = {"vault": inspect_vault(state.folder).vault_id}
    print_json({**answer, "passphrase": made} if made else answer)


@vault.command()
@click.pass_obj
def check(state: State) -> None:
    """Read every page of the vault, follow its record of use, and say whether it is whole."""
    from outreach_app.cli.errors import VaultCheckError

    with state.unlocked() as session:
        findings = session.check()
        for finding in findings:
            click.echo(f"{finding.check}: {finding.detail}", err=True)
        if findings:
            raise VaultCheckError(count=len(findings))
    click.echo(_("The vault is whole."))


@vault.command()
@click.pass_obj
def info(state: State) -> None:
    """Say what can be said without a passphrase."""
    from outreach_app.cli.files import print_json
    from outreach_app.vault.inspection import inspect_vault

    found = inspect_vault(state.folder)
    print_json(
        {
            "vault": found.vault_id,
            "format": found.format,
            "slots": found.slots,
            "roles": list(found.roles),
            "bytes": found.total_bytes,
        }
    )

