"""A look at what leaves is the record that is sealed, byte for byte; and what is noted and stays is named."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.contact import Identity, LinkageFacts
from outreach_app.domain.encounter import CardAnswers, Encounter, FollowUp, HandOver, HealthBlock, WorkerView
from outreach_app.records.errors import NotFoundError
from outreach_app.services.outbox_preview import GROUPS, STAYS
from outreach_app.wire.batch_records import CodedRecord, NoteRecord, write_record
from tests.support.centre_box import CentreBox
from tests.support.sending import TALLY, send
from tests.support.sessions import Laptop, PreparedLaptop

EVERYTHING = {
    "setting": "online", "channel": "other", "age": 19, "age_when_it_began": 16, "traits": ("earn_for_family",), "items": ("condoms",),
    "cards": CardAnswers("ro", draft=False, answers={"safe": "yes"}), "note": "She asked for a doctor.",
    "follow_up": FollowUp(date(2026, 3, 5), "call"), "hand_over": HandOver("112", "a knife", "danger"),
    "view": WorkerView(agrees=True),
}  # fmt: skip


def at_every_level(laptop: Laptop) -> dict[ConsentLevel, str]:
    """Finish one full note at each level that leaves one."""
    place = laptop.session.places.record_place("Gade 7", "street", "hovedstaden").id
    made = {}
    for level in (ConsentLevel.CODED, ConsentLevel.FOLLOW_UP, ConsentLevel.REFERRAL):
        contact = laptop.session.contacts.record_contact(f"Tall {level.value}").id
        laptop.session.contacts.record_linkage(contact, LinkageFacts("Ma", "Po", date(2001, 2, 3)))
        laptop.session.contacts.record_identity(contact, Identity("Maria Popa", "she asked"))
        recipient = {"recipient": "cmm"} if level is ConsentLevel.REFERRAL else {}
        more = {**EVERYTHING, **recipient, "contact_id": contact, "place_id": place, "consent": level}
        made[level] = laptop.finish(**more)
    return made


def test_what_is_shown_is_what_is_sealed_byte_for_byte(laptop: Laptop, box: CentreBox) -> None:
    at_every_level(laptop)
    changed = laptop.finish("later nothing")
    laptop.session.tallies.record_tally(TALLY)
    laptop.session.erasing.erase_contact(laptop.session.contacts.record_contact("Blue bag").id, "asked")
    seen = laptop.session.encounters.find_encounter(changed)
    laptop.session.encounters.amend_encounter(
        changed, replace(seen.current.content, consent=ConsentLevel.WRITE_NOTHING), reason="she said so"
    )
    ids = [each for group in GROUPS for each in laptop.session.outbox_preview.list_ids(group)]
    shown = {each: laptop.session.outbox_preview.preview(each) for each in ids}
    assert [len(laptop.session.outbox_preview.list_ids(group)) for group in GROUPS[:4]] == [1, 1, 1, 2]
    send(laptop.session, box)
    sealed = {record.id: write_record(record) for record in box.records()}
    assert {each: preview.line for each, preview in shown.items()} == sealed
    assert all(not laptop.session.outbox_preview.list_ids(group) for group in GROUPS)


def test_a_coded_row_names_everything_that_stays(laptop: Laptop) -> None:
    ids = at_every_level(laptop)
    coded = laptop.session.outbox_preview.preview(ids[ConsentLevel.CODED])
    assert set(coded.stays) == set(STAYS) - {"sign_words", "health"}
    assert b"doctor" not in coded.line
    assert (coded.contact_name, coded.place_code, coded.setting) == ("Tall coded", "Gade 7", "online")
    follow_up = laptop.session.outbox_preview.preview(ids[ConsentLevel.FOLLOW_UP])
    assert follow_up.stays == ("short_name", "identity")
    referral = laptop.session.outbox_preview.preview(ids[ConsentLevel.REFERRAL])
    assert referral.stays == ("short_name",)
    assert referral.fields["identity_name"] == "Maria Popa"


def test_whatever_a_note_can_hold_leaves_with_a_coded_row_or_is_said_to_stay() -> None:
    leaves = set(CodedRecord.__struct_fields__)
    elsewhere = {"met_at": "hour", "place_id": "place", "contact_id": "contact", "answers": "indicators",
                 "profile": "assessment", "consent": "kind"}  # fmt: skip
    only_of_whole_notes = {"recipient", "speaking", "interpreter", "stay", "sells_sex"}  # codes, never words
    named = {elsewhere.get(each.name, each.name) for each in fields(Encounter)} - only_of_whole_notes
    assert named - leaves - {"kind"} <= set(STAYS)
    assert set(STAYS) - {"short_name", "identity", "place", "hour", "health", "follow_up"} <= set(
        NoteRecord.__struct_fields__
    )


def test_the_health_part_always_stays(prepared_health: PreparedLaptop, tmp_path: Path) -> None:
    with prepared_health.copy(tmp_path / "health") as laptop:
        note = laptop.finish(consent=ConsentLevel.FOLLOW_UP, health=HealthBlock(check=True, words="fever"))
        preview = laptop.session.outbox_preview.preview(note)
        assert preview.stays == ("health",)
        assert b"fever" not in preview.line


def test_before_enrolment_there_is_no_linkage_code_yet(alone: Laptop) -> None:
    contact = alone.session.contacts.record_contact("Tall").id
    alone.session.contacts.record_linkage(contact, LinkageFacts("Ma", "Po", date(2001, 2, 3)))
    note = alone.finish(contact_id=contact, consent=ConsentLevel.FOLLOW_UP)
    assert alone.session.outbox_preview.preview(note).fields["linkage_code"] == ""


def test_what_is_held_back_can_be_looked_at_and_what_left_is_gone(laptop: Laptop, box: CentreBox) -> None:
    laptop.session.tallies.record_tally(TALLY)
    laptop.session.tallies.record_tally(TALLY)
    *_first, tally = laptop.session.outbox_preview.list_ids("counts")
    assert laptop.session.outbox_preview.preview(tally).group == "counts"
    send(laptop.session, box)
    laptop.session.policies.set_policy("review_before_sending", True)
    note = laptop.finish("one")
    assert laptop.session.outbox_preview.list_ids("coded") == ()
    assert laptop.session.outbox_preview.preview(note).kind == "coded"
    with pytest.raises(NotFoundError):
        laptop.session.outbox_preview.preview(tally)
