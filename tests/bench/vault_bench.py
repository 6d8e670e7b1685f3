"""Unlocking, finishing a note, searching and backing up with 20,000 notes, each beside its bare cost in the same run.

Machines are shared and noisy: the quickest of several rounds counts for work that only computes. Work that waits for the disk
is done in turns with its bare counterpart, on the same disk, and the slowest in a hundred counts as well.
"""

from __future__ import annotations

import itertools
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3

from outreach_app.program import Program
from outreach_app.records.words import index_text, match_expression
from outreach_app.services.session import Session
from outreach_app.vault.argon import DEFAULT, derive
from outreach_app.vault.copying import copy_database
from tests.bench.many_notes import an_encounter, fill

RATIOS = {
    "unlock to usable with 20,000 notes / (Argon2id + 0.2 s)": ("unlock to usable", "argon2id + 0.2 s", 1.0),
    "finish a note, p99 / bare SQLCipher commit of the same rows, p99": ("finish p99", "bare commit p99", 2.5),
    "finish a note, median / bare SQLCipher commit, median": ("finish", "bare commit", 2.5),
    "search in 20,000 notes / bare FTS query": ("search", "bare search", 3.0),
    "backup with progress / without": ("backup with progress", "backup", 1.25),
    "longest silence of a backup's progress / 1 s": ("backup longest silence", "one second", 1.0),
}
_ROUNDS = 15
_FINISHED = 400  # the four slowest are left out of p99
_BACKUPS = 3
_QUERIES = ("ยา", "医生", "kalo", "tas vel", "jorwi", "quaten", "โรง", "no", "blyka sem", "renmi")
_TABLES = ("encounters", "encounter_versions", "follow_ups")


def measure() -> dict[str, float]:
    """Return seconds: the quickest round, but for finishing and the bare commit the median and the slowest in a hundred."""
    with tempfile.TemporaryDirectory() as base:
        program, passphrase = fill(Path(base) / "vault")
        unlock, argon = _unlocking(program, passphrase)
        session = program.unlock(passphrase)
        bare = _bare(session, Path(base) / "bare.db")
        finish, commit = _finishing(session, bare)
        search, fts = _searching(session)
        backups = _backing_up(session, Path(base))
        session.close()
        bare.close()
    return {
        "unlock to usable": min(unlock),
        "argon2id": min(argon),
        "argon2id + 0.2 s": min(argon) + 0.2,
        "finish": statistics.median(finish),
        "finish p99": _slowest_in_a_hundred(finish),
        "bare commit": statistics.median(commit),
        "bare commit p99": _slowest_in_a_hundred(commit),
        "search": search,
        "bare search": fts,
        **backups,
    }


def _unlocking(program: Program, passphrase: str) -> tuple[list[float], list[float]]:
    """Time the unlock up to what the first page shows, and the key derivation alone."""
    unlock, argon = [], []
    for _ in range(5):
        argon.append(_timed(lambda: derive(b"some five words of a list", os.urandom(16), DEFAULT)))
        began = time.perf_counter()
        session = program.unlock(passphrase)
        session.today.overview()
        unlock.append(time.perf_counter() - began)
        session.close()
    return unlock, argon


def _finishing(session: Session, bare: Any) -> tuple[list[float], list[float]]:
    """Finish notes and commit the same rows to the bare database, in turns."""
    finish, commit = [], []
    source = random.Random(2)
    for place in range(_FINISHED):
        content = an_encounter(source, place)
        finish.append(_timed(lambda content=content: session.encounters.finish_encounter(content)))
        (newest,) = session._vault.connection.execute("SELECT id FROM encounters ORDER BY seq DESC LIMIT 1").fetchone()
        rows = _rows_of(session, newest)
        commit.append(_timed(lambda rows=rows: _commit(bare, rows)))
    return finish, commit


def _slowest_in_a_hundred(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=100)[98]


def _backing_up(session: Session, base: Path) -> dict[str, float]:
    """Copy the database and read it back, told about it or not; and the longest time without a word."""
    told, untold, silence = [], [], 0.0
    for _ in range(_BACKUPS):
        heard = [time.perf_counter()]
        told.append(
            _timed(
                lambda heard=heard: copy_database(
                    session._vault, base / "copy.db", progress=lambda _done, _all: heard.append(time.perf_counter())
                )
            )
        )
        silence = max(silence, *(later - earlier for earlier, later in itertools.pairwise(heard)))
        untold.append(_timed(lambda: copy_database(session._vault, base / "copy.db")))
    return {
        "backup": min(untold),
        "backup with progress": min(told),
        "backup longest silence": silence,
        "one second": 1.0,
    }


def _searching(session: Session) -> tuple[float, float]:
    """Return the seconds all queries take, each at its quickest, through the service and bare."""
    db = session._vault.connection
    sql = "SELECT rowid FROM note_words WHERE note_words MATCH ? ORDER BY rowid DESC LIMIT 50"
    search = bare = 0.0
    for query in _QUERIES:
        expression = match_expression(query)
        rounds = [
            (
                _timed(lambda e=expression: db.execute(sql, (e,)).fetchall()),
                _timed(lambda q=query: session.search.search(q)),
            )
            for _ in range(_ROUNDS)
        ]
        bare += min(first for first, _ in rounds)
        search += min(second for _, second in rounds)
    return search, bare


def _bare(session: Session, path: Path) -> Any:
    """Return the same database with the same durability and nothing else: no anchor, no audit, no rules."""
    copy_database(session._vault, path)
    db = sqlcipher3.connect(str(path), isolation_level=None)
    db.execute(f"PRAGMA key = \"x'{session._vault.unlocked.keys.database_key().hex()}'\"")
    for pragma in ("journal_mode=TRUNCATE", "synchronous=EXTRA", "temp_store=MEMORY", "locking_mode=EXCLUSIVE"):
        db.execute(f"PRAGMA {pragma}")
    return db


def _rows_of(session: Session, note_id: str) -> list[tuple[str, tuple[Any, ...]]]:
    """Return the statements that write the same rows as the note just finished."""
    db = session._vault.connection
    statements = []
    for table in _TABLES:
        key = "id" if table == "encounters" else "encounter_id"
        for row in db.execute(f"SELECT * FROM {table} WHERE {key} = ?", (note_id,)):
            statements.append((f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", tuple(row)))
    content = session.encounters.find_encounter(note_id).current.content
    words = index_text(content.note)
    statements.append(("INSERT INTO note_words(rowid, words) VALUES (?, ?)", (statements[0][1][0], words)))
    return statements


def _commit(db: Any, rows: list[tuple[str, tuple[Any, ...]]]) -> None:
    db.execute("BEGIN IMMEDIATE")
    for sql, values in rows:
        db.execute(sql, values)
    db.execute("COMMIT")


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
