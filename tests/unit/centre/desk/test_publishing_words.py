"""What custodians read before they sign."""

from dataclasses import replace
from datetime import UTC, datetime

from outreach_app.centre.desk.publishing_state import Draft, FileChange, Publication, Publishing
from outreach_app.centre.desk.publishing_words import draft_lines, draft_numbers, publishing_lines, publishing_numbers

DAY = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
NOTHING_NEW = Draft(4, DAY, 2, None, (), "", (), False, DAY, ())
PUBLISHED = Publication(3, DAY, 2, None, "a1" * 16, DAY, (1, 2))


def said(draft: Draft) -> str:
    return "\n".join(draft_lines(draft))


def test_each_change_is_said() -> None:
    files = (FileChange("leaflets/states.json", "changed"), FileChange("policy.json", "removed"))
    draft = replace(NOTHING_NEW, files=files, revoked=("d1" * 16,), other_keys=True, returns_to=1, signed_by=(1, 2))
    text = said(draft)
    for sentence in (
        "It goes back to the texts and lists of number 1.",
        "  leaflets/states.json: changed",
        "  policy.json: no longer in it",
        f"Laptop {'d1' * 16} is named as revoked.",
        "The mailbox's address, or a key of mailbox or desk, is another than before.",
        "Signed by custodians 1, 2. It can be published: centre publish finish.",
    ):
        assert sentence in text
    assert "new key of the centre" not in text
    assert "Nothing in it is other" in said(NOTHING_NEW)


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
    assert lines[0] == "Prepared: number 4."
    assert "back to the texts of number 1" in lines[-4]
    assert lines[-2:] == [
        "Laptops call it up to date until 2026-03-02; each ingest puts that off.",
        "The custodians' keys are good until 2026-03-02; replace them before that.",
    ]
    numbers = draft_numbers(replace(NOTHING_NEW, files=(FileChange("policy.json", "new"),)))
    assert numbers["files"] == ({"name": "policy.json", "change": "new"},)
    assert numbers["good_until"] == "2026-03-02T20:00:00Z"
