"""Numbers that never come: named until they came, or until somebody decided not to wait; what comes late still counts once."""

from __future__ import annotations

import pytest

from outreach_app.centre.desk.collecting import list_gaps
from outreach_app.centre.desk.counting import count
from outreach_app.centre.desk.device_states import list_states
from outreach_app.centre.desk.devices import revoke_device
from outreach_app.centre.desk.errors import DeviceUnknownError, NumberNotMissingError
from outreach_app.centre.desk.gaps import STEP_REASONS, step_over
from outreach_app.centre.desk.ingestion import Outcome, settle_waiting, take_in
from outreach_app.centre.desk.opening import Desk
from outreach_app.sync.receipts import ReasonCode
from outreach_app.vault import audit
from outreach_app.wire.batch_records import SCHEMA, ErasureRecord, VoidRecord
from tests.support.desk import WORKER, Sender, answer_to, coded, record_id, rows_of, sender, standing
from tests.support.sync_people import LAPTOP, OTHER_LAPTOP


def missing(desk: Desk) -> list[tuple[int, int, int]]:
    return [(gap.first_missing, gap.last_missing, gap.waiting) for gap in list_gaps(desk)]


def test_every_gap_is_named_with_what_waits_behind_it(desk: Desk, laptop: Sender) -> None:
    batches = [laptop.seal(coded(number)) for number in range(1, 10)]
    for place in (0, 3, 4, 8):
        take_in(desk, batches[place].data)
    assert missing(desk) == [(2, 3, 3), (6, 8, 1)]
    take_in(desk, batches[2].data)
    assert missing(desk) == [(2, 2, 4), (6, 8, 1)]
    take_in(desk, batches[1].data)
    assert missing(desk) == [(6, 8, 1)]


def test_a_number_nobody_waits_for_blocks_nothing_behind_it(desk: Desk, laptop: Sender) -> None:
    batches = [laptop.seal(coded(number)) for number in range(1, 6)]
    for place in (0, 2, 4):
        take_in(desk, batches[place].data)
    taken = step_over(desk, LAPTOP.device, 1, 2, "laptop_restored")
    assert [(one.seq, one.outcome) for one in taken] == [(3, Outcome.INGESTED)]
    assert missing(desk) == [(4, 4, 1)]
    assert take_in(desk, batches[3].data)[-1].seq == 5
    assert (missing(desk), count(desk).totals.encounters) == ([], 4)
    (entry,) = (one for one in audit.list_entries(desk.vault) if one.action == "stepped_over")
    assert (entry.subject, entry.detail) == (LAPTOP.device, "1.2:laptop_restored")


def test_a_number_in_the_middle_of_a_gap_may_be_let_go_first(desk: Desk, laptop: Sender) -> None:
    batches = [laptop.seal(coded(number)) for number in range(1, 6)]
    take_in(desk, batches[4].data)
    assert missing(desk) == [(1, 4, 1)]
    assert step_over(desk, LAPTOP.device, 1, 3, "stick_lost") == ()
    assert missing(desk) == [(1, 2, 1), (4, 4, 1)]
    for batch in (batches[0], batches[1], batches[3]):
        take_in(desk, batch.data)
    assert (missing(desk), count(desk).totals.encounters) == ([], 4)


def test_a_batch_that_comes_after_all_is_taken_in_once_and_raises_no_alarm(desk: Desk, laptop: Sender) -> None:
    batches = [laptop.seal(coded(number), standing(90 + number, 10 * number)) for number in range(1, 4)]
    take_in(desk, batches[0].data)
    take_in(desk, batches[2].data)
    step_over(desk, LAPTOP.device, 1, 2, "stick_lost")
    (taken,) = take_in(desk, batches[1].data)
    assert (taken.outcome, taken.new_records) == (Outcome.INGESTED, 1)
    assert take_in(desk, batches[1].data)[0].outcome is Outcome.REPEATED
    assert (count(desk).totals.encounters, answer_to(desk, batches[1]).kind) == (3, "ingested")
    (state,) = list_states(desk)
    assert (state.last_batch, state.step, state.alarms, state.forks) == (3, 30, (), 0)


