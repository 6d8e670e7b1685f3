"""``outreach erase`` and ``outreach blank``: taking away for good, with what had left and what the centre confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from outreach_app.cli.keeping import show_progress
from outreach_app.cli.state import State

if TYPE_CHECKING:
    from outreach_app.domain.erasing import Departure

REASONS = ("asked", "withdrawn", "mistake", "ordered")


@click.group()
def erase() -> None:
    """Erase one contact, or this whole laptop."""


@erase.command("contact")
@click.argument("contact")
@click.option("--reason", type=click.Choice(REASONS), help="Why: it stands in the audit, so it is only a code.")
@click.option("--preview", is_flag=True, help="Only say what would go and what has left.")
@click.pass_obj
def erase_contact(state: State, contact: str, reason: str | None, preview: bool) -> None:
    """Erase everything of the contact with the id CONTACT, identity included."""
    from outreach_app.cli.files import print_json
    from outreach_app.i18n import gettext as _

    if (reason is None) is not preview:
        raise click.UsageError(_("Say either --preview or --reason."))
    with state.unlocked() as session:
        found = session.erasing.preview_erase(contact)
        answer = {
            "notes": found.notes, "older_versions": found.older_versions, "drafts": found.drafts,
            "identity": found.has_identity, "linkage": found.has_linkage, "left": _left(found.left),
            "mentions": [row.id for row in found.mentions],
            "elsewhere": [{"where": one.where, "id": one.id} for one in found.elsewhere],
        }  # fmt: skip
        if reason is not None:
            answer["erased"] = session.erasing.erase_contact(contact, reason, show_progress).id
    print_json(answer)


@erase.command()
@click.option("--confirm", "typed", required=True, metavar="WORDS", help="The words: erase this laptop")
@click.pass_obj
def laptop(state: State, typed: str) -> None:
    """Destroy this laptop's vault with everything in it and its backups. Nothing brings it back."""
    from outreach_app.i18n import gettext as _

    with state.unlocked_with_passphrase() as (session, passphrase):
        session.erasing.erase_laptop(passphrase, typed, state.key_file_content())
    click.echo(_("Everything of the vault in {folder} is destroyed.").format(folder=state.folder))


@erase.command("list")
@click.pass_obj
def list_erased(state: State) -> None:
    """List what was erased or blanked here, what had left before, and what the centre has confirmed, as JSON."""
    from outreach_app.cli.files import print_json

    with state.unlocked() as session:
        found = session.erasing.confirmations()
    print_json(
        [
            {
                "id": one.id,
                "kind": one.kind,
                "reason": one.reason,
                "made_at": one.made_at.isoformat(),
                "state": one.state,
                "confirmed_at": None if one.confirmed_at is None else one.confirmed_at.isoformat(),
                "left": _left(one.left),
            }
            for one in found
        ]
    )


@click.command()
@click.argument("note")
@click.argument("file")
@click.option("--preview", is_flag=True, help="Only say in how many places the words stand.")
@click.pass_obj
def blank(state: State, note: str, file: str, preview: bool) -> None:
    """Blank words in the finished note with the id NOTE; words and reason are read as JSON from FILE (- for input)."""
    from outreach_app.cli.files import print_json, read_untrusted
    from outreach_app.wire.keeping import read_blank

    with state.unlocked() as session:
        fields = read_blank(read_untrusted(file))
        found = session.erasing.preview_blank(note, fields.part)
        answer = {
            "places": found.places, "versions": found.versions, "health_unseen": found.health_unseen,
            "left": _left(found.left),
        }  # fmt: skip
        if not preview:
            answer["blanked"] = session.erasing.blank(note, fields.part, fields.reason, show_progress).id
    print_json(answer)


def _left(departures: Iterable[Departure]) -> list[dict[str, Any]]:
    return [
        {
            "record": one.record_id,
            "version": one.version,
            "epoch": one.epoch,
            "batch": one.batch,
            "left_at": None if one.left_at is None else one.left_at.isoformat(),
            "kind": one.kind,
            "recipient": one.recipient,
        }
        for one in departures
    ]
