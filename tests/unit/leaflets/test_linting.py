"""The linter of leaflet texts: it finds what must not be printed, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outreach_app.leaflets.errors import SheetDamagedError
from outreach_app.leaflets.languages import LANGUAGES, language_of
from outreach_app.leaflets.linting import LintFault, lint, lint_sheet, places_in, read_rules, statement_faults
from outreach_app.leaflets.sheets import load_sheet
from outreach_app.leaflets.statements import Statement
from tests.support.content import pack_in_use

ENGLISH = language_of("en")
LISTS = {"traffick", "victim", "sex", "free", "anonymous", "secret", "guarantee", "no_police"}


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("This help is free of charge.", "en", "says_free"),
        ("You pay nothing here.", "en", "says_free"),
        ("You are anonymous here.", "en", "says_anonymous"),
        ("You need not give your name there.", "en", "says_anonymous"),
        ("You do not have to say your name.", "en", "says_anonymous"),
        ("Du behøver ikke sige dit navn der.", "da", "says_anonymous"),
        ("We keep it secret.", "en", "says_secret"),
        ("We promise to help you.", "en", "says_guarantee"),
        ("You get help with no police.", "en", "says_no_police"),
        ("Are you a victim?", "en", "says_victim"),
        ("It is called trafficking.", "en", "says_traffick"),
        ("Call 112.", "en", "digit"),
        ("โทร ๑๑๒", "th", "digit"),
        ("Call now!", "en", "shouts"),
        ("现在打电话！", "zh-Hans", "shouts"),
        ("You are entitled to support.", "en", "jargon"),
        ("Det sker i henhold til loven.", "da", "jargon"),
        ("Two  spaces.", "en", "untidy"),
        ("Cafe\u0301.", "fr", "untidy"),
        ("one two three four five six seven eight nine ten eleven twelve thirteen", "en", "long"),
        ("Hjælpen er gratis.", "da", "says_free"),
        ("Det er menneskehandel.", "da", "says_traffick"),
        ("Du kan være anonym.", "da", "says_anonymous"),
        ("ความช่วยเหลือนี้ฟรี", "th", "says_free"),
        ("المساعدة مجانية.", "ar", "says_free"),
        ("هذا سري.", "ar", "says_secret"),
        ("Помощь бесплатная.", "ru", "says_free"),
        ("Ajutorul este gratuit.", "ro", "says_free"),
        ("我们会保密。", "zh-Hans", "says_secret"),
        ("Chúng tôi giữ bí mật.", "vi", "says_secret"),
    ],
)
def test_finds(text, language, code):
    assert code in lint(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("You can feel free to ask.", "en"),
        ("Call {emergency} now.", "en"),
        ("Du kan få behandling hos lægen.", "da"),  # "handl" inside another word
        ("Det er offentligt.", "da"),  # "offe" begins it, "offer" does not
        ("تعال بسرعة إلى السرير.", "ar"),  # quickly, bed: not secret
        ("عندك موعد.", "ar"),
        ("คุณกลับบ้านได้", "th"),  # "ลับ" inside "go home"
        ("Vous pouvez demander un traitement.", "fr"),
        ("Puedes pedir ayuda.", "es"),
    ],
)
def test_leaves_ordinary_words_alone(text, language):
    assert lint(text, language) == ()


def test_a_place_is_no_digit_and_no_word_of_a_list():
    assert lint("Code: {secret1}", "en") == ()


@pytest.mark.parametrize("kind", ["title", "card", "cover", "caption", "strip"])
def test_what_lies_outside_never_tells_what_it_is_about(kind):
    assert lint("Human trafficking", "en", kind="statement", allowed=("traffick",)) == ()
    assert lint("Human trafficking", "en", kind=kind, allowed=("traffick",)) == ("says_traffick",)
    assert lint("Selling sex", "en", kind=kind) == ("says_sex",)
    assert lint("Selling sex", "en") == ()
    assert lint("给男性的帮助", "zh-Hans", kind=kind) == ()  # "for men": the letter for sex inside another word


def test_a_service_may_be_called_what_the_directory_says_of_it():
    assert lint("This clinic is free.", "en") == ("says_free",)
    assert lint("This clinic is free.", "en", allowed=("free",)) == ()


def test_captions_are_shorter_than_sentences_and_other_languages_may_need_more_words():
    six = "one two three four five six"
    assert lint(six, "en", kind="caption") == ("long",)
    assert lint(six, "en") == lint(six, "da", kind="caption") == ()


def test_a_sentence_that_is_longer_on_purpose_is_named():
    assert lint("You can ask about a doctor, a lawyer or a safe place to stay.", "en") == ()


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_has_every_list(language):
    assert set(read_rules()["forbidden"][language]) == LISTS


@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        (Statement("Ask.", advice=True), ()),
        (Statement("It is so.", facts=("S031",), as_of="2011"), ()),
        (Statement("It is so.", facts=("S022",), as_of="2022", confirmed=True), ()),
        (Statement("A sign.", facts=("al.exploitation.low_pay",), as_of="2009", confirmed=True), ()),
        (Statement("It is so."), ("advice_or_fact",)),
        (Statement("It is so.", facts=("S031",), as_of="2011", advice=True), ("advice_or_fact",)),
        (Statement("It is so.", facts=("hearsay",), as_of="2011"), ("fact_form",)),
        (Statement("It is so.", facts=("S031",)), ("no_date",)),
        (Statement("It is so.", facts=("S031",), as_of="2011", confirmed=True), ("confirmed_by_old_source",)),
        (Statement("It is so.", facts=("S031",), as_of="2023", confirmed=True), ("newer_than_its_sources",)),
        (Statement("It is so.", facts=("S031", "S022"), as_of="2022", confirmed=True), ()),
        (Statement("It is so.", facts=("directory.clinic",), as_of="2026", entry="clinic"), ()),
        (Statement("It is so.", facts=("S031",), as_of="2011", promise="free"), ("promise_of_nobody",)),
    ],
)
def test_every_statement_has_a_dated_fact_or_is_advice(statement, codes):
    assert statement_faults(statement) == codes


class TestSheet:
    def test_a_shipped_sheet_has_no_faults(self):
        assert lint_sheet(load_sheet("rights_child"), ENGLISH) == ()

    def test_each_part_is_read_as_what_it_is(self):
        sheet = replace(load_sheet("health"), title="Sex", card_title="Trafficking", intro=(Statement("It is free!"),))
        found = lint_sheet(sheet, ENGLISH)
        assert LintFault("says_sex", "Sex") in found
        assert LintFault("says_traffick", "Trafficking") in found
        assert LintFault("shouts", "It is free!") in found
        assert LintFault("advice_or_fact", "It is free!") in found

    def test_only_a_statement_that_waits_for_the_promise_may_make_it(self):
        said = Statement("It is free.", facts=("directory.clinic",), as_of="2026", entry="clinic", promise="free")
        sheet = replace(load_sheet("health"), intro=(said,))
        assert lint_sheet(sheet, ENGLISH) == ()
        for other in (replace(said, promise=""), replace(said, promise="anonymous")):
            assert lint_sheet(replace(sheet, intro=(other,)), ENGLISH) == (LintFault("says_free", "It is free."),)

    def test_labels_of_promises_stand_beside_services_that_keep_them(self):
        sheet = load_sheet("health")
        labels = {"free": "This is free of charge", "closed": "Free of charge"}
        shared = replace(sheet.common, places=labels)
        assert lint_sheet(replace(sheet, common=shared), ENGLISH) == (LintFault("says_free", "Free of charge"),)

    def test_a_translation_keeps_the_places(self, monkeypatch):
        monkeypatch.setattr("outreach_app.leaflets.linting.translate", lambda *_, **__: "Altid åbent")
        codes = {fault.code for fault in lint_sheet(load_sheet("health"), language_of("da"))}
        assert codes == {"places"}


def test_places_are_read_from_braces():
    assert places_in("From {open} to {close}") == {"open", "close"}


@pytest.mark.parametrize("content", [b"[1, 2]", b"{"])
def test_damaged_rules_are_said_calmly(content):
    with pack_in_use({"leaflets/lint.json": content}), pytest.raises(SheetDamagedError):
        read_rules()
