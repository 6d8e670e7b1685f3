"""``outreach centre quarantine``: single lines of batches that were put aside, and what became of them."""

from __future__ import annotations

import click

from outreach_app.cli.centre_state import CentreState
from outreach_app.i18n import gettext as _


@click.command()
@click.option("--open", "only_open", is_flag=True, help="Only what is not settled.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def quarantine(state: CentreState, only_open: bool, as_json: bool) -> None:
    """List what was put aside: laptop, batch, line, record, why, and whether it is settled."""
    import msgspec

    from outreach_app.centre.desk.quarantine import list_put_aside
    from outreach_app.centre.desk.words import record_reason, settled_words, shown_label
    from outreach_app.cli.files import print_json

    with state.desk(state.folder()) as desk:
        listed = [one for one in list_put_aside(desk) if not (only_open and one.settled)]
    if as_json:
        print_json([{**msgspec.to_builtins(one), "words": record_reason(one.reason)} for one in listed])
        return
    for one in listed:
        click.echo(_("{since}  {label}, batch {seq} of epoch {epoch}, line {line}: {reason}. {settled}.").format(
            since=one.since[:10], label=shown_label(one.label), seq=one.seq, epoch=one.epoch, line=one.line,
            reason=record_reason(one.reason), settled=settled_words(one.settled),
        ))  # fmt: skip
    if not listed:
        click.echo(_("Nothing was put aside."))
