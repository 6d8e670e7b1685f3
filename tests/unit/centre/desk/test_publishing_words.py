"""What custodians read before they sign."""

from dataclasses import replace
from datetime import UTC, datetime

from outreach_app.centre.desk.publishing_state import Draft, FileChange, Publication, Publishing
from outreach_app.centre.desk.publishing_words import (
    change_lines,
    draft_lines,
    draft_numbers,
    publishing_lines,
    publishing_numbers,
)

DAY = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
NOTHING_NEW = Draft(4, DAY, 2, None, (), "", (), False, DAY, ())
PUBLISHED = Publication(3, DAY, 2, None, "a1" * 16, DAY, (1, 2))


def said(draft: Draft) -> str:
    return "\n".join(draft_lines(draft))


def test_each_change_is_said() -> None:
    files = (FileChange("leaflets/states.json", "changed"), FileChange("policy.json", "removed"))
    draft = replace(
        NOTHING_NEW, files=files, revoked=("d1" * 16,), other_keys=True, returns_to=1, signed_by=(1, 2),
        new_sealing_key="e1" * 16,
    )  # fmt: skip
    assert said(draft).splitlines() == [
        "Number 4, prepared 2026-03-02; texts, lists and help lines number 2, which return to 1; good until 2026-03-02.",
        f"A new sealing key: {'e1' * 16}",
        f"Laptop {'d1' * 16} is named as revoked.",
        "A key of the mailbox or the desk, or the mailbox's address, changes.",
        "  changed: leaflets/states.json",
        "  removed: policy.json",
        "Two custodians have signed. It can be published.",
        "Publish it with centre publish finish.",
    ]
    assert "The files are those that are published now." in said(NOTHING_NEW)
    assert "Custodian 3 has signed, 1 of 2." in said(replace(NOTHING_NEW, signed_by=(3,)))


def test_the_first_one_has_nothing_before_it() -> None:
    first = replace(NOTHING_NEW, number=1, content_number=None, new_sealing_key="e1" * 16)
    assert list(change_lines(first, is_first=True)) == [
        "Number 1, prepared 2026-03-02; keys only, no content; good until 2026-03-02.",
        "The centre's keys, for laptops to seal for.",
    ]


def test_where_nobody_can_publish() -> None:
    nobody = Publishing(0, None, None, (), None)
    assert list(publishing_lines(nobody)) == [
        "No custodian can publish yet. Make their keys with centre custodians init.",
        "Nothing has been published yet.",
    ]
    assert publishing_numbers(nobody) == {
        "root": 0, "root_until": None, "draft": None, "history": (), "fresh_until": None,
    }  # fmt: skip


def test_what_is_published_and_prepared() -> None:
    state = Publishing(1, DAY, NOTHING_NEW, (replace(PUBLISHED, number=3, returns_to=1), PUBLISHED), DAY)
    lines = list(publishing_lines(state))
    assert lines[0].startswith("Number 4, prepared")
    assert lines[-4].startswith("Number 3, in force · published 2026-03-02 · texts, lists")
    assert "which return to 1" in lines[-4]
    assert lines[-2:] == [
        "Laptops call it up to date until 2026-03-02; each ingest puts that off.",
        "The custodians' keys are good until 2026-03-02; replace them before that.",
    ]
    numbers = draft_numbers(replace(NOTHING_NEW, files=(FileChange("policy.json", "new"),)))
    assert numbers["files"] == ({"name": "policy.json", "change": "new"},)
    assert numbers["good_until"] == "2026-03-02T20:00:00Z"
