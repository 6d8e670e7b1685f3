"""Whatever happens to two laptops, their batches and the desk, in any order: the desk ends where the laptops stand."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.support.any_centre import PreparedCentre
from tests.support.any_order import Step, World, world_of

LAPTOP = (
    "meet", "meet", "meet", "amend", "lower", "merge", "merge", "split", "undo", "erase", "blank", "withdraw", "seal", "seal",
    "send", "send", "send", "fetch", "carry", "found", "letters", "old_receipts", "again",
)  # fmt: skip
CENTRE = ("save_desk", "put_desk_back", "step_over", "publish_key", "weeks", "keys", "shed", "shed")
PUT_BACK = ("back_up", "back_up", "restore")
FORGOTTEN = (("amend", 0, 0, 1), ("amend", 0, 0, 2), ("carry", 0, 0, 0))
SEEDS = range(250 if os.environ.get("OUTREACH_FAULTS") == "all" else 3)


def steps_of(verbs: tuple[str, ...], order: random.Random) -> list[Step]:
    """Return 8 to 45 steps, most of them on the first laptop."""
    return [
        (order.choice(verbs), int(order.random() < 0.25), order.randint(0, 5), order.randint(0, 5))
        for _step in range(order.randint(8, 45))
    ]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> PreparedCentre:
    return PreparedCentre.made(tmp_path_factory.mktemp("prepared"))


Play = Callable[..., World]


@pytest.fixture
def play(prepared: PreparedCentre, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    """Return what opens a fresh copy of everything, does the steps, lets all arrive, and checks."""
    with ExitStack() as stack:

        def played(steps: list[Step], order: random.Random | None = None) -> World:
            stack.close()
            world = world_of(prepared, tmp_path_factory.mktemp("any"), order or random.Random(1), stack)
            world.run(steps)
            world.settle()
            world.check()
            return world

        yield played


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("more", [(), CENTRE, PUT_BACK], ids=["laptops", "and_the_centre", "laptops_put_back"])
def test_the_desk_ends_where_the_laptops_stand(play: Play, more: tuple[str, ...], seed: int) -> None:
    order = random.Random(f"{more}{seed}")
    play(steps_of(LAPTOP + more, order), order)


def test_a_contact_is_erased_at_the_centre_by_a_laptop_that_forgot_what_it_had_sent(play: Play) -> None:
    world = play([
        ("meet", 0, 1, 1), ("back_up", 0, 0, 0), ("carry", 0, 0, 0), ("restore", 0, 0, 0), ("erase", 0, 1, 0),
    ])  # fmt: skip
    assert world.sides[0].gone
    assert world.records_of(0) == set()


@pytest.mark.parametrize(("verb", "at"), [("blank", 0), ("withdraw", 1)])
def test_words_go_at_the_centre_though_the_laptop_forgot_that_it_had_sent_them(play: Play, verb: str, at: int) -> None:
    world = play([
        ("meet", 0, 1, 2), ("back_up", 0, 0, 0), ("carry", 0, 0, 0), *FORGOTTEN, ("restore", 0, 0, 0), (verb, 0, at, 0),
    ])  # fmt: skip
    assert len(world.records_of(0)) == 1


def test_what_is_amended_after_a_backup_was_put_back_counts_before_what_was_forgotten(play: Play) -> None:
    world = play([
        ("meet", 0, 1, 1), ("back_up", 0, 0, 0), *FORGOTTEN, ("restore", 0, 0, 0), ("amend", 0, 0, 5),
        ("carry", 0, 0, 0), ("amend", 0, 0, 6), ("carry", 0, 0, 0),
    ])  # fmt: skip
    held = world.centre.desk.vault.connection.execute("SELECT b.body FROM latest_records AS r JOIN record_bodies AS b ON b.record = r.number").fetchall()
    assert [b"again6" in body for (body,) in held] == [True]


def test_a_merge_by_a_laptop_that_forgot_what_it_had_sent_makes_one_person_of_two(play: Play) -> None:
    world = play([
        ("meet", 0, 1, 1), ("meet", 0, 2, 1), ("back_up", 0, 0, 0), ("carry", 0, 0, 0), ("restore", 0, 0, 0),
        ("merge", 0, 1, 2),
    ])  # fmt: skip
    assert len(set(world.people_of(0))) == 1
