"""The tour walks through the whole job and believes nothing it has not read back."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from outreach_app.cli import tours
from outreach_app.practice.people import load_people
from outreach_app.program import Program
from outreach_app.tour import screens, walk
from outreach_app.tour.errors import StepNotVerifiedError
from outreach_app.tour.report import Report, Verifier
from tests.support.clock import FakeClock
from tests.support.practice_centre import QuickCentre
from tests.support.vaults import CHEAP_COST

PNG = b"\x89PNG\r\n\x1a\n"
STEPS = ["vault", "centre", "enrol", "record", "reopen", "search", "assess", "print", "send", "ingest", "stick", "count",
         "workers", "backup", "recover"]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "Program", partial(Program, cost=CHEAP_COST))
    monkeypatch.setattr(walk, "CentreProcess", QuickCentre)
    monkeypatch.setattr(walk, "grab_screens", lambda *_: None)


@pytest.mark.usefixtures("quick")
def test_the_whole_tour_is_verified_and_reported(tmp_path: Path) -> None:
    said: list[str] = []
    out = tmp_path / "out"
    out.mkdir()
    report = walk.walk(out, said.append)
    assert report.verified == STEPS
    written = json.loads((out / "report.json").read_bytes())
    assert {"encounters", "batches", "receipts", "leaflets", "screens", "statistics", "seconds"} <= set(written)
    assert written["encounters"] >= 12
    assert (written["receipts"], written["batches"]) == ({"stored": 1, "ingested": 2}, 2)
    assert written["leaflets"] == len(list((out / "leaflets").glob("*.pdf"))) >= 10, "more with each language and sheet"
    assert set(written["seconds"]) == set(STEPS)
    notes = [meeting for meeting in load_people().encounters if meeting.expect.kind != "tally"]
    assert written["statistics"]["totals"]["encounters"] == len(notes) + 1, "and the one that went by stick"
    assert said[0] == " 1. Create the vault and open it again"


@pytest.mark.usefixtures("quick")
def test_the_command_says_where_the_report_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "walk", lambda out, say: (say(str(out.is_absolute())), Report(encounters=12, screens=28))[1])
    result = CliRunner().invoke(tours.tour, ["--out", str(tmp_path / "new")])
    assert result.exit_code == 0
    assert "12 encounters, 0 batches, 0 leaflets, 28 pictures" in result.output
    assert "report.json" in result.output


@pytest.mark.usefixtures("quick")
def test_a_centre_that_lies_is_found_out_and_the_vault_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = QuickCentre.run

    def lying(self: QuickCentre, step: str, *arguments: str, is_json: bool = True, typed: str = "") -> Any:
        answer = honest(self, step, *arguments, is_json=is_json, typed=typed)
        if step == "enrol":
            answer["words"]["request"] = "other words"
        return answer

    monkeypatch.setattr(QuickCentre, "run", lying)
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(StepNotVerifiedError, match="enrol"):
        walk.walk(out, lambda _: None)
    assert not (out / "report.json").exists()


def test_a_step_counts_only_when_it_ends_well() -> None:
    clock, report, said = FakeClock(), Report(), list[str]()
    verifier = Verifier(report, clock, said.append)
    with verifier.step("first", "Do it"):
        clock.advance(2)
        verifier.detail("how")
        verifier.expect(True, "fine")
    with pytest.raises(StepNotVerifiedError, match="second") as caught, verifier.step("second", "Do more"):
        verifier.expect(False, "it was not so")
    assert caught.value.values["what"] == "it was not so"
    assert (report.verified, report.seconds) == (["first"], {"first": 2.0})
    assert said == [" 1. Do it", "      how", " 2. Do more"]


def test_the_people_are_fictional_enough_and_many_enough() -> None:
    people = load_people()
    kinds = [meeting.expect.kind for meeting in people.encounters]
    assert len(kinds) >= 12
    assert set(kinds) == {"tally", "coded", "note", "referral"}
    assert all(json.loads(meeting.as_json())["setting"] for meeting in people.encounters)


Script = Callable[[str], None]


@pytest.fixture
def as_program(monkeypatch: pytest.MonkeyPatch) -> Script:
    """Let another script stand where the program is started."""

    def use(code: str) -> None:
        monkeypatch.setattr(screens, "own_command", lambda: [sys.executable, "-c", code])

    return use


def grab(tmp_path: Path) -> Report:
    verifier = Verifier(Report(), FakeClock(), lambda _: None)
    screens.grab_screens(verifier, tmp_path / "vault", "words", tmp_path)
    return verifier.report


def test_pictures_are_counted_and_looked_at(tmp_path: Path, as_program: Script) -> None:
    as_program(f"import sys, pathlib; [(pathlib.Path(sys.argv[-1]) / f'{{n}}.png').write_bytes({PNG!r}) for n in range(3)]")
    assert grab(tmp_path).screens == 3


@pytest.mark.parametrize(
    "code",
    ["import sys; sys.exit(3)", "pass", "import sys, pathlib; (pathlib.Path(sys.argv[-1]) / '1.png').write_bytes(b'no picture')"],
    ids=["failed", "nothing", "no picture"],
)
def test_pictures_that_are_none_are_found_out(tmp_path: Path, as_program: Script, code: str) -> None:
    as_program(code)
    with pytest.raises(StepNotVerifiedError, match="screens"):
        grab(tmp_path)
