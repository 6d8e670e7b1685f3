"""``outreach centre keys``: the sealing keys month by month, and making the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from outreach_app.cli.centre_state import CentreState
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _

if TYPE_CHECKING:
    from outreach_app.centre.desk.key_rotation import KeyState

_STAGES = {
    "next": N_("next: made, not published yet"),
    "current": N_("current: laptops seal for it"),
    "previous": N_("previous: still opens, until {until}"),
    "retired": N_("retired: opens nothing new; destroyed on {until}"),
    "destroyed": N_("destroyed"),
}


@click.group()
def keys() -> None:
    """The keys that laptops seal for: a new one each month."""


@keys.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_command(state: CentreState, as_json: bool) -> None:
    """List every sealing key with how far its life has come."""
    import msgspec

    from outreach_app.centre.desk.key_rotation import list_keys, rotation
    from outreach_app.centre.desk.words import new_key_words
    from outreach_app.cli.files import print_json

    with state.desk(state.folder()) as desk:
        listed, due = list_keys(desk), rotation(desk)
    if as_json:
        print_json({"keys": msgspec.to_builtins(listed), "new_key": due.task})
        return
    for key in listed:
        click.echo(_line(key))
    if due.task:
        click.echo(new_key_words(due.task))


@keys.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def rotate(state: CentreState, as_json: bool) -> None:
    """Make the next sealing key. Laptops seal for it once it is published."""
    from outreach_app.centre.desk.key_rotation import rotate_sealing_key
    from outreach_app.cli.files import print_json
    from outreach_app.sync.sealing import key_id

    with state.desk(state.folder()) as desk:
        made = key_id(rotate_sealing_key(desk))
    if as_json:
        print_json({"key": made})
        return
    click.echo(_("The next sealing key is {key}. Publish it with centre publish; until then nothing changes.").format(
        key=made
    ))  # fmt: skip


def _line(key: KeyState) -> str:
    until = "" if key.until is None else key.until.date().isoformat()
    return f"{key.id}  {key.since.date().isoformat()}  {_(_STAGES[key.stage.value]).format(until=until)}"
