"""Setting up a mailbox: once, with secret keys for its owner only, and calm errors for everything else."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from outreach_app.centre.mailbox.configuration import create_mailbox, load_mailbox, open_store
from outreach_app.centre.mailbox.errors import KeyFileOpenError, MailboxExistsError, MailboxNotSetUpError
from outreach_app.errors import FolderNotWritableError
from tests.support.sync_people import CENTRE


def test_what_was_set_up_is_loaded(tmp_path: Path) -> None:
    made = create_mailbox(tmp_path / "centre", CENTRE.root.public, CENTRE.desk.public)
    loaded = load_mailbox(tmp_path / "centre")
    assert loaded.receipt_public == made.receipt_public
    assert (loaded.root, loaded.desk) == (CENTRE.root.public, CENTRE.desk.public)
    keys = tmp_path / "centre" / "mailbox" / "receipt.keys"
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    open_store(tmp_path / "centre").close()


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    first = create_mailbox(tmp_path, CENTRE.root.public, CENTRE.desk.public)
    with pytest.raises(MailboxExistsError):
        create_mailbox(tmp_path, CENTRE.root.public, CENTRE.desk.public)
    assert load_mailbox(tmp_path).receipt_public == first.receipt_public


def test_keys_that_others_can_read_are_refused(tmp_path: Path) -> None:
    create_mailbox(tmp_path, CENTRE.root.public, CENTRE.desk.public)
    (tmp_path / "mailbox" / "receipt.keys").chmod(0o640)
    with pytest.raises(KeyFileOpenError, match=r"receipt\.keys"):
        load_mailbox(tmp_path)


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(MailboxNotSetUpError, match="missing"):
        load_mailbox(tmp_path)


@pytest.mark.parametrize(("name", "content"), [("receipt.keys", b"x"), ("configuration.json", b"{}")])
def test_damaged_files(tmp_path: Path, name: str, content: bytes) -> None:
    create_mailbox(tmp_path, CENTRE.root.public, CENTRE.desk.public)
    (tmp_path / "mailbox" / name).write_bytes(content)
    with pytest.raises(MailboxNotSetUpError, match="damaged"):
        load_mailbox(tmp_path)


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderNotWritableError):
        create_mailbox(tmp_path / "file", CENTRE.root.public, CENTRE.desk.public)
