"""Two contacts turn out to be one person, or one to be two; a consent is taken back: the real desk follows and confirms."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach_app.centre.desk.notices import list_withdrawals
from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.contact import Identity
from tests.support.desk import make_desk, rows_of
from tests.support.keeping import DAY, finish
from tests.support.sessions import PreparedLaptop, met
from tests.support.team import Team

MARKER = "Kirsebaerblomst"
CODED = ConsentLevel.CODED


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> PreparedLaptop:
    return PreparedLaptop.made(tmp_path_factory.mktemp("prepared") / "vault")


@pytest.fixture
def team(prepared: PreparedLaptop, tmp_path: Path) -> Iterator[Team]:
    with make_desk(tmp_path / "centre") as desk, prepared.copy(tmp_path / "vault") as laptop:
        yield Team(laptop, desk).enrol()


def contact(team: Team, name: str) -> str:
    return team.laptop.session.contacts.record_contact(name).id


def told(team: Team) -> list[tuple[str, str]]:
    return [(row.kind, row.state) for row in team.laptop.session.erasing.confirmations()]


def test_two_are_one_at_the_desk_until_it_is_taken_back_and_both_are_confirmed(team: Team) -> None:
    session, jacket, maria = team.laptop.session, contact(team, "Red jacket"), contact(team, "Maria P.")
    finish(team.laptop, "one", CODED, contact_id=jacket)
    finish(team.laptop, "two", CODED, contact_id=maria)
    team.carry()
    assert (team.totals().contacts, told(team)) == (2, [])
    merged = session.grouping.merge_contacts(jacket, maria)
    assert told(team) == [("merge", "waiting")]
    team.carry()
    assert (team.totals().contacts, team.totals().encounters, told(team)) == (1, 2, [("merge", "confirmed")])
    (row,) = session.grouping.list_regroupings(maria)
    assert row.centre == "confirmed"
    team.laptop.clock.advance(DAY)
    session.grouping.undo_regrouping(merged.id)
    (row,) = session.grouping.list_regroupings(maria)
    assert row.centre == "waiting"
    team.carry()
    assert (team.totals().contacts, told(team)) == (2, [("apart", "confirmed"), ("merge", "confirmed")])
    before = rows_of(team.desk, "notices"), team.contacts_at_the_desk()
    team.bring_all_again(random.Random(1))
    assert (rows_of(team.desk, "notices"), team.contacts_at_the_desk()) == before
    assert team.contacts_at_the_desk() == team.contacts_here()


def test_a_split_is_followed_though_its_note_waits_for_review(team: Team) -> None:
    session, jacket = team.laptop.session, contact(team, "Red jacket")
    finish(team.laptop, "one", CODED, contact_id=jacket)
    other = finish(team.laptop, "two", CODED, contact_id=jacket)
    team.carry()
    session.policies.set_policy("review_before_sending", True)
    current = session.encounters.find_encounter(other).current.content
    session.encounters.amend_encounter(other, current, "not sent yet")
    split = session.grouping.split_contact(jacket, [other], "Green scarf")
    team.carry()
    assert team.totals().contacts == 2
    assert team.contacts_at_the_desk() == team.contacts_here()
    assert [row.centre for row in session.grouping.list_regroupings(jacket)] == ["confirmed"]
    session.grouping.undo_regrouping(split.id)
    team.carry()
    assert team.totals().contacts == 1
    assert [state for _kind, state in told(team)] == ["confirmed", "confirmed"]


def test_a_consent_taken_back_takes_the_name_out_of_the_register(team: Team) -> None:
    session, jacket = team.laptop.session, contact(team, "Red jacket")
    session.contacts.record_identity(jacket, Identity(f"Anna {MARKER}", "for the police"))
    note = team.laptop.finish("words", contact_id=jacket, consent=ConsentLevel.REFERRAL, recipient="cmm")
    team.carry()
    assert team.at_the_desk(MARKER) == ["vault.db"]
    session.withdrawing.withdraw(jacket, "cmm", words="she is afraid")
    assert session.withdrawing.list_withdrawn(jacket)[0].state == "waiting"
    team.carry()
    assert session.withdrawing.list_withdrawn(jacket)[0].state == "confirmed"
    assert (team.totals().encounters, team.at_the_desk(MARKER), team.at_the_desk("she is afraid")) == (1, [], [])
    (row,) = list_withdrawals(team.desk)
    assert (row.contact, row.recipient, row.records, row.removed) == (jacket, "cmm", (note,), 1)
    assert told(team) == [("withdrawal", "confirmed")]


def test_a_name_that_a_merge_lent_to_another_is_erased_with_its_bearer(team: Team) -> None:
    session, jacket, maria = team.laptop.session, contact(team, "Red jacket"), contact(team, "Maria P.")
    session.contacts.record_identity(jacket, Identity(f"Anna {MARKER}", "why"))
    merged = session.grouping.merge_contacts(jacket, maria)
    team.laptop.finish("about Maria", contact_id=maria, consent=ConsentLevel.REFERRAL, recipient="cmm")
    team.carry()
    assert team.at_the_desk(MARKER) == ["vault.db"]
    team.laptop.clock.advance(60)
    session.grouping.undo_regrouping(merged.id)
    session.erasing.erase_contact(jacket, "asked")
    team.carry()
    assert (team.totals().encounters, team.at_the_desk(MARKER)) == (1, [])


def test_who_was_merged_and_shed_is_erased_whole_and_nobody_else(team: Team) -> None:
    session, jacket, maria = team.laptop.session, contact(team, "Red jacket"), contact(team, "Maria P.")
    finish(team.laptop, f"{MARKER} one", contact_id=jacket)
    finish(team.laptop, f"{MARKER} two", contact_id=maria)
    finish(team.laptop, "somebody else", contact_id=contact(team, "Blue hat"))
    team.carry()
    session.grouping.merge_contacts(jacket, maria)
    team.carry()
    team.laptop.clock.advance(15 * DAY)
    assert session.keeping.shed().count == 3
    session.erasing.erase_contact(maria, "asked")
    team.carry()
    assert (team.totals().encounters, team.at_the_desk(MARKER)) == (1, [])


def test_words_split_off_and_shed_are_erased_with_whom_they_are_about(team: Team) -> None:
    """The desk's older version was sent as the other one's: without the split it would have come back as hers."""
    session, jacket = team.laptop.session, contact(team, "Red jacket")
    finish(team.laptop, "hers", contact_id=jacket)
    other = finish(team.laptop, MARKER, contact_id=jacket)
    team.carry()
    scarf = session.grouping.split_contact(jacket, [other], "Green scarf").contact_id
    team.carry()
    team.laptop.clock.advance(15 * DAY)
    session.keeping.shed()
    session.erasing.erase_contact(scarf, "asked")
    team.carry()
    assert (team.totals().encounters, team.at_the_desk(MARKER)) == (1, [])


def test_nothing_is_told_of_contacts_the_centre_knows_nothing_of(team: Team) -> None:
    session, jacket, maria = team.laptop.session, contact(team, "Red jacket"), contact(team, "Maria P.")
    session.encounters.finish_encounter(met("", contact_id=jacket, consent=ConsentLevel.WRITE_NOTHING))
    finish(team.laptop, "waits", contact_id=maria)
    merged = session.grouping.merge_contacts(jacket, maria)
    session.grouping.undo_regrouping(merged.id)
    split = session.grouping.split_contact(maria, [finish(team.laptop, "other", contact_id=maria)], "Green scarf")
    session.grouping.undo_regrouping(split.id)
    team.carry()
    assert (told(team), rows_of(team.desk, "notices")) == ([], 0)
    merged = session.grouping.merge_contacts(maria, contact(team, "Known now"))
    session.grouping.undo_regrouping(merged.id)
    assert session.sending.outbox().notices == 0
    team.carry()
    assert team.contacts_at_the_desk() == team.contacts_here()


def test_who_was_set_apart_is_not_kept_under_somebody_erased_right_after(team: Team) -> None:
    session, jacket, maria = team.laptop.session, contact(team, "Red jacket"), contact(team, "Maria P.")
    finish(team.laptop, "one", CODED, contact_id=jacket)
    finish(team.laptop, "two", CODED, contact_id=maria)
    merged = session.grouping.merge_contacts(jacket, maria)
    session.grouping.undo_regrouping(merged.id)
    team.carry()
    merged = session.grouping.merge_contacts(jacket, maria)
    team.carry()
    session.grouping.undo_regrouping(merged.id)
    session.erasing.erase_contact(maria, "asked")
    team.carry()
    assert team.contacts_at_the_desk() == team.contacts_here()
    assert set(team.contacts_here().values()) == {jacket}
