"""Words that stay on one line, as large as its width allows: numbers that are seen from afar."""

from __future__ import annotations

from typing import Any

from outreach_app.leaflets.look import Look
from outreach_app.typesetting.paragraphs import ShapedText


def one_line(look: Look, words: str, largest: float, width: float, **style: Any) -> ShapedText:
    """Return ``words`` in at most ``largest`` points on one line of ``width`` points; ``style`` as of ``Look.text``."""
    text = look.text(words, largest, **style)
    if text.natural_width <= width:
        return text
    return look.text(words, largest * width / text.natural_width * 0.999, **style)
