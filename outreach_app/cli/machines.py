"""``outreach machine``: what this computer itself does not protect."""

from __future__ import annotations

import click

from outreach_app.cli.state import State


@click.group()
def machine() -> None:
    """The computer the vault lies on."""


@machine.command()
@click.pass_obj
def check(state: State) -> None:
    """Say whether the disk is encrypted and whether memory may be written to it in the clear."""
    from outreach_app.cli.files import print_json

    findings = state.program().check_machine()
    print_json([{"about": each.what, "sentence": each.sentence, "state": each.state.value} for each in findings])
