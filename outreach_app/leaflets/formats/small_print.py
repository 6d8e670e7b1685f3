"""What stands in small letters at the foot: a draft says so, a star is explained where one is printed."""

from __future__ import annotations

from collections.abc import Iterable

from outreach_app.leaflets.filling import UNCONFIRMED
from outreach_app.leaflets.look import Look
from outreach_app.leaflets.wording import Wording

SEPARATOR = "  ·  "


def in_room(look: Look, lines: Iterable[str], size: float, room: float) -> list[str]:
    """Return ``lines`` with what does not fit on one line of ``room`` points set on lines of its own."""
    found: list[str] = []
    for line in lines:
        fits = look.text(line, size).natural_width <= room
        found += [line] if fits else line.split(SEPARATOR)
    return found


def small_print(wording: Wording, shown: Iterable[str], *, contacts: bool = True) -> tuple[str, ...]:
    """Return the lines at the foot of a paper that shows the texts ``shown``; ``contacts``: numbers and hours too."""
    unconfirmed, as_of = wording.small_print
    starred = any(UNCONFIRMED in text for text in shown)
    last = [unconfirmed] * starred + [as_of] * contacts
    lines = (wording.draft_mark or "", SEPARATOR.join(last))
    return tuple(line for line in lines if line)
