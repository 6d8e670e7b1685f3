"""Where a laptop's vault stood rides in each batch: going back, standing still or going on in two ways is noticed."""

from __future__ import annotations

from typing import Any

import pytest

from outreach_app.centre.desk.device_states import DeviceState, list_states
from outreach_app.centre.desk.devices import revoke_device
from outreach_app.centre.desk.ingestion import take_in
from outreach_app.centre.desk.opening import Desk
from tests.support.desk import Sender, answer_to, coded, sender, standing
from tests.support.sync_people import LAPTOP


def state(desk: Desk) -> DeviceState:
    (only,) = list_states(desk)
    return only


def alarms(desk: Desk) -> list[str]:
    return [alarm.kind for alarm in state(desk).alarms]


def test_a_vault_that_goes_on_raises_nothing_and_is_counted_nowhere(desk: Desk, laptop: Sender) -> None:
    first = laptop.seal(coded(1), standing(90, 10))
    take_in(desk, first.data)
    take_in(desk, laptop.seal(coded(2), standing(91, 14)).data)
    found = state(desk)
    assert (found.epoch, found.last_batch, found.step, found.audit_entries, found.alarms) == (1, 2, 14, 14, ())
    assert not found.is_suspicious
    receipt = answer_to(desk, first)
    assert (receipt.counts.records, receipt.counts.ingested, len(receipt.covered)) == (1, 1, 1)


@pytest.mark.parametrize(
    ("second", "kinds"),
    [
        ({"step": 9}, ["audit_shorter", "step_not_grown"]),
        ({"step": 10}, ["step_not_grown"]),
        ({"step": 10, "head": "ab" * 32}, ["other_chain"]),
        ({"step": 12, "audit_entries": 9}, ["audit_shorter"]),
        ({"step": 12, "audit_entries": 10, "audit_head": "cd" * 32}, ["audit_rewritten"]),
        ({"step": 12, "epoch": 3}, ["other_chain"]),
    ],
)
def test_what_cannot_be_raises_an_alarm(desk: Desk, laptop: Sender, second: dict[str, Any], kinds: list[str]) -> None:
    take_in(desk, laptop.seal(coded(1), standing(90, 10)).data)
    take_in(desk, laptop.seal(coded(2), standing(91, **second)).data)
    assert alarms(desk) == kinds
    assert state(desk).is_suspicious


def test_a_restored_vault_begins_a_new_life_without_an_alarm(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(coded(1), standing(90, 100)).data)
    reborn = sender(desk, LAPTOP)
    reborn.epoch = 2
    take_in(desk, reborn.seal(coded(2), standing(91, 60, epoch=2)).data)
    assert (alarms(desk), state(desk).epoch, state(desk).last_batch) == ([], 2, 1)


def test_a_laptop_that_goes_on_in_an_earlier_life_is_noticed(desk: Desk, laptop: Sender) -> None:
    reborn = sender(desk, LAPTOP)
    reborn.epoch = 2
    take_in(desk, reborn.seal(coded(2), standing(91, 60, epoch=2)).data)
    take_in(desk, laptop.seal(coded(1), standing(90, 100)).data)
    assert alarms(desk) == ["epoch_before"]


def test_a_fork_is_shown_with_its_laptop(desk: Desk, laptop: Sender) -> None:
    take_in(desk, laptop.seal(coded(1)).data)
    take_in(desk, sender(desk, LAPTOP).seal(coded(2)).data)
    assert (state(desk).forks, state(desk).is_suspicious) == (1, True)


def test_a_laptop_that_never_sent_and_a_revoked_one_are_listed(desk: Desk) -> None:
    assert (state(desk).last_batch, state(desk).last_heard, state(desk).status) == (0, "", "enrolled")
    revoke_device(desk, LAPTOP.device)
    assert state(desk).status == "revoked"
