"""The encounter page and what comes after: taking back, two who amend, words on signs, the second view, what would change."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from outreach_app import i18n
from outreach_app.domain.encounter import CardAnswers
from tests.ui.pages.encounter_driving import Keys, begin_at, drafts, notes, result, shown_page
from ui.pages.keys import FIELDS, field_keys

TAKEN = "as.coercion_at_destination.documents_taken"
RLO = "\u202e"


@pytest.fixture
def page(filled, qtbot):
    return shown_page(filled, qtbot)


def note_of(parts, note_id):
    return parts.ask(lambda session: session.encounters.find_encounter(note_id))


def write(page, text):
    page.form_view.seen.note.setPlainText(text)


def finish(parts, page):
    page.form_view.finish.click()
    parts.settle()


def test_undo_opens_the_note_again_and_its_contact_is_not_made_twice(filled, page, qtbot):
    begin_at(page, "Station")
    page.form_view.who.contact_way._choose("new")
    Keys().type("Blue scarf")
    write(page, "She asked for a doctor.")
    finish(filled, page)
    note_id = notes(filled)[0].id
    filled.undos[-1]()
    filled.settle()
    (draft,) = drafts(filled)
    assert filled.went[-1] == ("encounter", {"draft_id": draft.id})
    later = shown_page(filled, qtbot, draft_id=draft.id)
    assert (later.form().contact_way, later.form().contact_name) == ("known", "Blue scarf")
    assert not later.form_view.meanwhile.isVisible()
    finish(filled, later)
    assert [row.id for row in notes(filled)].count(note_id) == 1
    assert note_of(filled, note_id).contact.short_name == "Blue scarf"
    assert drafts(filled) == ()


def test_undo_is_offered_for_a_minute_and_later_refused_calmly(filled, page):
    begin_at(page, "Station")
    write(page, "She asked for a doctor.")
    finish(filled, page)
    assert page.ending._offered.isActive()
    cleared = []
    filled.context.messages.cleared.connect(lambda: cleared.append(1))
    page.ending._offered.timeout.emit()
    assert cleared
    filled.clock.advance(61)
    filled.undos[-1]()
    filled.settle()
    assert filled.said[-1][0] == "notice"
    assert "amend it instead" in filled.said[-1][1]


def test_what_another_wrote_meanwhile_is_told_and_shown_and_nothing_is_overwritten(filled, qtbot):
    note_id = notes(filled)[0].id
    page = shown_page(filled, qtbot, amend=note_id)
    before = note_of(filled, note_id).current.content
    write(page, "She moved.")
    page.form_view.reason.setFocus()
    Keys().type("heard more")
    filled.ask(lambda s: s.encounters.amend_encounter(note_id, replace(before, note="She has a child."), "was told"))
    finish(filled, page)
    assert "has changed this note since you began" in filled.said[-1][1]
    shown = page.form_view.meanwhile
    assert shown.isVisible()
    assert "AM" in shown.heading.text()
    assert "She has a child." in shown.text.text()
    assert page.form().content.note == "She moved."
    finish(filled, page)
    versions = note_of(filled, note_id).versions
    assert [version.content.note for version in versions[1:]] == ["She has a child.", "She moved."]


def test_a_draft_that_amends_an_older_version_says_so_when_it_is_opened(filled, qtbot):
    note_id = notes(filled)[0].id
    page = shown_page(filled, qtbot, amend=note_id)
    write(page, "She moved.")
    page.keep_draft_now()
    (draft,) = drafts(filled)
    before = note_of(filled, note_id).current.content
    filled.ask(lambda s: s.encounters.amend_encounter(note_id, replace(before, note="She has a child."), "was told"))
    later = shown_page(filled, qtbot, draft_id=draft.id)
    assert later.form_view.meanwhile.isVisible()
    assert later.form().from_version == 2


def test_words_on_a_sign_are_kept_and_go_with_it_into_another_list(filled, page):
    begin_at(page, "Station")
    signs = page.form_view.seen.signs
    signs.entry.setFocus()
    keys = Keys()
    keys.type("1o")
    signs.write_words()
    keys.type("two passports in a drawer")
    keys.press(Qt.Key.Key_Return)
    assert signs.entry.hasFocus()
    page.form_view.who.age_band._choose("15_17")
    ((sign, said),) = page.form().content.sign_words.items()
    assert (sign.split(".")[0], said) == ("cs", "two passports in a drawer")
    signs._rows[sign].words.setFocus()
    signs._rows[sign].words.selectAll()
    keys.press(Qt.Key.Key_Delete)
    assert page.form().content.sign_words == {}
    keys.type("w")
    finish(filled, page)
    assert list(note_of(filled, notes(filled)[0].id).current.content.sign_words.values()) == ["w"]


def test_w_on_a_sign_opens_its_words_and_delete_takes_both(page):
    begin_at(page, "Station")
    signs = page.form_view.seen.signs
    signs.write_words()
    assert page.form().content.sign_words == {}, "there is no sign yet"
    signs.entry.setFocus()
    keys = Keys()
    keys.type("1ow")
    (row,) = signs._rows.values()
    row.setFocus()
    keys.press("w")
    assert row.words.hasFocus()
    keys.type("seen on the table")
    row.setFocus()
    keys.press(Qt.Key.Key_Delete)
    assert (page.form().content.answers, page.form().content.sign_words) == ({}, {})


def test_the_second_view_never_changes_the_result(page):
    begin_at(page, "Station")
    page.form_view.seen.signs.entry.setFocus()
    Keys().type("1o1o")
    before = result(page)
    seen = page.form_view.seen
    seen.second_opener.set_open(True)
    seen.second.entry.setFocus()
    keys = Keys()
    keys.type("camera")
    keys.press(Qt.Key.Key_Return)
    keys.type("earn")
    keys.press(Qt.Key.Key_Return)
    assert page.form().content.traits == ("watched_by_technology", "earn_for_family")
    assert result(page) == before
    seen.second.chips.remove("earn_for_family")
    assert page.form().content.traits == ("watched_by_technology",)


def test_what_would_change_it_is_said_and_which_lists_were_used(page):
    begin_at(page, "Station")
    adds_up = page.form_view.adds_up
    assert not adds_up.change_opener.isVisible()
    page.form_view.seen.signs.entry.setFocus()
    Keys().type("1o")
    adds_up.change_opener.set_open(True)
    said = result(page)
    assert "Coercion now: one more sign of any strength would give" in said
    assert "List of signs: Adult, sexual, version 1. Danish additions, version 1." in said
    assert "prove nothing" in said


def test_the_channel_is_asked_online_only(filled, page):
    page.place_step.settings._choose("online")
    who = page.form_view.who
    assert who.channel.isVisible()
    who.channel.setFocus()
    Keys().type("social")
    assert page.form().content.channel == "social_media"
    who.setting.setFocus()
    Keys().type("bar")
    assert not who.channel.isVisible()
    assert page.form().content.channel == ""


def test_a_referral_with_signs_asks_what_the_worker_makes_of_them(filled, page):
    before = notes(filled)
    begin_at(page, "Station")
    page.form_view.seen.signs.entry.setFocus()
    Keys().type("1o")
    page.form_view.seen.consent._choose("referral")
    page.form_view.seen.recipient.setFocus()
    Keys().type("cmm")
    finish(filled, page)
    assert "say what you make of the signs" in filled.said[-1][1]
    assert notes(filled) == before
    page.form_view.adds_up.view.choice._choose("differs")
    finish(filled, page)
    assert "Write in a few words why" in filled.said[-1][1]
    Keys().type("knows her for a year")
    page.form_view.adds_up.view.reason.setFocus()
    Keys().type("knows her")
    finish(filled, page)
    assert len(notes(filled)) == len(before) + 1


def test_another_day_brings_the_offset_of_that_day(filled, qtbot, monkeypatch):
    """In the gap of summer time the hour after is meant; of the hour that comes twice, the first."""
    summer = timezone(timedelta(hours=2))
    monkeypatch.setattr(type(filled.clock), "local_at", lambda _clock, wall: wall.replace(tzinfo=summer))
    page = shown_page(filled, qtbot)
    begin_at(page, "Station")
    page.form_view.who.hour.setFocus()
    page.form_view.who.hour.selectAll()
    Keys().type("0230")
    met = page.form().content.met_at
    assert met == datetime(met.year, met.month, met.day, 2, 30, tzinfo=summer)


def test_hostile_words_are_shown_isolated(filled, page, qtbot):
    begin_at(page, "Station")
    page.form_view.seen.signs.entry.setFocus()
    Keys().type("1o")
    (sign,) = page.form().content.answers
    hostile = f"abc {RLO}fdp.exe"
    page._edited(lambda form: replace(form, content=replace(form.content, sign_words={sign: hostile}, note=hostile)))
    finish(filled, page)
    reader = page.form_view.meanwhile._reader
    content = note_of(filled, notes(filled)[0].id).current.content
    ((shown, _how),) = reader.sign_lines(content)
    assert f"\u2068{hostile}\u2069" in shown


def test_card_answers_are_read_in_the_workers_language_and_marked_as_a_draft(filled, page):
    cards = CardAnswers("ro", draft=True, answers={"of_a_later_deck": "no"})
    content = replace(page.form().content, cards=cards)
    lines = dict(page.form_view.meanwhile._reader.lines(content, "", ""))
    assert lines["Cards"] == "Card answers, draft translation · Romanian\nof_a_later_deck – no"


def test_a_note_of_another_catalogue_shows_its_codes(filled, page):
    content = replace(page.form().content, answers={"as.exploitation.of_a_later_list": "told"}, traits=("later",))
    reader = page.form_view.meanwhile._reader
    assert reader.sign_lines(content) == (("as.exploitation.of_a_later_list", "told"),)
    assert ("Traits and red flags", "later") in reader.lines(content, "", "")
    note = note_of(filled, notes(filled)[0].id)
    later = replace(note.current.assessment, profile="elder_labour", catalogue="elder_labour/3", alerts=("of_later",))
    assert "elder_labour, version 3" in " ".join(reader.result_lines(content, later))
    assert reader.alerts(later) == ()


def test_ten_megabytes_pasted_stay_out_calmly_and_what_was_written_stays(filled, page):
    begin_at(page, "Station")
    write(page, "She asked for a doctor.")
    pasted = QMimeData()
    pasted.setText("x" * 10_000_000)
    page.form_view.seen.note.insertFromMimeData(pasted)
    assert page.form().content.note == "She asked for a doctor."
    assert filled.said[-1][0] == "notice"
    pasted.setText("Today. ")
    page.form_view.seen.note.insertFromMimeData(pasted)
    assert page.form().content.note == "Today. She asked for a doctor."


@pytest.fixture(params=["en", "da"])
def spoken(request):
    before = i18n.language()
    i18n.use_language(request.param)
    yield
    i18n.use_language(before)


@pytest.mark.usefixtures("spoken")
def test_the_sheet_of_keys_says_what_the_form_does(filled, qtbot):
    page = shown_page(filled, qtbot)
    begin_at(page, "Station")
    said = dict(field_keys())
    assert len(said) == len(FIELDS), "two fields have the same letter"
    assert not {"Alt+S", "Alt+R"} & set(said)
    texts = {label.text() for label in page.findChildren(QLabel)} | {each.text() for each in page.findChildren(QPushButton)}
    letters = {f"Alt+{text[text.index('&') + 1].upper()}" for text in texts if "&" in text}
    assert letters == set(said)


def test_a_draft_whose_note_is_gone_is_still_opened(filled, qtbot):
    fields = {"content": {"note": "She moved."}, "note_id": "f" * 32, "reason": "heard more", "from_version": 1}
    filled.ask(lambda session: session.drafts.keep_draft("d" * 32, fields, page="encounter"))
    page = shown_page(filled, qtbot, draft_id="d" * 32)
    assert page.form().content.note == "She moved."
    assert not page.form_view.meanwhile.isVisible()
