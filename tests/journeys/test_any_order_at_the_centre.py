"""Merges, splits, undos, erasures, withdrawals and deliveries in any order: the real desk ends where the laptop stands."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach_app.centre.desk.opening import open_desk
from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.contact import Identity
from outreach_app.errors import KnownError
from tests.support.clock import FakeClock
from tests.support.desk import PASSPHRASE, make_desk
from tests.support.sessions import PreparedLaptop, met
from tests.support.team import Team

LEVELS = (ConsentLevel.CODED, ConsentLevel.FOLLOW_UP, ConsentLevel.REFERRAL)
VERBS = (
    "meet", "meet", "amend", "merge", "merge", "split", "undo", "erase", "withdraw", "seal", "bring", "bring", "fetch",
    "carry", "again",
)  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 5), st.integers(0, 5)), min_size=6, max_size=24)


@dataclass
class Play:
    """What hypothesis does with a team, and what must be gone from the desk at the end."""

    team: Team
    order: random.Random
    made: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    lowered: dict[str, int] = field(default_factory=dict)

    @property
    def session(self) -> Any:
        return self.team.laptop.session

    def everybody(self) -> list[str]:
        return [row[0] for row in self.team.laptop.db.execute("SELECT id FROM contacts ORDER BY created_at, id")]

    def contact(self, at: int) -> str:
        found = self.everybody()
        if not found:
            self.begin(1)
            found = self.everybody()
        return found[at % len(found)]

    def note(self, at: int) -> str:
        found = [row[0] for row in self.team.laptop.db.execute("SELECT id FROM encounters ORDER BY seq")]
        return found[at % len(found)] if found else self.meet(at, 0)

    def begin(self, people: int) -> None:
        for _ in range(people):
            name = f"Person {len(self.everybody())} {len(self.gone)} {self.order.random()}"
            contact = self.session.contacts.record_contact(name).id
            self.session.contacts.record_identity(contact, Identity(f"True name of {contact}", "why"))

    def meet(self, at: int, level: int) -> str:
        level_of = LEVELS[level % 3]
        more = {"recipient": "police"} if level_of is ConsentLevel.REFERRAL else {}
        met_now = met("words", contact_id=self.contact(at), consent=level_of, **more)
        return str(self.session.encounters.finish_encounter(met_now).id)

    def amend(self, at: int, other: int) -> None:
        content = self.session.encounters.find_encounter(self.note(at)).current.content
        self.session.encounters.amend_encounter(self.note(at), content, f"again {other}")

    def merge(self, one: int, other: int) -> None:
        self.made.append(self.session.grouping.merge_contacts(self.contact(one), self.contact(other)).id)

    def split(self, at: int, _other: int) -> None:
        row = self.team.laptop.db.execute("SELECT contact_id FROM encounters WHERE id = ?", (self.note(at),)).fetchone()
        name = f"Split {self.order.random()}"
        self.made.append(self.session.grouping.split_contact(row[0], [self.note(at)], name).id)

    def undo(self, at: int, _other: int) -> None:
        if self.made:
            self.session.grouping.undo_regrouping(self.made[at % len(self.made)])

    def erase(self, at: int, _other: int) -> None:
        contact = self.contact(at)
        names = self.team.laptop.db.execute(
            "SELECT name FROM identities i JOIN contacts c ON c.id = i.contact_id"
            " WHERE coalesce(c.merged_into, c.id) = (SELECT coalesce(merged_into, id) FROM contacts WHERE id = ?)",
            (contact,),
        ).fetchall()
        members = [row[0] for row in self.team.laptop.db.execute(
            "SELECT id FROM contacts WHERE coalesce(merged_into, id) ="
            " (SELECT coalesce(merged_into, id) FROM contacts WHERE id = ?)", (contact,),
        )]  # fmt: skip
        self.session.erasing.erase_contact(contact, "asked")
        self.gone += [*(row[0] for row in names), *members]

    def withdraw(self, at: int, which: int) -> None:
        done = self.session.withdrawing.withdraw(self.contact(at), ("police", "cmm")[which % 2])
        for note in done.withdrawal.notes:
            self.lowered[note] = self.session.encounters.find_encounter(note).current.version

    def run(self, steps: list[tuple[str, int, int]]) -> None:
        verbs: dict[str, Callable[[int, int], object]] = {
            "meet": self.meet, "amend": self.amend, "merge": self.merge, "split": self.split, "undo": self.undo,
            "erase": self.erase, "withdraw": self.withdraw,
            "seal": lambda _one, _other: self.session.sending.seal(),
            "bring": lambda _one, _other: self.team.bring_sealed(self.order),
            "fetch": lambda _one, _other: self.team.fetch(),
            "carry": lambda _one, _other: self.team.carry(),
            "again": lambda _one, _other: self.team.bring_all_again(self.order),
        }  # fmt: skip
        for verb, one, other in steps:
            self.team.laptop.clock.advance(1)
            with suppress(KnownError):
                verbs[verb](one, other)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[PreparedLaptop, Path]:
    folder = tmp_path_factory.mktemp("prepared")
    laptop = PreparedLaptop.made(folder / "vault")
    with make_desk(folder / "centre") as desk, laptop.open(folder / "vault") as opened:
        Team(opened, desk).enrol()
    return laptop, folder / "centre"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.randoms(use_true_random=False))
def test_the_desk_ends_where_the_laptop_stands(
    prepared: tuple[PreparedLaptop, Path], tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[str, int, int]], order: random.Random,
) -> None:  # fmt: skip
    laptop, centre = prepared
    folder = tmp_path_factory.mktemp("any")
    shutil.copytree(centre, folder / "centre")
    with open_desk(folder / "centre", PASSPHRASE, clock=FakeClock()) as desk, laptop.copy(folder / "vault") as opened:
        play = Play(Team(opened, desk), order)
        play.begin(3)
        play.run(steps)
        play.team.carry()
        play.team.bring_all_again(order)
        play.team.carry()
        assert_followed(play)


def assert_followed(play: Play) -> None:
    team = play.team
    put_aside = team.laptop.db.execute("SELECT record_id, reason FROM live_batch_records WHERE outcome = 'quarantined'")
    assert put_aside.fetchall() == []
    assert team.contacts_at_the_desk() == team.contacts_here()
    assert team.totals().contacts == len(set(team.contacts_here().values()))
    held = team.desk.vault.connection.execute("SELECT id, version, contact, body FROM records").fetchall()
    for name in play.gone:
        assert not any(name in body.decode() or contact == name for _id, _version, contact, body in held)
    assert not any(version < play.lowered.get(record, 0) for record, version, _contact, _body in held)
    states = {each.state for each in team.laptop.session.erasing.confirmations()}
    assert states <= {"confirmed", "nothing_left"}
