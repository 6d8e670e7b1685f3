"""The rights of the person: found by her code, everything kept about her on paper, corrected, and erased to counters."""

from __future__ import annotations

from datetime import date

import pytest

from outreach_app.domain.contact import Identity, LinkageFacts
from outreach_app.domain.encounter import HealthBlock
from outreach_app.records import contacts
from outreach_app.records.errors import NotFoundError
from outreach_app.services.own_data import PersonData
from tests.support.centre_box import CentreBox
from tests.support.keeping import finish
from tests.support.pdf_reading import bare, text_by_pdfium
from tests.support.sending import send
from tests.support.sessions import Laptop, PreparedLaptop, met
from tests.support.whole_person import whole_person
from ui.models.codes import Words
from ui.models.own_data import OwnDataWriter

MARKER = "Kirsebaerblomst"


def paper(laptop: Laptop, data: PersonData) -> str:
    now = laptop.clock.local_now()
    writer = OwnDataWriter(Words(laptop.parts.code_lists), laptop.parts.catalogues, now.date, now.tzinfo)
    return bare(text_by_pdfium(writer.set_paper(data)))


def test_she_is_found_by_her_code(laptop: Laptop) -> None:
    made, other = "3f9a12bc" * 4, "77aa12bc" * 4
    with laptop.vault.transaction() as db:
        for contact_id, name in ((made, "Red jacket"), (other, "Blue hat")):
            contacts.add_contact(db, contact_id, name, provisional=True, created_at="2026-03-02T10:00:00+00:00")
    for code in (made[:8], made[:8].upper(), "3f9a 12bc", made):
        assert [each.id for each in laptop.session.contacts.list_contacts(code)] == [made]
    assert laptop.session.contacts.list_contacts(made[:5]) == ()


def test_the_paper_holds_all_that_is_kept_about_her_and_nothing_about_others(laptop: Laptop, box: CentreBox) -> None:
    contact_id, note_id = whole_person(laptop, MARKER)
    laptop.session.contacts.record_linkage(contact_id, LinkageFacts("An", "Ek", date(1999, 1, 2)))
    laptop.session.encounters.amend_encounter(note_id, met("the second words", contact_id=contact_id), "heard more")
    laptop.session.third_parties.add_third_party(note_id, "controller", "zinnober keeps the key", offence=True)
    send(laptop.session, box)
    data = laptop.session.own_data.gather(contact_id)
    said = paper(laptop, data)
    for expected in (
        "Red jacket", contact_id[:8], f"{MARKER} Example", "An Ek", "the second words", f"{MARKER} said", "heard more",
        f"about {MARKER} here", f"{MARKER} began", "batch 1",
        "EU", "Maybe under 18", "On trialyes", "30, 30", "2 Jan 2025",
    ):  # fmt: skip
        assert bare(expected) in said, expected
    assert "zinnober" not in said
    assert bare("is not on this paper") in said
    entries = [row.detail for row in laptop.session.auditing.list_entries() if row.subject == contact_id]
    assert "own_data" in entries


def test_the_paper_of_a_merged_contact_is_that_of_the_person(laptop: Laptop) -> None:
    one, two = (laptop.session.contacts.record_contact(name).id for name in ("Red jacket", "Maria P."))
    laptop.finish("first words", contact_id=one)
    laptop.session.contacts.record_identity(one, Identity("Ana Example", "why"))
    laptop.session.grouping.merge_contacts(one, two)
    data = laptop.session.own_data.gather(one)
    assert data.contact.id == two
    said = paper(laptop, data)
    for expected in ("Maria P.", "Red jacket", "first words", "Ana Example", "Nothing has left this laptop."):
        assert bare(expected) in said


def test_who_cannot_read_the_health_part_says_so_on_the_paper(prepared_health: PreparedLaptop, tmp_path) -> None:
    with prepared_health.copy(tmp_path / "vault") as laptop:
        contact_id = laptop.session.contacts.record_contact("Red jacket").id
        laptop.finish("n", contact_id=contact_id, health=HealthBlock(check=True, words="zinnober"))
        assert "zinnober" in paper(laptop, laptop.session.own_data.gather(contact_id))
    with prepared_health.open(tmp_path / "vault", health_hidden=True) as laptop:
        said = paper(laptop, laptop.session.own_data.gather(contact_id))
        assert "zinnober" not in said
        assert bare("A health worker can read it to you.") in said


def test_nobody_unknown_has_data(laptop: Laptop) -> None:
    with pytest.raises(NotFoundError):
        laptop.session.own_data.gather("f" * 32)


