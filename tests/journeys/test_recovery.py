"""A forgotten passphrase, through the real command line: laptop, desk and three custodians' keys in folders of their own."""

import json
from pathlib import Path
from typing import Any

import pytest

from outreach_app.centre.desk.opening import open_desk
from outreach_app.clock import SystemClock
from outreach_app.program import Program
from outreach_app.vault import audit
from tests.support.commands import MadePair, Person, worker
from tests.support.desk import PASSPHRASE as DESK_PASSPHRASE
from tests.support.vaults import OTHER_PASSPHRASE, PASSPHRASE

pytestmark = pytest.mark.real_derivation
CUSTODIANS = (
    "amber bridge candle desert engine",
    "falcon garden harbor island jungle",
    "kettle ladder magnet needle oyster",
)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> MadePair:
    return MadePair.made(tmp_path_factory.mktemp("recovery") / "made")


def as_custodian(staff: Person, number: int, request: Path, reply: Path, *more: str, code: int = 0) -> Any:
    """One custodian sits down at the desk with the own key and passphrase."""
    key = request.parent / f"stick-{number}" / f"custodian-{number}.key"
    typed = f"{CUSTODIANS[number - 1]}\n"
    done = staff.run("recover", request, reply, "--key", key, "--json", *more, typed=typed, code=code)
    return json.loads(done.stdout) if code == 0 else done.stderr


def hand_out_keys(folder: Path) -> None:
    for number in (1, 2, 3):
        stick = folder / f"stick-{number}"
        stick.mkdir()
        (folder / "keys" / f"custodian-{number}.key").rename(stick / f"custodian-{number}.key")


@pytest.mark.timeout(600)  # some thirty programs one after the other, a few with the full key derivation
def test_a_forgotten_passphrase_from_custodians_to_the_open_laptop(pair: MadePair, tmp_path: Path) -> None:
    laptop, staff, centre = pair.copy(tmp_path / "pair")
    note_id = laptop.record(note="Waits at the station")
    done = laptop.run("recover", "status")
    assert json.loads(done.stdout)["possible"] is False
    assert "nobody can open this laptop" in done.stderr
    laptop.run("recover", "drill-request", tmp_path / "drill.json", code=3)

    made = staff.asked("custodians", "init", tmp_path / "keys", typed="\n".join(CUSTODIANS) + "\n")["custodians"]
    assert len({row["key"] for row in made}) == 3
    hand_out_keys(tmp_path)
    staff.run("custodians", "publish", tmp_path / "list.json")
    assert laptop.asked("recover", "custodians", tmp_path / "list.json") == {"possible": True}

    rehearse(laptop, staff, tmp_path)
    forget_and_recover(tmp_path / "pair" / "laptop", staff, tmp_path)
    assert note_id in worker(tmp_path / "pair" / "laptop", OTHER_PASSPHRASE).run("list").stdout

    entries = desk_entries(centre)
    assert [entry.action for entry in entries][:5] == ["recovery_set", *["recovery_helped"] * 4]
    assert [entry.detail.partition(".")[0] for entry in entries[1:5]] == ["drill", "drill", "recover", "recover"]
    session = Program(tmp_path / "pair" / "laptop").unlock(OTHER_PASSPHRASE)
    written = [entry.action for entry in audit.list_entries(session._vault)]
    assert {"drill_passed", "recovery_requested", "recovered"} <= set(written)
    assert audit.verify(session._vault).first_bad is None
    session.close()


def rehearse(laptop: Person, staff: Person, folder: Path) -> None:
    request, reply = folder / "drill.json", folder / "drill-reply.json"
    words = laptop.asked("recover", "drill-request", request)["words"]
    first = as_custodian(staff, 1, request, reply, "--words", words)
    assert (first["purpose"], first["answers"], first["complete"], first["words"]) == ("drill", 1, False, words)
    assert "second one" in laptop.run("recover", "drill-accept", reply, code=3).stderr
    assert as_custodian(staff, 2, request, reply, "--words", words)["complete"]
    assert laptop.asked("recover", "drill-accept", reply) == {"state": "drill passed"}
    assert laptop.asked("recover", "status", "--unlock")["last_drill"]


def forget_and_recover(vault: Path, staff: Person, folder: Path) -> None:
    """As numbered lines this time, as if they had been scanned."""
    request, reply = folder / "request.txt", folder / "reply.txt"
    her = worker(vault, OTHER_PASSPHRASE)
    words = her.asked("recover", "request", request, "--texts")["words"]
    assert request.read_text().startswith("OR1/")
    assert "not the same" in as_custodian(staff, 2, request, reply, "--words", "six words of some other thing", code=3)
    assert words in as_custodian(staff, 2, request, reply, code=3), "a script must say that they were compared"
    as_custodian(staff, 3, request, reply, "--words", words, "--texts")
    assert "answered already" in as_custodian(staff, 3, request, reply, "--yes", code=3)
    assert as_custodian(staff, 2, request, reply, "--yes", "--texts")["complete"]
    assert "does not open" in worker(vault, PASSPHRASE + " no").run("recover", "accept", reply, code=3).stderr
    assert her.asked("recover", "accept", reply) == {"state": "recovered"}
    assert "does not open" in worker(vault).run("list", code=3).stderr
    assert her.asked("recover", "status")["possible"]


def desk_entries(centre: Path) -> list[audit.AuditEntry]:
    with open_desk(centre, DESK_PASSPHRASE, clock=SystemClock()) as desk:
        assert audit.verify(desk.vault).first_bad is None
        helped = [entry for entry in audit.list_entries(desk.vault) if entry.action.startswith("recovery")]
    return helped[::-1]
