"""Small groups made unreadable before figures leave the team: two parlours and one nationality would be a raid list.

A group of one or two is not shown. Where the others and a total would still give it away, further groups go with it,
always all groups of the same size. So what is hidden could change places among the hidden groups without anything that
is shown becoming different: nobody can work a hidden number out, not even who knows this rule. Where nothing but zeros
would be left to show, only the total is; a total of one or two is not shown either.
"""

from __future__ import annotations

from collections.abc import Sequence

LEAST = 3
"""Nobody is counted in a smaller group than this."""


def is_small(count: float) -> bool:
    """Tell whether a number is of too few; none at all are not few."""
    return 0 < count < LEAST


def hide_small(counts: Sequence[int]) -> tuple[int | None, ...]:
    """Return counts of groups that overlap, and so add up to nothing, without the small ones (None)."""
    return tuple(None if is_small(count) else count for count in counts)


def protect_groups(counts: Sequence[int]) -> tuple[int | None, ...] | None:
    """Return counts of groups that add up to a total that is shown, without those that would tell (None).

    Returns:
        None for all groups together: only the total may be shown, and that only if it is not small itself.
    """
    small = {count for count in counts if is_small(count)}
    if not small:
        return tuple(counts)
    limit = max(small)
    if len(small) == 1:  # groups of one size only: their sum over their number would tell
        larger = [count for count in counts if count > limit]
        if not larger:
            return None
        limit = min(larger)
    shown = tuple(None if 0 < count <= limit else count for count in counts)
    return shown if any(shown) else None
