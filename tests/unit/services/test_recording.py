"""An encounter as JSON: places and contacts found or made with it, all or nothing; and enrolment by files."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

import pytest

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.contact import Identity, LinkageFacts
from outreach_app.domain.encounter import FollowUp, HandOver, WorkerView
from outreach_app.domain.errors import DateNotUsableError, NameMissingError, TextNotUsableError, UnknownCodeError
from outreach_app.domain.texts import NOTE_LIMIT, SHORT_LIMIT
from outreach_app.errors import KnownError
from outreach_app.records import contacts as contact_records
from outreach_app.records.enrolment import find_enrolment
from outreach_app.records.errors import NotFoundError
from outreach_app.services.assessing import assess_encounter
from outreach_app.services.enrolling import EnrolmentState, PendingReply
from outreach_app.services.errors import (
    AlreadyEnrolledError,
    NoRequestError,
    OwnRequestError,
    ReplyForAnotherError,
    RequestInsteadError,
)
from outreach_app.sync.errors import EnrolmentUnreadableError
from outreach_app.wire.errors import DataTooLargeError, UntrustedDataError
from tests.support.centre_box import enrol, reply_to
from tests.support.sessions import Laptop, met
from tests.support.sync_people import Centre


def record(laptop: Laptop, **fields: Any) -> str | None:
    return laptop.session.recording.record_encounter(json.dumps({"setting": "street", **fields}).encode()).id


def test_the_setting_alone_is_enough_and_the_time_is_now(laptop: Laptop) -> None:
    note_id = record(laptop)
    assert note_id is not None
    assert laptop.session.encounters.find_encounter(note_id).current.content.met_at == laptop.clock.now()


def test_place_and_contact_are_made_once_and_found_again(laptop: Laptop) -> None:
    cafe = "Caf\u00e9"
    for code, called in ((cafe, "Red jacket"), ("  Cafe\u0301 ", " red   JACKET"), (cafe.upper().replace("É", "é"), "Red jacket")):
        record(laptop, place={"code": code, "region": "syddanmark", "warning": "not alone"}, contact={"called": called})
    (place,) = laptop.session.places.list_places()
    assert (place.code, place.warning, place.encounters) == (cafe, "not alone", 3)
    (contact,) = laptop.session.contacts.list_contacts()
    assert (contact.provisional, contact.encounters) == (True, 3)
    record(laptop, contact={"id": contact.id})
    assert laptop.session.contacts.find_contact(contact.id).encounters == 4


def test_a_new_place_and_a_new_contact_are_kept_with_all_that_is_said_of_them(laptop: Laptop) -> None:
    told = {"code": "MP-1", "setting": "massage_parlour", "region": "syddanmark", "note": "second floor", "warning": "w", "revisit_on": "2026-04-01"}
    record(laptop, place=told, contact={"called": "Red jacket", "provisional": False})
    (place,) = laptop.session.places.list_places()
    assert (place.setting, place.region, place.note, place.warning, place.revisit_on) == (
        "massage_parlour", "syddanmark", "second floor", "w", date(2026, 4, 1),
    )  # fmt: skip
    (contact,) = laptop.session.contacts.list_contacts()
    assert not contact.provisional


def test_identity_and_linkage_facts_are_kept_with_the_contact(laptop: Laptop) -> None:
    record(laptop, contact={
        "called": "Red jacket", "identity": {"name": "Anna Eksempel", "reason": "wants help"},
        "linkage": {"first_name_start": "An", "last_name_start": "Ek", "born_on": "1999-01-02"},
    })  # fmt: skip
    (contact,) = laptop.session.contacts.list_contacts()
    assert laptop.session.contacts.find_identity(contact.id) == Identity("Anna Eksempel", "wants help")
    assert contact_records.find_linkage(laptop.db, contact.id) == LinkageFacts("An", "Ek", date(1999, 1, 2))


def test_write_nothing_makes_no_contact(laptop: Laptop) -> None:
    assert record(laptop, consent="write_nothing", contact={"called": "Red jacket"}, note="secret") is None
    assert laptop.session.contacts.list_contacts() == ()
    assert len(laptop.session.tallies.list_tallies()) == 1


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"contact": {"id": "e" * 32}}, NotFoundError),
        ({"contact": {"called": "  "}}, NameMissingError),
        ({"place": {"code": " "}}, NameMissingError),
        ({"note": "NUL \x00"}, TextNotUsableError),
        ({"place": {"code": "a\x07"}}, TextNotUsableError),
        ({"place": {"code": "MP-1", "setting": "moon"}}, UnknownCodeError),
        ({"place": {"code": "MP-1", "revisit_on": "9999-12-31"}}, DateNotUsableError),
        ({"hand_over": {"to_whom": "a\x00"}}, TextNotUsableError),
        ({"hand_over": {"to_whom": "a", "without_consent_because": "\x1b[31m"}}, TextNotUsableError),
        ({"met_at": "0001-01-01T00:00:00+14:00"}, DateNotUsableError),
        ({"met_at": "9999-12-31T23:59:59-12:00"}, DateNotUsableError),
        ({"follow_up": {"due_on": "9999-12-31"}}, DateNotUsableError),
        ({"contact": {"called": "A", "linkage": {"first_name_start": "A", "last_name_start": "B", "born_on": "0001-01-01"}}}, DateNotUsableError),
        ({"met_at": "0000-01-01T00:00:00Z"}, UntrustedDataError),
        ({"note": "x" * 10_000_000}, DataTooLargeError),
        ({"note": "x" * 100_001}, UntrustedDataError),
        ({"setting": "moon"}, KnownError),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_changes_nothing_at_all(laptop: Laptop, fields: dict[str, Any], error: type[KnownError]) -> None:
    before = laptop.vault.chain_step()
    with pytest.raises(error) as caught:
        record(laptop, **{"place": {"code": "NEW-1"}, "contact": {"called": "New"}, **fields})
    assert caught.value.sentence()
    assert "{" not in caught.value.sentence()
    assert laptop.vault.chain_step() == before
    assert laptop.session.places.list_places() == laptop.session.contacts.list_contacts() == ()


def test_a_lone_surrogate_is_named_by_its_field(laptop: Laptop) -> None:
    with pytest.raises(UntrustedDataError, match=r"\$\.note"):
        laptop.session.recording.record_encounter(b'{"setting":"street","note":"half \\ud83d"}')


def test_the_longest_note_in_the_widest_letters_still_fits_a_record(laptop: Laptop) -> None:
    wide, short = "\U0001f642" * NOTE_LIMIT, '"' * SHORT_LIMIT
    laptop.finish(
        wide, consent=ConsentLevel.FOLLOW_UP, hand_over=HandOver(short, wide, short), view=WorkerView(agrees=False, reason=short),
        follow_up=FollowUp(date(2026, 3, 9), short),
    )  # fmt: skip
    (row,) = laptop.session.sending.seal()
    assert row.records == 1


def test_selling_sex_or_sexual_exploitation_reaches_the_assessment(laptop: Laptop) -> None:
    catalogues = laptop.parts.catalogues
    young = {"age": 17}
    assert "child_act_now" in assess_encounter(met(sells_sex=True, **young), catalogues).alerts
    assert "child_act_now" in assess_encounter(met(exploitation="both", **young), catalogues).alerts
    heard = assess_encounter(met(speaking="someone_listening"), catalogues)
    assert "not_free_to_speak" in heard.alerts


@pytest.mark.parametrize("young", [{"age": 14}, {"age_band": "maybe_under_18"}], ids=["14", "maybe"])
@pytest.mark.parametrize("form", ["labour", "forced_crime", "begging", "organ", "marriage", "other"])
def test_a_child_exploited_in_any_way_raises_the_alert(laptop: Laptop, form: str, young: dict[str, Any]) -> None:
    catalogues = laptop.parts.catalogues
    assert "child_act_now" in assess_encounter(met(exploitation=form, **young), catalogues).alerts
    assert "child_act_now" not in assess_encounter(met(exploitation=form, age=18), catalogues).alerts


def test_a_child_of_whom_no_exploitation_is_noted_raises_none(laptop: Laptop) -> None:
    assert "child_act_now" not in assess_encounter(met(age=14), laptop.parts.catalogues).alerts


def test_enrolment_goes_from_nothing_to_enrolled(alone: Laptop) -> None:
    verbs = alone.session.enrolling
    assert verbs.state() == EnrolmentState("none")
    with pytest.raises(NoRequestError):
        verbs.accept(b"{}")
    asked = verbs.request()
    assert verbs.request() == asked, "asked again, the same request comes back"
    assert len(asked.words.split()) == 6
    state = verbs.state()
    assert (state.state, state.words, len(state.device)) == ("requested", asked.words, 32)
    enrol(alone.session, url="https://mailbox.example")
    assert (verbs.state().state, verbs.state().mailbox_url) == ("enrolled", "https://mailbox.example")


def test_only_the_reply_to_this_request_is_accepted_and_only_once(alone: Laptop, laptop: Laptop) -> None:
    verbs = alone.session.enrolling
    request = verbs.request()
    good = reply_to(request.data)
    for broken in (b"", b"{}", good[:-20], good.replace(b"A", b"B", 1), reply_to(bytes(laptop_request(laptop)))):
        with pytest.raises(EnrolmentUnreadableError):
            verbs.accept(broken)
    with pytest.raises(ReplyForAnotherError):
        verbs.accept(reply_to(bytes(laptop_request(laptop))))
    with pytest.raises(OwnRequestError):
        verbs.accept(request.data)
    with pytest.raises(RequestInsteadError):
        verbs.accept(bytes(laptop_request(laptop)))
    assert verbs.state().state == "requested"
    pending, other = verbs.accept(good), verbs.accept(reply_to(request.data, Centre()))
    assert pending.words != other.words, "the words tell two centres apart"
    verbs.confirm(pending)
    for again in (verbs.request, lambda: verbs.accept(good), lambda: verbs.confirm(other)):
        with pytest.raises(AlreadyEnrolledError):
            again()
    assert verbs.enrolled().reply.sha512 == hashlib.sha512(good).hexdigest()


def laptop_request(laptop: Laptop) -> bytes:
    return bytes(laptop.db.execute("SELECT request FROM enrolment").fetchone()[0])


def test_keys_of_the_device_show_in_no_text(laptop: Laptop) -> None:
    enrolled = laptop.session.enrolling.enrolled()
    stored = find_enrolment(laptop.db)
    assert stored is not None
    shown = repr((enrolled, stored, PendingReply(b"", "", enrolled.reply.linkage_key)))
    for secret in (enrolled.reply.linkage_key, stored.signing_keys, stored.receiving_keys):
        assert repr(secret)[2:30] not in shown
        assert secret.hex() not in shown
