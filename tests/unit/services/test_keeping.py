"""Shedding: only what may leave leaves, everything that is open holds it, and what left is in no file."""

from __future__ import annotations

import random
import string
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.contact import Identity, LinkageFacts
from outreach_app.domain.encounter import FollowUp, HealthBlock
from outreach_app.domain.errors import NoteNeedsReasonError
from outreach_app.errors import CancelledError
from outreach_app.records.errors import NotFoundError
from outreach_app.sync.receipts import CoveredRecord, ReasonCode
from outreach_app.vault.backups import list_backups
from tests.support.centre_box import CentreBox
from tests.support.keeping import at_the_centre, days_after_the_receipt, finish, holding
from tests.support.sending import fetch, send
from tests.support.sessions import Laptop, PreparedLaptop, met

MARKER = "Kirsebaerblomst"


def notes(laptop: Laptop) -> list[str]:
    return [row.id for row in laptop.session.encounters.list_encounters()]


def held(laptop: Laptop) -> dict[str, int]:
    return dict(laptop.session.keeping.overview().held)


@pytest.mark.parametrize("level", [ConsentLevel.FOLLOW_UP, ConsentLevel.REFERRAL])
def test_a_note_is_shed_some_days_after_the_centre_confirmed_it_whole(laptop: Laptop, box: CentreBox, level: ConsentLevel) -> None:
    finish(laptop, MARKER, level)
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 13)
    found = laptop.session.keeping.overview()
    assert (found.notes, found.held, found.sheds_soon, found.may_shed) == (1, (), 1, 0)
    assert laptop.session.keeping.shed().count == 0
    days_after_the_receipt(laptop, 14)
    assert laptop.session.keeping.overview().may_shed == 1
    assert laptop.session.keeping.shed().count == 1
    assert notes(laptop) == []
    assert laptop.session.search.search(MARKER) == ()
    assert laptop.session.keeping.overview().notes == 0
    assert laptop.session.keeping.shed().count == 0


def test_what_was_shed_is_on_no_page_of_the_vault_and_in_no_backup(laptop: Laptop, box: CentreBox) -> None:
    contact = laptop.session.contacts.record_contact("Red jacket")
    for number in range(20):
        finish(laptop, f"{MARKER} {number} " * 200, contact_id=contact.id)
    stays = laptop.finish("Bluetenstaub")
    laptop.session.backing_up.backup_now()
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 20)
    assert len(holding(laptop, MARKER)) == 2, "the vault and its backup held it"
    assert laptop.session.keeping.shed().count == 20
    assert holding(laptop, MARKER) == []
    assert len(holding(laptop, "Bluetenstaub")) == 2
    assert notes(laptop) == [stays]
    assert [info.kind for info in list_backups(laptop.vault.folder)] == ["fresh"]
    assert laptop.session.check() == ()


def test_a_coded_note_is_never_shed(laptop: Laptop, box: CentreBox) -> None:
    note_id = laptop.finish("its words are nowhere else")
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 4000)
    found = laptop.session.keeping.overview()
    assert (found.notes, found.held, found.sheds_soon, found.expires_soon) == (1, (), 0, 0)
    assert laptop.session.keeping.shed().count == 0
    assert notes(laptop) == [note_id]


def test_a_note_taken_back_to_coded_stays_though_its_first_version_is_at_the_centre(laptop: Laptop, box: CentreBox) -> None:
    note_id = finish(laptop)
    at_the_centre(laptop, box)
    laptop.session.encounters.amend_encounter(note_id, met("other words"), "she took it back")
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 20)
    assert laptop.session.keeping.shed().count == 0


def test_an_amended_version_that_has_not_left_holds_the_note(laptop: Laptop, box: CentreBox) -> None:
    note_id = finish(laptop)
    at_the_centre(laptop, box)
    laptop.session.encounters.amend_encounter(note_id, met("new", consent=ConsentLevel.FOLLOW_UP), "misheard")
    days_after_the_receipt(laptop, 20)
    assert (held(laptop), laptop.session.keeping.shed().count) == ({"unsent": 1}, 0)
    send(laptop.session, box)
    assert held(laptop) == {"unconfirmed": 1}
    box.ingest()
    fetch(laptop.session, box)
    assert laptop.session.keeping.shed().count == 1


