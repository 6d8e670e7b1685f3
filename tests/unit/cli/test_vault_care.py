"""``outreach vault audit``, ``backup``, ``backups``, ``restore``, and the sentence that names the last good backup."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from outreach_app.vault import database
from tests.support.vaults import PASSPHRASE
from tests.unit.cli.conftest import CommandLine, plain


def asked(line: CommandLine, *arguments: str) -> Any:
    return json.loads(line.run("vault", *arguments).stdout)


def record(line: CommandLine) -> str:
    return line.run("record", "-", typed=b'{"setting": "street", "note": "Waits at the station"}').stdout.strip()


def damage(folder: Path) -> None:
    content = bytearray((folder / "vault.db").read_bytes())
    content[200] ^= 1
    (folder / "vault.db").write_bytes(content)


def test_the_audit_tells_who_did_what_in_codes(line: CommandLine) -> None:
    note = record(line)
    entries = asked(line, "audit", "--limit", "4")["entries"]
    assert [entry["action"] for entry in entries] == ["unlocked", "finished", "unlocked", "enrolled"]
    assert (entries[1]["subject"], entries[1]["name"]) == (note, "AM")
    assert entries[0]["number"] == entries[1]["number"] + 1
    assert "station" not in json.dumps(entries)


def test_the_first_bad_entry_is_named(line: CommandLine) -> None:
    assert asked(line, "audit", "--verify")["first_bad"] is None
    key = line.prepared.unlocked.keys.database_key()
    connection: Any = database.connect(line.folder / "vault.db", key)
    connection.execute("UPDATE audit SET action = 'read' WHERE seq = 2")
    connection.close()
    told = line.run("vault", "audit", "--verify", code=3)
    assert json.loads(told.stdout)["first_bad"] == 2
    assert "Entry 2 of the record of use" in told.stderr
    assert "entry 2" in line.run("vault", "check", code=3).stderr


def test_a_backup_is_made_listed_and_put_in_place(line: CommandLine) -> None:
    assert asked(line, "backups") == {"backups": []}
    record(line)
    made = asked(line, "backup")
    assert made["kind"] == "daily"
    assert made["bytes"] > 0
    record(line)
    assert asked(line, "backups") == {"backups": [made]}
    damage(line.folder)
    told = line.run("list", code=3).stderr
    assert told.startswith("The vault is damaged or a part of it is missing (vault.db).")
    assert f"outreach vault restore {made['name']}" in told
    assert asked(line, "restore", made["name"]) == {"notes": 1, "restored": made["name"]}
    assert len(line.run("list").stdout.splitlines()) == 1
    assert "whole" in line.run("vault", "check").stdout


def test_a_backup_that_is_not_there_changes_nothing(line: CommandLine) -> None:
    before = (line.folder / "vault.db").read_bytes()
    assert "There is no backup named monday" in line.run("vault", "restore", "monday", code=3).stderr
    assert (line.folder / "vault.db").read_bytes() == before


def test_backups_alone_are_a_damaged_vault_not_an_empty_folder(line: CommandLine) -> None:
    made = asked(line, "backup")
    for path in line.folder.iterdir():
        if path.is_file():
            path.unlink()
    told = line.run("list", code=3).stderr
    assert "vault restore" in told
    create = plain("--vault", str(line.folder), "--passphrase-stdin", "vault", "create", "--generate", typed=b"")
    assert "There is already a vault in" in create.stderr
    asked(line, "restore", made["name"])
    line.run("list")


def test_every_way_a_vault_can_be_wrong_has_its_own_sentence(line: CommandLine) -> None:
    file, folder = line.folder / "vault.db", line.folder
    whole = file.read_bytes()
    anchors = {name: (folder / name).read_bytes() for name in ("anchor.0", "anchor.1")}
    record(line)
    sentences = []

    def told(content: bytes) -> None:
        file.write_bytes(content)
        sentences.append(line.run("list", code=3).stderr)
        assert file.read_bytes() == content, "it is left as it is"

    told(b"")
    told(b"SQLite format 3\0" + bytes(4080))
    told(bytes(8192))
    told(whole)  # an older one put back
    for name in anchors:
        (folder / name).unlink()
    told(whole)
    words = ("is empty", "is not a vault of this program", "is damaged", "do not belong together", "Both small files")
    assert all(word in sentence for word, sentence in zip(words, sentences, strict=True)), sentences


def test_a_newer_vault_and_none_have_theirs(line: CommandLine) -> None:
    key = line.prepared.unlocked.keys.database_key()
    connection: Any = database.connect(line.folder / "vault.db", key)
    connection.execute("UPDATE vault_meta SET engine = 99")
    connection.close()
    assert "made by a newer version" in line.run("list", code=3).stderr
    elsewhere = plain("--vault", str(line.folder / "nothing"), "--passphrase-stdin", "list", typed=PASSPHRASE.encode())
    assert elsewhere.exit_code == 3
    assert "There is no vault in" in elsewhere.stderr
    assert not (line.folder / "nothing").exists()
