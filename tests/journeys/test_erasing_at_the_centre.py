"""A laptop and a real desk: what is erased and blanked here leaves the register there, confirmed, and nothing blocks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach_app.centre.desk.device_states import list_states
from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.contact import Identity
from tests.support.desk import make_desk
from tests.support.keeping import DAY, finish
from tests.support.sessions import PreparedLaptop
from tests.support.team import Team

MARKER = "Kirsebaerblomst"
OTHER = "Bluetenstaub"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> PreparedLaptop:
    return PreparedLaptop.made(tmp_path_factory.mktemp("prepared") / "vault")


@pytest.fixture
def team(prepared: PreparedLaptop, tmp_path: Path) -> Iterator[Team]:
    with make_desk(tmp_path / "centre") as desk, prepared.copy(tmp_path / "vault") as laptop:
        yield Team(laptop, desk).enrol()


def test_a_referral_is_erased_here_and_there_and_confirmed(team: Team) -> None:
    session = team.laptop.session
    contact = session.contacts.record_contact("Red jacket")
    session.contacts.record_identity(contact.id, Identity(f"Anna {MARKER}", "wants help"))
    finish(team.laptop, f"{MARKER} one", ConsentLevel.REFERRAL, contact_id=contact.id)
    finish(team.laptop, OTHER)
    team.carry()
    assert (team.totals().encounters, team.at_the_desk(MARKER)) == (2, ["vault.db"])
    erased = session.erasing.erase_contact(contact.id, "asked")
    assert [(one.batch, one.kind, one.recipient) for one in erased.left] == [(1, "referral", "cmm")]
    team.carry()
    assert session.erasing.confirmations()[0].state == "confirmed"
    assert (team.totals().encounters, team.at_the_desk(MARKER), team.at_the_desk(OTHER)) == (1, [], ["vault.db"])


def test_blanked_words_leave_the_register_and_the_note_stays_counted(team: Team) -> None:
    note_id = finish(team.laptop, f"she said {MARKER} twice")
    team.carry()
    team.laptop.session.erasing.blank(note_id, MARKER, "a name")
    team.carry()
    assert team.laptop.session.erasing.confirmations()[0].state == "confirmed"
    assert (team.totals().encounters, team.at_the_desk(MARKER)) == (1, [])
    assert team.at_the_desk("she said") == ["vault.db"]


def test_a_batch_given_up_blocks_nothing_and_is_not_opened_if_it_comes_after_all(team: Team) -> None:
    session = team.laptop.session
    contact = session.contacts.record_contact("Red jacket")
    finish(team.laptop, MARKER, contact_id=contact.id)
    finish(team.laptop, OTHER)
    lost = team.sealed()
    session.erasing.erase_contact(contact.id, "asked")
    team.carry()
    assert (session.sending.list_batches()[0].state, team.totals().encounters) == ("ingested", 1)
    team.bring(lost)
    finish(team.laptop, "a new day")
    team.carry()
    assert (team.totals().encounters, team.at_the_desk(MARKER)) == (2, [])
    assert session.sending.list_batches()[0].state == "ingested"


def test_a_batch_that_went_by_stick_before_the_erasure_is_taken_in_and_erased(team: Team) -> None:
    session = team.laptop.session
    contact = session.contacts.record_contact("Red jacket")
    finish(team.laptop, MARKER, contact_id=contact.id)
    stick = team.sealed()
    session.sending.mark_sent(session.sending.unconfirmed()[0].sha512, "stick")
    team.bring(stick)
    assert team.at_the_desk(MARKER) == ["vault.db"]
    session.erasing.erase_contact(contact.id, "asked")
    team.carry()
    assert session.erasing.confirmations()[0].state == "confirmed"
    assert (team.totals().encounters, team.at_the_desk(MARKER)) == (0, [])


def test_a_note_is_shed_after_the_desks_own_receipt_and_stays_counted(team: Team) -> None:
    finish(team.laptop, MARKER)
    team.laptop.finish("coded")
    team.carry()
    team.laptop.clock.advance(15 * DAY)
    assert team.laptop.session.keeping.shed().count == 1
    assert team.totals().encounters == 2


def test_whose_notes_were_shed_before_is_erased_at_the_desk_too(team: Team) -> None:
    session = team.laptop.session
    contact = session.contacts.record_contact("Red jacket")
    finish(team.laptop, MARKER, contact_id=contact.id)
    finish(team.laptop, OTHER)
    team.carry()
    team.laptop.clock.advance(15 * DAY)
    assert session.keeping.shed().count == 2
    session.erasing.erase_contact(contact.id, "asked")
    assert session.erasing.confirmations()[0].state == "waiting"
    team.carry()
    assert session.erasing.confirmations()[0].state == "confirmed"
    assert (team.totals().encounters, team.at_the_desk(MARKER), team.at_the_desk(OTHER)) == (1, [], ["vault.db"])


def test_the_desk_sees_the_vault_go_on_and_a_copy_of_it_go_back(prepared: PreparedLaptop, team: Team, tmp_path: Path) -> None:
    for number in range(2):
        finish(team.laptop, str(number))
        team.carry()
    (state,) = list_states(team.desk)
    assert (state.last_batch, state.alarms, state.is_suspicious) == (2, (), False)
    step, entries = team.laptop.vault.chain_step()[1], state.audit_entries
    assert 0 < state.step <= step
    assert entries > 0
    (folder := tmp_path / "copy").mkdir()
    team.laptop.finish("three")
    copied = Path(folder / "vault")
    from_files(team.laptop.vault.folder, copied)
    team.carry()
    with prepared.open(copied) as clone:
        clone.finish("another")
        other = Team(clone, team.desk)
        other.carry()
    (state,) = list_states(team.desk)
    assert (state.forks, state.is_suspicious) == (1, True)


def from_files(folder: Path, to: Path) -> None:
    """Copy a vault while it is open, as somebody would who takes the disk out."""
    to.mkdir()
    for file in folder.iterdir():
        if file.is_file():
            (to / file.name).write_bytes(file.read_bytes())
