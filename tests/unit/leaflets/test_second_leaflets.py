"""Every sheet in every format in the second languages, as far as it is written: nothing is wrong with any."""

from __future__ import annotations

import pytest

from outreach_app.leaflets.languages import LANGUAGES
from tests.support.whole_check import check_language, faults

SECOND = [code for code, language in LANGUAGES.items() if language.tier == "second"]
pytestmark = pytest.mark.no_cover  # counting lines takes longer than the leaflets; other tests go every way through them


@pytest.mark.parametrize("language", SECOND)
def test_every_written_leaflet_is_whole(language):
    assert faults(check_language(language)) == []
