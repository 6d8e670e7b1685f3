"""Stays at shelters: entry and exit by date, a code and never an address, and the average computed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from outreach_app.domain.errors import DateNotUsableError, NameMissingError
from outreach_app.domain.shelter_stay import ShelterStay
from outreach_app.records.errors import NotFoundError
from outreach_app.services.errors import ShelterCodeError, StayDatesError
from tests.support.sessions import Laptop

DAY = timedelta(days=1)


@pytest.fixture
def maria(laptop: Laptop) -> str:
    return laptop.session.contacts.record_contact("Maria P.").id


def today(laptop: Laptop) -> date:
    return laptop.clock.local_now().date()


def test_the_average_stay_is_computed_from_those_that_are_over(laptop: Laptop, maria: str) -> None:
    stays, day = laptop.session.shelter_stays, today(laptop)
    assert (stays.average_stay().days, stays.average_stay().stays) == (None, 0)
    stays.enter(maria, "house a", day - 40 * DAY, day - 30 * DAY)
    stays.enter(maria, "house b", day - 20 * DAY, day - 5 * DAY)
    open_stay = stays.enter(maria, "house a", day - 3 * DAY).stay
    assert (stays.average_stay().stays, stays.average_stay().days, stays.average_stay().going_on) == (2, 12.5, 1)
    stays.amend(ShelterStay(open_stay.id, "", "house c", open_stay.entered_on, day))
    assert stays.average_stay().days == pytest.approx(28 / 3)
    assert [(each.shelter, each.contact_id) for each in stays.list_stays(maria)] == [
        ("house c", maria), ("house b", maria), ("house a", maria),
    ]  # fmt: skip
    assert stays.list_shelters() == ("house a", "house b", "house c")


def test_there_is_no_place_for_an_address(laptop: Laptop, maria: str) -> None:
    columns = {row[1] for row in laptop.db.execute("PRAGMA table_info(shelter_stays)")}
    assert columns == {"id", "contact_id", "shelter", "entered_on", "left_on", "worker_id", "recorded_at"}
    for typed in ("Havnegade 12", "Havnegade 12 B", "2100 København", "House, north", "x" * 25, "1050"):
        with pytest.raises(ShelterCodeError):
            laptop.session.shelter_stays.enter(maria, typed, today(laptop))
    with pytest.raises(NameMissingError):
        laptop.session.shelter_stays.enter(maria, " ", today(laptop))
    assert laptop.session.shelter_stays.enter(maria, "H2", today(laptop)).stay.shelter == "H2"


@pytest.mark.parametrize(("entered", "left"), [(0, -1), (-2, 1)])
def test_a_stay_ends_after_it_began_and_not_in_days_to_come(laptop: Laptop, maria: str, entered: int, left: int) -> None:
    day = today(laptop)
    with pytest.raises(StayDatesError):
        laptop.session.shelter_stays.enter(maria, "house a", day + entered * DAY, day + left * DAY)


def test_dates_nobody_can_mean_are_refused(laptop: Laptop, maria: str) -> None:
    for day in (date(1, 1, 1), date(9999, 12, 31)):
        with pytest.raises(DateNotUsableError):
            laptop.session.shelter_stays.enter(maria, "house a", day)


def test_a_stay_is_taken_away_and_put_back(laptop: Laptop, maria: str) -> None:
    stays = laptop.session.shelter_stays
    taken = stays.take_away(stays.enter(maria, "house a", today(laptop)).stay.id).stay
    assert stays.list_stays(maria) == ()
    stays.put_back(taken)
    assert stays.list_stays(maria) == (taken,)
    for call in (lambda: stays.take_away("f" * 32), lambda: stays.enter("f" * 32, "a", today(laptop))):
        with pytest.raises(NotFoundError):
            call()


def test_a_stay_of_a_merged_contact_goes_with_her_and_back(laptop: Laptop, maria: str) -> None:
    jacket = laptop.session.contacts.record_contact("Red jacket").id
    stays = laptop.session.shelter_stays
    stays.enter(jacket, "house a", today(laptop))
    merged = laptop.session.grouping.merge_contacts(jacket, maria)
    late = stays.enter(jacket, "house b", today(laptop)).stay
    assert {each.shelter for each in stays.list_stays(maria)} == {"house a", "house b"}
    laptop.session.grouping.undo_regrouping(merged.id)
    assert [each.shelter for each in stays.list_stays(jacket)] == ["house a"]
    assert stays.list_stays(maria) == (late,)
