"""What may happen to a note once it is finished: taken back within a minute, amended by two, asked again alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.encounter import CardAnswers, FollowUp, HandOver, WorkerView
from outreach_app.domain.errors import (
    ConsentNotOfferedError,
    DateNotUsableError,
    LanguageNotUsableError,
    NumberNotUsableError,
    TextTooLongError,
    UnknownCodeError,
    ViewNeedsReasonError,
)
from outreach_app.domain.finding import Filters
from outreach_app.records.encounters import list_versions
from outreach_app.records.errors import NotFoundError
from outreach_app.services.errors import NoteChangedMeanwhileError, TooLateToTakeBackError
from outreach_app.services.session import Session
from tests.support.centre_box import CentreBox
from tests.support.sessions import Laptop, met

SIGN = "as.coercion_at_destination.documents_taken"
DRAFT = "d" * 32
FIELDS = {"content": {"note": "She works nights."}}


def _take_back(laptop: Laptop, note_id: str) -> None:
    laptop.session.encounters.undo_finish(note_id, DRAFT, FIELDS, page="encounter")


def _open_to_dos(laptop: Laptop, note_id: str) -> list[tuple[str, str]]:
    rows = laptop.db.execute(
        "SELECT kind, due_on FROM follow_ups WHERE encounter_id = ? AND closed_at IS NULL ORDER BY kind", (note_id,)
    )
    return [tuple(row) for row in rows]


def test_finishing_is_taken_back_within_a_minute_as_a_version_and_a_draft(laptop: Laptop) -> None:
    note_id = laptop.finish("She works nights.", follow_up=FollowUp(date(2026, 3, 9), "call"))
    laptop.clock.advance(60)
    _take_back(laptop, note_id)
    note = laptop.session.encounters.find_encounter(note_id)
    assert (note.state, [version.version for version in note.versions]) == ("taken_back", [1, 2])
    assert note.versions[0].content.note == note.current.content.note == "She works nights."
    assert note.current.reason
    (draft,) = laptop.session.drafts.list_drafts()
    assert (draft.id, draft.fields, draft.page) == (DRAFT, FIELDS, "encounter")
    assert _open_to_dos(laptop, note_id) == []


def test_a_note_taken_back_does_not_leave_and_holds_nothing_until_it_is_finished_again(laptop: Laptop) -> None:
    note_id = laptop.finish("She works nights.", follow_up=FollowUp(date(2026, 3, 9), "call"))
    _take_back(laptop, note_id)
    assert [row.id for row in laptop.session.search.find(Filters(state="taken_back"), limit=5).rows] == [note_id]
    assert laptop.session.search.find(Filters(state="amended"), limit=5).rows == ()
    laptop.session.drafts.discard_draft(DRAFT)
    assert laptop.session.sending.seal() == ()
    assert laptop.session.keeping.list_held() == ()
    content = laptop.session.encounters.find_encounter(note_id).current.content
    laptop.session.encounters.amend_encounter(note_id, content, "went on writing", from_version=2)
    assert laptop.session.encounters.find_encounter(note_id).state == "amended"
    assert _open_to_dos(laptop, note_id) == [("", "2026-03-09")], "its to-do is open again"
    (batch,) = laptop.session.sending.seal()
    assert batch.records == 1


@pytest.mark.parametrize("why", ["late", "packed", "amended", "unknown", "clock"])
def test_taking_back_too_late_is_refused_and_changes_nothing(laptop: Laptop, why: str) -> None:
    note_id = laptop.finish("She works nights.")
    if why == "late":
        laptop.clock.advance(61)
    elif why == "packed":
        laptop.session.sending.seal()
    elif why == "amended":
        laptop.session.encounters.amend_encounter(note_id, met("more"), "heard more")
    elif why == "clock":
        laptop.clock.set_wall(laptop.clock.now() - timedelta(days=3650))
    before = list_versions(laptop.db, note_id)
    with pytest.raises(NotFoundError if why == "unknown" else TooLateToTakeBackError):
        _take_back(laptop, "f" * 32 if why == "unknown" else note_id)
    assert list_versions(laptop.db, note_id) == before
    assert laptop.session.drafts.list_drafts() == ()


def test_only_who_finished_it_takes_it_back(laptop: Laptop) -> None:
    note_id = laptop.finish("She works nights.")
    other = "e" * 32
    laptop.db.execute("INSERT INTO workers(id, name, role, created_at) SELECT ?, 'BB', role, created_at FROM workers", (other,))
    parts = replace(laptop.parts, worker=replace(laptop.parts.worker, id=other, name="BB"))
    with pytest.raises(TooLateToTakeBackError):
        Session(parts).encounters.undo_finish(note_id, DRAFT, FIELDS, page="encounter")


def test_a_second_amendment_does_not_overwrite_the_first_and_says_whose_it_is(laptop: Laptop) -> None:
    note_id = laptop.finish("She works nights.")
    laptop.session.encounters.amend_encounter(note_id, met("She has a child."), "heard more", from_version=1)
    with pytest.raises(NoteChangedMeanwhileError) as caught:
        laptop.session.encounters.amend_encounter(note_id, met("She moved."), "was told", from_version=1)
    assert "AM" in caught.value.sentence()
    note = laptop.session.encounters.find_encounter(note_id)
    assert [version.content.note for version in note.versions] == ["She works nights.", "She has a child."]
    laptop.session.encounters.amend_encounter(note_id, met("Both."), "was told", from_version=2)
    assert laptop.session.encounters.find_encounter(note_id).current.content.note == "Both."


def test_not_free_to_speak_puts_ask_again_alone_on_the_next_day(laptop: Laptop) -> None:
    note_id = laptop.finish("", speaking="companion_interpreted", follow_up=FollowUp(date(2026, 3, 9), "call"))
    assert _open_to_dos(laptop, note_id) == [("", "2026-03-09"), ("ask_alone", "2026-03-03")]
    again = met("", speaking="someone_listening")
    laptop.session.encounters.amend_encounter(note_id, again, "was there again")
    assert _open_to_dos(laptop, note_id) == [("ask_alone", "2026-03-03")], "asked once, however often it is so"
    laptop.session.encounters.amend_encounter(note_id, met("", speaking="alone"), "she was alone")
    assert _open_to_dos(laptop, note_id) == []


def test_a_child_nobody_was_called_for_stays_first_of_all_until_a_hand_over_or_a_worker_ends_it(laptop: Laptop) -> None:
    laptop.finish("", follow_up=FollowUp(date(2026, 3, 1), "ring"))
    child: dict[str, Any] = {"age": 15, "sells_sex": True}
    note_id = laptop.finish("", **child)
    assert _open_to_dos(laptop, note_id) == [("child_call", "2026-03-02")]
    assert [row.kind for row in laptop.session.follow_ups.list_due()] == ["child_call", ""], "before what is late"
    laptop.session.follow_ups.close_follow_up(laptop.session.follow_ups.list_due()[0].id)
    laptop.session.encounters.amend_encounter(note_id, met("more", **child), "heard more")
    assert _open_to_dos(laptop, note_id) == [], "closed by a worker, and nothing new"
    laptop.session.encounters.amend_encounter(note_id, met("", age=25), "misheard")
    laptop.session.encounters.amend_encounter(note_id, met("", **child), "heard again")
    assert _open_to_dos(laptop, note_id) == [("child_call", "2026-03-02")]
    laptop.session.encounters.amend_encounter(note_id, met("", hand_over=HandOver("municipality"), **child), "called")
    assert _open_to_dos(laptop, note_id) == []


def test_a_child_to_call_for_goes_and_comes_with_its_note_and_not_with_a_hand_over(laptop: Laptop) -> None:
    called = laptop.finish("", age=15, sells_sex=True, hand_over=HandOver("municipality"))
    assert _open_to_dos(laptop, called) == []
    note_id = laptop.finish("", age=15, sells_sex=True)
    _take_back(laptop, note_id)
    assert _open_to_dos(laptop, note_id) == []
    laptop.session.encounters.amend_encounter(note_id, met("", age=15, sells_sex=True), "went on", from_version=2)
    assert _open_to_dos(laptop, note_id) == [("child_call", "2026-03-02")]


def test_a_companion_who_interprets_allows_no_consent_above_coded(laptop: Laptop) -> None:
    with pytest.raises(ConsentNotOfferedError) as caught:
        laptop.finish("", speaking="companion_interpreted", consent=ConsentLevel.REFERRAL, recipient="cmm")
    assert "Ask again when you are alone with her" in caught.value.sentence()


def test_signs_and_languages_are_found_by_those_of_the_last_version(laptop: Laptop) -> None:
    note_id = laptop.finish("", answers={SIGN: "told"}, languages=("ro", "ro", "en"))

    def marks() -> tuple[list[str], list[str]]:
        signs = laptop.db.execute("SELECT code FROM note_signs").fetchall()
        spoken = laptop.db.execute("SELECT language FROM note_languages ORDER BY language").fetchall()
        return [row[0] for row in signs], [row[0] for row in spoken]

    assert marks() == ([SIGN], ["en", "ro"])
    laptop.session.encounters.amend_encounter(note_id, met("", answers={SIGN: "not_present"}), "she said otherwise")
    assert marks() == ([], [])


def test_words_on_a_sign_traits_and_channel_are_kept_and_found(laptop: Laptop) -> None:
    content = met(
        "", setting="online", channel="social_media", answers={SIGN: "told"}, sign_words={SIGN: " passport in a drawer "},
        traits=("others_answer_online",), cards=CardAnswers("ro", draft=True, answers={"can_you_leave": "no"}),
    )  # fmt: skip
    note_id = laptop.session.encounters.finish_encounter(content).id
    assert note_id is not None
    kept = laptop.session.encounters.find_encounter(note_id).current
    assert kept.content == replace(content, sign_words={SIGN: "passport in a drawer"})
    assert (kept.assessment.catalogue, kept.assessment.additions) == ("adult_sexual/1", "danish_additions/1")
    assert kept.assessment.code_lists == laptop.parts.code_lists.version
    for typed in ("drawer", "sociale medier", "svarer for personen"):
        assert [row.id for row in laptop.session.search.search(typed)] == [note_id], typed
    laptop.session.erasing.blank(note_id, "passport in a drawer", "her words")
    assert "drawer" not in str(laptop.session.encounters.find_encounter(note_id))


@pytest.mark.parametrize(("wrong", "error"), [
    ({"channel": "letter"}, UnknownCodeError),
    ({"traits": ("no_trait",)}, UnknownCodeError),
    ({"sign_words": {SIGN: "words"}}, UnknownCodeError),
    ({"answers": {SIGN: "told"}, "sign_words": {SIGN: "x" * 401}}, TextTooLongError),
    ({"cards": CardAnswers("no language!", draft=True, answers={})}, LanguageNotUsableError),
    ({"cards": CardAnswers("ro", draft=True, answers={"card": "maybe"})}, UnknownCodeError),
    ({"cards": CardAnswers("ro", draft=True, answers={f"card_{n}": "yes" for n in range(101)})}, NumberNotUsableError),
    ({"view": WorkerView(agrees=False, reason="  ")}, ViewNeedsReasonError),
])  # fmt: skip
def test_what_could_not_be_read_later_is_refused_calmly(laptop: Laptop, wrong: dict[str, object], error: type) -> None:
    with pytest.raises(error):
        laptop.finish("words", **wrong)
    assert laptop.session.encounters.count_encounters() == 0


def test_a_note_with_signs_of_another_catalogue_stays_readable_searchable_and_amendable(laptop: Laptop) -> None:
    note_id = laptop.finish("She works nights.", answers={SIGN: "told"})
    laptop.db.execute(
        "UPDATE encounter_versions SET content = replace(content, ?, 'as.exploitation.of_a_later_list'),"
        " assessment = replace(assessment, 'adult_sexual/1', 'adult_sexual/9')", (SIGN,),
    )  # fmt: skip
    note = laptop.session.encounters.find_encounter(note_id)
    assert dict(note.current.content.answers) == {"as.exploitation.of_a_later_list": "told"}
    assert note.current.assessment.catalogue == "adult_sexual/9"
    laptop.session.erasing.blank(note_id, "nights", "not hers to tell")
    assert [row.id for row in laptop.session.search.search("works")] == [note_id]


def test_a_note_of_five_thousand_marks_and_one_of_ten_megabytes(laptop: Laptop) -> None:
    marks = "e" + "\u0301" * 5_000
    note_id = laptop.finish(marks)
    assert len(laptop.session.encounters.find_encounter(note_id).current.content.note) == 5_000, "composed, not cut"
    huge = "x" * 10_000_000
    laptop.session.drafts.keep_draft(DRAFT, {"content": {"note": huge}}, page="encounter")
    with pytest.raises(TextTooLongError) as caught:
        laptop.session.encounters.finish_encounter(met(huge), draft_id=DRAFT)
    assert "100000" in caught.value.sentence() or "100,000" in caught.value.sentence()
    (draft,) = laptop.session.drafts.list_drafts()
    assert draft.fields["content"]["note"] == huge, "nothing is lost"


def test_a_leap_day_counts_and_a_year_nobody_means_is_refused(laptop: Laptop) -> None:
    leap = datetime(2028, 2, 29, 22, tzinfo=UTC)
    note_id = laptop.finish("", met_at=leap, follow_up=FollowUp(date(2032, 2, 29)))
    assert laptop.session.encounters.find_encounter(note_id).current.content.shift_date == date(2028, 2, 29)
    for wrong in ({"met_at": datetime(1, 1, 1, tzinfo=UTC)}, {"met_at": datetime(9999, 12, 31, 23, 59, tzinfo=UTC)},
                  {"follow_up": FollowUp(date(9999, 12, 31))}):  # fmt: skip
        with pytest.raises(DateNotUsableError):
            laptop.finish("", **wrong)
    assert laptop.session.encounters.count_encounters() == 1


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_ten_years_off_blocks_nothing_and_changes_no_order(laptop: Laptop, years: int) -> None:
    first = laptop.finish("first")
    laptop.clock.set_wall(laptop.clock.now().replace(year=laptop.clock.now().year + years))
    second = laptop.finish("second", met_at=laptop.clock.local_now(), speaking="someone_listening")
    assert [row.id for row in laptop.session.encounters.list_encounters()] == [second, first]
    laptop.session.encounters.amend_encounter(first, met("first, more"), "heard more", from_version=1)
    assert [each.version for each in laptop.session.encounters.find_encounter(first).versions] == [1, 2]


def test_each_setting_saves_is_found_and_stands_in_the_row_that_leaves(laptop: Laptop, box: CentreBox) -> None:
    settings = [code.code for code in laptop.parts.code_lists["settings"].offered()]
    notes = {setting: laptop.finish("", setting=setting) for setting in settings}
    assert {row.id: row.setting for row in laptop.session.encounters.list_encounters()} == {
        note_id: setting for setting, note_id in notes.items()
    }
    for setting, note_id in notes.items():
        words = laptop.parts.code_lists.label("settings", setting, "en")
        assert note_id in {row.id for row in laptop.session.search.search(words)}
    (row,) = laptop.session.sending.seal()
    data = laptop.db.execute("SELECT data FROM batches WHERE sha512 = ?", (row.sha512,)).fetchone()[0]
    left = {record["id"]: record["setting"] for record in map(json.loads, box.open(bytes(data))) if "setting" in record}
    assert left == {note_id: setting for setting, note_id in notes.items()}


def test_languages_interpreter_and_companion_come_back_and_no_name_of_an_interpreter_has_a_field(laptop: Laptop) -> None:
    content = met("", languages=("ro", "th"), interpreter="phone", speaking="companion_interpreted")
    note_id = laptop.session.encounters.finish_encounter(content).id
    assert note_id is not None
    assert laptop.session.encounters.find_encounter(note_id).current.content == content
    told = {code.code for code in laptop.parts.code_lists["interpreter_kinds"].codes}
    assert content.interpreter in told, "a kind, never a name"
    with pytest.raises(UnknownCodeError):
        laptop.finish("", interpreter="Anna Example")
