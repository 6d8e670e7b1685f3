"""Small groups made unreadable before figures leave the team: two parlours and one nationality would be a raid list.

A group behind which one or two people stand is not shown, however often they were met. Where the others and a total
would still give it away, further groups go with it, always all groups of the same size. So what is hidden could change
places among the hidden groups without anything that is shown becoming different: nobody can work a hidden number out,
not even who knows this rule. Where nothing but zeros would be left to show, only the total is; a total behind which one
or two people stand is not shown either.
"""

from __future__ import annotations

from collections.abc import Sequence

LEAST = 3
"""Nobody is counted in a smaller group than this."""


def is_small(count: float, people: int | None = None) -> bool:
    """Tell whether a number is of too few; none at all are not few.

    Args:
        count: what was counted.
        people: how many different people stand behind it; None where the count is of people, or of nobody.
    """
    return count > 0 and (count < LEAST or (people is not None and people < LEAST))


def hide_small(counts: Sequence[int], people: Sequence[int] | None = None) -> tuple[int | None, ...]:
    """Return counts of groups that overlap, and so add up to nothing, without the small ones (None)."""
    behind = counts if people is None else people
    return tuple(None if is_small(count, few) else count for count, few in zip(counts, behind, strict=True))


def protect_groups(counts: Sequence[int], people: Sequence[int] | None = None) -> tuple[int | None, ...] | None:
    """Return counts of groups that add up to a total that is shown, without those that would tell (None).

    Args:
        counts: what was counted in each group.
        people: how many different people stand behind each; None where the counts are of people, or of nobody.

    Returns:
        None for all groups together: only the total may be shown, and that only if it is not small itself.
    """
    behind = counts if people is None else people
    small = [count for count, few in zip(counts, behind, strict=True) if is_small(count, few)]
    if not small:
        return tuple(counts)
    limit = max(small)
    if len({count for count in counts if 0 < count <= limit}) == 1:  # one size only: their sum over their number tells
        larger = [count for count in counts if count > limit]
        if not larger:
            return None
        limit = min(larger)
    shown = tuple(None if 0 < count <= limit else count for count in counts)
    return shown if any(shown) else None
