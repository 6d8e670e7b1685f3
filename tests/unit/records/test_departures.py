"""How far the centre has followed a withdrawal: the lowered notes and the notice that tells of them, the least counts."""

from __future__ import annotations

import pytest

from outreach_app.domain.erasing import ConfirmationState
from outreach_app.records.departures import CentreState, least


@pytest.mark.parametrize(
    ("lowered", "told", "shown"),
    [
        ("waiting", "confirmed", "waiting"), ("confirmed", "waiting", "waiting"), ("sent", "confirmed", "sent"),
        ("confirmed", "sent", "sent"), ("confirmed", "confirmed", "confirmed"), ("confirmed", "put_aside", "put_aside"),
        ("confirmed", "nothing_left", "confirmed"), ("nothing_left", "waiting", "nothing_left"),
        ("no_longer_here", "confirmed", "no_longer_here"), ("put_aside", "confirmed", "put_aside"),
    ],
)  # fmt: skip
def test_the_least_of_both_counts(lowered: CentreState, told: ConfirmationState, shown: CentreState) -> None:
    assert least(lowered, told) == shown
