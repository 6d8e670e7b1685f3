"""Who is one person at the desk: by the notices that have come, in whatever order, for what comes later too."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach_app.centre.desk.counting import count
from outreach_app.centre.desk.ingestion import take_in
from outreach_app.centre.desk.opening import Desk, open_desk
from outreach_app.centre.desk.regrouping import roots_of
from outreach_app.sync.receipts import ReasonCode
from outreach_app.wire.batch_records import (
    ApartRecord,
    BatchRecord,
    MergeRecord,
    NoticeRecord,
    RecordVersion,
    SplitRecord,
)
from tests.support.clock import FakeClock
from tests.support.desk import (
    PASSPHRASE,
    WORKER,
    Sender,
    answer_to,
    coded,
    enrol,
    note,
    record_id,
    rows_of,
    sender,
    tally,
)
from tests.support.sync_people import LAPTOP, OTHER_LAPTOP

ANNA, MARIA, THIRD, FOURTH = (record_id(number) for number in (71, 72, 73, 74))


def merge(number: int, contact: str, into: str) -> MergeRecord:
    return MergeRecord(id=record_id(number), version=1, worker=WORKER, contact=contact, into=into)


def apart(number: int, undone: MergeRecord) -> ApartRecord:
    return ApartRecord(
        id=record_id(number), version=1, worker=WORKER, merge=undone.id, contact=undone.contact, into=undone.into
    )


def split(number: int, contact: str, made: str, *through: tuple[int, int]) -> SplitRecord:
    moved = [RecordVersion(id=record_id(record), version=version) for record, version in through]
    return SplitRecord(id=record_id(number), version=1, worker=WORKER, contact=contact, made=made, through=moved)


def about(desk: Desk) -> dict[str, str]:
    return dict(desk.vault.connection.execute("SELECT id, contact FROM latest_records").fetchall())


def test_merged_contacts_count_once_also_with_what_comes_later_until_they_stand_apart(desk: Desk, laptop: Sender) -> None:
    one = merge(50, ANNA, MARIA)
    take_in(desk, laptop.seal(coded(1, contact=ANNA), coded(2, contact=MARIA), one).data)
    take_in(desk, laptop.seal(coded(3, contact=ANNA)).data)
    counted = count(desk)
    assert (counted.totals.contacts, counted.totals.encounters, counted.totals.not_linkable) == (1, 3, 1)
    assert [row.contacts for row in counted.rows] == [1]
    assert set(about(desk).values()) == {MARIA}
    asked = laptop.seal(apart(51, one))
    take_in(desk, asked.data)
    assert about(desk) == {record_id(1): ANNA, record_id(2): MARIA, record_id(3): ANNA}
    assert [(row.id, row.completeness) for row in answer_to(desk, asked).covered] == [(record_id(51), "coded")]


def test_an_undoing_that_comes_first_keeps_its_merge_from_ever_holding(desk: Desk, laptop: Sender) -> None:
    one = merge(50, ANNA, MARIA)
    take_in(desk, laptop.seal(coded(1, contact=ANNA), apart(51, one)).data)
    take_in(desk, laptop.seal(one).data)
    assert about(desk) == {record_id(1): ANNA}


def test_codes_that_share_a_contact_and_contacts_that_share_a_code_are_one_person(desk: Desk, laptop: Sender) -> None:
    enrol(desk, OTHER_LAPTOP)
    first, second = "1" * 64, "2" * 64
    take_in(desk, laptop.seal(
        note(1, contact=ANNA, linkage_code=first), note(2, contact=MARIA, linkage_code=second), note(3, contact=THIRD),
    ).data)
    take_in(desk, sender(desk, OTHER_LAPTOP).seal(note(4, contact=FOURTH, linkage_code=second)).data)
    assert (count(desk).totals.persons_linked, count(desk).totals.not_linkable) == (2, 1)
    take_in(desk, laptop.seal(merge(50, ANNA, MARIA), merge(51, THIRD, MARIA)).data)
    totals = count(desk).totals
    assert (totals.persons_linked, totals.not_linkable, totals.contacts) == (1, 0, 2)


def test_a_split_moves_what_was_sent_and_later_versions_say_themselves(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(coded(1, contact=ANNA), coded(2, contact=ANNA), tally(9)).data)
    take_in(desk, laptop.seal(split(50, ANNA, THIRD, (1, 1), (9, 1))).data)
    assert about(desk) == {record_id(1): THIRD, record_id(2): ANNA, record_id(9): None}
    take_in(desk, laptop.seal(coded(1, version=2, contact=FOURTH)).data)
    assert about(desk)[record_id(1)] == FOURTH


def test_a_note_that_comes_after_its_split_is_moved_too_and_the_furthest_split_holds(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(split(51, THIRD, FOURTH, (1, 2))).data)
    take_in(desk, laptop.seal(split(50, ANNA, THIRD, (1, 1))).data)
    take_in(desk, laptop.seal(coded(1, contact=ANNA)).data)
    assert about(desk) == {record_id(1): FOURTH}
    take_in(desk, laptop.seal(merge(52, FOURTH, ANNA)).data)
    assert about(desk) == {record_id(1): ANNA}


def test_of_two_merges_of_one_contact_the_later_holds_whenever_it_comes(desk: Desk, laptop: Sender) -> None:
    """A vault put back from a backup begins a new epoch and knows nothing of the merge it had told of."""
    before = laptop.seal(coded(1, contact=ANNA), merge(50, ANNA, MARIA))
    again = Sender(laptop.laptop, laptop.centre_key, epoch=2)
    take_in(desk, again.seal(merge(51, ANNA, THIRD)).data)
    take_in(desk, before.data)
    assert about(desk) == {record_id(1): THIRD}


def test_a_circle_is_one_person(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(coded(1, contact=ANNA), coded(2, contact=MARIA), merge(50, ANNA, MARIA)).data)
    take_in(desk, laptop.seal(merge(51, MARIA, ANNA)).data)
    assert count(desk).totals.contacts == 1
    assert roots_of({"c": "a", "a": "b", "b": "a", "d": "c"}) == {"c": "a", "a": "a", "b": "a", "d": "a"}


@pytest.mark.parametrize(
    "notice",
    [
        merge(50, ANNA, MARIA), merge(50, MARIA, ANNA), split(50, ANNA, THIRD, (1, 1)), split(50, MARIA, THIRD, (1, 1)),
        apart(50, merge(60, MARIA, THIRD)),
    ],
)  # fmt: skip
def test_a_laptop_speaks_only_of_what_it_sent_itself(desk: Desk, laptop: Sender, notice: NoticeRecord) -> None:
    enrol(desk, OTHER_LAPTOP)
    theirs = sender(desk, OTHER_LAPTOP)
    take_in(desk, theirs.seal(coded(1, contact=ANNA), coded(3, contact=THIRD), merge(60, ANNA, THIRD)).data)
    take_in(desk, laptop.seal(coded(2, contact=MARIA)).data)
    before = about(desk)
    asked = laptop.seal(notice, coded(5, contact=MARIA))
    take_in(desk, asked.data)
    receipt = answer_to(desk, asked)
    assert [(row.id, row.reason) for row in receipt.quarantined] == [(record_id(50), ReasonCode.UNKNOWN_REFERENCE)]
    assert [row.id for row in receipt.covered] == [record_id(5)]
    assert about(desk) == before | {record_id(5): MARIA}


def test_two_laptops_with_the_same_id_stay_apart_whoever_comes_first(desk: Desk, laptop: Sender) -> None:
    enrol(desk, OTHER_LAPTOP)
    theirs = sender(desk, OTHER_LAPTOP)
    take_in(desk, laptop.seal(merge(50, ANNA, MARIA)).data)
    take_in(desk, theirs.seal(coded(1, contact=ANNA)).data)
    take_in(desk, laptop.seal(coded(2, contact=ANNA)).data)
    assert about(desk) == {record_id(1): ANNA, record_id(2): MARIA}


def test_a_notice_a_second_time_is_known_and_changes_nothing(desk: Desk, laptop: Sender) -> None:
    one = merge(50, ANNA, MARIA)
    take_in(desk, laptop.seal(coded(1, contact=ANNA), one).data)
    again = laptop.seal(one)
    take_in(desk, again.data)
    assert (answer_to(desk, again).counts.known, rows_of(desk, "notices"), rows_of(desk, "merges")) == (1, 1, 1)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.randoms(use_true_random=False), undone=st.sets(st.integers(0, 2)))
def test_the_order_in_which_lines_come_changes_nothing(
    made_centre: Path, tmp_path_factory: pytest.TempPathFactory, order: random.Random, undone: set[int]
) -> None:
    """A chain of merges, some of it taken back, a split within it, each line in a batch of its own."""
    merges = [merge(50, ANNA, MARIA), merge(51, MARIA, THIRD), merge(52, FOURTH, THIRD)]
    lines: list[BatchRecord] = [*merges, split(70, MARIA, FOURTH, (2, 1))]
    lines += [apart(60 + number, merges[number]) for number in undone]
    lines += [coded(number, contact=contact) for number, contact in enumerate((ANNA, MARIA, THIRD, FOURTH), start=1)]
    found = []
    for shuffled in (lines, order.sample(lines, len(lines))):
        centre = shutil.copytree(made_centre, tmp_path_factory.mktemp("order") / "centre")
        with open_desk(centre, PASSPHRASE, clock=FakeClock()) as desk:
            laptop = sender(desk, LAPTOP)
            for line in shuffled:
                take_in(desk, laptop.seal(line).data)
            found.append(about(desk))
    assert found[0] == found[1]
