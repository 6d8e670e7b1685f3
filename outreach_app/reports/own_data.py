"""The paper with everything that is kept about one person, for her to read: what, how long, to whom it went.

Facts about other people are left out: they are theirs. What was sent is named with its day and its recipient.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from outreach_app.i18n import gettext as _
from outreach_app.reports.paper import Heading, Paragraph, Part, Rows, make_paper


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading, rows of (what, words), and what is said where there are none."""

    heading: str
    rows: tuple[tuple[str, str], ...]
    nothing: str = ""


def make_own_data(title: str, head: Sequence[str], chapters: Sequence[Chapter], *, footer: str) -> bytes:
    """Return the paper as PDF.

    Args:
        title: what stands on top, without a true name.
        head: paragraphs before the first chapter.
        chapters: what is kept, part by part.
        footer: at the end of every page.

    Raises:
        FontMissingError: the installation is damaged.
    """
    parts: list[Part] = [Paragraph(each) for each in head]
    for chapter in chapters:
        parts.append(Heading(chapter.heading))
        if chapter.rows:
            parts.append(Rows(chapter.rows, (_("What"), _("As it is written")), (1.0, 2.6)))
        else:
            parts.append(Paragraph(chapter.nothing or _("Nothing is kept."), "muted"))
    return make_paper(title, parts, footer=footer)
