"""Further names, who is called nearly so, and renaming: found by every name she has, by no name she lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.domain.errors import (
    NameMissingError,
    ShortNameTakenError,
    TextTooLongError,
    UnknownCodeError,
)
from outreach_app.records.aliases import NameRow
from outreach_app.records.errors import NotFoundError
from outreach_app.services import alike
from outreach_app.services.errors import SameContactError
from tests.support.keeping import holding
from tests.support.sessions import Laptop


@pytest.fixture
def people(laptop: Laptop) -> dict[str, str]:
    return {
        name: laptop.session.contacts.record_contact(name).id
        for name in ("Red jacket", "Maria P.", "Søren", "Blue hat", "李娜")
    }


def found(laptop: Laptop, typed: str) -> list[tuple[str, str]]:
    return [(each.short_name, each.name) for each in laptop.session.alike.find_alike(typed)]


@pytest.mark.parametrize(("typed", "expected"), [
    ("red jaket", "Red jacket"), ("jacket red", "Red jacket"), ("MARIA P", "Maria P."), ("Soren", "Søren"), ("李娜", "李娜"),
])  # fmt: skip
def test_a_name_typed_nearly_so_is_told_of(laptop: Laptop, people: dict[str, str], typed: str, expected: str) -> None:
    assert found(laptop, typed)[0] == (expected, expected)


@pytest.mark.parametrize("typed", ["", " ", "r", "tall umbrella", "!?", "\u202e", "123"])
def test_nobody_is_told_of_where_nobody_is_alike(laptop: Laptop, people: dict[str, str], typed: str) -> None:
    assert found(laptop, typed) == []


def test_a_number_is_the_same_with_and_without_its_country(laptop: Laptop, people: dict[str, str]) -> None:
    laptop.session.names.add_alias(people["Blue hat"], "phone", "+45 12 34 56 78")
    for typed in ("12345678", "0045 12345678", "tel. 1234 5678"):
        assert found(laptop, typed) == [("Blue hat", "+45 12 34 56 78")]


def test_each_contact_is_told_of_once_with_its_best_name(laptop: Laptop, people: dict[str, str]) -> None:
    laptop.session.names.add_alias(people["Maria P."], "called", "Mara")
    laptop.session.names.add_alias(people["Maria P."], "online", "Maria")
    assert found(laptop, "maria") == [("Maria P.", "Maria")]
    assert laptop.session.alike.find_alike("maria")[0].kind == "online"


def test_who_was_told_apart_is_not_shown_with_her_until_it_is_taken_back(laptop: Laptop) -> None:
    one, two = (laptop.session.contacts.record_contact(name).id for name in ("Maria P.", "Marja P."))
    verbs = laptop.session.alike
    assert [each.contact_id for each in verbs.find_alike_to(one)] == [two]
    verbs.say_different(two, one)
    verbs.say_different(one, two)
    assert verbs.find_alike_to(one) == verbs.find_alike_to(two) == ()
    verbs.take_back_different(one, two)
    assert [each.contact_id for each in verbs.find_alike_to(two)] == [one]
    with pytest.raises(SameContactError):
        verbs.say_different(one, one)
    for pair in ((one, "f" * 32), ("f" * 32, one)):
        with pytest.raises(NotFoundError):
            verbs.say_different(*pair)
    with pytest.raises(NotFoundError):
        verbs.find_alike_to("f" * 32)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=8), st.text(max_size=60))
def test_nothing_that_is_typed_breaks_the_hint(names: list[str], typed: str) -> None:
    rows = [NameRow(str(place), name, name, "") for place, name in enumerate(names)]
    assert len(alike._best([typed], rows)) <= alike.MOST_SHOWN


def test_hostile_names_are_compared_quickly_and_shown_whole(laptop: Laptop) -> None:
    marks = "a" + "\u0301" * 398
    contact = laptop.session.contacts.record_contact(marks)
    assert laptop.session.alike.find_alike("a\u0301" * 60) is not None
    assert laptop.session.contacts.find_contact(contact.id).short_name == laptop.session.contacts.list_contacts()[0].short_name
    with pytest.raises(TextTooLongError):
        laptop.session.names.add_alias(contact.id, "called", "x" * 401)


def test_further_names_are_kept_listed_and_taken_away(laptop: Laptop, people: dict[str, str]) -> None:
    maria, names = people["Maria P."], laptop.session.names
    note = laptop.finish("words", contact_id=maria)
    added = names.add_alias(maria, "online", "  Rosen\nrot ").alias
    assert (added.kind, added.name) == ("online", "Rosen rot")
    assert names.list_aliases(maria) == (added,)
    assert [row.id for row in laptop.session.search.search("rosen rot")] == [note]
    names.take_alias_away(added.id)
    assert names.list_aliases(maria) == ()
    assert laptop.session.search.search("rosen rot") == ()
    assert not laptop.session.keeping.overview().unfinished
    names.put_back(added)
    assert names.list_aliases(maria) == (added,)


def test_a_name_taken_away_for_good_is_in_no_file(laptop: Laptop, people: dict[str, str]) -> None:
    added = laptop.session.names.add_alias(people["Maria P."], "called", "Kirsebaerblomst").alias
    laptop.finish("words", contact_id=people["Maria P."])
    laptop.session.backing_up.backup_now()
    assert len(holding(laptop, "Kirsebaerblomst")) == 2
    laptop.session.names.take_alias_away(added.id, for_good=True)
    laptop.session.keeping.finish_leaving()
    assert holding(laptop, "Kirsebaerblomst") == []


def test_what_cannot_be_a_name(laptop: Laptop, people: dict[str, str]) -> None:
    names, maria = laptop.session.names, people["Maria P."]
    with pytest.raises(UnknownCodeError):
        names.add_alias(maria, "nick", "x")
    with pytest.raises(NameMissingError):
        names.add_alias(maria, "called", "  ")
    for call in (
        lambda: names.add_alias("f" * 32, "called", "x"), lambda: names.take_alias_away("f" * 32),
        lambda: names.rename_contact("f" * 32, "x", provisional=True),
    ):  # fmt: skip
        with pytest.raises(NotFoundError):
            call()
    with pytest.raises(ShortNameTakenError):
        names.rename_contact(maria, "RED jacket", provisional=True)
    assert names.rename_contact(maria, "MARIA p.", provisional=False).contacts
