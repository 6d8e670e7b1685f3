"""Every migration of the laptop's vault is applied to a vault with rows in it; a fresh vault ends with the same tables."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.contact import Identity, LinkageFacts
from outreach_app.domain.encounter import FollowUp, HealthBlock
from outreach_app.domain.tally import Tally
from outreach_app.records import MIGRATIONS
from outreach_app.services.sending_road import seal_and_send
from outreach_app.vault.errors import ConstraintError
from outreach_app.vault.migrator import read_migrations
from outreach_app.vault.open_vault import OpenVault
from outreach_app.wire.batch_records import MergeRecord, read_record
from tests.support.sessions import Laptop, PreparedLaptop, met
from tests.support.vaults import new_vault, reopened

FILES = sorted(MIGRATIONS.glob("*.sql"))
ROWS: dict[str, tuple[str, tuple[object, ...]]] = {
    "workers": ("(id, name, role, created_at)", ("w", "AM", "outreach", "t")),
    "places": ("(id, code, setting, region, created_at)", ("p", "ST-1", "street", "fyn", "t")),
    "contacts": ("(id, short_name, provisional, created_at)", ("c", "Red jacket", 1, "t")),
    "identities": ("(contact_id, name, reason, worker_id, recorded_at)", ("c", "Anna E.", "r", "w", "t")),
    "encounters": (
        "(id, subject_id, contact_id, place_id, setting, region, shift_date, consent, outcome, first_words, state, version)",
        ("e", "c", "c", "p", "street", "fyn", "2026-03-02", "coded", "x", "words", "finished", 1),
    ),
    "encounter_versions": ("(encounter_id, version, content, assessment, worker_id, recorded_at)", ("e", 1, "{}", "{}", "w", "t")),
    "drafts": ("(id, fields, page, field, cursor, kept_at)", ("d", "{}", "encounter", "", 0, "t")),
    "tallies": ("(id, shift_date, setting, region, people, count, leaflets, help_given, worker_id, recorded_at)",
                ("y", "2026-03-02", "street", "fyn", "women", 1, "{}", "[]", "w", "t")),
    "follow_ups": ("(id, encounter_id, due_on, what)", ("f", "e", "2026-03-09", "call")),
    "leaflets_printed": ("(id, sheet, language, format, copies, printed_at)", ("l", "s", "ro", "a4", 1, "t")),
    "note_words": ("(rowid, words)", (1, "words")),
    "enrolment": ("(only, device, state, signing_keys, receiving_keys, request, changed_at)", (1, "dev", "requested", b"s", b"r", b"q", "t")),
    "batches": ("(epoch, seq, sha512, records, bytes, sealed_at)", (1, 1, "h", 1, 1, "t")),
    "batch_records": ("(epoch, seq, record_id, version, kind)", (1, 1, "e", 1, "coded")),
    "receipts": ("(sha512, kind, issued_at, sealed)", ("h", "stored", "t", b"x")),
    "policy": ("(name, value)", ("other", "1")),
}  # fmt: skip
"""One row for each table of the first schema, in an order that respects its references."""


def tables(vault: OpenVault) -> set[str]:
    names = vault.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    return {name for (name,) in names if not name.startswith(("sqlite_", "note_words_", "vault_", "audit"))}


def schema(vault: OpenVault) -> list[tuple[Any, ...]]:
    return list(vault.connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"))


def counts(vault: OpenVault) -> dict[str, int]:
    return {name: vault.connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in sorted(tables(vault))}


def fill(vault: OpenVault) -> None:
    with vault.transaction() as db:
        for name, (columns, values) in ROWS.items():
            db.execute(f"INSERT INTO {name}{columns} VALUES ({', '.join('?' * len(values))})", values)


def test_the_numbers_have_no_gap() -> None:
    assert [migration.number for migration in read_migrations(MIGRATIONS)] == list(range(1, len(FILES) + 1))


def test_each_migration_keeps_every_row_and_ends_like_a_fresh_vault(tmp_path: Path) -> None:
    step = tmp_path / "migrations"
    step.mkdir()
    shutil.copy(FILES[0], step)
    vault = new_vault(tmp_path / "old", step)
    assert tables(vault) == set(ROWS), "each table of the first schema has a row in this test"
    fill(vault)
    before = counts(vault)
    assert min(before.values()) >= 1
    vault.close()
    for number, file in enumerate(FILES, start=1):
        shutil.copy(file, step)
        vault = reopened(tmp_path / "old", step)
        assert vault.schema_version == number
        assert {name: count for name, count in counts(vault).items() if name in before} == before
        assert vault.check() == ()
        vault.close()
    migrated, fresh = reopened(tmp_path / "old", MIGRATIONS), new_vault(tmp_path / "fresh", MIGRATIONS)
    assert schema(migrated) == schema(fresh)
    migrated.close()
    fresh.close()


def test_the_program_fills_every_table_and_reads_it_back_after_opening_again(tmp_path: Path) -> None:
    prepared = PreparedLaptop.made(tmp_path / "made", role="health", enrolled=True)
    with prepared.copy(tmp_path / "vault") as laptop:
        note_id = fill_through_services(laptop)
        assert tables(laptop.vault) >= set(ROWS)
        assert [name for name, count in counts(laptop.vault).items() if name in ROWS and count == 0] == []
        before = laptop.session.encounters.find_encounter(note_id)
    with prepared.open(tmp_path / "vault") as laptop:
        assert laptop.session.encounters.find_encounter(note_id) == before
        assert laptop.session.check() == ()


def fill_through_services(laptop: Laptop) -> str:
    session, box = laptop.session, laptop.box
    assert box is not None
    contact = session.contacts.record_contact("Red jacket")
    session.contacts.record_identity(contact.id, Identity("Anna Eksempel", "wants help"))
    session.contacts.record_linkage(contact.id, LinkageFacts("An", "Ek", date(1999, 1, 2)))
    place = session.places.record_place("ST-1", "street", "syddanmark", warning="not alone")
    note_id = laptop.finish(
        "words", contact_id=contact.id, place_id=place.id, consent=ConsentLevel.REFERRAL, recipient="cmm",
        follow_up=FollowUp(date(2026, 3, 9), "call"), health=HealthBlock(check=True, words="h"),
    )  # fmt: skip
    session.encounters.amend_encounter(note_id, met("other words", contact_id=contact.id), "misheard")
    session.tallies.record_tally(Tally(date(2026, 3, 2), "street"))
    session.printing.count_printed("where_to_get_help", "th", "a4", 10)
    session.drafts.keep_draft("d" * 32, {"note": "half"}, page="encounter")
    seal_and_send(lambda step: step(session.sending), box, "network")
    return note_id


def test_versions_of_a_note_are_never_overwritten_by_the_tables_themselves(tmp_path: Path) -> None:
    vault = new_vault(tmp_path / "vault", MIGRATIONS)
    fill(vault)
    for sql in (
        "INSERT INTO encounter_versions(encounter_id, version, content, assessment, worker_id, recorded_at) VALUES ('e', 1, 'x', 'x', 'w', 't')",
        "INSERT INTO batches(epoch, seq, sha512, records, bytes, sealed_at) VALUES (1, 1, 'other', 1, 1, 't')",
        "UPDATE tallies SET count = 0",
        "DELETE FROM encounters",
        "UPDATE encounters SET state = 'victim'",
    ):
        with pytest.raises(ConstraintError), vault.transaction() as db:
            db.execute(sql)
    vault.close()


@pytest.mark.parametrize(("health", "flag"), [(b"sealed", 1), (None, 0)])
def test_the_second_migration_sees_which_notes_have_a_health_part(tmp_path: Path, health: bytes | None, flag: int) -> None:
    step = tmp_path / "migrations"
    step.mkdir()
    shutil.copy(FILES[0], step)
    vault = new_vault(tmp_path / "old", step)
    fill(vault)
    with vault.transaction() as db:
        db.execute("UPDATE encounter_versions SET health = ?", (health,))
    vault.close()
    vault = reopened(tmp_path / "old", MIGRATIONS)
    assert vault.connection.execute("SELECT health_part FROM encounters").fetchone() == (flag,)
    vault.close()


def test_the_ninth_migration_keeps_notices_in_their_order_and_takes_new_kinds(tmp_path: Path) -> None:
    step = tmp_path / "migrations"
    step.mkdir()
    for file in FILES[:8]:
        shutil.copy(file, step)
    vault = new_vault(tmp_path / "old", step)
    insert = "INSERT INTO notices(id, kind, body, made_at) VALUES (?, ?, '{}', 't')"
    with vault.transaction() as db:
        db.execute(insert, ("b", "void"))
        db.execute(insert, ("a", "erasure"))
    vault.close()
    vault = reopened(tmp_path / "old", MIGRATIONS)
    with vault.transaction() as db:
        db.execute(insert, ("0", "merge"))
    assert vault.connection.execute("SELECT seq, id FROM notices ORDER BY seq").fetchall() == [(1, "b"), (2, "a"), (3, "0")]
    with pytest.raises(ConstraintError), vault.transaction() as db:
        db.execute(insert, ("1", "gossip"))
    vault.close()


def test_the_thirteenth_migration_keeps_every_version_and_lays_notes_in_their_order(tmp_path: Path) -> None:
    step = tmp_path / "migrations"
    step.mkdir()
    for file in FILES[:12]:
        shutil.copy(file, step)
    vault = new_vault(tmp_path / "old", step)
    note = "INSERT INTO encounters(id, subject_id, setting, region, shift_date, consent, outcome, first_words, state, version)"
    read = "SELECT encounter_id, version, content, health, assessment, reason, worker_id, recorded_at, blanked FROM encounter_versions"
    written = [
        (note_id, version, f"{note_id} {version}", b"sealed" if version == 2 else None, "{}", "misheard", "w", "t", version % 2)
        for note_id in ("f", "a", "c") for version in (1, 2, 3)
    ]  # fmt: skip
    with vault.transaction() as db:
        db.execute("INSERT INTO workers(id, name, role, created_at) VALUES ('w', 'AM', 'outreach', 't')")
        db.executemany(f"{note} VALUES (?, 's', 'street', 'fyn', '2026-03-02', 'coded', 'x', '', 'finished', 3)", [("f",), ("a",), ("c",)])
        db.executemany("INSERT INTO encounter_versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", written)
    assert vault.connection.execute(read).fetchall() == sorted(written)
    vault.close()
    vault = reopened(tmp_path / "old", MIGRATIONS)
    assert vault.connection.execute(f"{read} ORDER BY number").fetchall() == written
    assert vault.check() == ()
    vault.close()


def test_the_ninth_migration_tells_of_merges_in_force_whose_notes_had_left(tmp_path: Path) -> None:
    step = tmp_path / "migrations"
    step.mkdir()
    for file in FILES[:8]:
        shutil.copy(file, step)
    vault = new_vault(tmp_path / "old", step)
    fill(vault)
    kept, worker, told = "a" * 32, "b" * 32, "c" * 32
    regrouping = "INSERT INTO regroupings(id, kind, from_id, into_id, reason, worker_id, made_at, undone_at) VALUES (?, ?, 'c', ?, '', ?, 't', ?)"
    with vault.transaction() as db:
        db.execute("INSERT INTO workers(id, name, role, created_at) VALUES (?, 'BN', 'outreach', 't')", (worker,))
        db.execute("INSERT INTO contacts(id, short_name, provisional, created_at) VALUES (?, 'Maria', 0, 't')", (kept,))
        for number, (row, kind, undone) in enumerate([(told, "merge", None), ("d" * 32, "merge", "t"), ("e" * 32, "split", None), ("f" * 32, "merge", None)]):
            db.execute(regrouping, (row, kind, kept, worker, undone))
            if number < 3:  # the last one moved nothing that had left
                db.execute("INSERT INTO regrouped_notes VALUES (?, 'e', 'c')", (row,))
    vault.close()
    vault = reopened(tmp_path / "old", MIGRATIONS)
    ((found, body),) = vault.connection.execute("SELECT id, body FROM notices").fetchall()
    assert found == told
    tree = json.loads(body) | {"contact": kept}
    assert read_record(json.dumps(tree).encode()) == MergeRecord(id=told, version=1, worker=worker, contact=kept, into=kept)
    vault.close()
