"""``outreach recover`` and the centre's part of it: what is asked, printed and refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from outreach_app.centre.desk.custodians import init_custodians
from outreach_app.centre.desk.folder import CentreSettings, write_settings
from outreach_app.program import Program
from outreach_app.sync.custodians import make_custodians
from outreach_app.sync.recovery import read_request
from outreach_app.sync.text_parts import split
from outreach_app.vault import slot_change, slot_file
from tests.support.clock import FakeClock
from tests.support.custodians import ANNA, BO, CUSTODIANS, answered, recovery_slot
from tests.support.desk import PASSPHRASE as DESK_PASSPHRASE
from tests.support.desk import enrol, make_desk
from tests.support.sync_people import CENTRE, LAPTOP
from tests.support.vaults import CHEAP_COST, OTHER_PASSPHRASE, PASSPHRASE
from tests.unit.cli.conftest import CommandLine, plain

KEY_PASSPHRASE = "amber bridge candle desert engine"
OTHERS = ("falcon garden harbor island jungle", "kettle ladder magnet needle oyster")


def custodians_file(line: CommandLine, *, texts: bool = False) -> str:
    document = make_custodians([keys.public for keys in CUSTODIANS], issued_at=FakeClock().now(), root=CENTRE.root)
    file = line.folder.parent / "list"
    file.write_bytes("\n".join(split(document)).encode() if texts else document)
    return str(file)


@pytest.fixture
def recoverable(line: CommandLine) -> CommandLine:
    assert json.loads(line.run("recover", "custodians", custodians_file(line)).stdout) == {"possible": True}
    return line


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let requests use the quick key derivation, too."""
    monkeypatch.setattr("outreach_app.vault.argon.DEFAULT", CHEAP_COST)


def as_forgetful(line: CommandLine, *arguments: str, code: int = 0) -> Result:
    """Run a command with the new passphrase; nobody knows the old one."""
    result = plain("--vault", str(line.folder), "--passphrase-stdin", "recover", *arguments, typed=f"{OTHER_PASSPHRASE}\n".encode())
    assert result.exit_code == code, (result.output, result.exception)
    return result


def test_before_enrolment_it_says_that_nobody_can_open_it(line_alone: CommandLine) -> None:
    result = as_forgetful(line_alone, "status")
    assert json.loads(result.stdout)["possible"] is False
    assert "nobody can open this laptop" in result.stderr
    result = line_alone.run("recover", "status", "--unlock")
    assert json.loads(result.stdout)["reason"] == "not_enrolled"
    assert "not enrolled" in result.stderr
    assert "cannot be recovered" in as_forgetful(line_alone, "request", "never.json", code=3).stderr
    assert "No recovery request" in as_forgetful(line_alone, "accept", "never.json", code=3).stderr


def test_an_enrolled_laptop_whose_centre_has_no_custodians_says_so(line: CommandLine) -> None:
    result = line.run("recover", "status", "--unlock")
    assert json.loads(result.stdout)["reason"] == "no_custodians"
    assert "named no custodians" in result.stderr
    line.run("recover", "custodians", custodians_file(line, texts=True))
    result = line.run("recover", "status", "--unlock")
    status = json.loads(result.stdout)
    assert (status["possible"], status["reason"], status["last_drill"], result.stderr) == (True, "", None, "")
    assert [slot["role"] for slot in status["slots"]] == ["outreach"]


