"""Practice: fictional people in a vault of its own that reaches a centre on this computer and no other."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from outreach_app.cli import practising
from outreach_app.cli.main import cli
from outreach_app.errors import FolderNotWritableError
from outreach_app.paths import PRACTICE_FILE, default_practice_folder, default_vault_folder
from outreach_app.practice import making
from outreach_app.practice.errors import NotAPracticeFolderError
from outreach_app.practice.folder import PracticeFacts, PracticeFolder, practice_of
from outreach_app.practice.making import make_practice
from outreach_app.practice.people import load_people
from outreach_app.program import Program
from outreach_app.services.errors import NotEmptyForPracticeError, PracticeOnlyError
from outreach_app.services.sending_road import seal_and_send
from outreach_app.sync.carriers.stick import StickFolder
from tests.support.clock import FakeClock
from tests.support.commands import make_centre
from tests.support.ids import CountingIds
from tests.support.practice_centre import QuickCentre
from tests.support.vaults import CHEAP_COST

FACTS = PracticeFacts("one two three four five", "five four three two one")


def program_at(folder: PracticeFolder) -> Program:
    return Program(folder.vault, clock=FakeClock(), ids=CountingIds(prefix=3), cost=CHEAP_COST)


def made(folder: PracticeFolder) -> list[tuple[str, int, int]]:
    said: list[tuple[str, int, int]] = []
    make_practice(folder, program_at(folder), QuickCentre(folder.centre, ""), say=lambda *step: said.append(step))
    return said


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> PracticeFolder:
    folder = PracticeFolder(tmp_path_factory.mktemp("practice") / "here")
    assert [number for _, number, _ in made(folder)] == [1, 2, 3, 4]
    return folder


def test_everything_is_there_and_says_that_it_is_practice(practice: PracticeFolder) -> None:
    assert practice.is_ready()
    found = practice_of(practice.vault)
    assert found is not None
    assert found.root == practice.root
    program = program_at(practice)
    session = program.unlock(practice.facts().passphrase)
    try:
        assert session.practising.is_practice()
        assert session.enrolling.state().state == "enrolled"
        assert session.worker.role == "supervisor"
        notes = session.encounters.list_encounters()
        assert len(notes) == sum(meeting.expect.kind != "tally" for meeting in load_people().encounters)
        today = program.clock.local_now().date()
        assert max(note.shift_date for note in notes) >= today - timedelta(days=2), "the last was met yesterday"
        assert all(note.shift_date <= today for note in notes)
        assert len(session.tallies.list_tallies()) > 0
    finally:
        session.close()
    assert sorted(file.name for file in practice.root.iterdir()) == ["centre", PRACTICE_FILE, "settings.json", "vault"]


def test_it_sends_to_its_own_centre_on_this_computer_and_no_other(practice: PracticeFolder, tmp_path: Path) -> None:
    session = program_at(practice).unlock(practice.facts().passphrase)
    try:
        session.mailbox.record_mailbox("http://127.0.0.1:8765")
        with pytest.raises(PracticeOnlyError):
            session.mailbox.record_mailbox("https://centre.example")
        assert session.mailbox.find_mailbox().url == "http://127.0.0.1:8765"
        session.mailbox.record_mailbox("")
        tmp_path.joinpath("stick").mkdir()
        road = StickFolder(tmp_path / "stick")
        assert seal_and_send(lambda step: step(session.sending), road, "stick").sent > 0
    finally:
        session.close()
    real = tmp_path / "real"
    make_centre(real)
    refused = QuickCentre(real, "").run("ingest", "ingest", str(tmp_path / "stick"), "--json")
    assert refused["ingested"] == 0, "a real centre does not know a laptop of practice"
    counted = QuickCentre(real, "").run("count", "count", "--json")
    assert not any(counted[name] for name in counted if isinstance(counted[name], list)), counted


def test_a_vault_with_notes_never_becomes_one_for_practice(practice: PracticeFolder) -> None:
    session = program_at(practice).unlock(practice.facts().passphrase)
    try:
        with pytest.raises(NotEmptyForPracticeError):
            session.practising.mark_as_practice()
    finally:
        session.close()


def test_a_vault_of_real_work_is_none_of_practice(tmp_path: Path) -> None:
    assert practice_of(tmp_path / "vault") is None
    assert practice_of(default_vault_folder()) is None
    assert default_practice_folder() != default_vault_folder()
    program = Program(tmp_path / "vault", clock=FakeClock(), ids=CountingIds(prefix=4), cost=CHEAP_COST)
    session = program.create_vault("hill river stone cloud paper", worker_name="AM")
    try:
        assert not session.practising.is_practice()
        session.mailbox.record_mailbox("https://centre.example")
    finally:
        session.close()


def test_what_was_cut_short_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = PracticeFolder(tmp_path)
    monkeypatch.setattr(making, "_record", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        made(folder)
    assert not folder.is_ready()
    monkeypatch.setattr(making, "_record", lambda *_: None)
    made(folder)
    assert folder.is_ready()


def test_a_folder_with_something_else_in_it_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "real").write_text("x")
    for content in (None, b"{}", b"no json", b'{"passphrase": 1}'):
        if content is not None:
            (tmp_path / PRACTICE_FILE).write_bytes(content)
        folder = PracticeFolder(tmp_path)
        assert not folder.is_ready()
        with pytest.raises(NotAPracticeFolderError):
            made(folder)
        assert (tmp_path / "vault" / "real").read_text() == "x"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(FolderNotWritableError):
        PracticeFolder(tmp_path / "file" / "practice").begin(FACTS)


def test_the_command_makes_it_once_and_again_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Path] = []

    def make(folder: PracticeFolder, _program: Program, *, say: making.Say) -> None:
        say("Making a vault", 2, 4)
        calls.append(folder.root)
        folder.begin(FACTS)
        folder.keep(PracticeFacts(FACTS.passphrase, FACTS.centre_passphrase, ready=True))

    monkeypatch.setattr(making, "make_practice", make)
    for more in ((), (), ("--start-over",)):
        ran = CliRunner().invoke(cli, ["practice", "--folder", str(tmp_path / "p"), *more])
        assert ran.exit_code == 0, ran.output
        assert json.loads(ran.stdout)["passphrase"] == FACTS.passphrase
        assert json.loads(ran.stdout)["vault"] == str(tmp_path / "p" / "vault")
    assert calls == [tmp_path / "p"] * 2
    assert practising.practice.name == "practice"
