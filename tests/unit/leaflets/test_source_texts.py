"""Easy language, honest statements: what every sheet and every translation has to keep to."""

from __future__ import annotations

import re
import string
import unicodedata

import pytest

from outreach_app.leaflets.languages import LANGUAGES
from outreach_app.leaflets.sheets import SHEETS, load_sheet
from outreach_app.leaflets.texts import shipped_texts, translate
from tools.leaflet_catalogues import wanted_bytes

MOST_WORDS = 15
FACT = re.compile(r"S\d{3}|denmark\.[a-z_.]+|directory\.[a-z]+")
FORBIDDEN = {
    "en": ("traffick", "victim", "anonym", "free of charge", "for free", "no police", "secret", "guarantee", "promise"),
    "da": ("handel", "offer", "anonym", "gratis", "hemmelig", "garanti"),
    "ro": ("trafic", "victim", "anonim", "gratuit", "secret", "garant"),
    "th": ("ค้ามนุษย์", "เหยื่อ", "ฟรี", "นิรนาม", "ความลับ"),
    "ar": ("الاتجار", "ضحية", "ضحايا", "مجان", "سري"),
}
EVERY = [(sheet, language) for sheet in SHEETS for language in LANGUAGES]


def translations(sheet: str, language: str) -> list[tuple[str, str]]:
    """Return (English, translated) of every text of a sheet."""
    return [(text, translate(text, language, sheet=sheet)) for text in load_sheet(sheet).all_texts()]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(("sheet", "language"), EVERY)
class TestEveryTranslation:
    def test_is_complete_and_keeps_its_places(self, sheet, language):
        for english, text in translations(sheet, language):
            assert places(text) == places(english)
            assert text == unicodedata.normalize("NFC", text).strip()

    def test_has_short_sentences(self, sheet, language):
        sentences = [each for _, text in translations(sheet, language) for each in re.split(r"[.?!؟]", text)]
        assert [each for each in sentences if len(each.split()) > MOST_WORDS] == []

    def test_promises_nothing_and_names_nothing_dangerous(self, sheet, language):
        texts = [text.casefold() for _, text in translations(sheet, language)]
        assert [(word, text) for word in FORBIDDEN[language] for text in texts if word in text] == []

    def test_leaves_numbers_to_the_directory(self, sheet, language):
        assert [text for _, text in translations(sheet, language) if any(letter.isdigit() for letter in text)] == []

    def test_shouts_at_nobody(self, sheet, language):
        assert [text for _, text in translations(sheet, language) if "!" in text] == []


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_statement_has_a_fact_or_is_advice(sheet):
    for statement in load_sheet(sheet).all_statements():
        assert statement.advice != bool(statement.facts)
        assert all(FACT.fullmatch(fact) for fact in statement.facts)
        assert not (statement.advice and statement.confirmed)


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_text_is_written_once(sheet):
    texts = list(load_sheet(sheet).all_texts())
    assert len(texts) == len(set(texts))


def test_catalogues_for_translators_are_up_to_date():
    assert [path.parent.parent.name for path, data in wanted_bytes().items() if path.read_bytes() != data] == []


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_catalogue_holds_no_text_that_is_no_longer_used(language):
    used = {text for sheet in SHEETS for text in load_sheet(sheet).all_texts()}
    assert set(shipped_texts(language)) == used
