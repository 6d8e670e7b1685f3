"""Every sheet in every format in the core languages: nothing is wrong with any, and memory does not grow with them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from outreach_app.leaflets.languages import LANGUAGES
from tests.support.whole_check import check_language, faults, memory

CORE = [code for code, language in LANGUAGES.items() if language.tier == "core"]
WARMED_UP = 4  # languages: more than 700 leaflets
MOST_GROWTH = 12.0  # millions of bytes, over some 2,000 leaflets more


@pytest.fixture(scope="module", autouse=True)
def held() -> Iterator[list[float]]:
    """Collect what is held in memory after each language, and compare at the end."""
    after: list[float] = []
    yield after
    assert len(after) <= WARMED_UP or after[-1] - after[WARMED_UP - 1] < MOST_GROWTH, after


@pytest.mark.parametrize("language", CORE)
def test_every_leaflet_is_whole(language, held):
    rows = check_language(language)
    assert faults(rows) == []
    assert {row.state for row in rows if row.sheet != "your_data"} <= {"draft", "checked"}
    held.append(memory())
