"""Unlocking, finishing a note and searching with ten thousand notes, each beside its bare cost in the same run.

Machines are shared and noisy: the quickest of several rounds counts for work that only computes.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3

from outreach_app.records import MIGRATIONS
from outreach_app.records.rows import to_text
from outreach_app.records.words import index_text, match_expression
from outreach_app.services.session import Session
from outreach_app.vault.argon import DEFAULT, derive
from tests.bench.ten_thousand import an_encounter, fill

RATIOS = {
    "unlock with 10,000 notes / (Argon2id + 0.2 s)": ("unlock", "argon2id + 0.2 s", 1.0),
    "finish a note / bare SQLCipher commit of the same rows": ("finish", "bare commit", 3.0),
    "search in 10,000 notes / bare FTS query": ("search", "bare search", 3.0),
}
_ROUNDS = 15
_QUERIES = ("ยา", "医生", "kalo", "tas vel", "jorwi", "quaten", "โรง", "no", "blyka sem", "renmi")


def measure() -> dict[str, float]:
    """Return seconds: the quickest round, but for finishing and the bare commit (which wait for the disk) the median."""
    with tempfile.TemporaryDirectory() as base:
        program, passphrase = fill(Path(base) / "vault")
        unlock, argon = [], []
        for _ in range(5):
            argon.append(_timed(lambda: derive(b"some five words of a list", os.urandom(16), DEFAULT)))
            unlock.append(_timed(lambda: program.unlock(passphrase).close()))
        session = program.unlock(passphrase)
        bare = _bare(Path(base) / "bare.db")
        finish, commit = _finishing(session, bare)
        search, fts = _searching(session)
        session.close()
        bare.close()
    return {
        "unlock": min(unlock),
        "argon2id": min(argon),
        "argon2id + 0.2 s": min(argon) + 0.2,
        "finish": statistics.median(finish),
        "bare commit": statistics.median(commit),
        "search": search,
        "bare search": fts,
    }


def _finishing(session: Session, bare: Any) -> tuple[list[float], list[float]]:
    finish, commit = [], []
    source = random.Random(2)
    for place in range(_ROUNDS):
        content = an_encounter(source, place)
        finish.append(_timed(lambda content=content: session.encounters.finish_encounter(content)))
        (newest,) = session._vault.connection.execute("SELECT id FROM encounters ORDER BY seq DESC LIMIT 1").fetchone()
        rows = _rows_of(session, newest)
        commit.append(_timed(lambda rows=rows: _commit(bare, rows)))
    return finish, commit


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


def _bare(path: Path) -> Any:
    """Return a SQLCipher database with the same schema and the same durability, and nothing else."""
    db = sqlcipher3.connect(str(path), isolation_level=None)
    db.execute(f"PRAGMA key = \"x'{os.urandom(32).hex()}'\"")
    for pragma in ("journal_mode=TRUNCATE", "synchronous=EXTRA", "temp_store=MEMORY", "locking_mode=EXCLUSIVE"):
        db.execute(f"PRAGMA {pragma}")
    db.executescript((MIGRATIONS / "0001_first.sql").read_text(encoding="utf-8"))
    db.execute("INSERT INTO workers VALUES ('w', 'w', 'outreach', '')")
    db.execute("PRAGMA foreign_keys = OFF")
    return db


def _rows_of(session: Session, note_id: str) -> list[tuple[str, tuple[Any, ...]]]:
    """Return the statements that write the same rows as the note just finished."""
    db = session._vault.connection
    statements = []
    for table in ("encounters", "encounter_versions", "follow_ups"):
        key = "id" if table == "encounters" else "encounter_id"
        for row in db.execute(f"SELECT * FROM {table} WHERE {key} = ?", (note_id,)):
            statements.append((f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", tuple(row)))
    content = session.encounters.find_encounter(note_id).current.content
    seq = statements[0][1][0]
    words = index_text(content.note)
    assert to_text(content)
    statements.append(("INSERT INTO note_words(rowid, words) VALUES (?, ?)", (seq, words)))
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
