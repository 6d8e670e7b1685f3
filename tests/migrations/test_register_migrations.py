"""Every migration of the desk's register is applied to a register with rows in it; a fresh one ends with the same tables."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from outreach_app.centre.desk.opening import MIGRATIONS
from outreach_app.vault.migrator import read_migrations
from outreach_app.vault.open_vault import OpenVault
from tests.support.vaults import new_vault, reopened

FILES = sorted(MIGRATIONS.glob("*.sql"))
ROWS: dict[str, tuple[str, tuple[object, ...]]] = {
    "centre_keys": ("(purpose, id, private, made_at)", ("root", "k", b"p", "t")),
    "centre_facts": ("(name, value)", ("n", "v")),
    "devices": (
        "(id, label, signing_key, receiving_key, status, request_sha512, code, reply, enrolled_at)",
        ("d", "Laptop 3", "s", "r", "enrolled", "q", "c", b"y", "t"),
    ),
    "device_lists": ("(number, document, issued_at)", (1, b"l", "t")),
    "batches": (
        "(sha512, device, epoch, seq, prev_hash, schema, state, arrived_at, settled_at)",
        ("h", "d", 1, 1, "0", 1, "ingested", "t", "t"),
    ),
    "positions": ("(device, epoch, next_seq)", ("d", 1, 2)),
    "turned_away": ("(sha512, device, epoch, seq, reason, arrived_at)", ("o", "d", 1, 1, 23, "t")),
    "records": (
        "(id, version, kind, device, batch, line, shift_date, setting, region, contact, body)",
        ("e", 1, "note", "d", "h", 1, "2026-03-02", "street", "fyn", "c", b"{}"),
    ),
    "record_leaflets": ("(id, version, place, sheet, language, copies)", ("e", 1, 0, "s", "ro", 1)),
    "quarantine": ("(batch, line, reason)", ("h", 2, 1)),
    "receipt_log": ("(size, entry, root)", (1, b"{}", "r")),
    "receipts": ("(batch, device, kind, document, log_size, issued_at)", ("h", "d", "ingested", b"x", 1, "t")),
    "deliveries": ("(source, batch)", ("own", "h")),
    "source_positions": ("(source, after)", ("own", 1)),
}  # fmt: skip
"""One row for each table of the first schema, in an order that respects its references."""

SINCE_SECOND: dict[str, tuple[str, tuple[object, ...]]] = {
    "notices": ("(id, version, kind, device, batch, line, body, removed)", ("n", 1, "erasure", "d", "h", 3, b"{}", 2)),
    "tombstones": ("(device, id)", ("d", "c")),
    "floors": ("(device, record, floor)", ("d", "e", 2)),
    "standings": ("(batch, device, epoch, step, head, audit_entries, audit_head)", ("h", "d", 1, 9, "a", 3, "b")),
    "alarms": ("(device, batch, kind, raised_at)", ("d", "h", "step_not_grown", "t")),
}
SINCE_THIRD: dict[str, tuple[str, tuple[object, ...]]] = {
    "merges": ("(device, id, contact, kept, epoch, seq, line)", ("d", "m", "c", "k", 1, 1, 4)),
    "merges_undone": ("(device, merge)", ("d", "o")),
    "contact_roots": ("(device, contact, root)", ("d", "c", "k")),
    "moved_records": ("(device, record, through, contact)", ("d", "e", 1, "k")),
}
SINCE_FOURTH: dict[str, tuple[str, tuple[object, ...]]] = {
    "sealing_stages": ("(id, published_at)", ("k", "t")),
    "stepped_over": ("(device, epoch, seq, reason, decided_at)", ("d", 1, 2, "stick_lost", "t")),
    "letters": ("(device, kind, number, content, document, issued_at)", ("d", "gap", 1, b"{}", b"l", "t")),
    "letter_deliveries": ("(source, device, kind, number)", ("own", "d", "gap", 1)),
    "letters_made": ("(only, log_size, rule)", (1, 1, "1")),
}
SINCE_FIFTH: dict[str, tuple[str, tuple[object, ...]]] = {
    "trust_roots": ("(version, document, trust, desk_key, made_at)", (1, b"r", b"t", b"k", "t")),
    "publications": (
        "(number, state, root, targets, keys, prepared_at)", (1, "open", 1, b"t", "s", "t"),
    ),
    "pack_files": ("(sha256, data)", ("s", b"{}")),
    "pack_timestamp": ("(only, version, document, issued_at)", (1, 1, b"s", "t")),
    "pack_deliveries": ("(source, name, sha256)", ("own", "timestamp.json", "s")),
}  # fmt: skip
SINCE_SIXTH: dict[str, tuple[str, tuple[object, ...]]] = {
    "unreadable": ("(source, batch, device, epoch, seq)", ("own", "h", "d", 1, 1)),
}
SINCE = {2: SINCE_SECOND, 3: SINCE_THIRD, 4: SINCE_FOURTH, 5: SINCE_FIFTH, 6: SINCE_SIXTH}
"""Rows for the tables that each later schema brought."""
MADE = {7: {"record_batches", "record_bodies"}}
"""Tables that a migration fills from rows that were there."""


def tables(vault: OpenVault) -> set[str]:
    names = vault.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    return {name for (name,) in names if not name.startswith(("sqlite_", "vault_")) and name != "audit"}


def schema(vault: OpenVault) -> list[Any]:
    return list(vault.connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"))


def counts(vault: OpenVault) -> dict[str, int]:
    return {name: vault.connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in sorted(tables(vault))}


def fill(vault: OpenVault, rows: dict[str, tuple[str, tuple[object, ...]]]) -> None:
    with vault.transaction() as connection:
        for name, (columns, values) in rows.items():
            connection.execute(f"INSERT INTO {name} {columns} VALUES ({', '.join('?' * len(values))})", values)


def test_the_numbers_have_no_gap() -> None:
    assert [migration.number for migration in read_migrations(MIGRATIONS)] == list(range(1, len(FILES) + 1))


def test_each_migration_keeps_every_row_and_ends_like_a_fresh_register(tmp_path: Path) -> None:
    step = tmp_path / "migrations"
    step.mkdir()
    shutil.copy(FILES[0], step)
    vault = new_vault(tmp_path / "old", step)
    assert tables(vault) == set(ROWS), "each table of the first schema has a row in this test"
    fill(vault, ROWS)
    before = counts(vault)
    assert min(before.values()) >= 1
    vault.close()
    for number, file in enumerate(FILES, start=1):
        shutil.copy(file, step)
        vault = reopened(tmp_path / "old", step)
        assert vault.schema_version == number
        assert {name: count for name, count in counts(vault).items() if name in before} == before
        assert vault.check() == ()
        fill(vault, SINCE.get(number, {}))
        before = counts(vault)
        brought = (name for since in range(2, number + 1) for name in {*SINCE.get(since, {}), *MADE.get(since, ())})
        assert tables(vault) == {*ROWS, *brought}
        assert min(before.values()) >= 1
        vault.close()
    vault = reopened(tmp_path / "old", MIGRATIONS)
    fresh = new_vault(tmp_path / "fresh", MIGRATIONS)
    assert schema(vault) == schema(fresh)
    vault.close()
    fresh.close()


def test_records_keep_their_words_and_leaflets_when_they_are_put_in_order(tmp_path: Path) -> None:
    step = tmp_path / "migrations"
    step.mkdir()
    for file in FILES[:6]:
        shutil.copy(file, step)
    vault = new_vault(tmp_path / "old", step)
    fill(vault, {"devices": ROWS["devices"]})
    with vault.transaction() as connection:
        for seq, sha512 in ((2, "a"), (1, "z")):
            connection.execute(
                "INSERT INTO batches (sha512, device, epoch, seq, prev_hash, schema, state, arrived_at, settled_at)"
                " VALUES (?, 'd', 1, ?, '0', 1, 'ingested', 't', 't')", (sha512, seq),
            )  # fmt: skip
        for record, version, batch, line in (("f", 1, "z", 2), ("e", 2, "a", 1), ("e", 1, "z", 1)):
            name = f"{record}{version}"
            connection.execute(
                "INSERT INTO records (id, version, kind, device, batch, line, shift_date, setting, region, contact, body)"
                " VALUES (?, ?, 'coded', 'd', ?, ?, '2026-03-02', 'street', 'fyn', 'c', ?)",
                (record, version, batch, line, name.encode()),
            )
            connection.execute(
                "INSERT INTO record_leaflets (id, version, place, sheet, language, copies) VALUES (?, ?, 0, ?, 'ro', 1)",
                (record, version, name),
            )
    vault.close()
    vault = reopened(tmp_path / "old", MIGRATIONS)
    found = vault.connection.execute(
        "SELECT r.id, r.version, n.sha512, r.line, b.body, l.sheet FROM records AS r"
        " JOIN record_batches AS n ON n.number = r.batch JOIN record_bodies AS b ON b.record = r.number"
        " JOIN record_leaflets AS l ON l.record = r.number ORDER BY r.number"
    ).fetchall()
    assert found == [
        ("e", 1, "z", 1, b"e1", "e1"), ("f", 1, "z", 2, b"f1", "f1"), ("e", 2, "a", 1, b"e2", "e2")
    ]  # fmt: skip
    assert [row[0] for row in vault.connection.execute("SELECT version FROM latest_records ORDER BY number")] == [1, 2]
    vault.close()
