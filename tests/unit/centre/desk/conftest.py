"""One desk with one enrolled laptop for each test; made once and copied, because making a vault is slow on purpose."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach_app.centre.desk import collecting
from outreach_app.centre.desk.custodian_keys import CustodianSecrets
from outreach_app.centre.desk.opening import Desk, open_desk
from tests.support.clock import FakeClock
from tests.support.desk import PASSPHRASE, Sender, enrol, make_desk, sender
from tests.support.publishing import Publishers
from tests.support.sync_people import LAPTOP


@pytest.fixture(scope="session")
def made_centre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "centre"
    desk = make_desk(folder)
    enrol(desk, LAPTOP)
    desk.close()
    return folder


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists of the tests' mailboxes come in pages of two: few batches go over several."""
    monkeypatch.setattr(collecting, "PAGE_LIMIT", 2)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def centre(made_centre: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_centre, tmp_path / "centre"))


@pytest.fixture
def desk(centre: Path, clock: FakeClock) -> Iterator[Desk]:
    with open_desk(centre, PASSPHRASE, clock=clock) as opened:
        yield opened


@pytest.fixture
def laptop(desk: Desk) -> Sender:
    return sender(desk, LAPTOP)


@pytest.fixture(scope="session")
def made_publishers(made_centre: Path, tmp_path_factory: pytest.TempPathFactory) -> Publishers:
    """The same centre with three custodians."""
    return Publishers.made(made_centre, tmp_path_factory.mktemp("publishers"))


@pytest.fixture
def custodians(made_publishers: Publishers) -> tuple[CustodianSecrets, ...]:
    return made_publishers.custodians


@pytest.fixture
def publisher(made_publishers: Publishers, tmp_path: Path, clock: FakeClock) -> Iterator[Desk]:
    """A desk that has custodians."""
    centre = Path(shutil.copytree(made_publishers.centre, tmp_path / "publisher"))
    with open_desk(centre, PASSPHRASE, clock=clock) as opened:
        yield opened