def test_recovery_that_is_not_set_yet_says_what_to_do(recoverable: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outreach_app.vault.recovery_set.find_recovery", lambda _vault: None)
    monkeypatch.setattr("outreach_app.services.recovering.Recovering.bring_up_to_date", lambda _self: None)
    result = recoverable.run("recover", "status", "--unlock")
    assert "Open the laptop once more" in result.stderr


def test_a_drill_by_files(recoverable: CommandLine, tmp_path: Path) -> None:
    request, reply = tmp_path / "drill.txt", tmp_path / "reply.json"
    words = json.loads(recoverable.run("recover", "drill-request", str(request), "--texts").stdout)["words"]
    assert len(words.split()) == 6
    from outreach_app.cli.documents import read_either

    reply.write_bytes(answered(read_either(str(request)), ANNA, BO))
    assert json.loads(recoverable.run("recover", "drill-accept", str(reply)).stdout) == {"state": "drill passed"}
    assert "No drill" in recoverable.run("recover", "drill-accept", str(reply), code=3).stderr


def test_a_forgotten_passphrase_with_a_generated_one(recoverable: CommandLine, tmp_path: Path) -> None:
    request, reply = tmp_path / "request.json", tmp_path / "reply.json"
    made = json.loads(as_forgetful(recoverable, "request", str(request), "--generate").stdout)
    assert as_forgetful(recoverable, "status").stdout.count('"request_waits":true') == 1
    reply.write_bytes(answered(request.read_bytes(), BO, ANNA))
    assert "does not open" in as_forgetful(recoverable, "accept", str(reply), code=3).stderr
    typed = f"{made['passphrase']}\n".encode()
    done = plain("--vault", str(recoverable.folder), "--passphrase-stdin", "recover", "accept", str(reply), typed=typed)
    assert json.loads(done.stdout) == {"state": "recovered"}
    Program(recoverable.folder).unlock(made["passphrase"]).close()


def test_with_several_workers_the_slot_is_named(recoverable: CommandLine, tmp_path: Path) -> None:
    session = Program(recoverable.folder).unlock(PASSPHRASE)
    file = slot_file.read_newest(recoverable.folder)
    header = file.slots[0].header
    other = type(file.slots[0])(
        type(header)(header.vault_id, "ab" * 16, "health", header.made_at, header.cost, header.salt, header.public_key),
        file.slots[0].wrapped_private, file.slots[0].sealed_data_key, b"",
    )  # fmt: skip
    slot_change.publish(session._vault, slot_change.msgspec.structs.replace(file, slots=(*file.slots, other)))
    session.close()
    request = str(tmp_path / "request.json")
    assert "Name your slot" in as_forgetful(recoverable, "request", request, code=3).stderr
    made = json.loads(as_forgetful(recoverable, "request", request, "--slot", header.slot_id).stdout)
    assert made["slot"] == header.slot_id
    assert "not on this laptop" in as_forgetful(recoverable, "request", request, "--slot", "cd" * 16, code=3).stderr


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    """A desk with one enrolled laptop and three custodians, whose first key has a known passphrase."""
    folder = tmp_path / "centre"
    with make_desk(folder) as desk:
        enrol(desk, LAPTOP)
        init_custodians(desk, tmp_path / "keys", (KEY_PASSPHRASE, *OTHERS), cost=CHEAP_COST)
    write_settings(folder, CentreSettings())
    return folder


def at_desk(centre: Path, *arguments: object, typed: str = KEY_PASSPHRASE, code: int = 0) -> Result:
    given = f"{DESK_PASSPHRASE}\n{typed}\n".encode()
    result = plain("--passphrase-stdin", "centre", "--centre", str(centre), *map(str, arguments), typed=given)
    assert result.exit_code == code, (result.output, result.exception)
    return result


def asked_by_laptop(centre: Path) -> tuple[Path, str]:
    """Write a request of the enrolled laptop; its custodians are those of the desk."""
    from outreach_app.centre.desk.custodian_keys import open_key_file
    from outreach_app.sync.enrolment import six_words
    from outreach_app.sync.keys import ReceivingKeys
    from outreach_app.sync.recovery import make_request
    from outreach_app.sync.sealing import key_id
    from outreach_app.vault.keys import new_keys
    from outreach_app.vault.passphrase import word_list
    from outreach_app.vault.recovery_slot import Custodian, RecoveryRequest, make_recovery_slot, slot_head

    keys = [
        open_key_file((centre.parent / "keys" / f"custodian-{number}.key").read_bytes(), passphrase).receiving.public
        for number, passphrase in enumerate((KEY_PASSPHRASE, *OTHERS), start=1)
    ]
    wanted = RecoveryRequest("e2" * 16, LAPTOP.device, "now", [Custodian(key_id(key), key.to_bytes()) for key in keys])
    slot = make_recovery_slot(wanted, new_keys(), None)
    one_time = ReceivingKeys.generate().public
    document = make_request("recover", slot, slot_head(slot, "e2" * 16), one_time=one_time, issued_at=FakeClock().now())
    file = centre.parent / "request.json"
    file.write_bytes(document)
    return file, six_words(read_request(document).fingerprint(), word_list())


def test_two_custodians_answer_one_after_the_other(centre: Path, tmp_path: Path) -> None:
    request, words = asked_by_laptop(centre)
    reply, keys = tmp_path / "reply.json", tmp_path / "keys"
    first = at_desk(centre, "recover", request, reply, "--key", keys / "custodian-1.key", "--words", words)
    assert "second custodian" in first.stdout
    second = at_desk(
        centre, "recover", request, reply, "--key", keys / "custodian-3.key", "--yes", "--json", typed=OTHERS[1]
    )
    answer = json.loads(second.stdout)
    assert (answer["answers"], answer["complete"], answer["words"], answer["label"]) == (2, True, words, "Laptop 3")
    again = at_desk(centre, "recover", request, reply, "--key", keys / "custodian-2.key", "--yes", typed=OTHERS[0], code=3)
    assert "answered already" in again.stderr
    reply.unlink()
    at_desk(centre, "recover", request, reply, "--key", keys / "custodian-2.key", "--yes", typed=OTHERS[0])
    done = at_desk(centre, "recover", request, reply, "--key", keys / "custodian-1.key", "--yes")
    assert "Two custodians have answered" in done.stdout


def test_a_custodian_answers_only_what_was_compared(
    centre: Path, tmp_path: Path, terminal: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    request, words = asked_by_laptop(centre)
    call: tuple[Any, ...] = ("recover", request, tmp_path / "reply.json", "--key", tmp_path / "keys" / "custodian-1.key")
    assert words in at_desk(centre, *call, code=3).stderr
    assert "not the same" in at_desk(centre, *call, "--words", "one two three four five six", code=3).stderr
    terminal()
    monkeypatch.setattr("click.confirm", lambda *_, **__: False)
    assert "not the same" in at_desk(centre, *call, code=3).stderr
    assert not (tmp_path / "reply.json").exists()
    monkeypatch.setattr("click.confirm", lambda *_, **__: True)
    assert words in at_desk(centre, *call).stderr
    assert (tmp_path / "reply.json").exists()


def test_a_wrong_key_or_passphrase_answers_nothing(centre: Path, tmp_path: Path) -> None:
    request, _ = asked_by_laptop(centre)
    call: tuple[Any, ...] = ("recover", request, tmp_path / "reply.json", "--yes", "--key")
    assert "custodian's key" in at_desk(centre, *call, request, code=3).stderr
    key = tmp_path / "keys" / "custodian-1.key"
    assert "does not open this custodian" in at_desk(centre, *call, key, typed=OTHERS[0], code=3).stderr
    request.write_bytes(stranger_request())
    assert "No laptop with the number" in at_desk(centre, *call, key, code=3).stderr
    assert not (tmp_path / "reply.json").exists()


def stranger_request() -> bytes:
    from outreach_app.sync.recovery import make_request
    from outreach_app.vault.recovery_slot import slot_head
    from tests.support.custodians import VAULT_ID

    slot = recovery_slot()
    return make_request("recover", slot, slot_head(slot, VAULT_ID), one_time=ANNA.public, issued_at=FakeClock().now())


def test_custodians_are_listed_and_published(centre: Path, tmp_path: Path) -> None:
    listed = json.loads(at_desk(centre, "custodians", "list").stdout)
    assert len(listed["keys"]) == 3
    assert listed["issued_at"].startswith("2026-03-02T")
    at_desk(centre, "custodians", "publish", tmp_path / "list.txt", "--texts")
    assert (tmp_path / "list.txt").read_text().startswith("OR1/")
    refused = at_desk(centre, "custodians", "init", tmp_path / "more", "--generate", code=3)
    assert "--replace" in refused.stderr


def test_a_desk_without_custodians(tmp_path: Path) -> None:
    with make_desk(tmp_path / "bare"):
        write_settings(tmp_path / "bare", CentreSettings())
    assert json.loads(at_desk(tmp_path / "bare", "custodians", "list").stdout) == {"issued_at": "", "keys": []}
    assert "no custodians yet" in at_desk(tmp_path / "bare", "custodians", "publish", tmp_path / "x", code=3).stderr
    made = json.loads(at_desk(tmp_path / "bare", "custodians", "init", tmp_path / "new", "--generate").stdout)
    assert [len(row["passphrase"].split()) for row in made["custodians"]] == [5, 5, 5]