def test_a_note_the_centre_put_aside_stays_and_says_so(laptop: Laptop, box: CentreBox) -> None:
    bad = finish(laptop)
    send(laptop.session, box)
    box.ingest(put_aside={bad: ReasonCode.WRONG_SHAPE})
    fetch(laptop.session, box)
    days_after_the_receipt(laptop, 20)
    assert (held(laptop), laptop.session.keeping.shed().count) == ({"put_aside": 1}, 0)


@pytest.mark.parametrize("kind", ["rejected", "reseal"])
def test_a_refused_batch_counts_as_not_sent(laptop: Laptop, box: CentreBox, kind: Any) -> None:
    finish(laptop)
    send(laptop.session, box)
    box.refuse(next(iter(box.batches)), kind)
    fetch(laptop.session, box)
    days_after_the_receipt(laptop, 20)
    assert held(laptop) == {"unsent": 1}


def test_a_receipt_about_another_version_covers_nothing(laptop: Laptop, box: CentreBox) -> None:
    note_id = finish(laptop)
    send(laptop.session, box)
    name = next(iter(box.batches))
    other = CoveredRecord(id=note_id, version=2, completeness="full")
    box.receipts[name].append(box.receipt(name, "ingested", covered=(other,)))
    fetch(laptop.session, box)
    days_after_the_receipt(laptop, 20)
    assert (held(laptop), laptop.session.keeping.shed().count) == ({"unconfirmed": 1}, 0)


def test_an_open_follow_up_holds_every_note_of_its_contact(laptop: Laptop, box: CentreBox) -> None:
    contact = laptop.session.contacts.record_contact("Red jacket")
    other = finish(laptop, "of another person")
    first = finish(laptop, "old", contact_id=contact.id)
    second = finish(laptop, "new", contact_id=contact.id, follow_up=FollowUp(date(2026, 3, 9), "call"))
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 20)
    assert held(laptop) == {"follow_up_open": 2}
    rows = laptop.session.keeping.list_held()
    assert [(row.note_id, row.held_because, row.contact_name) for row in rows] == [
        (first, "follow_up_open", "Red jacket"), (second, "follow_up_open", "Red jacket"),
    ]
    assert laptop.session.keeping.shed().count == 1
    assert other not in notes(laptop)
    (due,) = laptop.session.today.overview().follow_ups_due
    laptop.session.follow_ups.close_follow_up(due.id)
    assert laptop.session.keeping.shed().count == 2


def test_a_draft_that_amends_a_note_holds_it(laptop: Laptop, box: CentreBox) -> None:
    note_id = finish(laptop)
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 20)
    laptop.session.drafts.keep_draft("d" * 32, {"note_id": note_id, "content": {"note": "half"}}, page="encounter")
    assert (held(laptop), laptop.session.keeping.shed().count) == ({"draft_open": 1}, 0)
    laptop.session.drafts.discard_draft("d" * 32)
    assert laptop.session.keeping.shed().count == 1


def test_a_health_part_never_leaves_so_its_note_is_not_shed(prepared_health: PreparedLaptop, tmp_path: Path) -> None:
    with prepared_health.copy(tmp_path / "health") as laptop:
        assert laptop.box is not None
        note_id = finish(laptop, health=HealthBlock(check=True, words="nowhere else"))
        at_the_centre(laptop, laptop.box)
        days_after_the_receipt(laptop, 20)
        assert (held(laptop), laptop.session.keeping.shed().count) == ({"health_part": 1}, 0)
        laptop.session.encounters.amend_encounter(note_id, met("without", consent=ConsentLevel.FOLLOW_UP), "moved elsewhere")
        at_the_centre(laptop, laptop.box)
        assert laptop.session.keeping.shed().count == 1


def test_a_note_is_kept_with_a_reason_until_it_is_let_go(laptop: Laptop, box: CentreBox) -> None:
    note_id = finish(laptop)
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 20)
    laptop.session.keeping.keep_with_reason(note_id, " the lawyer asked ")
    assert (held(laptop), laptop.session.keeping.shed().count) == ({"kept": 1}, 0)
    (row,) = laptop.session.keeping.list_held()
    assert (row.held_because, row.kept_reason) == ("kept", "the lawyer asked")
    laptop.session.keeping.let_go(note_id)
    assert laptop.session.keeping.shed().count == 1


