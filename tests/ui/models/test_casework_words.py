"""How a consent is told: with its seven points, and when it is in doubt."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from outreach_app.domain.consent import POINTS, Consent
from outreach_app.program import Program
from ui.models.casework_words import consent_line
from ui.models.codes import Words

DAY = date(2026, 3, 2)


def test_a_consent_in_doubt_says_so_and_what_to_do(tmp_path):
    words = Words(Program(tmp_path).code_lists)
    now = datetime(2026, 3, 2, tzinfo=UTC)
    sure = Consent("c", "her", "police", "", POINTS, 1, "ro", "spoken", "alone", DAY, "n", "w", now)
    told = consent_line(sure, words, DAY)
    assert "seven points" in told
    assert "doubt" not in told
    in_doubt = consent_line(replace(sure, doubtful=True), words, DAY)
    assert in_doubt == f"{told}\nIn doubt: the note says now that she could not speak freely. Ask again alone."
