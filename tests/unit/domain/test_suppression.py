"""No hidden number can be worked out: tried against everybody who knows the rule, over all small tables."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.domain.suppression import LEAST, hide_small, is_small, protect_groups

Published = tuple[object, ...]


def published(counts: tuple[int, ...]) -> Published:
    """Return all that leaves about one table: its total unless that is small, and its groups."""
    total = sum(counts)
    if is_small(total):
        return ("few",)
    return (total, protect_groups(counts))


@pytest.mark.parametrize(("groups", "total"), [(1, 9), (2, 12), (3, 12), (4, 11), (5, 9)])
def test_every_hidden_number_of_every_small_table_could_be_another_one(groups: int, total: int) -> None:
    """``total``: every table up to this total is looked at, so all that could lie behind what is shown is known."""
    behind: dict[Published, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(total + 1), repeat=groups):
        if sum(counts) <= total:
            behind[published(counts)].append(counts)
    hidden = 0
    for (_total, *rest), tables in behind.items():
        shown = rest[0] if rest else None
        for group in range(groups):
            if not isinstance(shown, tuple) or shown[group] is None:
                hidden += 1
                assert len({counts[group] for counts in tables}) > 1, (shown, tables)
    assert hidden


@pytest.mark.parametrize(("groups", "most"), [(2, 9), (3, 8), (4, 6)])
def test_no_shown_number_is_small(groups: int, most: int) -> None:
    for counts in product(range(most + 1), repeat=groups):
        shown = protect_groups(counts) or ()
        assert not any(count is not None and is_small(count) for count in shown)
        assert all(count in {None, was} for count, was in zip(shown, counts, strict=False))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 12), max_size=14))
def test_what_is_hidden_can_change_places(counts: list[int]) -> None:
    """Whatever stands in one hidden group may as well stand in any other: what is shown stays the same."""
    shown = protect_groups(counts)
    if shown is None:
        return
    hidden = [at for at, count in enumerate(shown) if count is None]
    assert len(hidden) != 1
    if hidden:
        assert len({counts[at] for at in hidden}) > 1
        turned = list(counts)
        for at, other in zip(hidden, [*hidden[1:], hidden[0]], strict=True):
            turned[at] = counts[other]
        assert protect_groups(turned) == shown


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((), ()),
        ((0, 0), (0, 0)),
        ((5, 3), (5, 3)),
        ((1, 5, 9), (None, None, 9)),
        ((1, 2, 9), (None, None, 9)),
        ((2, 2, 9, 9, 20), (None, None, None, None, 20)),
        ((1, 0, 4, 7), (None, 0, None, 7)),
        ((1, 1, 1), None),
        ((2, 0), None),
        ((1, 4), None),
    ],
)
def test_worked_cases(counts: tuple[int, ...], shown: tuple[int | None, ...] | None) -> None:
    assert protect_groups(counts) == shown


@pytest.mark.parametrize(
    ("counts", "people", "shown"),
    [
        ((3, 5, 9), (1, 5, 9), (None, None, 9)),
        ((3, 5, 9), (3, 1, 9), (None, None, 9)),
        ((3, 0), (1, 0), None),
        ((9, 4, 4), (1, 4, 4), None),
        ((3, 4), (3, 4), (3, 4)),
    ],
)
def test_few_people_are_few_however_often_they_were_met(
    counts: tuple[int, ...], people: tuple[int, ...], shown: tuple[int | None, ...] | None
) -> None:
    assert protect_groups(counts, people) == shown
    assert hide_small(counts, people) == tuple(
        None if 0 < few < LEAST else count for count, few in zip(counts, people, strict=True)
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=10))
def test_hidden_groups_of_any_people_can_change_places(groups: list[tuple[int, int]]) -> None:
    counts = [count for count, _few in groups]
    people = [min(groups[at]) for at in range(len(groups))]
    shown = protect_groups(counts, people)
    hidden = [at for at, count in enumerate(shown or ()) if count is None]
    assert len(hidden) != 1
    assert all(few >= LEAST for few, count in zip(people, shown or (), strict=False) if count is not None)
    if hidden:
        assert len({counts[at] for at in hidden}) > 1
        order = dict(zip(hidden, [*hidden[1:], hidden[0]], strict=True))
        turned = [order.get(at, at) for at in range(len(groups))]
        assert protect_groups([counts[at] for at in turned], [people[at] for at in turned]) == shown


def test_groups_that_overlap_lose_only_the_small_ones() -> None:
    assert hide_small([0, 1, 2, 3, 40]) == (0, None, None, 3, 40)
    assert LEAST == 3
