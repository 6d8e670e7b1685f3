"""The end of what leaves on a full disk: older backups make the room, and nothing is called finished that is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from outreach_app.domain.police_action import PoliceAction
from outreach_app.errors import DiskFullError
from outreach_app.vault import backups
from outreach_app.vault.backups import list_backups
from tests.support.keeping import finish, holding
from tests.support.sessions import Laptop

MARKER = "Kirsebaerblomst"


def take_fact_away(laptop: Laptop, contact_id: str) -> Callable[[], object]:
    facts, note = laptop.session.third_parties, laptop.finish("words", contact_id=contact_id)
    facts.add_third_party(note, "controller", f"{MARKER} keeps the key", offence=True)
    (fact,) = facts.list_of_note(note)
    return lambda: facts.take_away(fact.id)


def take_stay_away(laptop: Laptop, contact_id: str) -> Callable[[], object]:
    stay = laptop.session.shelter_stays.enter(contact_id, MARKER, laptop.clock.local_now().date()).stay
    return lambda: laptop.session.shelter_stays.take_away(stay.id)


def drop_letter_date(laptop: Laptop, contact_id: str) -> Callable[[], object]:
    pathways, day = laptop.session.pathways, laptop.clock.local_now().date()
    pathways.set_letter_date(contact_id, "latest_end", day, MARKER)
    return lambda: pathways.drop_letter_date(contact_id, "latest_end")


def empty_topic(laptop: Laptop, contact_id: str) -> Callable[[], object]:
    interviews = laptop.session.interviews
    interviews.keep_topics(contact_id, {"home": "a son"})
    interviews.keep_topics(contact_id, {"home": "a son", "journey": MARKER})
    return lambda: interviews.keep_topics(contact_id, {"home": "a son", "journey": ""})


def take_action_back(laptop: Laptop, _contact_id: str) -> Callable[[], object]:
    actions, day = laptop.session.police_actions, laptop.clock.local_now().date()
    noted = actions.record_action(PoliceAction(day, "fyn", words=MARKER))
    return lambda: actions.take_back(noted.id)


@pytest.mark.parametrize("verb", [take_fact_away, take_stay_away, drop_letter_date, empty_topic, take_action_back])
def test_words_taken_away_leave_the_backups_too(
    laptop: Laptop, verb: Callable[[Laptop, str], Callable[[], object]]
) -> None:
    take = verb(laptop, laptop.session.contacts.record_contact("Red jacket").id)
    laptop.session.backing_up.backup_now()
    assert not laptop.session.keeping.overview().unfinished
    take()
    assert laptop.session.keeping.overview().unfinished
    laptop.session.keeping.finish_leaving()
    assert holding(laptop, MARKER) == []


@pytest.mark.parametrize("where", ["rebuild", "make_backup"])
def test_older_backups_go_first_where_the_disk_is_too_full(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    contact = laptop.session.contacts.record_contact("Red jacket")
    finish(laptop, MARKER, contact_id=contact.id)
    for _ in range(3):
        laptop.session.backing_up.backup_now()
    owner: Any = laptop.vault if where == "rebuild" else backups
    real, there = getattr(owner, where), []

    def too_full(*given: Any, **named: Any) -> Any:
        there.append(len(list_backups(laptop.vault.folder)))
        if there[-1] > 1:
            raise DiskFullError
        return real(*given, **named)

    monkeypatch.setattr(owner, where, too_full)
    laptop.session.erasing.erase_contact(contact.id, "asked")
    assert there == [3, 1]
    assert holding(laptop, MARKER) == []
    assert not laptop.session.keeping.overview().unfinished


def test_a_disk_that_stays_full_leaves_it_unfinished_and_the_newest_backup_there(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = laptop.session.contacts.record_contact("Red jacket")
    for _ in range(2):
        laptop.session.backing_up.backup_now()
    newest = list_backups(laptop.vault.folder)[0]

    def full(*_given: Any, **_named: Any) -> None:
        raise DiskFullError

    monkeypatch.setattr(laptop.vault, "rebuild", full)
    with pytest.raises(DiskFullError):
        laptop.session.erasing.erase_contact(contact.id, "asked")
    assert list_backups(laptop.vault.folder) == (newest,)
    assert laptop.session.keeping.overview().unfinished
