"""Two or three letters in any staff language find the sign or the code that is meant."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.domain.indicator import Indicator
from outreach_app.domain.type_ahead import find_codes, find_indicators, spellings_of
from outreach_app.wire.code_lists import load_code_lists
from outreach_app.wire.indicator_catalogue import load_catalogues

ADULT_LABOUR = load_catalogues()["adult_labour"].indicators


def _slugs(typed: str, language: str = "da") -> list[str]:
    return [sign.id.removeprefix("al.") for sign in find_indicators(ADULT_LABOUR, typed, language)]


@pytest.mark.parametrize("typed", ["gæl", "gael", "GÆL", "gæld nu", "nu gæld", "debt", "bound deb"])
def test_debt_is_found_in_both_languages_and_without_danish_keys(typed: str) -> None:
    assert "coercion_at_destination.debt_bondage" in _slugs(typed)


@pytest.mark.parametrize("typed", ["løn", "lon", "loen", unicodedata.normalize("NFD", "løn"), "LØN"])
def test_a_danish_letter_is_found_by_its_usual_spellings(typed: str) -> None:
    assert "coercion_at_destination.pay_withheld" in _slugs(typed)


@pytest.mark.parametrize("typed", ["aegteskab", "ægteskab", "ægtes"])
def test_a_ligature_is_found_by_two_letters(typed: str) -> None:
    assert _slugs(typed)[0] == "deceptive_recruitment.marriage_promise"


@pytest.mark.parametrize("typed", ["på", "paa", "pa"])
def test_a_ring_is_found_by_one_or_two_letters(typed: str) -> None:
    label = {"en": "Asked", "da": "Påkrævet"}
    sign = Indicator("al.exploitation.x", "exploitation", "W", label, "fact", "source", confirmed=True)
    composed = unicodedata.normalize("NFD", typed)
    assert find_indicators([sign], typed, "en") == find_indicators([sign], composed, "da") == (sign,)


def test_the_beginning_of_a_label_comes_before_its_end() -> None:
    assert _slugs("pas")[:2] == ["coercive_recruitment.documents_taken", "coercion_at_destination.documents_taken"]


def test_the_nearest_of_two_places_counts() -> None:
    near, far = (
        Indicator(f"al.exploitation.{name}", "exploitation", "W", {"en": label, "da": "x"}, "f", "s", confirmed=True)
        for name, label in (("near", "Work and more work"), ("far", "More work"))
    )
    assert find_indicators([far, near], "wor", "en") == (near, far)


def test_the_interface_language_comes_before_the_other_one() -> None:
    assert _slugs("do", "da")[0].endswith("documents_taken")
    assert _slugs("vol", "en") == _slugs("vol", "en_XA")
    assert _slugs("vol", "en")[0].startswith("coercive_recruitment.violence")


def test_the_published_word_finds_a_sign_that_is_labelled_otherwise() -> None:
    assert _slugs("confis") == ["coercive_recruitment.documents_taken", "coercion_at_destination.documents_taken"]


def test_the_end_of_a_compound_is_found_from_three_letters_on() -> None:
    assert "deceptive_recruitment.work_conditions" in _slugs("forholdene")
    assert "deceptive_recruitment.work_conditions" not in _slugs("ho")


def test_every_word_typed_must_be_there() -> None:
    assert _slugs("vold fam") == ["coercive_recruitment.family_violence", "coercion_at_destination.family_violence"]
    assert _slugs("vold zebra") == []


@pytest.mark.parametrize("typed", ["", "  ", "!", "\u202e"])
def test_nothing_typed_offers_everything_in_its_order(typed: str) -> None:
    assert find_indicators(ADULT_LABOUR, typed, "da") == ADULT_LABOUR


def test_codes_are_found_by_words_and_by_code() -> None:
    settings_list = load_code_lists()["settings"].offered()
    assert [code.code for code in find_codes(settings_list, "mas", "da")] == ["massage_parlour"]
    assert [code.code for code in find_codes(settings_list, "faeng", "en")] == ["prison"]
    assert [code.code for code in find_codes(settings_list, "parlour", "da")] == ["massage_parlour"]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ADULT_LABOUR), st.data())
def test_any_beginning_of_any_word_of_a_label_finds_it(sign: Indicator, data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(["da", "en"]))
    words = spellings_of(sign.label(language))[0].split()
    word = data.draw(st.sampled_from(words))
    typed = word[: data.draw(st.integers(1, len(word)))]
    assert sign in find_indicators(ADULT_LABOUR, typed, language)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=12))
def test_no_text_breaks_it_and_nothing_is_found_twice(typed: str) -> None:
    found = find_indicators(ADULT_LABOUR, typed, "da")
    assert len(set(map(id, found))) == len(found)
    assert set(map(id, found)) <= set(map(id, ADULT_LABOUR))


def test_it_keeps_up_with_typing_over_all_catalogues() -> None:
    signs = [sign for catalogue in load_catalogues().values() for sign in catalogue.indicators]
    find_indicators(signs, "vold", "da")
    seconds = []
    for typed in ("pas", "gæld", "vold fam", "zzz", "do"):
        before = time.perf_counter()
        find_indicators(signs, typed, "da")
        seconds.append(time.perf_counter() - before)
    assert min(seconds) < 0.05, "a key must answer at once, also on a busy machine"
