"""``outreach pathway``: the shape of the contract from a file and from standard input, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from outreach_app.i18n import use_language
from tests.unit.cli.conftest import plain

ASKED = b'{"stay": "none", "decided_on": "2026-05-10", "requested_days": [30, 100], "return_agreed": true}'


def test_pathway_answers_in_the_shape_of_the_contract(tmp_path: Path) -> None:
    result = plain("pathway", "-", typed=ASKED)
    out = json.loads(result.stdout)
    assert result.exit_code == 0
    assert out["dates"] == {
        "first_period_ends": "2026-06-09", "ask_extension_by": "2026-06-08", "latest_end": "2026-09-07",
        "granted_until": "2026-09-07", "return_support_ends": None,
    }  # fmt: skip
    assert (out["decides"], out["interview"], out["period"], out["work_allowed"]) == ("DIS", "CMM", "reflection", False)
    file = tmp_path / "ask.json"
    file.write_bytes(ASKED)
    assert json.loads(plain("pathway", str(file)).stdout) == out
    danish = json.loads(plain("--language", "da", "pathway", str(file)).stdout)
    use_language("en")
    assert danish["steps"] != out["steps"]
    assert danish["reasons"] == out["reasons"]


@pytest.mark.parametrize(
    ("typed", "told"), [(b"{}", "stay"), (b'{"stay": "eu", "age": "old"}', "age"), (b'{"stay": "eu", "x": 1}', "x"), (b"{", "$")]
)
def test_a_broken_request_ends_with_3_and_names_the_field(typed: bytes, told: str) -> None:
    result = plain("pathway", "-", typed=typed)
    assert result.exit_code == 3
    assert told in result.stderr
    assert result.stdout == ""


def test_no_file_and_no_argument(tmp_path: Path) -> None:
    assert plain("pathway", str(tmp_path / "gone.json")).exit_code == 3
    assert plain("pathway").exit_code == 2
