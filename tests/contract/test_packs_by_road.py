"""Content packs by a real mailbox on loopback and by a stick: published there by a desk, taken from there by laptops."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from outreach_app.centre.mailbox.database import open_database
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.sync.carriers.carrier import PackSource
from outreach_app.sync.carriers.http import HttpDesk, HttpMailbox
from outreach_app.sync.carriers.stick import PACKS_FOLDER, StickFolder
from outreach_app.sync.errors import MailboxRefusedError
from outreach_app.sync.packs.client import first_trust, refresh
from outreach_app.sync.packs.errors import PackIncompleteError, PackUntrustedError
from outreach_app.sync.packs.trusted_files import CONTENT, TIMESTAMP
from tests.support.mailboxes import RunningMailbox, running_mailbox
from tests.support.packs import OTHER_DESK_KEY, SUCCESSORS, PackRepository
from tests.support.sync_people import CENTRE

Road = tuple[HttpDesk | StickFolder, PackSource]


@contextmanager
def a_mailbox(folder: Path) -> Iterator[RunningMailbox]:
    store = MailboxStore(open_database(None, sqlite_file=folder / "mailbox.db"))
    with closing(store), running_mailbox(store) as mailbox:
        yield mailbox


@pytest.fixture(params=["network", "stick"])
def road(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Road]:
    if request.param == "stick":
        yield StickFolder(tmp_path), StickFolder(tmp_path)
        return
    with ExitStack() as stack:
        mailbox = stack.enter_context(a_mailbox(tmp_path))
        desk = stack.enter_context(HttpDesk(mailbox.url, signing=CENTRE.desk, clock=mailbox.clock))
        yield desk, stack.enter_context(HttpMailbox(mailbox.url))


def hand_out(repository: PackRepository, desk: HttpDesk | StickFolder) -> None:
    for name, data in repository.files.items():
        desk.put_pack_file(name, data)


def test_a_laptop_takes_what_was_published_and_what_came_after(road: Road) -> None:
    desk, laptop = road
    assert first_trust(laptop, CENTRE.root.public) is None
    repository = PackRepository(content=b"fictional" * 200_000)
    hand_out(repository, desk)
    trusted = first_trust(laptop, CENTRE.root.public)
    assert trusted is not None
    first = refresh(laptop, trusted, now=repository.now)
    assert first.content == repository.content
    repository.rotate(SUCCESSORS, desk=OTHER_DESK_KEY)
    repository.now += timedelta(days=30)
    repository.publish(b"what came after")
    hand_out(repository, desk)
    second = refresh(laptop, first.trusted, now=repository.now, known_sha256=first.content_sha256)
    assert (second.number, second.content) == (2, b"what came after")


def test_a_mailbox_gives_a_name_no_other_bytes(tmp_path: Path) -> None:
    with a_mailbox(tmp_path) as mailbox:
        repository = PackRepository()
        with HttpDesk(mailbox.url, signing=CENTRE.desk, clock=mailbox.clock) as desk:
            hand_out(repository, desk)
            with pytest.raises(MailboxRefusedError, match="file_exists"):
                desk.put_pack_file("1.targets.json", b"other")
            repository.stamp()
            desk.put_pack_file(TIMESTAMP, repository.files[TIMESTAMP])


def test_a_stick_that_somebody_changed(tmp_path: Path) -> None:
    repository, stick = PackRepository(), StickFolder(tmp_path)
    hand_out(repository, stick)
    (content,) = (tmp_path / PACKS_FOLDER).glob(f"*.{CONTENT}")
    whole = content.read_bytes()
    content.write_bytes(whole[:-1] + b"?")
    with pytest.raises(PackUntrustedError):
        refresh(stick, repository.trust(), now=repository.now)
    content.write_bytes(whole + b"?")
    with pytest.raises(PackIncompleteError):
        refresh(stick, repository.trust(), now=repository.now)
    content.unlink()
    content.symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").write_bytes(whole)
    with pytest.raises(PackIncompleteError):
        refresh(stick, repository.trust(), now=repository.now)
