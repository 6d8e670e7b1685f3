"""``outreach keeping``: what the laptop holds and why, what leaves, and what is kept with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from outreach_app.cli.state import State

if TYPE_CHECKING:
    from outreach_app.services.keeping import Shed
    from outreach_app.services.progress import Progress


@click.group()
def keeping() -> None:
    """How long notes stay on this laptop."""


@keeping.command()
@click.pass_obj
def show(state: State) -> None:
    """Say how many notes are here, what holds them, and how many could leave."""
    from outreach_app.cli.files import print_json

    with state.unlocked() as session:
        found = session.keeping.overview()
    print_json(
        {
            "notes": found.notes,
            "oldest_days": found.oldest_days,
            "held": dict(found.held),
            "sheds_soon": found.sheds_soon,
            "may_shed": found.may_shed,
            "expires_soon": found.expires_soon,
            "may_expire": found.may_expire,
            "unfinished": found.unfinished,
            "people_kept": dict(found.people_kept),
        }
    )


@keeping.command()
@click.option("--limit", type=click.IntRange(1, 100_000), default=500, show_default=True)
@click.pass_obj
def held(state: State, limit: int) -> None:
    """List the notes nothing takes away now, each with the reason, as JSON."""
    from outreach_app.cli.files import print_json

    with state.unlocked() as session:
        print_json(session.keeping.list_held(limit))


@keeping.command()
@click.option("--days", type=click.IntRange(0, 3650), default=14, show_default=True)
@click.pass_obj
def expiring(state: State, days: int) -> None:
    """List what leaves by retention within some days, as JSON."""
    from outreach_app.cli.files import print_json

    with state.unlocked() as session:
        print_json(session.keeping.preview_expiry(days))


@keeping.command()
@click.argument("note")
@click.argument("file")
@click.pass_obj
def keep(state: State, note: str, file: str) -> None:
    """Keep the note with the id NOTE; its reason is read as JSON from FILE (- for standard input)."""
    from outreach_app.cli.files import print_json, read_untrusted
    from outreach_app.wire.keeping import read_keep

    with state.unlocked() as session:
        session.keeping.keep_with_reason(note, read_keep(read_untrusted(file)).reason)
    print_json({"kept": note})


@keeping.command("let-go")
@click.argument("note")
@click.pass_obj
def let_go(state: State, note: str) -> None:
    """Keep the note with the id NOTE no longer: the days decide again."""
    from outreach_app.cli.files import print_json

    with state.unlocked() as session:
        session.keeping.let_go(note)
    print_json({"let_go": note})


@keeping.command()
@click.pass_obj
def shed(state: State) -> None:
    """Take away the notes which the centre has confirmed whole for long enough."""
    with state.unlocked() as session:
        _print_shed(session.keeping.shed(show_progress))


@keeping.command()
@click.pass_obj
def expire(state: State) -> None:
    """Take away the notes and contacts whose retention is over."""
    with state.unlocked() as session:
        _print_shed(session.keeping.expire(show_progress))


@keeping.command()
@click.pass_obj
def finish(state: State) -> None:
    """Finish what was interrupted: old pages and old backups of what has left already."""
    from outreach_app.cli.files import print_json

    with state.unlocked() as session:
        session.keeping.finish_leaving(show_progress)
        print_json({"unfinished": session.keeping.overview().unfinished})


def show_progress(progress: Progress) -> None:
    """Print the last step of each phase on standard error: the steps between are too many to read."""
    if progress.total and progress.done >= progress.total:
        click.echo(f"{progress.phase} {progress.done}/{progress.total}", err=True)


def _print_shed(done: Shed) -> None:
    from outreach_app.cli.files import print_json

    print_json({"notes": done.count, "contacts": done.contacts})
