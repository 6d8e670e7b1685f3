"""A sealing key a month: made, published, superseded, retired, destroyed; what came in time is read, the rest asked for again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from outreach_app.centre.desk.collecting import collect_from_stick, list_gaps
from outreach_app.centre.desk.counting import count
from outreach_app.centre.desk.errors import KeyMissingError
from outreach_app.centre.desk.ingestion import Outcome, take_in
from outreach_app.centre.desk.key_rotation import (
    DUE_AFTER,
    GRACE,
    KEPT_RETIRED,
    keep_up,
    key_to_publish,
    list_keys,
    mark_published,
    rotate_sealing_key,
    rotation,
)
from outreach_app.centre.desk.opening import Desk, open_desk
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.sync.receipts import ReasonCode
from outreach_app.sync.sealing import key_id
from outreach_app.vault import audit
from tests.support.clock import FakeClock
from tests.support.decrypted import files_with_bytes
from tests.support.desk import PASSPHRASE, Sender, answer_to, coded, sender
from tests.support.sync_people import LAPTOP


def stages(desk: Desk) -> list[str]:
    return [key.stage.value for key in list_keys(desk)]


def publish_new(desk: Desk) -> str:
    """Make a key and publish it; return its id."""
    name = key_id(rotate_sealing_key(desk))
    mark_published(desk, name)
    return name


def pass_time(desk: Desk, clock: FakeClock, span: timedelta) -> None:
    clock.advance(span.total_seconds())
    keep_up(desk)


def test_a_new_key_is_due_after_a_month_and_made_once(desk: Desk, clock: FakeClock) -> None:
    first = key_to_publish(desk)
    assert (stages(desk), rotation(desk).due) == (["current"], False)
    clock.advance((DUE_AFTER - timedelta(seconds=1)).total_seconds())
    assert not rotation(desk).due
    clock.advance(1)
    assert rotation(desk).due
    made = rotate_sealing_key(desk)
    assert (rotate_sealing_key(desk), key_to_publish(desk)) == (made, made)
    assert (stages(desk), rotation(desk).due, rotation(desk).waits) == (["current", "next"], False, True)
    assert desk.keys.current_sealing_key.public == first, "laptops do not know the next one yet"


def test_publishing_makes_it_current_and_the_one_before_opens_for_a_while(
    desk: Desk, laptop: Sender, clock: FakeClock
) -> None:
    name = publish_new(desk)
    mark_published(desk, name)
    assert stages(desk) == ["previous", "current"]
    assert desk.keys.current_sealing_key.key_id == name
    pass_time(desk, clock, GRACE - timedelta(seconds=1))
    assert take_in(desk, laptop.seal(coded(1)).data)[0].outcome is Outcome.INGESTED
    pass_time(desk, clock, timedelta(seconds=1))
    assert stages(desk) == ["retired", "current"]
    late = laptop.seal(coded(2))
    assert take_in(desk, late.data)[0].reason is ReasonCode.KEY_RETIRED
    assert answer_to(desk, late).kind == "reseal"
    laptop.centre_key = desk.keys.current_sealing_key
    assert take_in(desk, laptop.seal(coded(2)).data)[0].outcome is Outcome.INGESTED
    assert (count(desk).totals.encounters, list_gaps(desk)) == (2, ())


def test_a_batch_sealed_for_the_key_that_is_just_being_published_is_read(desk: Desk, laptop: Sender) -> None:
    rotate_sealing_key(desk)
    laptop.centre_key = type(laptop.centre_key)(key_to_publish(desk))
    assert take_in(desk, laptop.seal(coded(1)).data)[0].outcome is Outcome.INGESTED


def test_what_came_in_time_and_waits_is_read_after_its_key_was_retired(
    desk: Desk, laptop: Sender, clock: FakeClock
) -> None:
    first, second = laptop.seal(coded(1)), laptop.seal(coded(2))
    take_in(desk, second.data)
    publish_new(desk)
    pass_time(desk, clock, GRACE)
    taken = take_in(desk, first.data)
    assert [one.outcome for one in taken] == [Outcome.RESEAL, Outcome.INGESTED]
    assert count(desk).totals.encounters == 1


def test_what_waits_until_its_key_is_destroyed_is_asked_for_again(
    desk: Desk, laptop: Sender, clock: FakeClock, tmp_path: Path
) -> None:
    lost, second = laptop.seal(coded(1)), laptop.seal(coded(2))
    take_in(desk, second.data)
    publish_new(desk)
    pass_time(desk, clock, GRACE)
    clock.advance(KEPT_RETIRED.total_seconds())
    collect_from_stick(desk, StickFolder(tmp_path))
    assert (answer_to(desk, second).kind, stages(desk)) == ("reseal", ["destroyed", "current"])
    assert list_gaps(desk) == ()
    assert take_in(desk, lost.data)[0].outcome is Outcome.RESEAL
    laptop.centre_key = desk.keys.current_sealing_key
    assert take_in(desk, laptop.seal(coded(1), coded(2)).data)[0].new_records == 2


def test_what_waits_for_a_later_key_goes_on_waiting(desk: Desk, laptop: Sender, clock: FakeClock) -> None:
    lost, second = laptop.seal(coded(1)), laptop.seal(coded(2))
    take_in(desk, second.data)
    publish_new(desk)
    laptop.centre_key = desk.keys.current_sealing_key
    fourth = [laptop.seal(coded(number)) for number in (3, 4)][1]
    take_in(desk, fourth.data)
    pass_time(desk, clock, GRACE)
    pass_time(desk, clock, KEPT_RETIRED)
    assert [(gap.first_missing, gap.last_missing, gap.waiting) for gap in list_gaps(desk)] == [(1, 1, 1), (3, 3, 1)]
    assert take_in(desk, lost.data)[0].outcome is Outcome.RESEAL
    assert take_in(desk, laptop.sealed[2].data)[-1].outcome is Outcome.INGESTED
    assert count(desk).totals.encounters == 2


def test_a_key_that_is_gone_some_other_way_lets_nothing_wait_for_ever(desk: Desk, laptop: Sender) -> None:
    first, second = laptop.seal(coded(1)), laptop.seal(coded(2))
    take_in(desk, second.data)
    publish_new(desk)
    with desk.vault.transaction() as connection:
        gone = first.header.centre_key_id
        connection.execute("UPDATE centre_keys SET private = X'' WHERE purpose = 'sealing' AND id = ?", (gone,))
    desk.reload_keys()
    assert [one.outcome for one in take_in(desk, first.data)] == [Outcome.RESEAL, Outcome.RESEAL]


def test_a_destroyed_key_is_in_no_page_of_the_register(desk: Desk, clock: FakeClock) -> None:
    private = desk.keys.sealing[0].keys
    assert private is not None
    old = private.to_bytes()
    raw = desk.vault.unlocked.keys.database_key()
    assert files_with_bytes(desk.vault.folder, raw, old[-32:]) == ["vault.db"]
    publish_new(desk)
    pass_time(desk, clock, GRACE)
    assert files_with_bytes(desk.vault.folder, raw, old[-32:]) == ["vault.db"]
    pass_time(desk, clock, KEPT_RETIRED)
    assert files_with_bytes(desk.vault.folder, raw, old[-32:]) == []
    assert desk.keys.sealing[0].keys is None


def test_a_clock_ten_years_ahead_destroys_nothing_in_one_round(desk: Desk, clock: FakeClock) -> None:
    publish_new(desk)
    pass_time(desk, clock, timedelta(days=3650))
    assert stages(desk) == ["retired", "current"]


def test_a_desk_that_is_opened_again_knows_the_same_keys(centre: Path, clock: FakeClock) -> None:
    with open_desk(centre, PASSPHRASE, clock=clock) as desk:
        name = publish_new(desk)
        waiting = rotate_sealing_key(desk)
        before = list_keys(desk)
    with open_desk(centre, PASSPHRASE, clock=clock) as desk:
        assert (list_keys(desk), desk.keys.current_sealing_key.key_id, key_to_publish(desk)) == (before, name, waiting)


def test_a_key_nobody_made_is_not_published(desk: Desk) -> None:
    with pytest.raises(KeyMissingError):
        mark_published(desk, "0" * 32)


def test_a_register_without_a_current_key_says_so(desk: Desk) -> None:
    with desk.vault.transaction() as connection:
        connection.execute("UPDATE sealing_stages SET superseded_at = '2026-03-01T00:00:00+00:00'")
    desk.reload_keys()
    with pytest.raises(KeyMissingError):
        _ = desk.keys.current_sealing_key


@pytest.mark.parametrize("purpose", ["root", "receipt", "linkage", "sealing"])
def test_a_register_that_lacks_a_key_says_which(desk: Desk, purpose: str) -> None:
    with desk.vault.transaction() as connection:
        connection.execute("DELETE FROM centre_keys WHERE purpose = ?", (purpose,))
    with pytest.raises(KeyMissingError) as told:
        desk.reload_keys()
    assert purpose in told.value.sentence()


def test_each_step_stands_in_the_audit(desk: Desk, clock: FakeClock) -> None:
    first = desk.keys.current_sealing_key.key_id
    name = publish_new(desk)
    pass_time(desk, clock, GRACE)
    pass_time(desk, clock, KEPT_RETIRED)
    told = [entry.detail for entry in audit.list_entries(desk.vault) if entry.action == "sealing_key"]
    assert told == [f"destroyed:{first}", f"retired:{first}", f"published:{name}", f"made:{name}"]


def test_a_sender_enrolled_after_publishing_seals_for_the_new_key(desk: Desk) -> None:
    name = publish_new(desk)
    assert sender(desk, LAPTOP).centre_key.key_id == name
