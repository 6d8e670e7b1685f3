"""A laptop, a real mailbox and a real desk: the mailbox is put back or damaged, and each note is counted once all the same."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from outreach_app.centre.desk import facts
from outreach_app.centre.desk.collecting import Collected, collect_from_mailbox, publish_devices
from outreach_app.centre.desk.counting import count
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.mailbox.configuration import create_mailbox
from outreach_app.centre.mailbox.same_machine import SameMachineMailbox, _translated
from outreach_app.services.sending_road import SendingResult, seal_and_send
from outreach_app.sync.carriers.carrier import Between, going_on
from tests.support.desk import make_desk
from tests.support.keeping import finish
from tests.support.sessions import Laptop, PreparedLaptop
from tests.support.team import Team


class LaptopsRoad:
    """The laptop's side of a mailbox, straight to its office: refusals are said as the network road would."""

    def __init__(self, mailbox: SameMachineMailbox) -> None:
        self._office = mailbox._office

    def put_batch(self, data: bytes, _between: Between = going_on) -> bytes | None:
        with _translated():
            return self._office.take_batch(hashlib.sha512(data).hexdigest(), data)

    def fetch_receipts(self, sha512: str) -> tuple[bytes, ...]:
        with _translated():
            return self._office.find_receipts(sha512)

    def fetch_letters(self, device: str) -> tuple[bytes, ...]:
        with _translated():
            return self._office.publications.find_letters(device)

    def fetch_pack_file(self, _name: str, _limit: int) -> bytes | None:
        return None


@dataclass
class Post:
    """The three, and a backup of the mailbox."""

    team: Team
    folder: Path

    def send(self) -> SendingResult:
        with self._mailbox() as mailbox:
            publish_devices(self.team.desk, mailbox)
            road = LaptopsRoad(mailbox)
            return seal_and_send(lambda step: step(self.laptop.session.sending), road, "network")

    def collect(self) -> Collected:
        with self._mailbox() as mailbox:
            return collect_from_mailbox(self.team.desk, mailbox, name="own")

    def save(self) -> None:
        shutil.copytree(self.folder, self.folder.with_name("saved"))

    def put_back(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self.folder.with_name("saved"), self.folder)

    def damage(self, number: int) -> None:
        with self._mailbox() as mailbox, mailbox._store._engine.begin() as connection:  # as a failing disk would
            connection.execute(text("UPDATE batches SET data = X'00' WHERE number = :number"), {"number": number})

    @property
    def laptop(self) -> Laptop:
        return self.team.laptop

    def states(self) -> list[str]:
        return [row.state for row in reversed(self.laptop.session.sending.list_batches())]

    def _mailbox(self) -> closing[SameMachineMailbox]:
        return closing(SameMachineMailbox(self.folder, database=None, clock=self.team.desk.clock))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> PreparedLaptop:
    return PreparedLaptop.made(tmp_path_factory.mktemp("prepared") / "vault")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with make_desk(tmp_path / "centre") as made:
        yield made


@pytest.fixture
def post(prepared: PreparedLaptop, desk: Desk, tmp_path: Path) -> Iterator[Post]:
    made = create_mailbox(tmp_path / "post", desk.keys.root.public, desk.keys.receipt.public)
    facts.keep_mailbox_receipt_key(desk, made.receipt_keys.public)
    with prepared.copy(tmp_path / "vault") as laptop:
        yield Post(Team(laptop, desk).enrol(), tmp_path / "post")


def test_what_a_mailbox_lost_comes_again_and_counts_once(post: Post) -> None:
    finish(post.laptop, "one")
    post.send()
    post.save()
    finish(post.laptop, "two")
    post.send()
    post.collect()
    finish(post.laptop, "three")
    post.send()
    assert post.states() == ["ingested", "ingested", "stored"]
    post.put_back()
    assert post.send().sent == 1, "the third: the first two have their last word"
    collected = post.collect()
    assert (collected.put_back, collected.gaps, count(post.team.desk).totals.encounters) == (True, (), 3)
    post.send()
    assert post.states() == ["ingested"] * 3


def test_what_was_lost_before_the_desk_saw_it_comes_again(post: Post) -> None:
    finish(post.laptop, "one")
    post.send()
    post.save()
    for name in ("two", "three"):
        finish(post.laptop, name)
        post.send()
    post.put_back()
    assert (post.collect().put_back, count(post.team.desk).totals.encounters) == (False, 1)
    assert post.send().sent == 2
    post.collect()
    post.send()
    assert (post.states(), count(post.team.desk).totals.encounters) == (["ingested"] * 3, 3)


def test_answers_that_a_mailbox_lost_are_given_again(post: Post) -> None:
    for name in ("one", "two"):
        finish(post.laptop, name)
        post.send()
    post.save()
    assert not post.collect().put_back
    post.put_back()
    post.send()
    assert post.states() == ["stored", "stored"]
    assert post.collect().put_back
    post.send()
    assert (post.states(), count(post.team.desk).totals.encounters) == (["ingested"] * 2, 2)


def test_a_damaged_batch_keeps_no_answer_away_and_heals_when_the_mailbox_is_put_back(post: Post) -> None:
    for name in ("one", "two", "three"):
        finish(post.laptop, name)
        post.send()
    post.save()
    post.damage(2)
    for _round in range(2):
        collected = post.collect()
        assert [(one.epoch, one.seq) for one in collected.at_mailbox] == [(1, 2)]
    post.send()
    assert post.states() == ["ingested", "stored", "stored"]
    assert post.laptop.session.letters.gaps() is not None
    post.put_back()
    assert post.collect().at_mailbox == ()
    post.send()
    assert (post.states(), count(post.team.desk).totals.encounters) == (["ingested"] * 3, 3)
