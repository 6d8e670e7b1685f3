"""No stored text, no key and no passphrase is readable in any file of the vault's folder, open, in a change, or closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach_app.vault.open_vault import OpenVault
from tests.support.vaults import PASSPHRASE, Template, new_vault, write_migrations

pytestmark = pytest.mark.real_derivation
MARKER = "Nattergalen-sang-7731"
FULL_TEXT = """
CREATE TABLE thing (id INTEGER PRIMARY KEY, word TEXT) STRICT;
CREATE VIRTUAL TABLE words USING fts5(word);
"""


def forms(text: str) -> list[bytes]:
    return [text.encode("utf-8"), text.encode("utf-16-le"), text.encode("utf-16-be"), text.encode().hex().encode()]


def holding(folder: Path, wanted: list[bytes]) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path.name for path in files if any(form in path.read_bytes() for form in wanted)]


def write_much(vault: OpenVault, folder: Path, wanted: list[bytes]) -> None:
    with vault.transaction() as connection:
        for number in range(400):
            row = (f"{MARKER} {number} " + "fyld " * 200,)
            connection.execute("INSERT INTO thing (word) VALUES (?)", row)
            connection.execute("INSERT INTO words (word) VALUES (?)", row)
        connection.execute("CREATE TEMP TABLE sorted AS SELECT word FROM thing ORDER BY word DESC")
        connection.execute("DELETE FROM thing WHERE id > 200")
        assert holding(folder, wanted) == []


def test_nothing_readable_in_any_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "everything"
    monkeypatch.setenv("TMPDIR", str(folder / "tmp"))
    monkeypatch.setenv("SQLITE_TMPDIR", str(folder / "tmp"))
    (folder / "tmp").mkdir(parents=True)
    migrations = write_migrations(tmp_path / "migrations", FULL_TEXT)
    vault = new_vault(folder / "vault", migrations)
    wanted = [form for text in (MARKER, PASSPHRASE, "vault_meta", "CREATE TABLE") for form in forms(text)]
    write_much(vault, folder, wanted)
    assert holding(folder, wanted) == []
    vault.close()
    assert holding(folder, wanted) == []
    assert list((folder / "tmp").iterdir()) == []


def test_no_key_in_any_file(tmp_path: Path) -> None:
    template = Template.made(tmp_path, "first", role="health")
    keys, part = template.unlocked.keys, template.unlocked.health_part
    assert part is not None
    secrets = [keys.data_key, keys.vault_secret, keys.database_key(), keys.anchor_key(), keys.slots_key(), part]
    wanted = [form for secret in secrets for form in (secret, secret.hex().encode())]
    assert holding(template.folder, wanted) == []


def test_the_search_itself_finds(tmp_path: Path) -> None:
    for number, form in enumerate(forms(MARKER)):
        (tmp_path / str(number)).write_bytes(b"x" + form)
    assert sorted(holding(tmp_path, forms(MARKER))) == ["0", "1", "2", "3"]