def test_keeping_needs_a_reason_and_a_note(laptop: Laptop) -> None:
    note_id = finish(laptop)
    with pytest.raises(NoteNeedsReasonError):
        laptop.session.keeping.keep_with_reason(note_id, "  ")
    for verb in (lambda: laptop.session.keeping.keep_with_reason("f" * 32, "r"), lambda: laptop.session.keeping.let_go("f" * 32)):
        with pytest.raises(NotFoundError):
            verb()


def test_after_shedding_a_contact_keeps_her_short_name_and_nothing_else(laptop: Laptop, box: CentreBox) -> None:
    contact = laptop.session.contacts.record_contact("Red jacket")
    laptop.session.contacts.record_identity(contact.id, Identity(f"Anna {MARKER}", "wants help"))
    laptop.session.contacts.record_linkage(contact.id, LinkageFacts("An", "Ek", date(1999, 1, 2)))
    finish(laptop, contact_id=contact.id)
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 20)
    laptop.session.keeping.shed()
    (left,) = laptop.session.contacts.list_contacts()
    assert (left.id, left.short_name, left.has_identity, left.encounters) == (contact.id, "Red jacket", False, 0)
    assert laptop.session.contacts.find_identity(contact.id) is None
    assert laptop.db.execute("SELECT linkage, emptied_on FROM contacts").fetchone() == (None, "2026-03-23")
    assert holding(laptop, MARKER) == []


def test_a_contact_with_another_note_keeps_everything(laptop: Laptop, box: CentreBox) -> None:
    contact = laptop.session.contacts.record_contact("Red jacket")
    laptop.session.contacts.record_identity(contact.id, Identity("Anna Eksempel", "wants help"))
    finish(laptop, contact_id=contact.id)
    laptop.finish("coded stays", contact_id=contact.id)
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 20)
    assert laptop.session.keeping.shed().count == 1
    assert laptop.session.contacts.find_identity(contact.id) is not None


def test_what_was_interrupted_is_told_of_and_finished_later(
    laptop: Laptop, box: CentreBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(laptop, MARKER)
    laptop.session.backing_up.backup_now()
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 20)

    def stopped(**_: Any) -> None:
        raise CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(laptop.vault, "rebuild", stopped)
        with pytest.raises(CancelledError):
            laptop.session.keeping.shed()
    assert notes(laptop) == []
    assert laptop.session.keeping.overview().unfinished
    assert holding(laptop, MARKER) != []
    laptop.session.keeping.finish_leaving()
    assert not laptop.session.keeping.overview().unfinished
    assert holding(laptop, MARKER) == []


def test_the_audit_says_what_left_by_its_id_alone(laptop: Laptop, box: CentreBox) -> None:
    note_id = finish(laptop, MARKER)
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 20)
    laptop.session.keeping.shed()
    rows = laptop.db.execute("SELECT action, subject, detail FROM audit ORDER BY seq").fetchall()
    assert ("shed", note_id, "") in rows
    assert MARKER not in str(rows)


def test_today_says_what_is_held_and_why(laptop: Laptop) -> None:
    finish(laptop)
    laptop.clock.advance(9 * 86_400)
    found = laptop.session.today.overview()
    assert (found.held, found.oldest_days) == (1, 9)
    assert laptop.session.keeping.overview().held == (("unsent", 1),)
    assert (found.backup, found.backup_due, found.recovery.possible) == (None, True, False)
    laptop.session.backing_up.backup_now()
    assert not laptop.session.today.overview().backup_due


@pytest.mark.parametrize("seed", [1, 2])
def test_of_many_notes_exactly_those_that_were_shed_are_gone_from_every_page(laptop: Laptop, box: CentreBox, seed: int) -> None:
    """Search words are stored without the letters they share with the word before, so only their ends are looked for."""
    chance = random.Random(seed)
    words = {"".join(chance.choices(string.ascii_lowercase, k=20)): chance.random() < 0.5 for _ in range(40)}
    for word, sheds in words.items():
        note_id = finish(laptop, word) if sheds else laptop.finish(word)
        if chance.random() < 0.3:
            level = ConsentLevel.FOLLOW_UP if sheds else ConsentLevel.CODED
            laptop.session.encounters.amend_encounter(note_id, met(f"again {word}", consent=level), "more")
    at_the_centre(laptop, box)
    days_after_the_receipt(laptop, 20)
    assert laptop.session.keeping.shed().count == sum(words.values())
    for word, sheds in words.items():
        assert (len(laptop.session.search.search(word)), bool(holding(laptop, word[4:]))) == (int(not sheds), not sheds)