def test_what_was_erased_meanwhile_stays_away_when_the_batch_comes_late(desk: Desk, laptop: Sender) -> None:
    lost = laptop.seal(coded(1), coded(2))
    erasure = ErasureRecord(
        id=record_id(77), version=1, worker=WORKER, contact=coded(1).contact, records=[record_id(1)]
    )
    take_in(desk, laptop.seal(erasure).data)
    step_over(desk, LAPTOP.device, 1, 1, "stick_lost")
    (taken,) = take_in(desk, lost.data)
    assert (taken.new_records, taken.quarantined, count(desk).totals.encounters) == (1, 1, 1)
    assert answer_to(desk, lost).quarantined[0].reason is ReasonCode.GONE_BEFORE


def test_a_late_batch_of_another_chain_is_turned_away(desk: Desk, laptop: Sender) -> None:
    copy = sender(desk, LAPTOP)
    lost, second = laptop.seal(coded(1)), laptop.seal(coded(2))
    take_in(desk, second.data)
    step_over(desk, LAPTOP.device, 1, 1, "other")
    assert take_in(desk, copy.seal(coded(3)).data)[0].reason is ReasonCode.CHAIN_BROKEN
    assert take_in(desk, lost.data)[0].outcome is Outcome.INGESTED


def test_a_late_batch_whose_follower_is_not_here_is_taken(desk: Desk, laptop: Sender) -> None:
    batches = [laptop.seal(coded(number)) for number in range(1, 4)]
    take_in(desk, batches[2].data)
    step_over(desk, LAPTOP.device, 1, 1, "other")
    step_over(desk, LAPTOP.device, 1, 2, "other")
    assert [take_in(desk, batches[place].data)[0].outcome for place in (0, 1)] == [Outcome.INGESTED] * 2
    assert count(desk).totals.encounters == 3


def test_what_its_laptop_gave_up_is_not_opened_even_when_it_comes_late(desk: Desk, laptop: Sender) -> None:
    lost, second = laptop.seal(coded(1)), laptop.seal(coded(2))
    take_in(desk, second.data)
    step_over(desk, LAPTOP.device, 1, 1, "other")
    void = VoidRecord(id=record_id(70), version=1, worker=WORKER, epoch=1, seq=1, sha512=lost.sha512)
    take_in(desk, laptop.seal(void).data)
    (taken,) = take_in(desk, lost.data)
    assert (taken.outcome, taken.reason) == (Outcome.REJECTED, ReasonCode.GIVEN_UP)
    assert count(desk).totals.encounters == 1


def test_a_late_batch_of_a_newer_program_waits_for_a_newer_desk(desk: Desk, laptop: Sender) -> None:
    lost, second = laptop.seal(coded(1), schema=SCHEMA + 1), laptop.seal(coded(2))
    take_in(desk, second.data)
    step_over(desk, LAPTOP.device, 1, 1, "other")
    assert take_in(desk, lost.data)[0].outcome is Outcome.WAITING
    desk.vault.connection.execute("UPDATE batches SET schema = ?", (SCHEMA,))
    assert [one.outcome for one in settle_waiting(desk)] == [Outcome.INGESTED]
    assert (missing(desk), rows_of(desk, "batches WHERE state = 'waiting'")) == ([], 0)


@pytest.mark.parametrize(("epoch", "seq"), [(1, 1), (1, 3), (1, 4), (2, 2)])
def test_only_what_is_missing_can_be_let_go(desk: Desk, laptop: Sender, epoch: int, seq: int) -> None:
    first, _second, third = (laptop.seal(coded(number)) for number in range(3))
    take_in(desk, first.data)
    take_in(desk, third.data)
    with pytest.raises(NumberNotMissingError):
        step_over(desk, LAPTOP.device, epoch, seq, STEP_REASONS[0])
    assert (rows_of(desk, "stepped_over"), missing(desk)) == (0, [(2, 2, 1)])
    with pytest.raises(DeviceUnknownError):
        step_over(desk, OTHER_LAPTOP.device, 1, 2, STEP_REASONS[0])


def test_nothing_is_asked_of_a_revoked_laptop(desk: Desk, laptop: Sender) -> None:
    laptop.seal(coded(1))
    take_in(desk, laptop.seal(coded(2)).data)
    revoke_device(desk, LAPTOP.device)
    assert missing(desk) == []
    with pytest.raises(NumberNotMissingError):
        step_over(desk, LAPTOP.device, 1, 1, "other")
