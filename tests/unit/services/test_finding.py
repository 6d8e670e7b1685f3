"""Notes found by any mixture of words, names, places, signs, languages, days, states and settings; searches that stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from outreach_app.domain.encounter import FollowUp
from outreach_app.domain.errors import (
    KeptSearchNameTakenError,
    NameMissingError,
    NothingToKeepError,
    TooManyEntriesError,
)
from outreach_app.domain.finding import Filters, FoundCode
from outreach_app.records.errors import NotFoundError
from outreach_app.services.kept_searches import MOST_KEPT
from tests.support.sessions import MET_AT, Laptop, PreparedLaptop, met

TAKEN = "coercion_at_destination.documents_taken"
LOW_PAY = "exploitation.low_pay"


@dataclass
class Noted:
    """A laptop with five notes; ``names`` says which id is which."""

    laptop: Laptop
    names: dict[str, str]
    maria: str
    parlour: str

    def find(self, filters: Filters, limit: int = 50, offset: int = 0) -> list[str]:
        return [self.names[row.id] for row in self.laptop.session.search.find(filters, limit, offset).rows]


@pytest.fixture(scope="module")
def noted(prepared: PreparedLaptop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Noted]:
    with prepared.copy(tmp_path_factory.mktemp("finding") / "vault") as laptop:
        session = laptop.session
        maria = session.contacts.record_contact("Maria P.").id
        jacket = session.contacts.record_contact("Zoë red jacket").id
        parlour = session.places.record_place("VES-12", "massage_parlour").id
        names = {
            laptop.finish("a doctor", contact_id=maria, place_id=parlour, setting="massage_parlour", languages=("th", "en"),
                          answers={f"as.{TAKEN}": "told", f"as.{LOW_PAY}": "observed"}): "first",
            laptop.finish("a doctor again", contact_id=jacket, met_at=MET_AT - timedelta(days=10), languages=("ro",),
                          answers={f"al.{TAKEN}": "told_by_others"}, profile="adult_labour"): "older day",
            laptop.finish("secret words", contact_id=maria, answers={f"as.{TAKEN}": "not_present"}): "blanked",
            laptop.finish("nothing said", setting="bar"): "amended",
            laptop.finish("last", follow_up=FollowUp(MET_AT.date(), "ring")): "last",
        }  # fmt: skip
        ids = {name: note for note, name in names.items()}
        session.encounters.amend_encounter(ids["amended"], met("something said", setting="bar", languages=("th",)), "more")
        session.erasing.blank(ids["blanked"], "secret", "a name")
        yield Noted(laptop, names, maria, parlour)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), ["last", "amended", "blanked", "older day", "first"]),
        (Filters(words="doctor"), ["older day", "first"]),
        (Filters(words="doctor", setting="massage_parlour"), ["first"]),
        (Filters(words="doctor", language="ro"), ["older day"]),
        (Filters(language="th"), ["amended", "first"]),
        (Filters(signs=(TAKEN,)), ["older day", "first"]),
        (Filters(signs=(TAKEN, LOW_PAY)), ["first"]),
        (Filters(signs=("never.seen",)), []),
        (Filters(state="blanked"), ["blanked"]),
        (Filters(state="amended"), ["amended"]),
        (Filters(state="finished"), ["last", "older day", "first"]),
        (Filters(state="reviewed"), []),
        (Filters(days=3), ["last", "amended", "blanked", "first"]),
        (Filters(until=MET_AT.date() - timedelta(days=5)), ["older day"]),
        (Filters(since=MET_AT.date(), until=MET_AT.date(), words="a"), ["first"]),
        (Filters(setting="bar", state="amended", language="th", days=30), ["amended"]),
    ],
)  # fmt: skip
def test_every_filter_narrows_and_the_newest_number_comes_first(noted: Noted, filters: Filters, found: list[str]) -> None:
    assert noted.find(filters) == found


def test_a_place_and_a_contact_narrow_and_are_named(noted: Noted) -> None:
    assert noted.find(Filters(contact_id=noted.maria)) == ["blanked", "first"]
    assert noted.find(Filters(place_id=noted.parlour, words="doctor")) == ["first"]
    found = noted.laptop.session.search.find(Filters(contact_id=noted.maria, place_id=noted.parlour))
    assert (found.contact_name, found.place_code) == ("Maria P.", "VES-12")
    gone = noted.laptop.session.search.find(Filters(contact_id="f" * 32))
    assert (gone.rows, gone.contact_name) == ((), "")


def test_notes_come_page_by_page(noted: Noted) -> None:
    assert noted.find(Filters(), limit=2, offset=2) == ["blanked", "older day"]
    assert noted.find(Filters(words="doctor"), limit=1, offset=1) == ["first"]


@pytest.mark.parametrize("typed", ["zoe", "ZOË RED", "jacket", "red  jack"])
def test_a_code_is_found_by_the_beginning_of_its_words(noted: Noted, typed: str) -> None:
    (code,) = noted.laptop.session.search.suggest_codes(typed)
    assert (code.kind, code.name) == ("contact", "Zoë red jacket")
    assert noted.find(Filters(words=typed)) == ["older day"]


@pytest.mark.parametrize("typed", ["", "z", "acket", "(", "\u202e", "\x00", "%", "_"])
def test_what_begins_no_name_suggests_none(noted: Noted, typed: str) -> None:
    assert noted.laptop.session.search.suggest_codes(typed) == ()


@pytest.mark.parametrize(
    "typed", ['"', "()", "* QOR *", "'; drop table encounters; --", "\ud800", "qo" + "\u0301" * 5000, "x" * 10_000_000]
)
def test_hostile_words_find_nothing_and_harm_nothing(noted: Noted, typed: str) -> None:
    assert noted.find(Filters(words=typed)) == []
    assert noted.laptop.session.search.suggest_codes(typed) == ()
    assert noted.find(Filters(setting="'", language="' OR 1 --", state="*", signs=('"',))) == []
    assert len(noted.find(Filters())) == 5


def test_her_notes_are_found_by_her_new_name_by_another_name_and_after_a_merge(laptop: Laptop) -> None:
    session = laptop.session
    contact = session.contacts.record_contact("Blue hat")
    note = laptop.finish("met", contact_id=contact.id)
    session.names.add_alias(contact.id, "called", "Tiana")
    assert [row.id for row in session.search.find(Filters(words="tian")).rows] == [note]
    kept = session.contacts.record_contact("Grey coat")
    session.grouping.merge_contacts(contact.id, kept.id, "the same person")
    found = session.search.find(Filters(words="blue hat"))
    assert [row.id for row in found.rows] == [note]
    assert found.codes == (FoundCode("contact", kept.id, "Blue hat"),)


def test_what_is_exactly_typed_comes_first(laptop: Laptop) -> None:
    for name in ("Redwood", "Red jacket", "red"):
        laptop.session.contacts.record_contact(name)
    laptop.session.places.record_place("RED-1", "street")
    assert [code.name for code in laptop.session.search.suggest_codes("Red")] == ["red", "RED-1", "Redwood", "Red jacket"]
    assert len(laptop.session.search.suggest_codes("red", most=2)) == 2


def test_held_notes_are_those_the_keeping_names(laptop: Laptop) -> None:
    held = laptop.finish("held", follow_up=FollowUp(date(2026, 3, 30), "ring"))
    search = laptop.session.search
    assert [row.id for row in search.find(Filters(state="held")).rows] == [held]
    other = laptop.finish("another")
    assert [row.id for row in search.find(Filters(state="held", words="another")).rows] == [other], "not sent yet"
    for _each in range(2):  # the second time nothing has changed
        assert [row.id for row in search.find(Filters(state="held")).rows] == [other, held]
    laptop.clock.advance(86_400)
    assert [row.id for row in search.find(Filters(state="held")).rows] == [other, held]


def test_a_clock_ten_years_off_changes_no_order_and_blocks_nothing(laptop: Laptop) -> None:
    now = laptop.clock.now()
    notes = []
    for years in (0, 10, -10):
        laptop.clock.set_wall(now + timedelta(days=365.25 * years))
        notes.append(laptop.finish(f"note {years}", met_at=laptop.clock.local_now()))
        laptop.clock.set_wall(now)
    assert [row.id for row in laptop.session.search.find(Filters()).rows] == notes[::-1]
    assert [row.id for row in laptop.session.search.find(Filters(words="note")).rows] == notes[::-1]


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_that_left_the_notes_behind_is_said_on_today(laptop: Laptop, years: int) -> None:
    now = laptop.clock.now()
    assert laptop.session.today.overview().clock_doubt is None
    laptop.finish("in time")
    assert laptop.session.today.overview().clock_doubt is None
    laptop.clock.set_wall(now + timedelta(days=365.25 * years))
    assert laptop.session.today.overview().clock_doubt == now
    laptop.finish("all the same", met_at=laptop.clock.local_now())


# -- kept searches ----------------------------------------------------------------------------------------------


def test_a_search_is_kept_renamed_dropped_and_brought_back(laptop: Laptop) -> None:
    kept = laptop.session.kept_searches
    filters = Filters("doctor", "c" * 32, signs=(TAKEN,), language="th", state="held", since=date(2026, 2, 1), until=date(2026, 3, 1))
    one = kept.keep_search("  Thai,\n last month ", filters)
    assert one.changes.searches
    assert [(row.name, row.filters) for row in kept.list_kept()] == [("Thai, last month", filters)]
    kept.rename_search(one.kept.id, "thai, LAST month")
    assert [row.name for row in kept.list_kept()] == ["thai, LAST month"]
    dropped = kept.drop_search(one.kept.id)
    assert kept.list_kept() == ()
    kept.bring_back(dropped.kept)
    assert kept.list_kept() == (replace(one.kept, name="thai, LAST month"),)


def test_kept_searches_have_one_name_each_and_an_end(laptop: Laptop) -> None:
    kept = laptop.session.kept_searches
    first = kept.keep_search("Æbler", Filters(days=7)).kept
    second = kept.keep_search("b", Filters(days=30)).kept
    with pytest.raises(KeptSearchNameTakenError):
        kept.keep_search("æBLER", Filters(days=1))
    with pytest.raises(KeptSearchNameTakenError):
        kept.rename_search(second.id, first.name)
    with pytest.raises(NothingToKeepError):
        kept.keep_search("c", Filters())
    with pytest.raises(NameMissingError):
        kept.keep_search(" ", Filters(days=1))
    for number in range(MOST_KEPT - 2):
        kept.keep_search(f"search {number}", Filters(words="\ud800" * 500))
    with pytest.raises(TooManyEntriesError):
        kept.keep_search("one more", Filters(days=1))
    with pytest.raises(NotFoundError):
        kept.drop_search("f" * 32)


def test_nobody_sees_or_changes_the_searches_of_another(laptop: Laptop) -> None:
    kept = laptop.session.kept_searches
    one = kept.keep_search("mine", Filters(days=7)).kept
    laptop.db.execute("INSERT INTO workers(id, name, role, created_at) VALUES ('other', 'BO', 'outreach', '2026-01-01')")
    laptop.db.execute("UPDATE kept_searches SET worker_id = 'other'")
    assert kept.list_kept() == ()
    with pytest.raises(NotFoundError):
        kept.rename_search(one.id, "yours")
