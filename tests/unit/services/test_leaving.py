"""The end of what leaves on a full disk: older backups make the room, and nothing is called finished that is not."""

from __future__ import annotations

from typing import Any

import pytest

from outreach_app.errors import DiskFullError
from outreach_app.vault import backups
from outreach_app.vault.backups import list_backups
from tests.support.keeping import finish, holding
from tests.support.sessions import Laptop

MARKER = "Kirsebaerblomst"


@pytest.mark.parametrize("where", ["rebuild", "make_backup"])
def test_older_backups_go_first_where_the_disk_is_too_full(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    contact = laptop.session.contacts.record_contact("Red jacket")
    finish(laptop, MARKER, contact_id=contact.id)
    for _ in range(3):
        laptop.session.backing_up.backup_now()
    owner: Any = laptop.vault if where == "rebuild" else backups
    real, there = getattr(owner, where), []

    def too_full(*given: Any, **named: Any) -> Any:
        there.append(len(list_backups(laptop.vault.folder)))
        if there[-1] > 1:
            raise DiskFullError
        return real(*given, **named)

    monkeypatch.setattr(owner, where, too_full)
    laptop.session.erasing.erase_contact(contact.id, "asked")
    assert there == [3, 1]
    assert holding(laptop, MARKER) == []
    assert not laptop.session.keeping.overview().unfinished


def test_a_disk_that_stays_full_leaves_it_unfinished_and_the_newest_backup_there(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = laptop.session.contacts.record_contact("Red jacket")
    for _ in range(2):
        laptop.session.backing_up.backup_now()
    newest = list_backups(laptop.vault.folder)[0]

    def full(*_given: Any, **_named: Any) -> None:
        raise DiskFullError

    monkeypatch.setattr(laptop.vault, "rebuild", full)
    with pytest.raises(DiskFullError):
        laptop.session.erasing.erase_contact(contact.id, "asked")
    assert list_backups(laptop.vault.folder) == (newest,)
    assert laptop.session.keeping.overview().unfinished
