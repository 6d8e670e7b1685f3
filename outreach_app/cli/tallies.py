"""``outreach tally``."""

from __future__ import annotations

import click

from outreach_app.cli.state import State


@click.command()
@click.argument("file")
@click.pass_obj
def tally(state: State, file: str) -> None:
    """Count people of one day from a JSON FILE (- for standard input) and print what that day now holds there.

    Known people may be named; they stay on this laptop, a batch holds the number alone.
    """
    from outreach_app.cli.files import print_json, read_untrusted

    with state.unlocked() as session:
        counted = session.recording.record_tally(read_untrusted(file))
    day = counted.day
    print_json({
        "id": counted.id, "uses": day.uses, "people": day.people, "coded": day.coded, "uncoded": day.uncoded,
        "by_group": dict(day.by_group),
    })  # fmt: skip
