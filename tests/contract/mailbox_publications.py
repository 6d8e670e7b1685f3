"""What every mailbox store must do with letters and files of content packs."""

from __future__ import annotations

import os
import threading

import pytest

from outreach_app.centre.mailbox.errors import RefusalError
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.sync.uploads import CHUNK
from outreach_app.wire.letters import LetterHeader, LetterKind

ONE, OTHER = "a" * 32, "b" * 32


def header(number: int, kind: LetterKind = "gap", device: str = ONE) -> LetterHeader:
    return LetterHeader(kind=kind, device=device, number=number)


class MailboxPublicationsContract:
    """Part of ``MailboxStoreContract``."""

    def test_of_each_kind_the_letter_with_the_highest_number_is_kept(self, store: MailboxStore) -> None:
        for number in (2, 1, 5, 5, 4):
            store.letters.put_letter(header(number), f"gap {number}".encode())
        store.letters.put_letter(header(1, "figures"), b"figures 1")
        store.letters.put_letter(header(9, device=OTHER), b"for another")
        assert store.letters.find_letters(ONE) == (b"figures 1", b"gap 5")
        assert store.letters.find_letters("c" * 32) == ()

    def test_of_two_letters_with_one_number_the_first_stays(self, store: MailboxStore) -> None:
        store.letters.put_letter(header(1), b"first")
        store.letters.put_letter(header(1), b"second")
        assert store.letters.find_letters(ONE) == (b"first",)

    def test_many_desks_at_once_leave_one_letter(self, store: MailboxStore) -> None:
        numbers = list(range(1, 9))
        threads = [
            threading.Thread(target=store.letters.put_letter, args=(header(number), str(number).encode()))
            for number in numbers
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert store.letters.find_letters(ONE) == (b"8",)

    @pytest.mark.parametrize("size", [0, 1, CHUNK, CHUNK + 1, 3 * CHUNK])
    def test_a_file_comes_back_byte_for_byte(self, store: MailboxStore, size: int) -> None:
        data = os.urandom(size)
        store.packs.put_file("content.zip", data, replace=False)
        store.packs.put_file("content.zip", data, replace=False)
        assert store.packs.find_size("content.zip") == size
        pieces = list(store.packs.read_file("content.zip", size))
        assert b"".join(pieces) == data
        assert all(len(piece) <= CHUNK for piece in pieces)

    def test_a_file_is_replaced_only_where_that_is_allowed(self, store: MailboxStore) -> None:
        assert store.packs.find_size("timestamp.json") is None
        store.packs.put_file("timestamp.json", bytes(CHUNK + 1), replace=False)
        with pytest.raises(RefusalError) as refused:
            store.packs.put_file("timestamp.json", b"other", replace=False)
        assert (refused.value.status, refused.value.code) == (409, "file_exists")
        store.packs.put_file("timestamp.json", b"other", replace=True)
        assert b"".join(store.packs.read_file("timestamp.json", 5)) == b"other"
        assert list(store.packs.read_file("timestamp.json", CHUNK + 1)) == [b"other"]
