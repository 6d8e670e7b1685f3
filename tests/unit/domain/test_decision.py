"""Where decisions leave a person: the newest that says so, without those taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from outreach_app.domain.decision import Decision, answers_to_requests, period_decision, standing


def made(outcome: str, day: int, *, taken_back: bool = False, hour: int = 9) -> Decision:
    at = datetime(2026, 6, 1, hour, tzinfo=UTC)
    return Decision(f"{day:032x}", "dis", outcome, date(2026, 5, day), "", "w", at, at if taken_back else None)


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ((), "possible"),
        ((made("other", 3), made("charges_withdrawn", 4)), "possible"),
        ((made("period_given", 3),), "in_period"),
        ((made("period_given", 3), made("recognised", 9)), "recognised"),
        ((made("recognised", 3), made("not_recognised", 9)), "not_recognised"),
        ((made("recognised", 3), made("not_recognised", 9, taken_back=True)), "recognised"),
        ((made("recognised", 3, hour=10), made("not_recognised", 3, hour=9)), "recognised"),  # one day: written later
    ],
)
def test_the_newest_decision_that_says_so_counts(decisions: tuple[Decision, ...], expected: str) -> None:
    assert standing(decisions) == expected


def test_a_period_begins_with_the_newest_decision_about_it() -> None:
    given, again, at_once = made("period_given", 3), made("period_given", 9), made("leave_at_once", 12)
    assert period_decision(()) is None
    assert period_decision((made("recognised", 3),)) is None
    assert period_decision((given, again)) == again
    assert period_decision((at_once, given)) == at_once


def test_requests_are_answered_in_their_order_until_a_new_period_begins() -> None:
    given, no, yes = made("period_given", 3), made("period_not_extended", 5), made("period_extended", 9)
    assert answers_to_requests(()) == (True,)
    assert answers_to_requests((given, made("recognised", 4))) == (True,)
    assert answers_to_requests((yes, given, no)) == (True, False, True)
    assert answers_to_requests((yes, given, made("period_given", 12))) == (True,)
    assert answers_to_requests((given, made("period_extended", 9, taken_back=True))) == (True,)
