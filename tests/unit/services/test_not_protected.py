"""What is not protected is said once, and the same in the window and in SECURITY.md."""

from __future__ import annotations

import re
from pathlib import Path

from outreach_app.services.not_protected import list_not_protected

ROOT = Path(__file__).resolve().parents[3]
HEADING = "## What is not protected"
_ITEM = re.compile(r"^- \*\*(.+?)\.\*\* (.+?)(?=^- |\Z)", re.MULTILINE | re.DOTALL)


def items_of(document: str) -> list[tuple[str, str]]:
    part = document.partition(HEADING)[2].partition("\n## ")[0]
    return [(heading, " ".join(words.split())) for heading, words in _ITEM.findall(part)]


def test_the_window_and_the_document_say_the_same() -> None:
    document = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert items_of(document) == [(each.heading, each.sentence) for each in list_not_protected()]


def test_a_difference_is_found() -> None:
    assert items_of(f"{HEADING}\n\n- **One.** Said\n  here.\n- **Two.** And there.\n\n## Next\n- **No.** x\n") == [
        ("One", "Said here."), ("Two", "And there."),
    ]  # fmt: skip


def test_codes_stay_unique_and_every_sentence_is_calm_and_whole() -> None:
    listed = list_not_protected()
    assert len({each.code for each in listed}) == len(listed) > 15
    assert all(each.sentence.endswith(".") and "!" not in each.sentence for each in listed)
    needed = {"open_vault", "administrator", "malware", "prints", "flash", "custodians", "screenshots", "team", "leaver"}
    assert needed <= {each.code for each in listed}
