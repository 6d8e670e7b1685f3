"""``outreach centre withdrawals`` and ``audit``: which consents were taken back, and what was done at the desk."""

from __future__ import annotations

import click

from outreach_app.cli.centre_state import CentreState
from outreach_app.i18n import gettext as _

MOST_LISTED = 100_000


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def withdrawals(state: CentreState, as_json: bool) -> None:
    """List consents that were taken back, and how much left the register for them; the latest first."""
    import msgspec

    from outreach_app.centre.desk.notices import list_withdrawals
    from outreach_app.centre.desk.words import shown_label
    from outreach_app.cli.files import print_json

    with state.desk(state.folder()) as desk:
        found = list_withdrawals(desk)
    if as_json:
        print_json(msgspec.to_builtins(found))
        return
    for one in found:
        told = _(
            "{day}: consent for {recipient} taken back, told by {label} ({device}). "
            "Versions of notes that left: {count}."
        )
        click.echo(
            told.format(
                day=one.heeded_at[:10], recipient=one.recipient, label=shown_label(one.label), device=one.device,
                count=one.removed,
            )
        )  # fmt: skip
    if not found:
        click.echo(_("No consent was taken back."))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--limit", type=click.IntRange(1, MOST_LISTED), default=200, show_default=True, help="At most this many entries."
)
@click.pass_obj
def audit(state: CentreState, as_json: bool, limit: int) -> None:
    """List what was done at the desk, newest first: codes and random ids, no word of a note."""
    from outreach_app.cli.files import print_json
    from outreach_app.vault.audit import list_entries

    with state.desk(state.folder()) as desk:
        entries = list_entries(desk.vault, limit=limit)
    names = ("seq", "at", "action", "subject", "detail")
    if as_json:
        print_json([{name: getattr(entry, name) for name in names} for entry in entries])
        return
    for entry in entries:
        click.echo("  ".join(str(getattr(entry, name)) for name in names).rstrip())
