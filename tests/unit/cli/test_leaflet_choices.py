"""What a worker types for a language, as they would say it; what there is not is refused with what there is."""

from __future__ import annotations

import pytest

from outreach_app.cli.leaflet_choices import language_meant, sheet_meant
from outreach_app.leaflets.errors import UnknownLanguageError, UnknownSheetError
from outreach_app.leaflets.languages import LANGUAGES


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("th", "th"), ("TH", "th"), ("thai", "th"), ("Thai ", "th"), ("ไทย", "th"), ("tha", "th"),
        ("pt_BR", "pt-BR"), ("portuguese", "pt-BR"), ("kinesisk", "zh-Hans"), ("zh-hans", "zh-Hans"),
        ("rumænsk", "ro"), ("romana", "ro"), ("edo", "bin"), ("Ẹ̀dó", "bin"), ("العربية", "ar"), ("be", "be"),
    ],
)  # fmt: skip
def test_a_language_is_meant_by_any_of_its_names(typed, code):
    assert language_meant(typed) == code


def test_every_language_is_meant_by_its_code_and_its_own_name():
    assert {language_meant(each.own_name.upper()) for each in LANGUAGES.values()} == set(LANGUAGES)
    assert [language_meant(code) for code in LANGUAGES] == list(LANGUAGES)


@pytest.mark.parametrize("typed", ["", " ", "s", "xx", "klingon", "!"])
def test_what_names_none_or_several_is_refused_with_all(typed):
    with pytest.raises(UnknownLanguageError) as refused:
        language_meant(typed)
    assert "th Thai, ro Romanian" in refused.value.sentence()


def test_the_beginning_of_a_sheet_tells_those_that_begin_so():
    assert sheet_meant("health") == "health"
    with pytest.raises(UnknownSheetError) as refused:
        sheet_meant("rights")
    assert "rights_eu" in refused.value.sentence()
    assert "health" not in refused.value.sentence()
    with pytest.raises(UnknownSheetError) as refused:
        sheet_meant("")
    assert "health" in refused.value.sentence()
