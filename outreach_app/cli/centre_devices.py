"""``outreach centre devices``: every laptop, how far it has come, which were perhaps copied, and what it is called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from outreach_app.i18n import gettext as _

if TYPE_CHECKING:
    from outreach_app.centre.desk.device_states import DeviceState
    from outreach_app.cli.centre_state import CentreState


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def devices(ctx: click.Context, as_json: bool) -> None:
    """List every laptop: its last batch, where its vault stood, and what does not fit."""
    if ctx.invoked_subcommand is not None:
        return
    import msgspec

    from outreach_app.centre.desk.device_states import list_states
    from outreach_app.cli.files import print_json

    state: CentreState = ctx.obj
    with state.desk(state.folder()) as desk:
        states = list_states(desk)
    if as_json:
        print_json([{**msgspec.to_builtins(one), "suspicious": one.is_suspicious} for one in states])
        return
    for one in states:
        for line in _lines(one):
            click.echo(line)


@devices.command()
@click.argument("device")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def rename(state: CentreState, device: str, name: str, as_json: bool) -> None:
    """Call the laptop with the number DEVICE by this NAME, in this register only. It is no secret."""
    from outreach_app.centre.desk.devices import rename_device
    from outreach_app.cli.files import print_json

    with state.desk(state.folder()) as desk:
        kept = rename_device(desk, device, name)
    if as_json:
        print_json({"device": device, "label": kept})
        return
    click.echo(_("Laptop {device} is called {label} now.").format(device=device, label=kept))


def _lines(one: DeviceState) -> Iterator[str]:
    from outreach_app.centre.desk.words import alarm_words, shown_label

    yield f"{one.device}  {shown_label(one.label)}  {one.status}"
    where = _("  last batch {last_batch} of epoch {epoch}; waiting {waiting}; step {step}; audit entries {entries}")
    yield where.format(
        last_batch=one.last_batch, epoch=one.epoch, waiting=one.waiting, step=one.step, entries=one.audit_entries
    )
    if one.erased:
        yield _("  erased or blanked: {count}").format(count=one.erased)
    for alarm in one.alarms:
        yield _("  {at}: {what}. Call its team.").format(at=alarm.raised_at[:10], what=alarm_words(alarm.kind))
    if one.forks:
        yield _("  batches turned away: {count}; the laptop was copied or restored. Call its team.").format(
            count=one.forks
        )
