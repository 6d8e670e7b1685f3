"""One running mailbox on SQLite for each test of its HTTP face."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from outreach_app.centre.mailbox.database import open_database
from outreach_app.centre.mailbox.store import MailboxStore
from tests.support.mailboxes import RunningMailbox, device_list, entry, running_mailbox
from tests.support.sync_people import LAPTOP


@pytest.fixture
def store(tmp_path: Path) -> Iterator[MailboxStore]:
    with closing(MailboxStore(open_database(None, tmp_path / "mailbox.db"))) as opened:
        yield opened


@pytest.fixture
def mailbox(store: MailboxStore) -> Iterator[RunningMailbox]:
    store.put_device_list(1, device_list(entry(LAPTOP)))
    with running_mailbox(store) as running:
        yield running
