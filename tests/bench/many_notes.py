"""A vault with twenty thousand fictional notes, made once for each bench run."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from outreach_app.domain.encounter import Encounter, FollowUp
from outreach_app.program import Program
from outreach_app.vault.passphrase import generate_passphrase

NOTES = 20_000
_SYLLABLES = ("ka", "lo", "mi", "ren", "tas", "vel", "no", "dri", "pu", "sem", "ha", "jor", "wi", "qua", "ten", "bly")
_SETTINGS = ("street", "massage_parlour", "meeting_place", "bar", "workplace", "prison")
_ANSWERS = {"as.exploitation.low_pay": "told", "as.coercion_at_destination.debt_bondage": "told"}


def words(source: random.Random, count: int) -> str:
    """Return ``count`` made-up words with some Thai and Chinese between them."""
    made = ["".join(source.choices(_SYLLABLES, k=source.randint(1, 4))) for _ in range(count)]
    made[::17] = ["กินยาแล้ว"] * len(made[::17])
    made[::29] = ["看医生"] * len(made[::29])
    return " ".join(made)


def an_encounter(source: random.Random, place: int) -> Encounter:
    """Return the encounter number ``place``."""
    return Encounter(
        met_at=datetime(2025, 1, 1, 20, tzinfo=UTC) + timedelta(minutes=47 * place),
        setting=_SETTINGS[place % len(_SETTINGS)],
        region="hovedstaden",
        gender="woman",
        nationality="TH",
        languages=("th", "en"),
        age_band="25_34",
        answers=_ANSWERS,  # type: ignore[arg-type]  # literals widen in a dict
        note=words(source, 60),
        follow_up=FollowUp(datetime(2026, 1, 1, tzinfo=UTC).date(), "ring") if place % 5 == 0 else None,
    )


def fill(folder: Path, notes: int = NOTES) -> tuple[Program, str]:
    """Make a vault with ``notes`` notes at the program's own key-derivation cost; return it closed."""
    program, passphrase = Program(folder), generate_passphrase()
    session = program.create_vault(passphrase, worker_name="Bench")
    source = random.Random(1)
    vault = session._vault
    for first in range(0, notes, 1000):
        with vault.transaction():
            for place in range(first, min(first + 1000, notes)):
                session.encounters.finish_in_transaction(an_encounter(source, place))
    session.close()
    return program, passphrase