def test_what_is_wrong_is_corrected_or_taken_away(laptop: Laptop) -> None:
    contact_id = laptop.session.contacts.record_contact(f"{MARKER} herself").id
    note = finish(laptop, "words", contact_id=contact_id)
    laptop.session.contacts.record_identity(contact_id, Identity("Ana Example", "why"))
    laptop.session.contacts.record_linkage(contact_id, LinkageFacts("An", "Ek", date(1999, 1, 2)))
    laptop.session.names.rename_contact(contact_id, "Red jacket", provisional=False, for_good=True)
    laptop.session.contacts.forget_identity(contact_id)
    laptop.session.contacts.forget_linkage(contact_id)
    laptop.session.keeping.finish_leaving()
    data = laptop.session.own_data.gather(contact_id)
    assert (data.contact.short_name, data.contact.provisional) == ("Red jacket", False)
    assert (data.identity, data.linkage) == (None, None)
    assert laptop.session.search.search(MARKER) == ()
    assert [row.id for row in laptop.session.search.search("red jacket")] == [note]


def test_erased_she_leaves_only_counters(laptop: Laptop, box: CentreBox) -> None:
    contact_id, _note = whole_person(laptop, MARKER)
    laptop.session.erasing.erase_contact(contact_id, "asked")
    assert laptop.db.execute("SELECT count(*) FROM encounters").fetchone() == (0,)
    assert laptop.db.execute("SELECT count(*), sum(count) FROM tallies").fetchone() == (1, 9)
    assert [each.short_name for each in laptop.session.contacts.list_contacts()] == ["Red jacket two"]
    with pytest.raises(NotFoundError):
        laptop.session.own_data.gather(contact_id)


def test_a_plan_and_a_stay_stand_on_the_paper_and_empty_chapters_do_not(laptop: Laptop) -> None:
    contact_id = laptop.session.contacts.record_contact("Red jacket").id
    session, today = laptop.session, laptop.clock.local_now().date()
    session.shelter_stays.enter(contact_id, "house a", today)
    session.plans.set_goals(contact_id, "a school")
    data = session.own_data.gather(contact_id)
    said = paper(laptop, data)
    for expected in ("house a", "0 days", "a school"):
        assert bare(expected) in said
    assert bare("Referrals") not in said
    assert bare("Nothing has left this laptop.") in said


def words_told(laptop: Laptop, contact_id: str) -> list[list[str]]:
    return [[each.content.note for each in note.versions] for note in laptop.session.own_data.gather(contact_id).notes]


def test_words_about_another_woman_are_on_her_paper_only(laptop: Laptop, box: CentreBox) -> None:
    maria, ana, third = (laptop.session.contacts.record_contact(name).id for name in ("Maria P.", "Ana", "Blue hat"))
    amend = laptop.session.encounters.amend_encounter
    note = finish(laptop, "nobody named")
    amend(note, met("zinnober about Maria", contact_id=maria), "a name")
    send(laptop.session, box)
    amend(note, met("about Ana", contact_id=ana), "wrong person")
    amend(note, met("more about Ana", contact_id=ana), "heard more")
    assert words_told(laptop, maria) == [["zinnober about Maria"]]
    assert words_told(laptop, ana) == [["about Ana", "more about Ana"]]
    (hers,) = laptop.session.own_data.gather(maria).notes
    assert (hers.contact, hers.place, hers.sending) == (None, None, ())
    assert [len(laptop.session.own_data.gather(each).left) for each in (maria, ana, third)] == [1, 0, 0]
    assert "zinnober" in paper(laptop, laptop.session.own_data.gather(maria))
    assert "zinnober" not in paper(laptop, laptop.session.own_data.gather(ana))
    assert words_told(laptop, third) == []


def test_what_was_written_while_two_were_one_is_told_the_one_it_is_about(laptop: Laptop) -> None:
    maria, ana = (laptop.session.contacts.record_contact(name).id for name in ("Maria P.", "Ana"))
    note = laptop.finish("first", contact_id=maria)
    merged = laptop.session.grouping.merge_contacts(maria, ana)
    laptop.clock.advance(60)
    laptop.session.encounters.amend_encounter(note, met("second", contact_id=ana), "more")
    assert words_told(laptop, ana) == [["first", "second"]]
    laptop.clock.advance(60)
    laptop.session.grouping.undo_regrouping(merged.id)
    laptop.clock.advance(60)
    laptop.session.encounters.amend_encounter(note, met("third", contact_id=maria), "more")
    assert (words_told(laptop, maria), words_told(laptop, ana)) == ([["first", "second", "third"]], [])
    laptop.session.erasing.erase_contact(ana, "asked")
    assert words_told(laptop, maria) == [["first", "second", "third"]]


def test_of_a_note_split_off_every_version_is_hers(laptop: Laptop) -> None:
    maria = laptop.session.contacts.record_contact("Maria P.").id
    note = laptop.finish("first", contact_id=maria)
    laptop.session.encounters.amend_encounter(note, met("second", contact_id=maria), "more")
    laptop.clock.advance(60)
    ana = laptop.session.grouping.split_contact(maria, [note], "Ana").contact_id
    laptop.session.encounters.amend_encounter(note, met("third", contact_id=ana), "more")
    assert (words_told(laptop, ana), words_told(laptop, maria)) == ([["first", "second", "third"]], [])
    laptop.session.erasing.erase_contact(maria, "asked")
    assert words_told(laptop, ana) == [["first", "second", "third"]]
