"""Carrying for others: what lies sealed on a stick reaches the mailbox, what came for its laptops lies on it after."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from outreach_app.centre.mailbox.database import open_database
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.errors import CancelledError, KnownError
from outreach_app.services.carrying import Carried, NotTaken, carry
from outreach_app.services.progress import Progress
from outreach_app.sync.carriers.carrier import Between, going_on
from outreach_app.sync.carriers.http import HttpDesk, HttpMailbox
from outreach_app.sync.carriers.patience import FOR_EVER
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.sync.errors import (
    DeviceConflictError,
    DeviceNotAcceptedError,
    LineCutError,
    MailboxFaultError,
    NotInMailboxError,
    NotTheMailboxError,
    StickFullError,
    StickProtectedError,
    UploadsWaitingError,
)
from outreach_app.sync.letters import make_letter, read_letter_header
from outreach_app.sync.receipts import Receipt, make_receipt, read_receipt_header
from outreach_app.sync.sealing import SealedBatch
from outreach_app.wire.letters import Letter, LetterKind
from tests.support.mailboxes import batch, device_list, entry, running_mailbox
from tests.support.sticks import write_batch
from tests.support.sync_people import CENTRE, LAPTOP, Laptop

OTHER = Laptop("b" * 32)
AT = "2026-03-02T20:00:00Z"
FIRST, SECOND, OTHERS = batch(1), batch(2), batch(1, OTHER)


def receipt_for(sealed: SealedBatch, kind: str = "ingested", laptop: Laptop = LAPTOP) -> bytes:
    header = sealed.header
    receipt = Receipt(
        kind=kind, device=header.device, epoch=header.epoch, seq=header.seq, sha512=sealed.sha512, issued_at=AT,  # type: ignore[arg-type]  # one of four words
    )  # fmt: skip
    issuer = CENTRE.mailbox if kind == "stored" else CENTRE.desk
    return make_receipt(receipt, device=laptop.receiving.public, issuer=issuer)


def letter_to(laptop: Laptop, number: int, kind: LetterKind = "gap") -> bytes:
    letter = Letter(kind=kind, device=laptop.device, number=number, issued_at=AT)
    return make_letter(letter, device=laptop.receiving.public, issuer=CENTRE.desk)


class MemoryMailbox:
    """A mailbox of dictionaries; ``fail`` is called before each step."""

    def __init__(self, fail: Callable[[str], None] = lambda _step: None) -> None:
        self.batches: dict[str, bytes] = {}
        self.receipts: dict[str, list[bytes]] = {}
        self.letters: dict[str, list[bytes]] = {}
        self.packs: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.fail = fail

    def put_batch(self, data: bytes, between: Between = going_on) -> bytes | None:
        self._step("put")
        between(0, len(data))
        sealed = next(one for one in (FIRST, SECOND, OTHERS) if one.data == data)
        self.batches[sealed.sha512] = data
        return self.receipts.setdefault(sealed.sha512, [receipt_for(sealed, "stored")])[0]

    def fetch_receipts(self, sha512: str) -> tuple[bytes, ...]:
        self._step("receipts")
        if sha512 not in self.receipts:
            raise NotInMailboxError
        return tuple(self.receipts[sha512])

    def fetch_letters(self, device: str) -> tuple[bytes, ...]:
        self._step("letters")
        return tuple(self.letters.get(device, ()))

    def fetch_pack_file(self, name: str, limit: int) -> bytes | None:
        self._step("packs")
        return self.packs.get(name, b"")[:limit] or None

    def _step(self, name: str) -> None:
        self.asked.append(name)
        self.fail(name)


@pytest.fixture
def stick(tmp_path: Path) -> StickFolder:
    for sealed in (FIRST, SECOND, OTHERS):
        write_batch(tmp_path, sealed)
    return StickFolder(tmp_path)


def kinds(stick: StickFolder, sealed: SealedBatch) -> list[str]:
    return [read_receipt_header(data).kind for data in stick.fetch_receipts(sealed.sha512)]


def test_it_hands_over_and_brings_back(stick: StickFolder) -> None:
    mailbox = MemoryMailbox()
    mailbox.receipts[OTHERS.sha512] = [receipt_for(OTHERS, kind, OTHER) for kind in ("stored", "ingested")]
    mailbox.letters[OTHER.device] = [letter_to(OTHER, 3), letter_to(OTHER, 1, "figures")]
    assert carry(stick, mailbox) == Carried(3, 2, 4, 2, 0)
    assert [kinds(stick, sealed) for sealed in (FIRST, SECOND, OTHERS)] == [["stored"], ["stored"], ["stored", "ingested"]]
    assert stick.fetch_letters(OTHER.device) == tuple(mailbox.letters[OTHER.device])
    assert stick.fetch_letters(LAPTOP.device) == ()
    assert set(mailbox.batches) == {FIRST.sha512, SECOND.sha512}


def test_twice_is_once(stick: StickFolder, tmp_path: Path) -> None:
    mailbox = MemoryMailbox()
    carry(stick, mailbox)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    mailbox.asked.clear()
    assert carry(stick, mailbox) == Carried(3, 0, 0, 0, 0)
    assert "put" not in mailbox.asked
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_empty_stick_is_nothing_to_do(tmp_path: Path) -> None:
    assert carry(StickFolder(tmp_path), MemoryMailbox()) == Carried(0, 0, 0, 0, 0)
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_ours_stays_as_it_is(stick: StickFolder, tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"sea")
    (tmp_path / "letters").mkdir()
    (tmp_path / f"outreach-batch-{'0' * 32}.ob1").write_bytes(b"damaged")
    assert carry(stick, MemoryMailbox()).batches == 3
    assert (tmp_path / "holiday.jpg").read_bytes() == b"sea"
    assert (tmp_path / f"outreach-batch-{'0' * 32}.ob1").read_bytes() == b"damaged"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (DeviceNotAcceptedError(code="revoked_device"), "revoked_device"), (DeviceConflictError(), "DeviceConflictError"),
        (UploadsWaitingError(), "UploadsWaitingError"), (MailboxFaultError(code="fault"), "fault"),
    ],
)  # fmt: skip
def test_a_batch_the_mailbox_does_not_take_keeps_no_other_away(stick: StickFolder, error: KnownError, code: str) -> None:
    left = [error]

    def fail(step: str) -> None:
        if step == "put" and left:
            raise left.pop()

    carried = carry(stick, MemoryMailbox(fail))
    (not_taken,) = carried.not_taken
    assert (carried.handed_over, not_taken.code) == (2, code)
    assert not_taken.file in {f"outreach-batch-{one.sha512[:32]}.ob1" for one in (FIRST, SECOND, OTHERS)}
    assert isinstance(not_taken, NotTaken)


def test_a_cut_line_is_tried_again(stick: StickFolder) -> None:
    left: list[KnownError] = [LineCutError(), LineCutError()]

    def fail(step: str) -> None:
        if step == "put" and left:
            raise left.pop()

    assert carry(stick, MemoryMailbox(fail), patience=FOR_EVER).handed_over == 3


def test_somebody_else_than_the_mailbox_ends_it_and_the_stick_stays(stick: StickFolder) -> None:
    def fail(_step: str) -> None:
        raise NotTheMailboxError

    with pytest.raises(NotTheMailboxError):
        carry(stick, MemoryMailbox(fail))
    assert len(stick.list_batches()) == 3


def test_receipts_and_letters_for_others_are_not_written(stick: StickFolder) -> None:
    mailbox = MemoryMailbox()
    mailbox.receipts[FIRST.sha512] = [receipt_for(SECOND), b"no receipt"]
    mailbox.letters[LAPTOP.device] = [letter_to(OTHER, 1), b"no letter"]
    carried = carry(stick, mailbox)
    assert kinds(stick, FIRST) == []
    assert kinds(stick, SECOND) == ["stored"]
    assert carried.letters == 0
    assert stick.fetch_letters(OTHER.device) == ()


def test_an_older_letter_does_not_take_the_place_of_a_newer(stick: StickFolder) -> None:
    mailbox = MemoryMailbox()
    stick.put_letter(letter_to(LAPTOP, 5))
    for number, left in ((4, 5), (6, 6)):
        mailbox.letters[LAPTOP.device] = [letter_to(LAPTOP, number)]
        carry(stick, mailbox)
        (letter,) = stick.fetch_letters(LAPTOP.device)
        assert read_letter_header(letter).number == left


def test_it_says_how_far_it_is_and_can_be_stopped(stick: StickFolder) -> None:
    cancel, seen = Event(), list[Progress]()

    def report(progress: Progress) -> None:
        seen.append(progress)
        if progress.done == 1:
            cancel.set()

    with pytest.raises(CancelledError):
        carry(stick, MemoryMailbox(), report=report, cancel=cancel)
    assert [(each.phase, each.done, each.total) for each in seen if not each.bytes_total] == [("carrying", 0, 3), ("carrying", 1, 3)]
    assert len([each for each in seen if each.bytes_total]) == 1


@pytest.mark.parametrize("error", [StickFullError(), StickProtectedError(folder="stick")])
def test_from_a_full_or_protected_stick_all_batches_reach_the_mailbox_before_it_says_so(
    stick: StickFolder, monkeypatch: pytest.MonkeyPatch, error: KnownError
) -> None:
    def full(_receipt: bytes) -> None:
        raise error

    monkeypatch.setattr(stick, "put_receipt", full)
    mailbox = MemoryMailbox()
    for _again in range(2):
        with pytest.raises(type(error)):
            carry(stick, mailbox)
        assert len(mailbox.batches) == 3
    assert not {"letters", "packs"} & set(mailbox.asked), "what could not be written is not fetched"


def test_with_a_real_mailbox(stick: StickFolder, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("mailbox")
    with closing(MailboxStore(open_database(None, folder / "mailbox.db"))) as store:
        store.put_device_list(1, device_list(entry(LAPTOP), entry(OTHER, "revoked")))
        with (
            running_mailbox(store) as running,
            HttpMailbox(running.url) as mailbox,
            HttpDesk(running.url, signing=CENTRE.desk, clock=running.clock) as desk,
        ):
            carried = carry(stick, mailbox)
            assert (carried.handed_over, carried.receipts) == (2, 2)
            assert [one.code for one in carried.not_taken] == ["revoked_device"]
            desk.put_receipt(receipt_for(FIRST))
            desk.put_letter(letter_to(LAPTOP, 1))
            assert carry(stick, mailbox).receipts == 1
    assert kinds(stick, FIRST) == ["stored", "ingested"]
    assert len(stick.fetch_letters(LAPTOP.device)) == 1
