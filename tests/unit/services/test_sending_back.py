"""What comes back on a run besides receipts: packs first of all, letters last, and neither keeps a note from leaving."""

from __future__ import annotations

from threading import Event

import pytest

from outreach_app.errors import CancelledError
from outreach_app.services.errors import SealingKeyRetiredError
from outreach_app.services.progress import Progress
from outreach_app.sync.errors import LetterUnreadableError, NoNetworkError
from outreach_app.sync.letters import make_letter
from outreach_app.wire.letters import Letter, MissingNumbers
from tests.support.centre_box import CentreBox
from tests.support.packs import PackRepository
from tests.support.sending import send
from tests.support.sessions import Laptop
from tests.support.sync_people import OTHER_LAPTOP


def letter(laptop: Laptop, box: CentreBox, number: int, *gaps: MissingNumbers) -> bytes:
    device = laptop.session.sending.device()
    made = Letter(kind="gap", device=device, number=number, issued_at="2026-03-03T09:00:00Z", gaps=gaps)
    return make_letter(made, device=box.receiving, issuer=box.centre.desk)


def test_letters_are_taken_once(laptop: Laptop, box: CentreBox) -> None:
    box.letters[laptop.session.sending.device()] = [letter(laptop, box, 1)]
    assert send(laptop.session, box).letters == 1
    assert send(laptop.session, box).letters == 0
    found = laptop.session.letters.gaps()
    assert found is not None
    assert found.number == 1


def test_a_letter_that_cannot_be_read_is_told_beside_and_the_next_is_taken(laptop: Laptop, box: CentreBox) -> None:
    good = letter(laptop, box, 1)
    box.letters[laptop.session.sending.device()] = [good[:-1], good]
    laptop.finish("one")
    result = send(laptop.session, box)
    assert isinstance(result.problem, LetterUnreadableError)
    assert (result.letters, result.stored) == (1, 1)


def test_a_letter_to_another_laptop_changes_nothing(laptop: Laptop, box: CentreBox) -> None:
    other = Letter(kind="gap", device=OTHER_LAPTOP.device, number=1, issued_at="2026-03-03T09:00:00Z")
    forged = make_letter(other, device=box.receiving, issuer=box.centre.desk)
    box.letters[laptop.session.sending.device()] = [forged]
    assert isinstance(send(laptop.session, box).problem, LetterUnreadableError)
    assert laptop.session.letters.gaps() is None


def test_a_batch_the_centre_misses_goes_again(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("one")
    send(laptop.session, box)
    epoch = laptop.vault.epoch
    gap = MissingNumbers(epoch=epoch, first_missing=1, last_missing=1, waiting=1)
    box.letters[laptop.session.sending.device()] = [letter(laptop, box, 1, gap)]
    assert send(laptop.session, box).letters == 1
    assert send(laptop.session, box).sent == 1
    assert len(box.batches) == 1, "the same bytes"


def test_packs_come_before_anything_is_sealed(laptop: Laptop, box: CentreBox) -> None:
    centre = PackRepository(centre=box.centre)
    box.packs = centre.files
    laptop.finish("one")
    seen = list[Progress]()
    send(laptop.session, box, report=seen.append)
    phases = list(dict.fromkeys(each.phase for each in seen))
    assert phases == ["packs", "sealing", "sending", "receiving", "letters"]
    assert laptop.session.packs.state().trusted


def test_packs_that_cannot_be_used_are_told_beside(laptop: Laptop, box: CentreBox) -> None:
    box.packs = dict(PackRepository(centre=box.centre).files)
    box.packs["timestamp.json"] = b"{}"
    laptop.finish("one")
    result = send(laptop.session, box)
    assert result.packs_problem is not None
    assert (result.packs, result.stored, result.problem) == (False, 1, None)


class NoPacks:
    """A box whose packs cannot be reached; ``cancel`` is set meanwhile, if given."""

    def __init__(self, box: CentreBox, error: Exception, cancel: Event | None = None) -> None:
        self._error = error
        self._cancel = cancel or Event()
        self.put_batch = box.put_batch
        self.fetch_receipts = box.fetch_receipts
        self.fetch_letters = box.fetch_letters

    def fetch_pack_file(self, _name: str, _limit: int) -> bytes | None:
        self._cancel.set()
        raise self._error


def test_packs_out_of_reach_keep_no_note_back(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("one")
    result = send(laptop.session, NoPacks(box, NoNetworkError()))  # type: ignore[arg-type]  # a road is a road
    assert isinstance(result.packs_problem, NoNetworkError)
    assert result.stored == 1


def test_stopping_while_packs_come_stops_the_run(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("one")
    cancel = Event()
    with pytest.raises(CancelledError):
        send(laptop.session, NoPacks(box, CancelledError(), cancel), cancel=cancel)  # type: ignore[arg-type]  # a road is a road
    assert box.batches == {}


def test_where_the_key_is_retired_what_is_sealed_goes_and_receipts_come(laptop: Laptop, box: CentreBox) -> None:
    laptop.finish("one")
    send(laptop.session, box)
    laptop.finish("two")
    laptop.session.sending.seal()
    box.refuse(next(iter(box.batches)), "reseal")
    assert send(laptop.session, box).refused == (1,)
    laptop.finish("three")
    result = send(laptop.session, box)
    assert isinstance(result.problem, SealingKeyRetiredError)
    assert result.sealed == 0
