"""Two laptops and a real desk to which anything happens in any order, and what must hold of them at the end.

Batches are lost and found, receipts come late and twice, keys change, the desk or a laptop is put back from a backup.
``World.run`` does steps of (verb, number, number); whatever a service refuses calmly is a step that did nothing.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from outreach_app.centre.desk.collecting import list_gaps
from outreach_app.centre.desk.counting import count
from outreach_app.centre.desk.ingestion import settle_waiting
from outreach_app.errors import KnownError
from outreach_app.records.encounters import VERSIONS_A_LIFE
from outreach_app.sync.receipts import ReasonCode
from tests.support.any_centre import Centre, PreparedCentre
from tests.support.any_laptop import Side
from tests.support.clock import FakeClock

Step = tuple[str, int, int, int]
GONE_BEFORE = str(int(ReasonCode.GONE_BEFORE))


@dataclass
class World:
    """``run`` steps, ``settle``, then ``check``."""

    centre: Centre
    sides: list[Side]
    order: random.Random

    def run(self, steps: list[Step]) -> None:
        for verb, which, one, other in steps:
            self.centre.clock.advance(1)
            side = self.sides[which % len(self.sides)]
            side.laptop.clock.set_wall(max(self.centre.clock.now(), side.laptop.clock.now()))
            with suppress(KnownError):
                self._verb(verb, side)(one, other)

    def _verb(self, verb: str, side: Side) -> Callable[[int, int], object]:
        of_the_centre: dict[str, Callable[[], object]] = {
            "again": lambda: self.centre.bring_all_again(self.order), "save_desk": self.centre.save,
            "put_desk_back": self.centre.put_back, "publish_key": self.centre.publish_key,
            "step_over": self.centre.step_over, "weeks": lambda: self.centre.let_weeks_pass(self.order),
        }  # fmt: skip
        if verb in of_the_centre:
            return lambda _one, _other: of_the_centre[verb]()
        if verb == "seal":
            return lambda _one, _other: side.session.sending.seal()
        found: Callable[[int, int], object] = getattr(side, verb)
        return found

    def settle(self) -> None:
        """Everything that lies anywhere arrives, everybody hears everything, until nobody has anything to say."""
        for _round in range(4):
            for side in self.sides:
                side.laptop.clock.set_wall(max(self.centre.clock.now(), side.laptop.clock.now()))
                self.centre.clock.advance(2)
                side.keys(0, 0)
                side.found(0, 0)
                self.centre.bring_all_again(self.order)
                side.fetch(0, 0)
                side.letters(0, 0)
                side.carry(0, 0)
            if _round == 1:
                self.centre.step_over()
            settle_waiting(self.centre.desk)

    def records_of(self, which: int) -> set[tuple[str, int]]:
        """Return (id, version) of all that the desk holds of a laptop."""
        rows = self.centre.desk.vault.connection.execute(
            "SELECT id, version FROM records WHERE device = ?", (self.sides[which].device,)
        )
        return set(rows.fetchall())

    def people_of(self, which: int) -> list[str]:
        """Return whom the desk holds each record of a laptop to be about."""
        rows = self.centre.desk.vault.connection.execute(
            "SELECT contact FROM latest_records WHERE device = ? ORDER BY id", (self.sides[which].device,)
        )
        return [row[0] for row in rows]

    def check(self) -> None:
        self.centre.remember()
        connection = self.centre.desk.vault.connection
        held = connection.execute(
            "SELECT r.id, r.version, r.contact, r.device, b.body FROM records AS r"
            " JOIN record_bodies AS b ON b.record = r.number"
        ).fetchall()
        numbers = 0
        for side in self.sides:
            mine = [row for row in held if row[3] == side.device]
            numbers += len({row[0] for row in mine})
            self._nothing_erased(side, mine)
            self._nothing_lost(side, {(row[0], row[1]) for row in mine})
            self._same_people(side)
        assert list_gaps(self.centre.desk) == ()
        assert count(self.centre.desk).totals.encounters == numbers

    def _nothing_erased(self, side: Side, mine: list[Any]) -> None:
        for name in (*side.gone, *side.unsaid):
            assert not any(name in body.decode() or contact == name for _i, _v, contact, _d, body in mine), name
        assert not any(version < side.floors.get(record, 0) for record, version, *_rest in mine)
        assert not any(record in side.gone_ids for record, *_rest in mine)

    def _nothing_lost(self, side: Side, held: set[tuple[str, int]]) -> None:
        """Each version the laptop was told is held, is; each note here has come, and nothing waits for an answer."""
        told = side.rows(
            "SELECT record_id, version FROM live_batch_records WHERE outcome IN ('full', 'coded')"
            " AND kind IN ('coded', 'note', 'referral') AND contact <> '' ORDER BY version"  # '': erased since
        )
        blanked = dict(self.centre.desk.vault.connection.execute("SELECT record, floor FROM floors").fetchall())
        for record, version in dict(told).items():  # of each the last: it superseded those before
            gone = record in side.gone_ids or version < blanked.get(record, 0)
            older = side.rows("SELECT 1 FROM departures WHERE record_id = ? AND version = ?", record, version)
            assert (record, version) in held or gone or older, f"lost {record} {version}"
        assert side.session.sending.unconfirmed() == ()
        outbox = side.session.sending.outbox()
        assert (outbox.total, outbox.held_back) == (0, 0)
        put_aside = side.rows("SELECT record_id, version, reason FROM live_batch_records WHERE outcome = 'quarantined'")
        if not side.put_back:
            assert put_aside == []
        standing = side.rows("SELECT id, version FROM encounters")
        assert {each[2] for each in put_aside if tuple(each[:2]) in standing} <= {GONE_BEFORE}, put_aside
        states = {each.state for each in side.session.erasing.confirmations()}
        assert states <= {"confirmed", "nothing_left"}, states

    def _same_people(self, side: Side) -> None:
        here = dict(side.rows("SELECT id, coalesce(contact_id, subject_id) FROM encounters"))
        versions = dict(side.rows("SELECT id, version FROM encounters"))
        rows = self.centre.desk.vault.connection.execute(
            "SELECT id, contact, version FROM latest_records WHERE device = ?", (side.device,)
        ).fetchall()
        there = {record: (contact, version) for record, contact, version in rows}
        assert here.keys() <= there.keys(), "a note never came"
        now = {note for note, version in versions.items() if version > VERSIONS_A_LIFE}  # since it was put back
        assert {note: there[note][1] for note in now} == {note: versions[note] for note in now}
        if not side.put_back:
            assert {note: there[note] for note in here} == {note: (here[note], versions[note]) for note in here}


def world_of(prepared: PreparedCentre, folder: Path, order: random.Random, stack: ExitStack) -> World:
    """Open a fresh copy of everything under ``folder``; ``stack`` closes it."""
    shutil.copytree(prepared.folder / "centre", folder / "centre")
    clock = FakeClock()
    centre = Centre(prepared, folder / "centre", clock, prepared.desk(folder / "centre", clock))
    stack.callback(lambda: centre.desk.close())  # noqa: PLW0108 - the desk of that moment: it is put back in between
    sides = []
    for place, laptop in enumerate(prepared.laptops):
        laptop._copies = 100 * place + 1
        opened = stack.enter_context(laptop.copy(folder / f"laptop{place}"))
        side = Side(opened, centre, order)
        stack.callback(side.close)
        for _person in range(3):
            side.begin()
        sides.append(side)
    return World(centre, sides, order)
