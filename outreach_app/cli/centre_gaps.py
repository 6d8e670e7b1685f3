"""``outreach centre gaps`` and ``conflicts``: what is missing, waiting for it no more, and what cannot be."""

from __future__ import annotations

import click

from outreach_app.cli.centre_state import CentreState
from outreach_app.i18n import gettext as _


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def gaps(ctx: click.Context, as_json: bool) -> None:
    """List the batches that never came while later ones wait."""
    if ctx.invoked_subcommand is not None:
        return
    import msgspec

    from outreach_app.centre.desk.collecting import list_gaps
    from outreach_app.centre.desk.words import gap_line, missing_advice
    from outreach_app.cli.files import print_json

    state: CentreState = ctx.obj
    with state.desk(state.folder()) as desk:
        missing = msgspec.to_builtins(list_gaps(desk))
    if as_json:
        print_json(missing)
        return
    for gap in missing:
        click.echo(gap_line(gap))
        click.echo(_("  {count} behind it wait.").format(count=gap["waiting"]))
    click.echo(missing_advice() if missing else _("Nothing is missing."))


@gaps.command()
@click.argument("device")
@click.argument("epoch", type=click.IntRange(min=1))
@click.argument("seq", type=click.IntRange(min=1))
@click.option(
    "--reason", required=True, type=click.Choice(("laptop_lost", "laptop_restored", "stick_lost", "other")),
    help="Why it will never come; it goes into the desk's audit.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def void(state: CentreState, device: str, epoch: int, seq: int, reason: str, as_json: bool) -> None:
    """Wait no more for the batch SEQ of EPOCH of the laptop DEVICE. If it comes after all it is taken in."""
    import msgspec

    from outreach_app.centre.desk.gaps import STEP_REASONS, step_over
    from outreach_app.cli.files import print_json

    with state.desk(state.folder()) as desk:
        taken = step_over(desk, device, epoch, seq, next(code for code in STEP_REASONS if code == reason))
    if as_json:
        named = {"device": device, "epoch": epoch, "seq": seq, "reason": reason}
        print_json({**named, "taken": msgspec.to_builtins(taken)})
        return
    click.echo(_("Batch {seq} is waited for no more. Taken in behind it: {count}.").format(seq=seq, count=len(taken)))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def conflicts(state: CentreState, as_json: bool) -> None:
    """List what cannot be of one laptop going on as it should, and what to do."""
    import msgspec

    from outreach_app.centre.desk.conflicts import list_conflicts
    from outreach_app.centre.desk.words import shown_label
    from outreach_app.cli.files import print_json

    with state.desk(state.folder()) as desk:
        found = list_conflicts(desk)
    if as_json:
        print_json([{**msgspec.to_builtins(one), "words": one.words, "call": one.needs_a_call} for one in found])
        return
    for one in found:
        click.echo(_("{at}  {label} ({device}), epoch {epoch}, batch {seq}: {words}").format(
            at=one.at[:10], label=shown_label(one.label), device=one.device, epoch=one.epoch, seq=one.seq,
            words=one.words,
        ))  # fmt: skip
    if any(one.needs_a_call for one in found):
        click.echo(_("Phone the team on a number you know. If nobody there can explain it, revoke the laptop."))
    if not found:
        click.echo(_("There are no conflicts."))
