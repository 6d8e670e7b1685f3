"""``outreach letters``: what the centre wrote to this laptop: batches that never came, and its team's own figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from outreach_app.cli.state import State
from outreach_app.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach_app.services.letters import GapLetter, TeamFigures


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def letters(state: State, as_json: bool) -> None:
    """Show which batches the centre misses and, to supervisors, what it counted of this team."""
    import msgspec

    from outreach_app.cli.files import print_json

    with state.unlocked() as session:
        gaps = session.letters.gaps()
        figures = session.letters.figures() if session.workers.may_manage else None
    if as_json:
        print_json({"gaps": msgspec.to_builtins(gaps), "figures": msgspec.to_builtins(figures)})
        return
    for line in (*_gap_lines(gaps), *_figures_lines(figures)):
        click.echo(line)


def _gap_lines(letter: GapLetter | None) -> Iterator[str]:
    if letter is None or not letter.missing:
        yield _("The centre misses no batch.")
        return
    for gap in letter.missing:
        one = _("Missing at the centre: batch {first}. Later ones that wait: {count}.")
        more = _("Missing at the centre: batches {first} to {last}. Later ones that wait: {count}.")
        sentence = one if gap.first == gap.last else more
        yield sentence.format(first=gap.first, last=gap.last, count=gap.waiting)


def _figures_lines(figures: TeamFigures | None) -> Iterator[str]:
    if figures is None:
        return
    yield _("Counted at the centre of this team, as of {day}:").format(day=figures.as_of or "–")
    for row in figures.rows:
        yield _figures_line(row)


def _figures_line(row: Any) -> str:
    told = _("{month} {setting}: encounters {encounters}, contacts {contacts}, uses {uses}, counts {tallies}")
    return told.format(
        month=row.month, setting=row.setting, encounters=row.encounters, contacts=row.contacts, uses=row.uses,
        tallies=row.tallies,
    )  # fmt: skip
