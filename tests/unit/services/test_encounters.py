"""Finish, amend, find and list: nothing overwritten, nothing half done, the right words in the right place."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.contact import About, Identity
from outreach_app.domain.encounter import FollowUp, HandOver, HealthBlock, LeafletGiven, WorkerView
from outreach_app.domain.errors import (
    ConsentNotOfferedError,
    IdentityNeedsContactError,
    NoteNeedsReasonError,
    ShortNameTakenError,
    UnknownIndicatorError,
    ViewMissingError,
)
from outreach_app.records.errors import NotFoundError
from outreach_app.vault.errors import HealthKeyMissingError
from tests.support.sessions import WORKER_NAME, Laptop, PreparedLaptop, met

SIGN = "as.coercion_at_destination.documents_taken"


def test_a_finished_note_reads_back_as_it_was_written(laptop: Laptop) -> None:
    contact = laptop.session.contacts.record_contact("Red jacket")
    place = laptop.session.places.record_place("MP-1", "meeting_place", "hovedstaden")
    content = met(
        "She works nights.", contact_id=contact.id, place_id=place.id, age=24, languages=("ro", "zh-Hans"),
        consent=ConsentLevel.FOLLOW_UP, leaflets=(LeafletGiven("where_to_get_help", "ro", "wallet", 2),),
        follow_up=FollowUp(date(2026, 3, 9), "call"), hand_over=HandOver("municipality", "told at once", "a child"),
        view=WorkerView(agrees=False, reason="knows more"), help_given=("talk",),
    )  # fmt: skip
    finished = laptop.session.encounters.finish_encounter(content)
    assert not finished.tally_only
    assert finished.id is not None
    note = laptop.session.encounters.find_encounter(finished.id)
    assert note.current.content.note == "She works nights."
    assert note.current.content.region == "hovedstaden", "the region is the place's"
    assert {**vars_of(note.current.content), "region": "unknown"} == vars_of(content)
    assert (note.state, note.current.version, note.current.worker_name) == ("finished", 1, WORKER_NAME)
    assert note.contact is not None
    assert (note.contact.short_name, note.contact.encounters, note.contact.last_met) == ("Red jacket", 1, date(2026, 3, 2))
    assert note.place is not None
    assert note.place.encounters == 1
    assert [(step.state, step.at) for step in note.sending] == [("finished", laptop.clock.now())]


def vars_of(content: object) -> dict[str, object]:
    return {name: getattr(content, name) for name in content.__slots__}  # type: ignore[attr-defined]  # a slotted value


def test_time_and_setting_alone_make_a_note(laptop: Laptop) -> None:
    note = laptop.session.encounters.find_encounter(laptop.finish())
    assert (note.contact, note.place, note.current.content.consent) == (None, None, ConsentLevel.CODED)
    assert note.current.assessment.outcome == "no_dimension_positive"


def test_a_night_counts_on_the_evening_and_keeps_its_own_offset(laptop: Laptop) -> None:
    met_at = datetime(2026, 3, 3, 3, 30, tzinfo=timezone(timedelta(hours=1)))
    note_id = laptop.finish(met_at=met_at)
    (row,) = laptop.session.encounters.list_encounters()
    assert row.shift_date == date(2026, 3, 2)
    kept = laptop.session.encounters.find_encounter(note_id).current.content.met_at
    assert (kept, kept.utcoffset()) == (met_at, timedelta(hours=1))


def test_notes_of_one_day_stand_newest_first_whatever_the_clocks_say(laptop: Laptop) -> None:
    ids = [laptop.finish(met_at=datetime(2026, 3, 5, hour, tzinfo=UTC)) for hour in (20, 23, 12)]
    assert [row.id for row in laptop.session.encounters.list_encounters()] == ids[::-1]
    assert [row.id for row in laptop.session.encounters.list_encounters(limit=1, offset=1)] == [ids[1]]
    assert laptop.session.encounters.count_encounters() == 3


def test_lists_of_one_contact_or_place_hold_only_theirs(laptop: Laptop) -> None:
    first, other = (laptop.session.contacts.record_contact(name) for name in ("Anna E.", "Bea E."))
    place = laptop.session.places.record_place("ST-4", "street", "syddanmark")
    mine = [laptop.finish(contact_id=first.id), laptop.finish(contact_id=first.id, place_id=place.id)]
    laptop.finish(contact_id=other.id)
    assert [row.id for row in laptop.session.contacts.timeline(first.id)] == mine[::-1]
    rows = laptop.session.encounters.list_encounters(place_id=place.id)
    assert [(row.id, row.place_code, row.contact_name, row.region) for row in rows] == [
        (mine[1], "ST-4", "Anna E.", "syddanmark")
    ]


def test_an_amendment_supersedes_and_overwrites_nothing(laptop: Laptop) -> None:
    note_id = laptop.finish("first words", gender="woman")
    laptop.clock.advance(60)
    laptop.session.encounters.amend_encounter(note_id, met("other words", gender="man"), "  misheard  ")
    note = laptop.session.encounters.find_encounter(note_id)
    assert note.state == "amended"
    assert [(row.version, row.content.note, row.content.gender, row.reason) for row in note.versions] == [
        (1, "first words", "woman", ""), (2, "other words", "man", "misheard"),
    ]
    assert [step.state for step in note.sending] == ["finished", "amended"]
    (row,) = laptop.session.encounters.list_encounters()
    assert (row.state, row.version, row.first_words) == ("amended", 2, "other words")
    assert laptop.session.search.search("first") == ()
    assert [hit.id for hit in laptop.session.search.search("other")] == [note_id]


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_an_amendment_needs_a_reason(laptop: Laptop, reason: str) -> None:
    note_id = laptop.finish("as it was")
    with pytest.raises(NoteNeedsReasonError):
        laptop.session.encounters.amend_encounter(note_id, met("changed"), reason)
    assert len(laptop.session.encounters.find_encounter(note_id).versions) == 1


def test_a_note_that_names_her_no_longer_is_a_new_person_for_the_centre(laptop: Laptop) -> None:
    contact = laptop.session.contacts.record_contact("Red jacket")
    note_id = laptop.finish(contact_id=contact.id)
    laptop.session.encounters.amend_encounter(note_id, met(), "somebody else")
    (subject,) = laptop.db.execute("SELECT subject_id FROM encounters").fetchone()
    assert subject not in {contact.id, note_id}
    laptop.session.encounters.amend_encounter(note_id, met("still nobody"), "more")
    assert laptop.db.execute("SELECT subject_id FROM encounters").fetchone() == (subject,)
    laptop.session.encounters.amend_encounter(note_id, met(contact_id=contact.id), "it was her")
    assert laptop.db.execute("SELECT subject_id FROM encounters").fetchone() == (contact.id,)


def test_what_is_not_there_is_said_calmly_and_changes_nothing(laptop: Laptop) -> None:
    verbs = laptop.session.encounters
    for missing in ({"contact_id": "e" * 32}, {"place_id": "e" * 32}):
        with pytest.raises(NotFoundError):
            verbs.finish_encounter(met(**missing))
    with pytest.raises(NotFoundError):
        verbs.find_encounter("e" * 32)
    with pytest.raises(NotFoundError):
        verbs.amend_encounter("e" * 32, met(), "why")
    assert verbs.count_encounters() == 0


@pytest.mark.parametrize("view", [WorkerView(agrees=True), WorkerView(agrees=False, reason="knows more")])
def test_a_referral_with_signs_waits_for_a_person_s_view(laptop: Laptop, view: WorkerView) -> None:
    verbs, referral = laptop.session.encounters, {"consent": ConsentLevel.REFERRAL, "recipient": "cmm"}
    with pytest.raises(ViewMissingError):
        verbs.finish_encounter(met("x", answers={SIGN: "told"}, **referral))
    assert verbs.count_encounters() == 0
    assert verbs.finish_encounter(met("x", answers={SIGN: "not_present"}, **referral)).id, "nothing to take a view on"
    assert verbs.finish_encounter(met("x", answers={SIGN: "told"}, view=view, **referral)).id


def test_a_refused_note_leaves_its_draft_and_nothing_else(laptop: Laptop) -> None:
    laptop.session.drafts.keep_draft("d" * 32, {"note": "half"}, page="encounter")
    with pytest.raises(UnknownIndicatorError):
        laptop.session.encounters.finish_encounter(met("half", answers={"as.nothing.here": "told"}), draft_id="d" * 32)
    with pytest.raises(ConsentNotOfferedError):
        laptop.session.encounters.finish_encounter(
            met("half", speaking="companion_interpreted", consent=ConsentLevel.FOLLOW_UP), draft_id="d" * 32
        )
    assert [draft.fields["note"] for draft in laptop.session.drafts.list_drafts()] == ["half"]
    assert laptop.session.encounters.count_encounters() == 0
    laptop.session.encounters.finish_encounter(met("half"), draft_id="d" * 32)
    assert laptop.session.drafts.list_drafts() == ()


def test_write_nothing_keeps_no_row_of_her_only_the_days_tally(laptop: Laptop) -> None:
    contact = laptop.session.contacts.record_contact("Red jacket")
    values = {
        "consent": ConsentLevel.WRITE_NOTHING, "contact_id": contact.id, "help_given": ("talk",), "gender": "woman",
        "leaflets": (LeafletGiven("a", "ro", copies=2), LeafletGiven("b", "ro"), LeafletGiven("a", "th")),
        "follow_up": FollowUp(date(2026, 3, 9), "secret"), "health": None, "nationality": "RO",
    }  # fmt: skip
    laptop.session.drafts.keep_draft("d" * 32, {"note": "secret"}, page="encounter")
    first = laptop.session.encounters.finish_encounter(met("secret", **values), draft_id="d" * 32)
    laptop.session.encounters.finish_encounter(met("secret again", **values))
    assert first.tally_only
    assert first.changes.tallies
    assert first.changes.sending
    (row,) = laptop.session.tallies.list_tallies()
    assert (row.tally.count, row.tally.leaflets, row.tally.help_given) == (2, {"ro": 6, "th": 2}, ("talk",))
    assert (row.tally.group, row.tally.setting) == ("not_said", "street")
    assert laptop.session.encounters.count_encounters() == 0
    assert laptop.session.drafts.list_drafts() == ()
    assert laptop.session.search.search("secret") == ()
    assert laptop.session.today.overview().follow_ups_due == ()


def test_a_health_block_is_for_health_workers_and_goes_along_unseen(prepared_health: PreparedLaptop, tmp_path: Path) -> None:
    block = HealthBlock(check=True, words="marker-health")
    with prepared_health.copy(tmp_path / "vault") as laptop:
        note_id = laptop.finish("a check", health=block)
        assert laptop.session.encounters.find_encounter(note_id).current.content.health == block
        assert laptop.session.search.search("marker") == ()
    with prepared_health.open(tmp_path / "vault", health_hidden=True) as laptop:
        seen = laptop.session.encounters.find_encounter(note_id).current
        assert (seen.content.health, seen.health_hidden) == (None, True)
        laptop.session.encounters.amend_encounter(note_id, met("more about the check"), "more")
        with pytest.raises(HealthKeyMissingError):
            laptop.session.encounters.amend_encounter(note_id, met(health=block), "not hers to write")
    with prepared_health.open(tmp_path / "vault") as laptop:
        versions = laptop.session.encounters.find_encounter(note_id).versions
        assert [version.content.health for version in versions] == [block, block]
        laptop.session.encounters.amend_encounter(note_id, met("no block after all"), "wrong person")
        assert laptop.session.encounters.find_encounter(note_id).current.content.health is None


def test_an_amended_follow_up_replaces_the_open_one_and_an_unchanged_one_stays_closed(laptop: Laptop) -> None:
    laptop.clock.set_wall(datetime(2026, 4, 1, tzinfo=UTC))
    due = FollowUp(date(2026, 3, 9), "call")
    note_id = laptop.finish(follow_up=due)
    (open_one,) = laptop.session.today.overview().follow_ups_due
    laptop.session.encounters.amend_encounter(note_id, met("typo", follow_up=due), "typo")
    assert laptop.session.today.overview().follow_ups_due == (open_one,)
    laptop.session.follow_ups.close_follow_up(open_one.id)
    laptop.session.encounters.amend_encounter(note_id, met("typo two", follow_up=due), "typo")
    assert laptop.session.today.overview().follow_ups_due == ()
    laptop.session.encounters.amend_encounter(note_id, met(follow_up=FollowUp(date(2026, 3, 20), "visit")), "later")
    (new,) = laptop.session.today.overview().follow_ups_due
    assert (new.what, new.encounter_id) == ("visit", note_id)
    laptop.session.encounters.amend_encounter(note_id, met(), "done")
    assert laptop.session.today.overview().follow_ups_due == ()


def test_the_assessment_is_frozen_into_each_version(laptop: Laptop) -> None:
    note_id = laptop.finish(answers={SIGN: "told"}, age_band="maybe_under_18", sells_sex=True)
    laptop.session.encounters.amend_encounter(note_id, met(), "misheard")
    first, second = laptop.session.encounters.find_encounter(note_id).versions
    assert first.assessment.catalogue.startswith("adult_sexual/")
    assert "child_act_now" in first.assessment.alerts
    assert second.assessment.alerts == ()


def test_a_new_contact_and_her_identity_are_kept_with_the_note(laptop: Laptop) -> None:
    about = About("Red jacket", provisional=False, identity=Identity("Anna Eksempel", "asked for papers"))
    finished = laptop.session.encounters.finish_encounter(met("x"), about=about)
    assert finished.id is not None
    contact = laptop.session.encounters.find_encounter(finished.id).contact
    assert contact is not None
    assert (contact.short_name, contact.provisional, contact.has_identity) == ("Red jacket", False, True)
    assert [hit.contact_name for hit in laptop.session.search.search("jacket")] == ["Red jacket"]


def test_a_refused_note_makes_no_contact_and_a_refused_contact_no_note(laptop: Laptop) -> None:
    verbs, contacts = laptop.session.encounters, laptop.session.contacts
    with pytest.raises(UnknownIndicatorError):
        verbs.finish_encounter(met(answers={"as.nothing.here": "told"}), about=About("Red jacket"))
    with pytest.raises(NoteNeedsReasonError):
        verbs.finish_encounter(met(), about=About("Red jacket", identity=Identity("Anna Eksempel", " ")))
    assert contacts.list_contacts() == ()
    contacts.record_contact("Red jacket")
    with pytest.raises(ShortNameTakenError):
        verbs.finish_encounter(met(), about=About("red JACKET"))
    with pytest.raises(IdentityNeedsContactError):
        verbs.finish_encounter(met(), about=About(identity=Identity("Anna Eksempel", "why")))
    assert verbs.count_encounters() == 0
    assert len(contacts.list_contacts()) == 1


def test_an_amendment_may_bring_the_contact_and_ends_its_draft_in_one_step(laptop: Laptop) -> None:
    note_id = laptop.finish("x")
    laptop.session.drafts.keep_draft("d" * 32, {"note": "half"}, page="encounter")
    with pytest.raises(UnknownIndicatorError):
        laptop.session.encounters.amend_encounter(
            note_id, met(answers={"as.nothing.here": "told"}), "who", draft_id="d" * 32, about=About("Red jacket")
        )
    assert laptop.session.contacts.list_contacts() == ()
    assert len(laptop.session.drafts.list_drafts()) == 1
    laptop.session.encounters.amend_encounter(note_id, met("y"), "who", draft_id="d" * 32, about=About("Red jacket"))
    first, second = laptop.session.encounters.find_encounter(note_id).versions
    assert (first.contact_name, second.contact_name) == ("", "Red jacket"), "each version names its own contact"
    assert laptop.session.drafts.list_drafts() == ()


def test_write_nothing_makes_no_contact(laptop: Laptop) -> None:
    about = About("Red jacket", identity=Identity("Anna Eksempel", "why"))
    assert laptop.session.encounters.finish_encounter(met(consent=ConsentLevel.WRITE_NOTHING), about=about).tally_only
    assert laptop.session.contacts.list_contacts() == ()


def test_lists_and_search_keep_the_order_of_recording_whatever_the_clock_says(laptop: Laptop) -> None:
    place = laptop.session.places.record_place("MP-1", "street")
    for name, year in {"a": 2026, "b": 2016, "c": 2036, "d": 2026}.items():
        laptop.finish(f"marker {name}", met_at=datetime(year, 2, 1, 20, tzinfo=UTC), place_id=place.id)
    expected = ["marker d", "marker c", "marker b", "marker a"]
    assert [row.first_words for row in laptop.session.encounters.list_encounters()] == expected
    assert [row.first_words for row in laptop.session.encounters.list_encounters(place_id=place.id)] == expected
    assert [row.first_words for row in laptop.session.search.search("marker")] == expected
    assert [row.first_words for row in laptop.session.search.search("marker", limit=2)] == expected[:2]
    amended = laptop.session.encounters.list_encounters()[-1].id
    laptop.session.encounters.amend_encounter(amended, met("marker new"), "more")
    assert [row.first_words for row in laptop.session.search.search("marker")][-1] == "marker new"
    assert laptop.db.execute("SELECT count(*) FROM note_words").fetchone() == (4,), "the old words are gone"
