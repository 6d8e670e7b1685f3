"""``outreach worker``: list, add, remove, grant-health."""

from __future__ import annotations

import click

from outreach_app.cli.state import State
from outreach_app.cli.vaults import ROLES


@click.group()
def worker() -> None:
    """The workers who can open this laptop's vault."""


@worker.command("list")
@click.pass_obj
def list_workers(state: State) -> None:
    """List the workers: one JSON value a line."""
    from outreach_app.cli.files import print_json

    with state.unlocked() as session:
        rows = session.workers.list_workers()
    for row in rows:
        print_json(
            {
                "id": row.id,
                "name": row.name,
                "role": row.role,
                "own": row.own,
                "reads_health": row.has_health,
                "key_file": row.key_file,
                "since": None if row.created_at is None else row.created_at.isoformat(),
            }
        )


@worker.command()
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="outreach", show_default=True)
@click.option("--generate", is_flag=True, help="Make a passphrase of five words and print it once.")
@click.option("--their-key-file", metavar="FILE", help="A new key file for the worker is written here, on a stick.")
@click.pass_obj
def add(state: State, name: str, role: str, generate: bool, their_key_file: str | None) -> None:
    """Give a worker a way in; the passphrase is asked for twice, or is the next line after yours."""
    from pathlib import Path

    from outreach_app.cli.errors import FileThereError
    from outreach_app.cli.files import print_json, write_file
    from outreach_app.cli.passphrases import read_new_passphrase
    from outreach_app.vault.passphrase import generate_passphrase

    with state.unlocked() as session:
        made = generate_passphrase() if generate else ""
        theirs, key_file = made or read_new_passphrase(state), None
        if their_key_file is not None:
            if Path(their_key_file).exists():
                raise FileThereError(file=Path(their_key_file).name)
            key_file = session.workers.new_key_file()
            write_file(Path(their_key_file), key_file)
        before = {row.id for row in session.workers.list_workers()}
        session.workers.add_worker(name, role, theirs, key_file)
        added = next(row for row in session.workers.list_workers() if row.id not in before)
    answer = {"id": added.id, "reads_health": added.has_health}
    print_json({**answer, "passphrase": made} if made else answer)


@worker.command()
@click.argument("worker_id", metavar="ID")
@click.option("--give-up-health", is_flag=True, help="Go on even if nobody is left who can read health parts.")
@click.pass_obj
def remove(state: State, worker_id: str, give_up_health: bool) -> None:
    """Take a worker's way in and encrypt everything anew; the notes stay."""
    from outreach_app.cli.files import print_json

    with state.unlocked() as session:
        session.workers.remove_worker(worker_id, give_up_health=give_up_health)
    print_json({"removed": worker_id})


@worker.command("grant-health")
@click.argument("worker_id", metavar="ID")
@click.pass_obj
def grant_health(state: State, worker_id: str) -> None:
    """Let a new health worker read the health parts; only a health worker can."""
    from outreach_app.cli.files import print_json

    with state.unlocked() as session:
        session.workers.grant_health(worker_id)
    print_json({"reads_health": worker_id})
