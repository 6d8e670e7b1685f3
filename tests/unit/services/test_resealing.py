"""A batch that came too late for its key: its notes wait, nothing more is sealed for that key, and a newer one takes them on."""

from __future__ import annotations

import pytest

from outreach_app.services.errors import SealingKeyRetiredError
from outreach_app.sync.sealing import read_header
from tests.support.centre_box import CentreBox
from tests.support.sending import fetch, renew_key, send
from tests.support.sessions import Laptop


def key_of_newest(laptop: Laptop) -> str:
    sealed = laptop.session.sending.sealed_bytes(laptop.session.sending.list_batches()[0].sha512)
    assert sealed is not None
    return str(read_header(sealed).centre_key_id)


def test_notes_wait_until_the_laptop_has_the_new_key(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("one")
    send(laptop.session, box)
    old = key_of_newest(laptop)
    box.refuse(next(iter(box.batches)), "reseal")
    fetch(laptop.session, box)
    assert laptop.session.sending.needs_new_key()
    with pytest.raises(SealingKeyRetiredError):
        laptop.session.sending.seal()
    assert len(laptop.session.sending.list_batches()) == 1
    renew_key(laptop, box)
    assert not laptop.session.sending.needs_new_key()
    send(laptop.session, box)
    assert key_of_newest(laptop) != old
    box.ingest()
    fetch(laptop.session, box)
    assert [row.state for row in laptop.session.sending.list_batches()] == ["ingested", "reseal"]


def test_a_run_says_so_at_its_end_and_hands_over_what_is_sealed(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("one")
    send(laptop.session, box)
    laptop.finish("two")
    laptop.session.sending.seal()
    box.refuse(next(iter(box.batches)), "reseal")
    fetch(laptop.session, box)
    result = send(laptop.session, box)
    assert (result.sealed, result.sent, type(result.problem)) == (0, 1, SealingKeyRetiredError)
    box.refuse(list(box.batches)[1], "reseal")
    assert send(laptop.session, box).refused == (2,)


def test_with_nothing_to_seal_nothing_is_said(laptop: Laptop, box: CentreBox) -> None:
    note_id = laptop.finish("one")
    send(laptop.session, box)
    box.refuse(next(iter(box.batches)), "reseal")
    fetch(laptop.session, box)
    laptop.db.execute("UPDATE encounters SET taken_back = 1 WHERE id = ?", (note_id,))
    assert send(laptop.session, box).problem is None


def test_each_retired_key_stays_known(laptop: Laptop, box: CentreBox) -> None:
    for number in (1, 2):
        laptop.finish(str(number))
        send(laptop.session, box)
        box.refuse(list(box.batches)[-1], "reseal")
        fetch(laptop.session, box)
        assert laptop.session.sending.needs_new_key()
        renew_key(laptop, box, number)
    (keys,) = laptop.db.execute("SELECT json_array_length(value) FROM policy WHERE name = 'retired_sealing_keys'").fetchone()
    assert keys == 2


def test_a_reseal_for_a_batch_whose_bytes_are_gone_blocks_nothing(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("one")
    send(laptop.session, box)
    laptop.db.execute("UPDATE batches SET data = NULL")
    box.refuse(next(iter(box.batches)), "reseal")
    fetch(laptop.session, box)
    assert not laptop.session.sending.needs_new_key()
    assert send(laptop.session, box).sealed == 1
