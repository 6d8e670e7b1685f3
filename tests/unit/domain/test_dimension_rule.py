"""The published rule, word for word, over every count that can occur."""

from __future__ import annotations

import itertools

import pytest

from outreach_app.domain.dimension_rule import fired_rule, what_is_lacking

COUNTS = list(itertools.product(range(5), range(6), range(5)))
ONE_MORE = {"S": (1, 0, 0), "M": (0, 1, 0), "W": (0, 0, 1)}
PROMISES = {
    "any_one": {"S", "M", "W"},
    "strong_or_medium": {"S", "M"},
    "strong_or_two_with_medium": {"S", "MM", "MW", "WM"},
    "strong_or_two_medium": {"S", "MM"},
}


def _published(s: int, m: int, w: int) -> bool:
    return (s >= 2) or (s >= 1 and m + w >= 1) or (m >= 3) or (m >= 2 and w >= 1)


def _add(counts: tuple[int, int, int], more: str) -> tuple[int, int, int]:
    s, m, w = counts
    return s + more.count("S"), m + more.count("M"), w + more.count("W")


@pytest.mark.parametrize("counts", COUNTS)
def test_the_rule_is_the_published_formula(counts: tuple[int, int, int]) -> None:
    assert (fired_rule(*counts) is not None) == _published(*counts)


@pytest.mark.parametrize("counts", [counts for counts in COUNTS if any(counts) and not _published(*counts)])
def test_what_is_lacking_is_exactly_what_would_make_it_positive(counts: tuple[int, int, int]) -> None:
    promised = PROMISES[what_is_lacking(*counts)]
    enough = {"".join(more) for more in itertools.product("SMW", repeat=1) if _published(*_add(counts, "".join(more)))}
    if enough == {"S"}:
        pairs = ("".join(more) for more in itertools.product("MW", repeat=2))
        enough |= {more for more in pairs if _published(*_add(counts, more))}
    assert promised == enough


@pytest.mark.parametrize(
    ("counts", "rule"),
    [
        ((2, 0, 0), "two_strong"),
        ((3, 4, 1), "two_strong"),
        ((1, 1, 0), "strong_and_other"),
        ((1, 0, 1), "strong_and_other"),
        ((0, 3, 0), "three_medium"),
        ((0, 3, 2), "three_medium"),
        ((0, 2, 1), "two_medium_and_weak"),
        ((1, 0, 0), None),
        ((0, 2, 0), None),
        ((0, 1, 4), None),
        ((0, 0, 4), None),
    ],
)
def test_the_plainest_line_of_the_rule_is_named(counts: tuple[int, int, int], rule: str | None) -> None:
    assert fired_rule(*counts) == rule
