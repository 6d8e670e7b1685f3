"""``outreach policy``: what a supervisor sets for this laptop until the centre's packs bring it."""

from __future__ import annotations

import click

from outreach_app.cli.state import State


@click.group()
def policy() -> None:
    """How long notes stay, and whether they are reviewed before sending."""


@policy.command()
@click.pass_obj
def show(state: State) -> None:
    """Print what holds now, as JSON."""
    from outreach_app.cli.files import print_json

    with state.unlocked() as session:
        print_json(session.policies.show())


@policy.command("set")
@click.argument("name")
@click.argument("value")
@click.pass_obj
def set_value(state: State, name: str, value: str) -> None:
    """Set NAME to VALUE (JSON); a new retention expires nothing for the first 14 days."""
    from outreach_app.cli.files import print_json
    from outreach_app.wire.keeping import read_policy_value

    checked = read_policy_value(value)
    with state.unlocked() as session:
        session.policies.set_policy(name, checked)
        print_json(session.policies.show())
