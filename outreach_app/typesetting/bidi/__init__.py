"""Which way each letter runs (Unicode Standard Annex 9), and the order in which a line is drawn."""

from __future__ import annotations

from outreach_app.typesetting.bidi.explicit import first_strong_level, resolve_explicit
from outreach_app.typesetting.bidi.implicit import resolve_implicit
from outreach_app.typesetting.bidi.ordering import Levels, line_levels, visual_order
from outreach_app.typesetting.bidi.types import RIGHT_TO_LEFT_ONLY, TURNING, classes_of

__all__ = ["Levels", "embedding_levels", "line_levels", "visual_order"]


def embedding_levels(text: str, base: int | None = None) -> Levels:
    """Return the embedding level of each code point of one paragraph.

    ``base`` is 0 (left to right), 1 (right to left) or None (decided by the first strong letter).
    """
    if base is not None and _stays(text, base):
        return Levels(base, (base,) * len(text), uniform=base)
    classes = classes_of(text)
    paragraph_level = first_strong_level(classes) if base is None else base
    explicit = resolve_explicit(classes, paragraph_level)
    return Levels(paragraph_level, tuple(resolve_implicit(text, classes, explicit, paragraph_level)), tuple(classes))


def _stays(text: str, base: int) -> bool:
    """Tell whether nothing in ``text`` can leave the paragraph's level, as in nearly every paragraph."""
    if base == 0:
        return TURNING.search(text) is None
    return RIGHT_TO_LEFT_ONLY.issuperset(classes_of("".join(set(text))))
