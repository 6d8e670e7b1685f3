"""What was counted, in words: uses or meetings, the people known among them, and what nobody is written down for."""

from __future__ import annotations

from outreach_app.domain.police_action import PoliceFigures
from outreach_app.domain.tally import UseFigures
from outreach_app.i18n import ngettext

DROP_IN = frozenset({"meeting_place", "mobile_health_unit"})
"""Where people come and go: what is counted there are uses."""


def figures_words(figures: UseFigures, setting: str) -> str:
    """Return ``134 uses · 20 people · 34 uncoded``; at other places ``meetings`` are counted."""
    if setting in DROP_IN:
        counted = ngettext("{count} use", "{count} uses", figures.uses)
    else:
        counted = ngettext("{count} meeting", "{count} meetings", figures.uses)
    return " · ".join((
        counted.format(count=figures.uses),
        ngettext("{count} person you know", "{count} people you know", figures.people).format(count=figures.people),
        ngettext("{count} uncoded", "{count} uncoded", figures.uncoded).format(count=figures.uncoded),
    ))  # fmt: skip


def police_words(figures: PoliceFigures) -> str:
    """Return ``Called to 3 police actions · 25 people met · 12 talked to``."""
    return " · ".join((
        ngettext("Called to {count} police action", "Called to {count} police actions", figures.actions)
        .format(count=figures.actions),
        ngettext("{count} person met", "{count} people met", figures.met).format(count=figures.met),
        ngettext("{count} talked to", "{count} talked to", figures.talked_to).format(count=figures.talked_to),
    ))  # fmt: skip
