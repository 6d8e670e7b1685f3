"""What is published and what is prepared, in words: before a custodian signs, somebody reads this."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from outreach_app.centre.desk.key_rotation import Rotation
from outreach_app.centre.desk.publishing_state import Draft, Publication
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.models.dates import day_in_words, moment_in_words
from ui.widgets.list_card import ListRow


def history_rows(
    history: Sequence[Publication], now: datetime, return_to: Callable[[int], object]
) -> tuple[ListRow, ...]:
    """Return a row for each publication, the one in force first; an earlier pack can be returned to."""
    rows = []
    for place, one in enumerate(history):
        may_return = place > 0 and one.content_number is not None
        first = _("Number {number}, in force") if place == 0 else _("Number {number}")
        rows.append(
            ListRow(
                first.format(number=one.number), publication_words(one, now),
                _("Return to this") if may_return else "", partial(return_to, one.number) if may_return else None,
                icon="check" if place == 0 else "clock",
            )
        )
    return tuple(rows)


def publication_words(one: Publication, now: datetime) -> str:
    """Return when it was published, with what, how long it holds, and who signed."""
    parts = [
        _("published {when}").format(when=here(one.published_at, now)),
        content_words(one.content_number, one.returns_to),
        _("good until {day}").format(day=day_here(one.good_until, now)),
        _("signed by custodians {places}").format(places=", ".join(map(str, one.signed_by))),
    ]
    return " · ".join(parts)


def content_words(number: int | None, returns_to: int | None) -> str:
    """Return which content pack it is."""
    if number is None:
        return _("keys only, no content")
    if returns_to is not None:
        said = _("texts, lists and help lines number {number}, which return to {before}")
        return said.format(number=number, before=returns_to)
    return _("texts, lists and help lines number {number}").format(number=number)


def draft_lines(draft: Draft, now: datetime, *, is_first: bool = False) -> tuple[str, ...]:
    """Return what would change with what is prepared, a line each, without its files.

    At the very first publication no key is new to anybody, and no files were published before.
    """
    lines = [
        _("Number {number}, prepared {when}; {content}; good until {day}.").format(
            number=draft.number, when=here(draft.prepared_at, now),
            content=content_words(draft.content_number, draft.returns_to), day=day_here(draft.good_until, now),
        )
    ]
    if not draft.files and not is_first:
        lines.append(_("The files are those that are published now."))
    if is_first:
        lines.append(_("The centre's keys, for laptops to seal for."))
    elif draft.new_sealing_key:
        lines.append(_("A new sealing key: {id}").format(id=draft.new_sealing_key[:8]))
    if draft.revoked:
        revoked = len(draft.revoked)
        told = ngettext("{count} laptop is told of as revoked", "{count} laptops are told of as revoked", revoked)
        lines.append(told.format(count=revoked))
    if draft.other_keys:
        lines.append(_("A key of the mailbox or the desk, or the mailbox's address, changes."))
    return tuple(lines)


def signature_words(draft: Draft) -> str:
    """Return how many custodians have signed."""
    if draft.complete:
        return _("Two custodians have signed. It can be published.")
    if draft.signed_by:
        return _("Custodian {place} has signed, 1 of 2. A second custodian must sign.").format(place=draft.signed_by[0])
    return _("Nobody has signed yet, 0 of 2. What stands here is what a custodian signs.")


def key_words(rotation: Rotation, now: datetime) -> str:
    """Return since when laptops seal for the key in force, and what is to do about it."""
    since = _("Laptops seal for the key in force since {day}.").format(day=day_here(rotation.current_since, now))
    if rotation.waits:
        return f"{since} " + _("A new one was made: publish it, so that laptops seal for it.")
    if rotation.due:
        return f"{since} " + _("It is more than a month old: make a new one, then publish it.")
    return f"{since} " + _("A new one is due after a month.")


def here(moment: datetime, now: datetime) -> str:
    """Return a moment as day and hour here."""
    return moment_in_words(moment.astimezone(now.tzinfo), now.date())


def day_here(moment: datetime, now: datetime) -> str:
    """Return the day of a moment here."""
    return day_in_words(moment.astimezone(now.tzinfo).date(), now.date())
