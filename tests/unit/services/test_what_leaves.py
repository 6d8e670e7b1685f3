"""The consent table, held by trying to break it: encounters full of marker words are sealed and opened at a centre."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach_app.domain.consent import RECIPIENTS, ConsentLevel
from outreach_app.domain.contact import Identity, LinkageFacts
from outreach_app.domain.encounter import (
    CardAnswers,
    Encounter,
    FollowUp,
    HandOver,
    HealthBlock,
    LeafletGiven,
    WorkerView,
)
from outreach_app.domain.linkage import linkage_code
from outreach_app.errors import KnownError
from outreach_app.wire.batch_records import (
    CodedRecord,
    NoteRecord,
    ReferralRecord,
    StandingRecord,
    TallyRecord,
    VoidRecord,
    read_record,
)
from outreach_app.wire.code_lists import load_code_lists
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.indicator_catalogue import load_catalogues
from outreach_app.wire.traits import load_traits
from tests.support.centre_box import LINKAGE_KEY
from tests.support.sessions import MET_AT, Laptop, PreparedLaptop, met

LEVELS = (ConsentLevel.CODED, ConsentLevel.FOLLOW_UP, ConsentLevel.REFERRAL)
FACTS = LinkageFacts("Zq", "Xw", date(1999, 12, 31))
CODE = linkage_code(FACTS, LINKAGE_KEY)
ALWAYS_STAYS = (
    "marker-name-reason", "marker-short-name", "marker-health", "marker-place-note", "marker-place-warning",
    "marker-amend", "marker-worker", "Zq", "Xw", "1999-12-31",
)  # fmt: skip
OF_THE_NOTE = (
    "marker-note", "marker-follow-up", "marker-to-whom", "marker-said", "marker-ground", "marker-view", "marker-place-code",
    CODE, "2026-03-09",
)  # fmt: skip
IDENTITY = ("marker-identity",)


def codes(name: str, *more: str) -> st.SearchStrategy[str]:
    return st.sampled_from([*(code.code for code in load_code_lists()[name].codes), *more])  # type: ignore[index]  # a list's name


CATALOGUES = load_catalogues()
TRAITS = [trait.code for trait in load_traits().traits]
ON_A_SIGN = "heard-on-the-stairs"


@st.composite
def full_encounters(draw: st.DrawFn, levels: tuple[ConsentLevel, ...] = LEVELS) -> Encounter:
    """An encounter in which everything that can hold words holds a marker."""
    profile = draw(st.sampled_from(sorted(CATALOGUES)))
    signs = st.sampled_from(sorted(CATALOGUES[profile].by_id()))
    how = st.sampled_from(["observed", "told", "told_by_others", "not_present", "not_asked"])
    languages = st.sampled_from(["ro", "th", "zh-Hans", "ar"])
    leaflet = st.builds(LeafletGiven, st.just("where_to_get_help"), languages, st.just("wallet"), st.integers(1, 9))
    many = {"max_size": 3}
    answers = draw(st.dictionaries(signs, how, **many))
    return Encounter(
        met_at=draw(st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1))).replace(tzinfo=timezone(timedelta(hours=1))),
        setting=draw(codes("settings")), consent=draw(st.sampled_from(levels)), recipient=draw(st.sampled_from(RECIPIENTS)),
        speaking=draw(st.sampled_from(["alone", "not_noted"])), interpreter=draw(codes("interpreter_kinds")),
        gender=draw(codes("genders")), nationality=draw(st.sampled_from(["", "RO", "TH"])),
        age=draw(st.none() | st.integers(0, 120)), age_band=draw(codes("age_bands", "")),
        age_when_it_began=draw(st.none() | st.integers(0, 120)), exploitation=draw(codes("exploitation_forms")),
        sector=draw(codes("sectors", "")), stay=draw(codes("stays")), languages=tuple(draw(st.lists(languages, **many))),
        help_given=tuple(draw(st.lists(codes("help_kinds"), **many))), help_offer=draw(codes("offer_answers")),
        return_offer=draw(codes("offer_answers")), items=tuple(draw(st.lists(codes("items_handed_out"), **many))),
        leaflets=tuple(draw(st.lists(leaflet, **many))), profile=profile, answers=answers,
        sign_words=dict.fromkeys(answers, ON_A_SIGN), traits=tuple(draw(st.lists(st.sampled_from(TRAITS), **many))),
        channel=draw(codes("online_channels", "")),
        cards=draw(st.none() | st.just(CardAnswers("ro", draft=True, answers={"can_you_leave": "no"}))),
        sells_sex=draw(st.booleans()), note="marker-note", follow_up=FollowUp(date(2026, 3, 9), "marker-follow-up"),
        hand_over=HandOver("marker-to-whom", "marker-said", "marker-ground"), view=WorkerView(draw(st.booleans()), "marker-view"),
        health=HealthBlock(draw(st.booleans()), words="marker-health"),
    )  # fmt: skip


@pytest.fixture(scope="module")
def one_laptop(prepared_health: PreparedLaptop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laptop]:
    """One vault for the whole module: what was sealed before is never sealed again, so examples do not disturb each other."""
    with prepared_health.copy(tmp_path_factory.mktemp("leaves") / "vault") as laptop:
        laptop.db.execute("UPDATE workers SET name = 'marker-worker'")
        contact = laptop.session.contacts.record_contact("marker-short-name")
        laptop.session.contacts.record_identity(contact.id, Identity("marker-identity", "marker-name-reason"))
        laptop.session.contacts.record_linkage(contact.id, FACTS)
        laptop.session.places.record_place(
            "marker-place-code", "street", "syddanmark", note="marker-place-note",
            warning="marker-place-warning",
        )
        yield laptop


def of_her(laptop: Laptop, content: Encounter) -> Encounter:
    (contact,), (place,) = laptop.session.contacts.list_contacts(), laptop.session.places.list_places()
    return replace(content, contact_id=contact.id, place_id=place.id)


def sealed_line(laptop: Laptop, *, gave_up: bool = False) -> bytes:
    """Seal what waits and return the one line of it, as the centre opens it.

    Behind it stands only that a number was given up, if one was, and where the vault stood.
    """
    assert laptop.box is not None
    (row,) = laptop.session.sending.seal()
    data = laptop.db.execute("SELECT data FROM batches WHERE sha512 = ?", (row.sha512,)).fetchone()[0]
    line, *behind = laptop.box.open(bytes(data))
    assert [type(read_record(each)) for each in behind] == [*([VoidRecord] if gave_up else []), StandingRecord]
    return line


def expected_words(level: ConsentLevel) -> tuple[str, ...]:
    if level in {ConsentLevel.CODED, ConsentLevel.WRITE_NOTHING}:
        return ()
    return OF_THE_NOTE if level is ConsentLevel.FOLLOW_UP else OF_THE_NOTE + IDENTITY


def assert_exactly(line: bytes, level: ConsentLevel) -> None:
    text = line.decode()
    may = expected_words(level)
    assert [word for word in may if word not in text] == [], "what was agreed to did not leave whole"
    must_not = [word for word in (*ALWAYS_STAYS, *OF_THE_NOTE, *IDENTITY) if word not in may]
    assert [word for word in must_not if word in text] == []
    assert text.count("marker") == sum("marker" in word for word in may), "a word left by another way"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(content=full_encounters())
def test_exactly_what_she_agreed_to_leaves(one_laptop: Laptop, content: Encounter) -> None:
    note_id = one_laptop.session.encounters.finish_encounter(of_her(one_laptop, content)).id
    line = sealed_line(one_laptop)
    assert_exactly(line, content.consent)
    kinds = {ConsentLevel.CODED: CodedRecord, ConsentLevel.FOLLOW_UP: NoteRecord, ConsentLevel.REFERRAL: ReferralRecord}
    record = read_record(line)
    assert type(record) is kinds[content.consent]
    assert record.id == note_id
    assert isinstance(record, CodedRecord)
    assert record.indicators == content.answers
    whole = content.consent is not ConsentLevel.CODED
    assert getattr(record, "traits", None) == (list(content.traits) if whole else None), "no code of the table's row"
    assert (ON_A_SIGN.encode() in line) == (whole and bool(content.sign_words)), "words on a sign are words"
    assert (b"can_you_leave" in line) == (whole and content.cards is not None)
    assert record.age_band or (content.age is None and not content.age_band)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(content=full_encounters(), later=st.sampled_from(tuple(ConsentLevel)), sealed_between=st.booleans())
def test_after_an_amendment_the_new_agreement_alone_decides(
    one_laptop: Laptop, content: Encounter, later: ConsentLevel, sealed_between: bool
) -> None:
    note_id = one_laptop.session.encounters.finish_encounter(of_her(one_laptop, content)).id
    assert note_id is not None
    if sealed_between:
        assert_exactly(sealed_line(one_laptop), content.consent)
    changed = replace(of_her(one_laptop, content), consent=later)
    one_laptop.session.encounters.amend_encounter(note_id, changed, "marker-amend")
    lowered = tuple(ConsentLevel).index(later) < tuple(ConsentLevel).index(content.consent)
    line = sealed_line(one_laptop, gave_up=sealed_between and lowered)
    assert_exactly(line, later)
    record = read_record(line)
    assert (record.id, record.version) == (note_id, 2)
    assert isinstance(record, TallyRecord) == (later is ConsentLevel.WRITE_NOTHING)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(content=full_encounters((ConsentLevel.WRITE_NOTHING,)))
def test_write_nothing_lets_only_the_days_tally_leave(one_laptop: Laptop, content: Encounter) -> None:
    assert one_laptop.session.encounters.finish_encounter(of_her(one_laptop, content)).tally_only
    line = sealed_line(one_laptop)
    assert_exactly(line, ConsentLevel.WRITE_NOTHING)
    tree = json.loads(line)
    assert set(tree) == {
        "kind", "id", "version", "worker", "shift_date", "setting", "region", "group", "count", "leaflets", "help_given",
    }  # fmt: skip
    assert tree["kind"] == "tally"


def test_a_coded_row_holds_these_fields_and_no_other(laptop: Laptop) -> None:
    laptop.finish("words", age=17, place_id=laptop.session.places.record_place("P", "street", "sjaelland").id)
    tree = json.loads(sealed_line(laptop))
    assert set(tree) == {
        "kind", "id", "version", "worker", "contact", "shift_date", "setting", "region", "gender", "age_band", "nationality",
        "languages", "exploitation", "sector", "help_given", "help_offer", "return_offer", "leaflets", "indicators", "assessment",
    }  # fmt: skip
    assert (tree["age_band"], tree["region"]) == ("15_17", "sjaelland")
    assert len(tree["contact"]) == 32


def test_the_health_block_never_leaves_and_the_hand_over_does_with_the_note(one_laptop: Laptop) -> None:
    names = {field.name for kind in (NoteRecord, ReferralRecord) for field in msgspec.structs.fields(kind)}
    assert not {"health", "health_words", "called", "short_name", "linkage", "worker_name"} & names
    told = {field.name for field in fields(HandOver)}
    one_laptop.session.encounters.finish_encounter(
        met("x", consent=ConsentLevel.FOLLOW_UP, hand_over=HandOver("police", "what", "why"))
    )
    tree = json.loads(sealed_line(one_laptop))
    assert set(tree["hand_over"]) == told


def test_identity_goes_to_the_named_recipient_only(laptop: Laptop) -> None:
    contact = laptop.session.contacts.record_contact("Red jacket")
    laptop.session.contacts.record_identity(contact.id, Identity("Anna Eksempel", "she wants help from the centre"))
    laptop.finish(contact_id=contact.id, consent=ConsentLevel.REFERRAL, recipient="cmm")
    tree = json.loads(sealed_line(laptop))
    assert (tree["kind"], tree["recipient"], tree["identity_name"]) == ("referral", "cmm", "Anna Eksempel")


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "words",
    [
        {"nationality": "marker"}, {"nationality": "ro"}, {"nationality": "RO\n"}, {"languages": ("marker words",)},
        {"languages": ("ro", "x")}, {"gender": "marker"}, {"gender": ""}, {"setting": ""}, {"region": "marker street 5"},
        {"region": ""}, {"sector": "marker"}, {"age_band": "marker"}, {"exploitation": "marker"}, {"stay": "marker"},
        {"speaking": "marker"}, {"interpreter": "marker"}, {"help_given": ("marker",)}, {"help_given": ("",)},
        {"items": ("marker",)}, {"help_offer": "marker"}, {"return_offer": "marker"}, {"answers": {"marker": "told"}},
        {"leaflets": (LeafletGiven("marker words", "ro"),)}, {"leaflets": (LeafletGiven("", "ro"),)},
        {"leaflets": (LeafletGiven("a", "marker words"),)}, {"leaflets": (LeafletGiven("a", "ro", copies=0),)},
        {"recipient": "marker"}, {"age": -1}, {"age": 121}, {"age_when_it_began": 1000},
        {"help_given": ("talk",) * 101}, {"leaflets": (LeafletGiven("a", "ro"),) * 101},
    ],
)  # fmt: skip
def test_words_do_not_pass_as_codes(one_laptop: Laptop, level: ConsentLevel, words: dict[str, Any]) -> None:
    before = one_laptop.session.encounters.count_encounters()
    with pytest.raises(KnownError):
        one_laptop.session.encounters.finish_encounter(met(consent=level, **{"recipient": "cmm", **words}))
    assert one_laptop.session.encounters.count_encounters() == before


@pytest.mark.parametrize("extra", ["note", "place_code", "linkage_code", "identity_name", "met_at", "marker"])
def test_a_coded_record_cannot_even_be_made_or_read_with_more(laptop: Laptop, extra: str) -> None:
    laptop.finish()
    line = sealed_line(laptop)
    values = json.loads(line)
    with pytest.raises(UntrustedDataError):
        read_record(json.dumps({**values, extra: "marker"}).encode())
    del values["kind"]
    with pytest.raises(TypeError):
        CodedRecord(**values, **{extra: "marker"})


def test_the_words_of_the_batch_are_nowhere_readable(laptop: Laptop) -> None:
    laptop.finish("marker-note", consent=ConsentLevel.FOLLOW_UP)
    laptop.session.sending.seal()
    data = bytes(laptop.db.execute("SELECT data FROM batches").fetchone()[0])
    assert b"marker" not in data
    assert MET_AT.isoformat()[:10].encode() not in data
