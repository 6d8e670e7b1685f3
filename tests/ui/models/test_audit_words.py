"""The record of use in words: every action, every detail the program writes, and what an entry is about."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from types import SimpleNamespace

import pytest

from outreach_app.services.policies import NAMES
from ui.models.audit_details import DETAIL_WORDS, detail_words
from ui.models.audit_rows import AuditNames, AuditRows
from ui.models.audit_words import about_words

ZONE = timezone(timedelta(hours=1))
NOW = datetime(2026, 3, 4, 21, 0, tzinfo=ZONE)
NOTE, WORKER = "a" * 32, "b" * 32


def entry(action="read", subject="", detail="", worker=WORKER):
    return SimpleNamespace(
        seq=7, at="2026-03-03T20:00:00+00:00", worker=worker, action=action, subject=subject, detail=detail
    )


@pytest.mark.parametrize(
    ("action", "detail", "words"),
    [
        ("sealed", "1.12:3", "batch 12 · 3 records"),
        ("sent", "1.12:stick", "batch 12 · stick"),
        ("receipt", "2.4:ingested", "batch 4 · counted"),
        ("printed", "where_to_get_help,ro,wallet:4", "Romanian · 4 copies"),
        ("backup_made", "20260302T200000Z-daily", "backup of Mon 2 Mar 21:00"),
        ("erased", "asked", "She asked for it"),
        ("changed", "follow_up:closed", "follow-up done"),
        ("checked", "whole", "all was well"),
        ("read", "", ""),
        ("of tomorrow", "a_code_of_tomorrow", "a_code_of_tomorrow"),
    ],
)
def test_details_are_said_in_words(action, detail, words):
    assert detail_words(action, detail, NOW.date(), ZONE) == words


def test_every_policy_has_words():
    assert set(NAMES) <= set(DETAIL_WORDS)


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (SimpleNamespace(kind="note", name="red jacket", day=date(2026, 3, 3)), "note of yesterday · \u2068red jacket\u2069"),
        (SimpleNamespace(kind="tally", name="", day=date(2026, 3, 4)), "count of today"),
        (SimpleNamespace(kind="place", name="Station", day=None), "\u2068Station\u2069"),
        (None, "no longer here (aaaaaa)"),
    ],
)
def test_what_an_entry_is_about(subject, words):
    assert about_words(entry(subject=NOTE), subject, {}, NOW) == words


def test_a_device_or_worker_is_not_said_to_be_gone():
    assert about_words(entry("drill_passed", subject=NOTE), None, {}, NOW) == ""
    assert about_words(entry("worker_removed", subject=WORKER), None, {WORKER: "BK"}, NOW) == "\u2068BK\u2069"


def test_rows_say_when_who_what_and_about():
    names = AuditNames()
    names.know({WORKER: "AM"}, {})
    rows = AuditRows(names, lambda: NOW)
    rows.show_rows([entry("unlocked"), entry("unlocked", worker="c" * 32)])
    texts = [rows.data(rows.index(0, column)) for column in range(4)]
    assert texts == ["yesterday 21:00", "\u2068AM\u2069", "unlocked", ""]
    assert rows.data(rows.index(1, 1)) == "unknown (cccccc)"
    assert rows.entry_at(0).seq == 7


def test_what_the_centre_set_says_so():
    told = detail_words("policy_set", "shed_after_days:centre", date(2026, 3, 4), None)
    assert told.endswith(", by the centre")
    assert detail_words("content_taken", "trust", date(2026, 3, 4), None) == "whose signatures count"
    assert "six words" in detail_words("content_taken", "trust:by_hand", date(2026, 3, 4), None)
