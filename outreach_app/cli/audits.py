"""``outreach vault audit``: who did what on this laptop, and whether the chain of entries is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from outreach_app.cli.state import State

if TYPE_CHECKING:
    from outreach_app.services.session import Session

MOST_LISTED = 100_000


@click.command()
@click.option("--verify", is_flag=True, help="Follow the whole chain instead, and name the first bad entry.")
@click.option(
    "--limit", type=click.IntRange(1, MOST_LISTED), default=200, show_default=True, help="At most this many entries."
)
@click.pass_obj
def audit(state: State, verify: bool, limit: int) -> None:
    """List what was done on this laptop, newest first."""
    from outreach_app.cli.errors import AuditBrokenError
    from outreach_app.cli.files import print_json

    with state.unlocked() as session:
        if not verify:
            print_json({"entries": _listed(session, limit)})
            return
        report = session.auditing.verify()
    print_json({"entries": report.entries, "first_bad": report.first_bad, "head": report.head})
    if report.first_bad is not None:
        raise AuditBrokenError(number=report.first_bad)


def _listed(session: Session, limit: int) -> list[dict[str, Any]]:
    names = session.subjects.worker_names()
    return [
        {
            "number": entry.seq,
            "at": entry.at,
            "worker": entry.worker,
            "name": names.get(entry.worker, ""),
            "action": entry.action,
            "subject": entry.subject,
            "detail": entry.detail,
        }
        for entry in session.auditing.list_entries(limit=limit)
    ]
