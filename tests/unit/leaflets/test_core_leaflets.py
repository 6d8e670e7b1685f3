"""Every sheet in every format in the core languages: nothing is wrong with any."""

from __future__ import annotations

import pytest

from outreach_app.leaflets.languages import LANGUAGES
from tests.support.whole_check import check_language, faults

CORE = [code for code, language in LANGUAGES.items() if language.tier == "core"]
pytestmark = pytest.mark.no_cover  # counting lines takes longer than the leaflets; other tests go every way through them


@pytest.mark.parametrize("language", CORE)
def test_every_leaflet_is_whole(language):
    rows = check_language(language)
    assert faults(rows) == []
    assert {row.state for row in rows if row.sheet != "your_data"} <= {"draft", "checked"}
