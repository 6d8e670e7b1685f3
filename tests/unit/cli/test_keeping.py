"""Keeping, erasing, blanking and policy from the command line: JSON in and out, words never in arguments."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from outreach_app.cli.erasing import REASONS
from outreach_app.domain.erasing import REASONS as DOMAIN_REASONS
from tests.unit.cli.conftest import CommandLine

MARKER = "Kirsebaerblomst"


def as_json(value: Any) -> bytes:
    return json.dumps(value).encode()


def recorded(line: CommandLine, **fields: Any) -> str:
    return line.run("record", "-", typed=as_json({"setting": "street", **fields})).stdout.strip()


def answer(line: CommandLine, *arguments: str, typed: bytes = b"") -> Any:
    return json.loads(line.run(*arguments, typed=typed).stdout)


def test_what_is_held_is_shown_kept_and_let_go(line: CommandLine) -> None:
    note = recorded(line, consent="follow_up", note="words", contact={"called": "Red jacket"})
    shown = answer(line, "keeping", "show")
    assert (shown["notes"], shown["held"], shown["unfinished"]) == (1, {"unsent": 1}, False)
    assert answer(line, "keeping", "keep", note, "-", typed=as_json({"reason": "asked"})) == {"kept": note}
    (row,) = answer(line, "keeping", "held")
    assert (row["note_id"], row["held_because"], row["kept_reason"], row["contact_name"]) == (note, "kept", "asked", "Red jacket")
    assert answer(line, "keeping", "let-go", note) == {"let_go": note}
    assert answer(line, "keeping", "held", "--limit", "1")[0]["held_because"] == "unsent"
    assert answer(line, "keeping", "shed") == {"notes": 0, "contacts": 0}
    assert answer(line, "keeping", "expire") == {"notes": 0, "contacts": 0}
    assert answer(line, "keeping", "finish") == {"unfinished": False}


def test_policy_is_shown_and_set_and_a_contact_expires_by_it(line: CommandLine) -> None:
    first = {"shed_after_days": 14, "expire_after_days": {}, "review_before_sending": False, "sending_weekday": 0}
    assert answer(line, "policy", "show") == first
    assert answer(line, "policy", "set", "expire_after_days", '{"coded": 365}') == {**first, "expire_after_days": {"coded": 365}}
    refused = line.run("policy", "set", "shed_after_days", "0", code=3)
    assert "from 1 to 36500" in refused.stderr
    assert "broken JSON" in line.run("policy", "set", "shed_after_days", "fourteen", code=3).stderr
    recorded(line, note="old", met_at="2020-03-02T23:00:00+01:00")
    (row,) = answer(line, "keeping", "expiring")
    assert (row["kind"], row["held_because"]) == ("coded", "unsent")
    assert answer(line, "keeping", "expiring", "--days", "0") == []


def test_words_are_blanked_by_file_and_not_by_argument(line: CommandLine, tmp_path: Path) -> None:
    note = recorded(line, note=f"she is {MARKER}")
    file = tmp_path / "blank.json"
    file.write_bytes(as_json({"part": MARKER}))
    assert answer(line, "blank", note, str(file), "--preview") == {"places": 1, "versions": 1, "health_unseen": False, "left": []}
    assert "reason" in line.run("blank", note, str(file), code=3).stderr
    done = answer(line, "blank", note, "-", typed=as_json({"part": MARKER, "reason": "a name"}))
    (row,) = answer(line, "list", "--json")
    assert (row["note"], row["state"]) == ("she is ▮▮▮", "blanked")
    (erased,) = answer(line, "erase", "list")
    assert (erased["id"], erased["kind"], erased["state"]) == (done["blanked"], "words", "nothing_left")
    assert "do not stand in this note" in line.run("blank", note, str(file), "--preview", code=3).stderr


@pytest.mark.parametrize("given", [b"", b"[]", b'{"part": ""}', b'{"part": "x", "other": 1}', b'{"part": 5}'])
def test_what_is_no_blanking_is_refused(line: CommandLine, given: bytes) -> None:
    note = recorded(line, note="x")
    line.run("blank", note, "-", typed=given, code=3)


def test_a_contact_is_looked_at_and_erased(line: CommandLine) -> None:
    recorded(line, consent="referral", recipient="cmm", note="one", contact={"called": "Red jacket", "identity": {"name": MARKER, "reason": "r"}})
    contact = answer(line, "list", "--json")[0]["contact"]
    shown = answer(line, "erase", "contact", contact, "--preview")
    assert shown == {
        "notes": 1, "older_versions": 0, "drafts": 0, "identity": True, "linkage": False, "left": [], "mentions": [],
        "elsewhere": [],
    }  # fmt: skip
    line.run("erase", "contact", contact, code=2)
    line.run("erase", "contact", contact, "--preview", "--reason", "asked", code=2)
    line.run("erase", "contact", contact, "--reason", "because of Anna", code=2)
    done = answer(line, "erase", "contact", contact, "--reason", "asked")
    assert set(done) == {*shown, "erased"}
    assert answer(line, "list", "--json") == []
    assert answer(line, "erase", "list")[0]["reason"] == "asked"
    assert "not in the vault any more" in line.run("erase", "contact", contact, "--preview", code=3).stderr


def test_the_command_line_knows_every_reason() -> None:
    assert REASONS == DOMAIN_REASONS


def test_the_laptop_is_erased_by_passphrase_and_words(line: CommandLine, tmp_path: Path) -> None:
    kept = Path(shutil.copytree(line.folder, tmp_path / "kept"))
    assert "nothing was erased" in line.run("erase", "laptop", "--confirm", "yes", code=3).stderr
    line.run("erase", "laptop", "--confirm", "erase this laptop")
    assert list(line.folder.iterdir()) == []
    assert list(kept.iterdir()) != []
    line.run("list", code=3)
