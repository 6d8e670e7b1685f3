"""What a format is told besides the words."""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.leaflets.wording import Wording


@dataclass(frozen=True)
class Options:
    """``beside`` holds the same sheet in the worker's language; only a bilingual print asks for it."""

    beside: Wording | None = None
    cover: bool = False
    duplex: bool = False
