"""A desk that publishes, for tests: custodians with the cheapest key derivation, a mailbox made of a dictionary."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from outreach_app.centre.desk.custodian_keys import CustodianSecrets
from outreach_app.centre.desk.custodians import init_custodians
from outreach_app.centre.desk.opening import Desk, open_desk
from outreach_app.centre.desk.publishing import finish, prepare, sign
from outreach_app.centre.desk.publishing_state import Publication
from outreach_app.sync.errors import MailboxRefusedError, MailboxSilentError
from outreach_app.sync.packs.client import Published, TrustedFiles, first_trust, refresh
from outreach_app.sync.packs.trusted_files import TIMESTAMP, TRUST
from tests.support.clock import FakeClock
from tests.support.desk import PASSPHRASE
from tests.support.vaults import CHEAP_COST

PASSPHRASES = (
    "amber bridge candle desert engine",
    "falcon garden harbor island jungle",
    "kettle ladder magnet needle oyster",
)
FILES = {"leaflets/states.json": b'{"fictional": 1}', "pathways/numbers.json": b'{"fictional": 2}'}


@dataclass(frozen=True)
class Publishers:
    """A centre with three custodians, made once and copied; nothing is published."""

    centre: Path
    custodians: tuple[CustodianSecrets, ...]

    @classmethod
    def made(cls, centre: Path, folder: Path) -> Publishers:
        copied = Path(shutil.copytree(centre, folder / "centre"))
        with open_desk(copied, PASSPHRASE, clock=FakeClock()) as desk:
            return cls(copied, make_custodians(desk, folder / "keys"))


@dataclass
class PackBox:
    """A mailbox as far as packs go: a name is never given other bytes, but for the two that may change.

    ``stops_after``: how many files it takes before the line is cut.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    stops_after: int | None = None

    def put_pack_file(self, name: str, data: bytes) -> None:
        if self.stops_after == 0:
            raise MailboxSilentError
        self.stops_after = None if self.stops_after is None else self.stops_after - 1
        if self.files.get(name, data) != data and name not in {TIMESTAMP, TRUST}:
            raise MailboxRefusedError(code="file_exists")
        self.files[name] = data

    def fetch_pack_file(self, name: str, limit: int) -> bytes | None:
        data = self.files.get(name)
        assert data is None or len(data) <= limit
        return data


def make_custodians(
    desk: Desk, folder: Path, *, old: Sequence[CustodianSecrets] = (), by_hand: bool = False, replace: bool = False
) -> tuple[CustodianSecrets, ...]:
    made = init_custodians(
        desk, folder, PASSPHRASES, replace=replace or bool(old), old=old, by_hand=by_hand, cost=CHEAP_COST
    )
    return tuple(key.secrets for key in made)


def publish(
    desk: Desk, custodians: Sequence[CustodianSecrets], files: dict[str, bytes] | None = None
) -> Publication:
    """Prepare, let the first two custodians sign, finish."""
    prepare(desk, files)
    for custodian in custodians[:2]:
        sign(desk, custodian)
    return finish(desk)


def taken(
    desk: Desk, box: PackBox, trusted: TrustedFiles | None = None, *, now: datetime | None = None
) -> Published:
    """Return what a laptop finds in the mailbox, for the first time unless it trusts something already."""
    trusted = trusted or first_trust(box, desk.keys.root.public)
    assert trusted is not None
    return refresh(box, trusted, now=now or desk.clock.now())
