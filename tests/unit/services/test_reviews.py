"""Reviewing: who may, what waits, what comes back to its writer, and what leaves once the policy asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.errors import TextTooLongError
from outreach_app.records.errors import NotFoundError
from outreach_app.records.workers import Worker, add_worker
from outreach_app.services.errors import NoteChangedError, ReviewNeedsSupervisorError, ReviewRemarkError
from outreach_app.services.reviews import Reviews
from outreach_app.services.session import Session
from tests.support.casework import person
from tests.support.centre_box import CentreBox
from tests.support.keeping import at_the_centre
from tests.support.sessions import Laptop, PreparedLaptop, met


@pytest.fixture(scope="session")
def prepared_supervisor(tmp_path_factory: pytest.TempPathFactory) -> PreparedLaptop:
    return PreparedLaptop.made(tmp_path_factory.mktemp("prepared") / "vault", role="supervisor", enrolled=True)


@pytest.fixture
def supervised(prepared_supervisor: PreparedLaptop, tmp_path: Path) -> Iterator[Laptop]:
    with prepared_supervisor.copy(tmp_path / "vault") as opened:
        yield opened


def as_writer(laptop: Laptop) -> Session:
    """Return a session of another worker over the same vault."""
    writer = Worker("f" * 32, "BK", "outreach")
    with laptop.vault.transaction() as db:
        add_worker(db, writer, laptop.parts.now_text())
    return Session(replace(laptop.parts, worker=writer))


def remarks(laptop: Laptop, note_id: str) -> list[tuple[int, str, str]]:
    return [(each.version, each.verdict, each.remark) for each in laptop.session.encounters.find_encounter(note_id).verdicts]


def test_a_note_waits_until_it_is_marked_reviewed(supervised: Laptop) -> None:
    reviews = supervised.session.reviews
    first, second = supervised.finish("one"), supervised.finish("two")
    assert [row.id for row in reviews.list_waiting()] == [first, second]
    assert reviews.count_waiting() == 2
    changes = reviews.mark_reviewed(first, 1)
    assert changes.reviews
    assert changes.encounters
    assert changes.sending
    assert [row.id for row in reviews.list_waiting()] == [second]
    assert supervised.session.encounters.find_encounter(first).state == "reviewed"
    assert remarks(supervised, first) == [(1, "reviewed", "")]


def test_a_row_of_the_queue_says_what_is_needed_to_choose(supervised: Laptop) -> None:
    place = supervised.session.places.record_place("V-1", "street", "hovedstaden")
    contact = supervised.session.contacts.record_contact("Red jacket")
    supervised.finish("one", place_id=place.id, contact_id=contact.id)
    (row,) = supervised.session.reviews.list_waiting()
    assert (row.place_code, row.contact_name, row.writer, row.version, row.state) == ("V-1", "Red jacket", "AM", 1, "finished")
    assert row.remark == ""


def test_a_returned_note_waits_for_its_writer_until_it_is_amended(supervised: Laptop) -> None:
    writer = as_writer(supervised)
    note = writer.encounters.finish_encounter(met("short")).id
    assert note is not None
    supervised.session.reviews.return_note(note, 1, "  Which language did she speak?  ")
    assert supervised.session.reviews.list_waiting() == ()
    assert [row.remark for row in supervised.session.reviews.list_all_returned()] == ["Which language did she speak?"]
    assert supervised.session.reviews.list_returned() == ()  # it is not hers
    assert [(row.id, row.remark) for row in writer.reviews.list_returned()] == [(note, "Which language did she speak?")]
    writer.encounters.amend_encounter(note, met("short", languages=("ro",)), "language added")
    assert writer.reviews.list_returned() == ()
    assert [row.version for row in supervised.session.reviews.list_waiting()] == [2]
    assert remarks(supervised, note) == [(1, "returned", "Which language did she speak?")]


def test_amending_a_reviewed_note_makes_it_wait_again(supervised: Laptop) -> None:
    note = supervised.finish("one")
    supervised.session.reviews.mark_reviewed(note, 1)
    supervised.session.encounters.amend_encounter(note, met("two"), "more")
    assert [row.id for row in supervised.session.reviews.list_waiting()] == [note]


def test_a_version_nobody_looked_at_is_not_marked(supervised: Laptop) -> None:
    note = supervised.finish("one")
    supervised.session.encounters.amend_encounter(note, met("two"), "more")
    reviews = supervised.session.reviews
    for late in (lambda: reviews.mark_reviewed(note, 1), lambda: reviews.return_note(note, 1, "x"),
                 lambda: reviews.take_back(note, 1)):
        with pytest.raises(NoteChangedError):
            late()
    assert remarks(supervised, note) == []


@pytest.mark.parametrize("amended", [False, True])
def test_a_verdict_is_taken_back(supervised: Laptop, amended: bool) -> None:
    note = supervised.finish("one")
    if amended:
        supervised.session.encounters.amend_encounter(note, met("two"), "more")
    version, reviews = 1 + amended, supervised.session.reviews
    reviews.mark_reviewed(note, version)
    assert reviews.take_back(note, version).reviews
    assert supervised.session.encounters.find_encounter(note).state == ("amended" if amended else "finished")
    reviews.return_note(note, version, "more, please")
    reviews.take_back(note, version)
    assert reviews.count_waiting() == 1
    assert remarks(supervised, note) == []
    assert not reviews.take_back(note, version).reviews  # nothing left to take back


def test_returning_what_was_reviewed_holds_it_again(supervised: Laptop) -> None:
    note = supervised.finish("one")
    reviews = supervised.session.reviews
    reviews.mark_reviewed(note, 1)
    reviews.return_note(note, 1, "I was too quick")
    assert supervised.session.encounters.find_encounter(note).state == "finished"
    assert [row.id for row in reviews.list_all_returned()] == [note]
    reviews.mark_reviewed(note, 1)
    assert reviews.list_all_returned() == ()
    assert [each.number for each in supervised.session.encounters.find_encounter(note).verdicts] == [1, 2, 3]


def test_a_note_in_review_comes_with_what_it_lacks(supervised: Laptop) -> None:
    note = supervised.finish("one", gender="woman")
    found = supervised.session.reviews.find_in_review(note)
    assert found.note.id == note
    assert "nationality" in [lack.field for lack in found.lacks]
    assert "gender" not in [lack.field for lack in found.lacks]


@pytest.mark.parametrize("remark", ["", "  \n "])
def test_a_note_is_not_returned_without_a_word(supervised: Laptop, remark: str) -> None:
    note = supervised.finish("one")
    with pytest.raises(ReviewRemarkError):
        supervised.session.reviews.return_note(note, 1, remark)
    with pytest.raises(TextTooLongError):
        supervised.session.reviews.return_note(note, 1, "x" * 2_001)
    assert supervised.session.reviews.count_waiting() == 1


def test_an_unknown_note_is_said_so(supervised: Laptop) -> None:
    with pytest.raises(NotFoundError):
        supervised.session.reviews.mark_reviewed("nothing", 1)


def test_others_do_not_review_where_there_is_a_supervisor(supervised: Laptop) -> None:
    class NotSupervisor:
        may_manage = False

    note = supervised.finish("one")
    reviews = Reviews(supervised.parts, supervised.session.encounters, NotSupervisor())  # type: ignore[arg-type]
    assert reviews.count_waiting() is None
    for asked in (
        reviews.list_waiting, reviews.list_all_returned, lambda: reviews.find_in_review(note),
        lambda: reviews.mark_reviewed(note, 1), lambda: reviews.return_note(note, 1, "x"),
        lambda: reviews.take_back(note, 1),
    ):
        with pytest.raises(ReviewNeedsSupervisorError):
            asked()
    assert [row.id for row in reviews.list_returned()] == []


def test_where_there_is_no_supervisor_everybody_may(laptop: Laptop) -> None:
    laptop.finish("one")
    assert laptop.session.reviews.count_waiting() == 1


def test_only_reviewed_notes_leave_once_the_policy_asks(supervised: Laptop) -> None:
    box = supervised.box
    assert box is not None
    session = supervised.session
    reviewed, waiting, returned = supervised.finish("one"), supervised.finish("two"), supervised.finish("three")
    assert session.reviews.held_back() == 0
    session.policies.set_policy("review_before_sending", True)
    session.reviews.mark_reviewed(reviewed, 1)
    session.reviews.return_note(returned, 1, "say more")
    assert (session.sending.outbox().total, session.sending.outbox().held_back) == (1, 2)
    assert session.reviews.held_back() == 2
    at_the_centre(supervised, box)
    assert set(session.sending.kinds_sent()) == {reviewed}
    assert [row.id for row in session.reviews.list_waiting()] == [waiting]
    session.encounters.amend_encounter(reviewed, met("one more"), "more")
    assert session.sending.outbox().held_back == 3
    session.policies.set_policy("review_before_sending", False)
    assert session.sending.outbox().held_back == 0


def test_what_left_unreviewed_waits_for_nobody(supervised: Laptop) -> None:
    box: CentreBox | None = supervised.box
    assert box is not None
    supervised.finish("one")
    at_the_centre(supervised, box)
    assert supervised.session.reviews.count_waiting() == 0


def test_the_record_of_use_says_what_was_done(supervised: Laptop) -> None:
    note = supervised.finish("one")
    reviews = supervised.session.reviews
    reviews.return_note(note, 1, "a remark that must not stand in the record")
    reviews.mark_reviewed(note, 1)
    reviews.take_back(note, 1)
    said = [(entry.action, entry.detail) for entry in supervised.session.auditing.list_entries(limit=3)]
    assert said == [("changed", "review:taken_back"), ("changed", "review:reviewed"), ("changed", "review:returned")]


def test_today_says_how_many_wait_for_review(supervised: Laptop) -> None:
    session = supervised.session
    first = supervised.finish("one")
    supervised.finish("two")
    assert session.today.overview().held_back == 0
    session.policies.set_policy("review_before_sending", True)
    assert session.today.overview().held_back == 2
    session.reviews.mark_reviewed(first, 1)
    assert session.today.overview().held_back == 1
    assert session.today.overview().waiting == 2


def test_a_note_taken_back_waits_for_nobody(supervised: Laptop) -> None:
    note = supervised.finish("one")
    supervised.session.encounters.undo_finish(note, "d" * 32, {}, page="encounter")
    supervised.session.policies.set_policy("review_before_sending", True)
    assert supervised.session.reviews.count_waiting() == 0
    assert supervised.session.reviews.held_back() == 0


@pytest.mark.parametrize(("reviewed", "sent"), [(True, True), (False, True), (True, False), (False, False)])
def test_a_consent_taken_back_reaches_the_centre_without_a_second_look(
    supervised: Laptop, reviewed: bool, sent: bool
) -> None:
    box = supervised.box
    assert box is not None
    her, session = person(supervised), supervised.session
    her.agrees("police")
    note = her.met("She wants a lawyer", consent=ConsentLevel.REFERRAL, recipient="police")
    if reviewed:
        session.reviews.mark_reviewed(note, 1)
    if sent:
        at_the_centre(supervised, box)
    session.policies.set_policy("review_before_sending", True)
    session.withdrawing.withdraw(her.id, "police")
    free = reviewed or sent  # what nobody has seen and nobody was sent is looked at as ever
    assert session.sending.outbox().held_back == (0 if free else 1)
    assert [row.id for row in session.reviews.list_waiting()] == ([] if free else [note])
