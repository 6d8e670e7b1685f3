"""What stays, leaves and left, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from outreach_app.domain.erasing import Confirmation, Departure
from ui.models.keeping_words import (
    confirmation_title,
    confirmation_words,
    departure_words,
    followed_words,
    held_line,
    holding_line,
    leaving_progress,
    mention_words,
    people_line,
    policy_lines,
)
from ui.models.roles import role_words

ZONE = timezone(timedelta(hours=1))
AT = datetime(2026, 3, 3, 20, 0, tzinfo=UTC)
TODAY = AT.date()


def departure(**values):
    given = {"record_id": "a" * 32, "version": 1, "epoch": 1, "batch": 4, "left_at": AT, "kind": "coded", "recipient": ""}
    return Departure(**(given | values))


def test_the_line_of_what_is_held():
    assert holding_line(23, 9, (("follow_up_open", 4),)) == "23 notes, oldest 9 days; 4 held: follow-up open."
    assert held_line((("unsent", 2), ("kept", 1))) == "3 held: not sent yet (2), kept with a reason (1)"
    assert holding_line(1, 0, ()) == "1 note, all from today."
    assert holding_line(0, None, ()) == "This laptop holds no notes."
    assert mention_words("plans", "") == "a plan"
    assert mention_words("places", "N4").startswith("a place, ")
    assert people_line(()) == ""
    assert people_line((("interview_here", 2), ("goals_here", 1))) == (
        "3 people stay without notes: the basis for her interview is here only (2), the goals of her plan are here only (1)."
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "a coded row, today, to the centre, in batch 4"),
        ({"kind": "referral", "recipient": "police"}, "a note with identity, today, to the centre, for Police, in batch 4"),
        ({"kind": "note", "left_at": None}, "a note without identity, sealed in batch 4 and given up before it left"),
    ],
)
def test_what_left_is_told_with_when_and_to_whom(values, words):
    assert departure_words(departure(**values), TODAY, ZONE) == words


@pytest.mark.parametrize(
    ("state", "part"),
    [
        ("nothing_left", "nothing to confirm"), ("waiting", "is awaited"), ("sent", "is awaited"),
        ("put_aside", "Call it"), ("confirmed", "came today"),
    ],
)  # fmt: skip
def test_how_far_the_centre_has_followed(state, part):
    row = Confirmation("a" * 32, "contact", "asked", AT, state, AT if state == "confirmed" else None, ())
    assert part in confirmation_words(row, TODAY, ZONE)


def test_titles_name_what_and_why_but_never_whom():
    erased = Confirmation("a" * 32, "contact", "ordered", AT, "waiting", None, ())
    blanked = Confirmation("b" * 32, "words", "", AT, "waiting", None, ())
    assert confirmation_title(erased, TODAY, ZONE) == "A person erased, today · An authority ordered it"
    assert confirmation_title(blanked, TODAY, ZONE) == "Words blanked, today"


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("merge", "Two contacts merged, today"), ("apart", "A merge taken back, today"),
        ("split", "Notes split off, today"), ("withdrawal", "A consent taken back, today"),
    ],
)
def test_what_else_the_centre_follows_has_a_title_without_a_name(kind, title):
    assert confirmation_title(Confirmation("a" * 32, kind, "", AT, "sent", None, ()), TODAY, ZONE) == title


def test_how_far_the_centre_has_followed_is_said_in_a_few_words():
    assert followed_words("nothing_left") == ""
    assert [followed_words(state) for state in ("waiting", "sent", "confirmed")] == [
        "the centre hears of it with the next batch", "the centre was told", "confirmed by the centre",
    ]
    assert "call it" in followed_words("put_aside")


def test_policy_and_progress():
    assert policy_lines(14, {})[-1] == "No end is set for any kind of note, so nothing expires."
    assert policy_lines(14, {"coded": 1})[-1] == "Coded row only: leaves after 1 day."
    assert leaving_progress("rebuilding", 1, 4).startswith("25 %")
    assert leaving_progress("backing_up", 0, 0).startswith("0 %")


def test_an_unknown_role_is_shown_as_it_is():
    assert role_words("health") == "Health"
    assert role_words("of tomorrow") == "of tomorrow"
