"""Days a worker types for the pathway: read as people write them, or not at all."""

from __future__ import annotations

from ui.pages.contacts.pathway_facts import read_days


def test_days_are_read_as_written():
    assert [read_days(text) for text in ("", "30", "30, 60", "30+60")] == [(), (30,), (30, 60), (30, 60)]
    assert [read_days(text) for text in ("0", "367", "x", "1 " * 21)] == [None] * 4
