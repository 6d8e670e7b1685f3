"""Two custodians lost their keys: new ones by hand at the desk, and each laptop follows once six words were compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from outreach_app.centre.desk.custodian_keys import CustodianSecrets
from outreach_app.centre.desk.enrolment import enrol_device
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.publishing_roads import hand_out
from outreach_app.content import NOTHING, use_content
from outreach_app.services.packs import Packs
from outreach_app.services.packs_road import fetch_packs, take_trust_by_hand, words_of_trust
from outreach_app.sync.packs.errors import PackUntrustedError, TrustOtherCustodiansError, TrustWordsDifferError
from outreach_app.sync.packs.trusted_files import TRUST
from tests.support.clock import FakeClock
from tests.support.content_packs import DIRECTORY, other_number
from tests.support.desk import make_desk
from tests.support.publishing import PackBox, make_custodians, publish
from tests.support.sessions import Laptop, PreparedLaptop

T = TypeVar("T")
Custodians = tuple[CustodianSecrets, ...]


@dataclass
class Place:
    """A desk with custodians, its mailbox, and a laptop that it enrolled."""

    desk: Desk
    box: PackBox
    laptop: Laptop
    folder: Path

    def publish(self, custodians: Custodians, number: str) -> None:
        publish(self.desk, custodians, {DIRECTORY: other_number(number)})
        hand_out(self.desk, self.box, mailbox="own")

    def replace_by_hand(self) -> Custodians:
        return make_custodians(self.desk, self.folder / "new", by_hand=True, replace=True)

    def ask(self, step: Callable[[Packs], T]) -> T:
        return step(self.laptop.session.packs)

    def root(self) -> bytes:
        trusted = self.laptop.session.packs.known().trusted
        return b"" if trusted is None else trusted.root


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> PreparedLaptop:
    return PreparedLaptop.made(tmp_path_factory.mktemp("prepared") / "vault")


@pytest.fixture
def place(prepared: PreparedLaptop, tmp_path: Path) -> Iterator[Place]:
    clock = FakeClock()
    with make_desk(tmp_path / "centre", clock) as desk, prepared.copy(tmp_path / "vault") as laptop:
        custodians = make_custodians(desk, tmp_path / "keys")
        enrolling = laptop.session.enrolling
        enrolling.confirm(enrolling.accept(enrol_device(desk, enrolling.request().data).reply))
        made = Place(desk, PackBox(), laptop, tmp_path)
        made.publish(custodians, "+45 11 22 33 01")
        yield made
    use_content(NOTHING)


def test_a_laptop_follows_by_hand_and_by_hand_alone(place: Place) -> None:
    assert fetch_packs(place.ask, place.box).installed
    trusted = place.root()
    place.publish(place.replace_by_hand(), "+45 11 22 33 02")
    refused = fetch_packs(place.ask, place.box)
    assert (refused.installed, type(refused.problem), place.root()) == (False, PackUntrustedError, trusted)
    words = words_of_trust(place.ask, place.box.files[TRUST])
    with pytest.raises(TrustWordsDifferError):
        take_trust_by_hand(place.ask, place.box.files[TRUST], " ".join(reversed(words.split())))
    assert place.root() == trusted
    assert take_trust_by_hand(place.ask, place.box.files[TRUST], words).sending
    assert place.root() != trusted
    followed = fetch_packs(place.ask, place.box)
    assert (followed.installed, followed.problem, followed.state.number) == (True, None, 3)


def test_a_new_laptop_trusts_nobody_else_than_its_reply_named(place: Place) -> None:
    place.publish(place.replace_by_hand(), "+45 11 22 33 02")
    refused = fetch_packs(place.ask, place.box)
    assert (type(refused.problem), refused.state.trusted) == (TrustOtherCustodiansError, False)
    file = place.box.files[TRUST]
    assert take_trust_by_hand(place.ask, file, words_of_trust(place.ask, file)).sending
    assert fetch_packs(place.ask, place.box).installed
