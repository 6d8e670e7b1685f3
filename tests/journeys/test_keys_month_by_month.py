"""A laptop and a real desk over the months: a new key is published, an old batch comes too late, each note counts once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from outreach_app.centre.desk.collecting import collect_from_stick
from outreach_app.centre.desk.counting import count
from outreach_app.centre.desk.enrolment import enrol_device
from outreach_app.centre.desk.gaps import step_over
from outreach_app.centre.desk.key_rotation import GRACE, KEPT_RETIRED, list_keys, mark_published, rotate_sealing_key
from outreach_app.centre.desk.opening import Desk
from outreach_app.records import packs
from outreach_app.records.packs import KeysRow
from outreach_app.services.errors import SealingKeyRetiredError
from outreach_app.services.sending_road import SendingResult, seal_and_send
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.sync.instants import write_instant
from outreach_app.sync.keys import PublicReceivingKey
from outreach_app.sync.sealing import key_id
from outreach_app.wire.centre_keys import CentreKeysBody
from outreach_app.wire.strict import write_json
from tests.support.clock import FakeClock
from tests.support.desk import make_desk
from tests.support.sessions import Laptop, PreparedLaptop
from tests.support.sync_people import CENTRE


@dataclass
class Team:
    """A laptop, its desk, and a stick that goes between them."""

    laptop: Laptop
    desk: Desk
    clock: FakeClock
    stick: Path
    published: list[bytes] = field(default_factory=list)

    def send(self) -> SendingResult:
        return seal_and_send(lambda step: step(self.laptop.session.sending), StickFolder(self.stick), "stick")

    def visit(self) -> None:
        """Carry the stick to the desk, and what comes back home."""
        self.send()
        collect_from_stick(self.desk, StickFolder(self.stick))
        self.send()

    def publish(self, public: PublicReceivingKey) -> None:
        """Do at the desk what publishing does with the key; the laptop hears of it by ``fetch``."""
        body = CentreKeysBody(
            number=len(self.published) + 1, issued_at=write_instant(self.clock.now()), sealing_key=public.to_text(),
            sealing_key_id=key_id(public), mailbox_key=CENTRE.mailbox.public.to_text(),
            desk_key=self.desk.keys.receipt.public.to_text(),
        )  # fmt: skip
        self.published.append(write_json(body))
        mark_published(self.desk, key_id(public))

    def fetch(self) -> None:
        """Take the newest keys home."""
        number = len(self.published)
        with self.laptop.vault.transaction() as db:
            row = KeysRow(number, self.clock.now(), self.published[-1], 0)
            packs.add_keys(db, row, self.laptop.parts.now_text())

    def pass_time(self, span: timedelta) -> None:
        for clock in (self.clock, self.laptop.clock):
            clock.advance(span.total_seconds())

    def states(self) -> list[str]:
        return [row.state for row in reversed(self.laptop.session.sending.list_batches())]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> PreparedLaptop:
    return PreparedLaptop.made(tmp_path_factory.mktemp("prepared") / "vault")


@pytest.fixture
def team(prepared: PreparedLaptop, tmp_path: Path) -> Iterator[Team]:
    clock = FakeClock()
    (stick := tmp_path / "stick").mkdir()
    with make_desk(tmp_path / "centre", clock) as desk, prepared.copy(tmp_path / "vault") as laptop:
        enrolling = laptop.session.enrolling
        enrolling.confirm(enrolling.accept(enrol_device(desk, enrolling.request().data).reply))
        yield Team(laptop, desk, clock, stick)


def encounters(team: Team) -> int:
    return count(team.desk).totals.encounters


def test_an_old_batch_is_sealed_again_for_the_new_key_and_each_note_counts_once(team: Team) -> None:
    team.laptop.finish("in time")
    team.visit()
    team.laptop.finish("on a stick that lies in a drawer")
    team.send()
    team.publish(rotate_sealing_key(team.desk))
    team.pass_time(GRACE)
    team.visit()
    assert (team.states(), encounters(team)) == (["ingested", "reseal"], 1)
    team.laptop.finish("written since")
    result = team.send()
    assert (result.sealed, type(result.problem)) == (0, SealingKeyRetiredError)
    team.fetch()
    team.visit()
    assert (team.states(), encounters(team)) == (["ingested", "reseal", "ingested"], 3)
    team.pass_time(KEPT_RETIRED)
    collect_from_stick(team.desk, StickFolder(team.stick))
    assert [key.stage.value for key in list_keys(team.desk)] == ["destroyed", "current"]
    assert encounters(team) == 3


def test_within_the_grace_nothing_is_sealed_twice(team: Team) -> None:
    team.laptop.finish("on its way")
    team.send()
    team.publish(rotate_sealing_key(team.desk))
    team.pass_time(GRACE - timedelta(days=1))
    team.visit()
    assert (team.states(), encounters(team)) == (["ingested"], 1)


def test_a_batch_that_never_came_is_asked_for_by_letter_and_sent_again(team: Team) -> None:
    for words in ("one", "two"):
        team.laptop.finish(words)
        team.send()
    first = next(row for row in team.laptop.session.sending.list_batches() if row.seq == 1)
    lost = team.stick / f"outreach-batch-{first.sha512[:32]}.ob1"
    held = lost.read_bytes()
    lost.unlink()
    collect_from_stick(team.desk, StickFolder(team.stick))
    team.pass_time(timedelta(days=1))
    team.send()
    found = team.laptop.session.letters.gaps()
    assert found is not None
    assert [(gap.first, gap.last, gap.waiting) for gap in found.missing] == [(1, 1, 1)]
    assert lost.read_bytes() == held, "the same bytes lie on the stick again"
    team.visit()
    assert (team.states(), encounters(team)) == (["ingested", "ingested"], 2)
    found = team.laptop.session.letters.gaps()
    assert found is not None
    assert found.missing == ()


def test_what_a_person_let_go_still_counts_when_it_is_found(team: Team) -> None:
    for words in ("one", "two"):
        team.laptop.finish(words)
        team.send()
    first = next(row for row in team.laptop.session.sending.list_batches() if row.seq == 1)
    lost = team.stick / f"outreach-batch-{first.sha512[:32]}.ob1"
    held = lost.read_bytes()
    lost.unlink()
    collect_from_stick(team.desk, StickFolder(team.stick))
    step_over(team.desk, first_device(team), 1, 1, "stick_lost")
    assert encounters(team) == 1
    lost.write_bytes(held)
    team.visit()
    assert (team.states(), encounters(team)) == (["ingested", "ingested"], 2)


def test_a_supervisor_reads_what_the_centre_counted(team: Team) -> None:
    for words in ("one", "two"):
        team.laptop.finish(words)
    team.visit()
    figures = team.laptop.session.letters.figures()
    assert figures is not None
    assert [(row.month, row.setting, row.encounters) for row in figures.rows] == [("2026-03", "street", 2)]
    assert figures.rule == count(team.desk).rule_version


def first_device(team: Team) -> str:
    return team.laptop.session.enrolling.state().device
