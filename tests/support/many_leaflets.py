"""A process that makes leaflets of every kind one after the other, and prints what it holds in memory after each hundred."""

from __future__ import annotations

import gc
import os
import sys
from datetime import date
from itertools import cycle, product
from pathlib import Path

from outreach_app.leaflets.errors import SheetLacksEntryError
from outreach_app.leaflets.formats.registry import FORMATS
from outreach_app.leaflets.making import make_leaflet
from outreach_app.leaflets.requests import LeafletRequest
from outreach_app.leaflets.sheets import sheet_ids

DAY = date(2026, 6, 1)
ROUND = 100
LANGUAGES = ("en", "da", "th", "ar", "zh-Hans", "vi", "ru")


def held() -> float:
    """Return what this process holds in memory now, in millions of bytes."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def make_many(count: int) -> None:
    """Make ``count`` leaflets: every sheet in languages of every script, in one format after the other."""
    wanted = product(FORMATS, sheet_ids(), LANGUAGES)
    made = 0
    for form, sheet, language in cycle(wanted):
        if made == count:
            return
        try:
            make_leaflet(LeafletRequest(sheet, language, form, beside="da" if language == "en" else ""), DAY)
        except SheetLacksEntryError:  # the sheet needs an entry that nobody has given yet
            continue
        made += 1
        if made % ROUND == 0:
            print(f"{held():.1f}", flush=True)


if __name__ == "__main__":
    make_many(int(sys.argv[1]))
