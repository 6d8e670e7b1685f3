"""Facts about perpetrators and customers: apart from the note, in no batch, paper, figure, export or search."""

from __future__ import annotations

import pytest

from outreach_app.domain.errors import NameMissingError, UnknownCodeError
from outreach_app.records.errors import NotFoundError
from tests.support.centre_box import CentreBox
from tests.support.keeping import finish, holding
from tests.support.sending import send
from tests.support.sessions import Laptop

MARKER = "Zinnober"


def test_they_are_kept_with_a_note_and_read_with_an_entry(laptop: Laptop) -> None:
    maria = laptop.session.contacts.record_contact("Maria P.").id
    first, second = laptop.finish("one", contact_id=maria), laptop.finish("two", contact_id=maria)
    verbs = laptop.session.third_parties
    assert (verbs.list_of_contact(maria), verbs.list_of_note(first)) == ((), ())
    assert verbs.add_third_party(first, "controller", f"{MARKER} keeps the key", offence=True).casework
    verbs.add_third_party(second, "customer", "pays late", offence=False)
    assert [(each.encounter_id, each.role, each.offence, each.worker_name) for each in verbs.list_of_contact(maria)] == [
        (second, "customer", False, "AM"), (first, "controller", True, "AM"),
    ]  # fmt: skip
    (of_note,) = verbs.list_of_note(first)
    assert of_note.words == f"{MARKER} keeps the key"
    read = {(row.subject, row.detail) for row in laptop.session.auditing.list_entries() if row.action == "read"}
    assert {(maria, "third_party"), (first, "third_party")} <= read
    verbs.take_away(of_note.id)
    assert verbs.list_of_note(first) == ()


def test_they_are_in_no_batch_and_not_found_by_search(laptop: Laptop, box: CentreBox) -> None:
    note = finish(laptop, "words")
    laptop.session.third_parties.add_third_party(note, "controller", MARKER, offence=True)
    send(laptop.session, box)
    assert MARKER not in repr(box.everything())
    assert laptop.session.search.search(MARKER) == ()
    assert len(holding(laptop, MARKER)) == 1, "on the laptop only"


def test_the_figures_of_the_team_do_not_read_them(laptop: Laptop) -> None:
    laptop.session.third_parties.add_third_party(laptop.finish("words"), "customer", MARKER, offence=True)
    asked: list[str] = []
    laptop.db.set_trace_callback(asked.append)
    day = laptop.clock.local_now().date()
    laptop.session.figures.count(day, day)
    laptop.db.set_trace_callback(None)
    assert asked
    assert not [sql for sql in asked if "third_parties" in sql]


def test_what_cannot_be_kept(laptop: Laptop) -> None:
    verbs, note = laptop.session.third_parties, laptop.finish("one")
    with pytest.raises(UnknownCodeError):
        verbs.add_third_party(note, "villain", "x", offence=True)
    with pytest.raises(NameMissingError):
        verbs.add_third_party(note, "other", "  ", offence=True)
    with pytest.raises(NotFoundError):
        verbs.add_third_party("f" * 32, "other", "x", offence=True)
    with pytest.raises(NotFoundError):
        verbs.take_away("f" * 32)
