"""What was published as rows, the sealing key in a sentence, and dates as the window writes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from outreach_app.centre.desk.key_rotation import Rotation
from outreach_app.centre.desk.publishing_state import Publication
from outreach_app.centre.desk.publishing_words import Dates, publication_name, publication_words
from outreach_app.i18n import gettext as _
from ui.models.dates import day_in_words, moment_in_words
from ui.widgets.list_card import ListRow


def dates_here(now: datetime) -> Dates:
    """Return how moments and days are written here, seen from now."""
    return Dates(
        moment=lambda moment: moment_in_words(moment.astimezone(now.tzinfo), now.date()),
        day=lambda moment: day_in_words(moment.astimezone(now.tzinfo).date(), now.date()),
    )


def history_rows(
    history: Sequence[Publication], dates: Dates, return_to: Callable[[int], object]
) -> tuple[ListRow, ...]:
    """Return a row for each publication, the one in force first; an earlier pack can be returned to."""
    rows = []
    for place, one in enumerate(history):
        may_return = place > 0 and one.content_number is not None
        rows.append(
            ListRow(
                publication_name(one, in_force=place == 0), publication_words(one, dates),
                _("Return to this") if may_return else "", partial(return_to, one.number) if may_return else None,
                icon="check" if place == 0 else "clock",
            )
        )
    return tuple(rows)


def key_words(rotation: Rotation, dates: Dates) -> str:
    """Return since when laptops seal for the key in force, and what is to do about it."""
    since = _("Laptops seal for the key in force since {day}.").format(day=dates.day(rotation.current_since))
    if rotation.waits:
        return f"{since} " + _("A new one was made: publish it, so that laptops seal for it.")
    if rotation.due:
        return f"{since} " + _("It is more than a month old: make a new one, then publish it.")
    return f"{since} " + _("A new one is due after a month.")
