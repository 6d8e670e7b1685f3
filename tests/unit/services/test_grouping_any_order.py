"""Merges, splits and undos in any order: no note is lost, none is hidden, and undone all is as before."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach_app.domain.contact import Identity
from outreach_app.errors import KnownError
from tests.support.sessions import Laptop, PreparedLaptop, met

PEOPLE = ("One", "Two", "Three", "Four")
Steps = list[tuple[str, int, int]]
STEPS = st.lists(
    st.tuples(st.sampled_from(["merge", "merge", "split", "undo", "note", "amend"]), st.integers(0, 7), st.integers(0, 7)),
    max_size=12,
)


def begun(laptop: Laptop) -> None:
    for name in PEOPLE:
        contact = laptop.session.contacts.record_contact(name).id
        laptop.finish(f"{name} a", contact_id=contact)
        laptop.finish(f"{name} b", contact_id=contact)
        laptop.session.names.add_alias(contact, "called", f"{name} too")
    for name in PEOPLE[:2]:
        found = laptop.session.contacts.find_contact_by_name(name)
        assert found is not None
        laptop.session.contacts.record_identity(found.id, Identity(f"{name} Example", "why"))


def standing(laptop: Laptop) -> dict[str, list[tuple[str, ...]]]:
    """Return what is kept under which contact, in the tables themselves."""
    return {
        table: sorted(laptop.db.execute(f"SELECT {columns} FROM {table}").fetchall())
        for table, columns in (
            ("encounters", "id, contact_id, subject_id"), ("aliases", "id, contact_id"),
            ("identities", "name, contact_id"), ("contacts", "id, coalesce(merged_into, '')"),
        )
    }  # fmt: skip


def run(laptop: Laptop, steps: Steps) -> list[str]:
    """Do the steps; return the merges and splits that were made, the first made first."""
    made: list[str] = []
    session = laptop.session

    def everybody() -> list[str]:
        return [row[0] for row in laptop.db.execute("SELECT id FROM contacts ORDER BY id")]

    def note(at: int) -> str:
        return str(laptop.db.execute("SELECT id FROM encounters ORDER BY seq LIMIT 1 OFFSET ?", (at,)).fetchone()[0])

    def contact(at: int) -> str:
        found = everybody()
        return found[at % len(found)]

    def split(at: int, _other: int) -> None:
        kept = laptop.db.execute("SELECT contact_id FROM encounters WHERE id = ?", (note(at),)).fetchone()[0]
        made.append(session.grouping.split_contact(kept, [note(at)], f"Split {len(everybody())}").id)

    def amend(at: int, other: int) -> None:
        content = session.encounters.find_encounter(note(at)).current.content
        session.encounters.amend_encounter(note(at), content, f"again {other}")

    verbs: dict[str, Callable[[int, int], object]] = {
        "merge": lambda one, other: made.append(session.grouping.merge_contacts(contact(one), contact(other)).id),
        "split": split,
        "undo": lambda at, _other: session.grouping.undo_regrouping(made[at % len(made)] if made else "none"),
        "note": lambda at, _other: session.encounters.finish_encounter(met("new", contact_id=contact(at))),
        "amend": amend,
    }  # fmt: skip
    for verb, one, other in steps:
        with suppress(KnownError):
            verbs[verb](one, other)
        assert_whole(laptop)
    return made


def assert_whole(laptop: Laptop) -> None:
    """Every note stands with a contact that is shown; every merged contact with one that is not merged."""
    shown = {each.id for each in laptop.session.contacts.list_contacts()}
    assert {row[0] for row in laptop.db.execute("SELECT contact_id FROM encounters")} <= shown
    kept = dict(laptop.db.execute("SELECT id, merged_into FROM contacts").fetchall())
    assert {into for into in kept.values() if into is not None} <= shown
    assert shown == {each for each, into in kept.items() if into is None}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_no_note_is_lost_or_hidden(
    prepared: PreparedLaptop, tmp_path_factory: pytest.TempPathFactory, steps: Steps
) -> None:  # fmt: skip
    with prepared.copy(Path(tmp_path_factory.mktemp("any")) / "vault") as laptop:
        begun(laptop)
        run(laptop, steps)
        assert laptop.db.execute("SELECT count(*) FROM aliases").fetchone() == (len(PEOPLE),)
        assert laptop.db.execute("SELECT count(*) FROM identities").fetchone() == (2,)
        for contact_id in {row[0] for row in laptop.db.execute("SELECT contact_id FROM encounters")}:
            laptop.session.erasing.preview_erase(contact_id)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.just("merge"), st.integers(0, 3), st.integers(0, 3)), max_size=6), st.randoms())
def test_merges_undone_in_any_order_leave_everything_as_before(
    prepared: PreparedLaptop, tmp_path_factory: pytest.TempPathFactory, steps: Steps, order: random.Random
) -> None:  # fmt: skip
    with prepared.copy(Path(tmp_path_factory.mktemp("any")) / "vault") as laptop:
        begun(laptop)
        before = standing(laptop)
        made = run(laptop, steps)
        order.shuffle(made)
        for each in made:
            laptop.session.grouping.undo_regrouping(each)
            assert_whole(laptop)
        assert standing(laptop) == before
