"""Every sheet in every format in the core languages: nothing is wrong with any."""

from __future__ import annotations

import pytest

from outreach_app.leaflets.languages import LANGUAGES
from tests.support.whole_check import check_language, faults

CORE = [code for code, language in LANGUAGES.items() if language.tier == "core"]


@pytest.mark.parametrize("language", CORE)
def test_every_leaflet_is_whole(language):
    rows = check_language(language)
    assert faults(rows) == []
    assert {row.state for row in rows if row.sheet != "your_data"} <= {"draft", "checked"}
