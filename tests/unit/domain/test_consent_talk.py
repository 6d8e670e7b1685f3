"""The seven points: shown before ticked, one by one; and which consent is for whom."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from outreach_app.domain.consent import POINTS, RECIPIENTS, Consent, ConsentLevel, covers, lower_levels
from outreach_app.domain.consent_talk import ConsentTalk
from outreach_app.domain.errors import PointNotShownError
from outreach_app.domain.referral import OPEN_STATES, STATES, next_states


def talked() -> ConsentTalk:
    talk = ConsentTalk(version=1)
    for point in POINTS:
        talk = talk.show(point).tick(point)
    return talk


def consent(**values: object) -> Consent:
    given = {"recipient": "cmm", "partner": "", "points": POINTS, "withdrawn_on": None, **values}
    return Consent(
        id="c", contact_id="p", points_version=1, language="ro", manner="spoken", speaking="alone",
        given_on=date(2026, 3, 2), encounter_id=None, worker_id="w", recorded_at=datetime(2026, 3, 2, tzinfo=UTC),
        **given,
    )  # fmt: skip


@pytest.mark.parametrize("point", POINTS)
def test_a_point_is_ticked_only_after_its_text_was_shown(point: str):
    talk = ConsentTalk(version=1)
    with pytest.raises(PointNotShownError):
        talk.tick(point)
    assert talk.show(point).tick(point).ticked == (point,)


def test_there_is_no_way_to_tick_all_without_showing_each():
    talk = ConsentTalk(version=1, ticked=POINTS)
    assert not talk.complete
    assert not ConsentTalk(version=1, shown=frozenset(POINTS)).complete
    assert talked().complete


def test_a_tick_counts_once_and_can_be_taken_away():
    talk = talked().tick("who")
    assert talk.ticked == POINTS
    assert not talk.untick("see").complete


def test_a_consent_is_in_force_when_explained_whole_and_not_taken_back():
    assert consent().in_force
    assert not consent(points=POINTS[:6]).in_force
    assert not consent(withdrawn_on=date(2026, 3, 3)).in_force


def test_a_consent_is_for_one_recipient_and_one_partner():
    assert covers(consent(), "cmm", "")
    assert not covers(consent(), "police", "")
    partner = consent(recipient="partner", partner="Lighthouse")
    assert covers(partner, "partner", "lighthouse")
    assert not covers(partner, "partner", "Harbour")


@pytest.mark.parametrize("recipient", RECIPIENTS)
def test_what_a_note_is_lowered_to_lets_less_leave(recipient: str):
    levels = lower_levels(recipient)
    assert levels[0] is ConsentLevel.CODED
    assert ConsentLevel.REFERRAL not in levels
    assert (ConsentLevel.FOLLOW_UP in levels) is (recipient != "cmm")


@pytest.mark.parametrize("state", STATES)
def test_news_of_a_referral_come_in_any_order_but_it_is_made_once(state: str):
    assert "made" not in next_states(state)
    assert state not in next_states(state)
    assert set(STATES) > OPEN_STATES
