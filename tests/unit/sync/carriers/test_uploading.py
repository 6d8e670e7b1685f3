"""Large batches in chunks, against the real mailbox: whatever is cut, at most one chunk is sent again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from outreach_app.centre.mailbox.database import open_database
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.errors import CancelledError
from outreach_app.sync.carriers.carrier import going_on
from outreach_app.sync.carriers.http import HttpMailbox
from outreach_app.sync.carriers.line import Answer, MailboxLine
from outreach_app.sync.carriers.uploading import Upload
from outreach_app.sync.errors import (
    DeviceNotAcceptedError,
    LineCutError,
    MailboxRefusedError,
    NotInMailboxError,
    NotTheMailboxError,
    UploadsWaitingError,
)
from outreach_app.sync.framing import write_base64
from outreach_app.sync.sealing import SealedBatch
from outreach_app.sync.uploads import CHUNK, ONE_REQUEST, UPLOAD_HEADER, chunks_of, write_bitmap
from outreach_app.wire.mailbox_config import UploadState
from outreach_app.wire.strict import write_json
from tests.support.mailboxes import RunningMailbox, batch, device_list, entry, running_mailbox
from tests.support.sync_people import LAPTOP

CHUNKS = 5
TOKEN = "0123456789abcdef" * 2
Step = Callable[[str, str], None]


def large(seq: int = 1) -> SealedBatch:
    """A batch of five chunks."""
    made = batch(seq, lines=tuple(b'{"id":"%s"}' % os.urandom(290_000).hex().encode() for _ in range(4)))
    assert chunks_of(len(made.data)) == CHUNKS
    assert len(made.data) > ONE_REQUEST
    return made


BATCH = large()


@pytest.fixture(scope="module")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningMailbox]:
    folder = tmp_path_factory.mktemp("mailbox")
    with closing(MailboxStore(open_database(None, Path(folder) / "mailbox.db"))) as store:
        store.put_device_list(1, device_list(entry(LAPTOP)))
        with running_mailbox(store) as running:
            yield running


class CuttingLine(MailboxLine):
    """A line that is cut at one of its requests, before the mailbox has it or after."""

    def __init__(self, url: str, at: int, *, arrives: bool) -> None:
        super().__init__(url)
        self.asked: list[tuple[str, str]] = []
        self._at = at
        self._arrives = arrives

    def ask(
        self, method: str, target: str, *, limit: int, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        self.asked.append((method, target.rpartition("/")[2]))
        if len(self.asked) - 1 != self._at:
            return super().ask(method, target, limit=limit, body=body, headers=headers)
        if self._arrives:
            super().ask(method, target, limit=limit, body=body, headers=headers)
        raise LineCutError

    def chunks(self) -> list[int]:
        return [int(name) for method, name in self.asked if method == "PUT" and len(name) < 128]


@pytest.mark.parametrize("arrives", [False, True])
@pytest.mark.parametrize("at", [0, 1, 3, CHUNKS, CHUNKS + 1])  # opening, chunks, commit
def test_cut_at_any_request_it_goes_on_with_at_most_one_chunk_again(
    mailbox: RunningMailbox, at: int, arrives: bool
) -> None:
    sealed = large(100 + 2 * at + arrives)
    with CuttingLine(mailbox.url, at, arrives=arrives) as cut, pytest.raises(LineCutError):
        Upload(cut, sealed.sha512, sealed.data, going_on).run()
    with CuttingLine(mailbox.url, -1, arrives=True) as again:  # another program, that knows nothing of the first
        receipt = Upload(again, sealed.sha512, sealed.data, going_on).run()
    assert len(cut.chunks() + again.chunks()) <= CHUNKS + 1
    assert set(cut.chunks() + again.chunks()) == set(range(CHUNKS))
    with HttpMailbox(mailbox.url) as laptop:
        assert laptop.fetch_receipts(sealed.sha512) == (receipt,)
        assert laptop.put_batch(sealed.data) == receipt


def test_it_says_how_far_it_is_and_can_be_stopped_between_chunks(mailbox: RunningMailbox) -> None:
    sealed, seen = large(2), list[tuple[int, int]]()

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 2 * CHUNK:
            raise CancelledError

    with HttpMailbox(mailbox.url) as laptop:
        with pytest.raises(CancelledError):
            laptop.put_batch(sealed.data, stop)
        assert seen == [(index * CHUNK, len(sealed.data)) for index in range(3)]
        seen.clear()
        laptop.put_batch(sealed.data, lambda done, total: seen.append((done, total)))
    assert seen == [(index * CHUNK, len(sealed.data)) for index in range(2, CHUNKS)]


def test_a_usual_week_goes_in_one_request(mailbox: RunningMailbox) -> None:
    with HttpMailbox(mailbox.url) as laptop:
        seen = list[int]()
        assert laptop.put_batch(batch(3).data, lambda done, _total: seen.append(done))
    assert seen == []


class SpoilingLine(MailboxLine):
    """Spoils the first chunk, some times."""

    def __init__(self, url: str, times: int) -> None:
        super().__init__(url)
        self.times = times

    def ask(
        self, method: str, target: str, *, limit: int, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        if target.endswith("/0") and self.times:
            self.times -= 1
            body = bytes([body[0] ^ 1]) + body[1:]
        return super().ask(method, target, limit=limit, body=body, headers=headers)


def test_chunks_that_do_not_make_the_batch_are_sent_anew_once(mailbox: RunningMailbox) -> None:
    sealed = large(4)
    with SpoilingLine(mailbox.url, 2) as line:
        with pytest.raises(MailboxRefusedError, match="wrong_hash"):
            Upload(line, sealed.sha512, sealed.data, going_on).run()
        line.times = 1
        assert Upload(line, sealed.sha512, sealed.data, going_on).run()


def state(missing: bytes = write_bitmap(range(CHUNKS), CHUNKS), **changes: object) -> bytes:
    values: dict[str, object] = {"size": len(BATCH.data), "chunk": CHUNK, "missing": write_base64(missing), "token": TOKEN}
    return write_json(UploadState(**values | changes))  # type: ignore[arg-type]  # wrong ones on purpose


class ScriptedLine:
    """Answers openings with the same words, and lets each step fail as told."""

    def __init__(self, opening: bytes = state(), fail: Step = lambda _method, _name: None) -> None:
        self.opening = opening
        self.fail = fail
        self.asked: list[str] = []

    def ask(
        self, method: str, target: str, *, limit: int, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        name = target.rpartition("/")[2]
        self.asked.append(f"{method} {name[:6]}")
        self.fail(method, name)
        assert limit
        assert (headers == {UPLOAD_HEADER: TOKEN}) == (not body.startswith(b"outreach-upload/1"))
        return Answer(200, self.opening if body.startswith(b"outreach-upload/1") else b"receipt")

    def run(self) -> bytes:
        return Upload(self, BATCH.sha512, BATCH.data, going_on).run()  # type: ignore[arg-type]  # a line is a line


@pytest.mark.parametrize(
    "opening",
    [
        b"", b"{}", state(size=len(BATCH.data) - 1), state(chunk=CHUNK * 2), state().replace(b'"missing":"', b'"missing":"?'), state(b"\x00\x00"),
        state(b"\xff"), b'{"chunk":262144,"missing":"","size":1,"x":1}', b"x" * 5000,
    ],
    ids=["nothing", "empty", "size", "chunk", "base64", "short", "beyond", "more", "long"],
)  # fmt: skip
def test_an_answer_that_fits_no_upload_comes_from_somebody_else(opening: bytes) -> None:
    line = ScriptedLine(opening)
    with pytest.raises(NotTheMailboxError):
        line.run()
    assert len(line.asked) == 1, "nothing of the batch was sent"


def test_what_the_mailbox_has_already_is_only_committed() -> None:
    line = ScriptedLine(state(b""))
    assert line.run() == b"receipt"
    assert line.asked == [f"PUT {BATCH.sha512[:6]}", "POST commit"]


@pytest.mark.parametrize(
    "error", [NotInMailboxError(), MailboxRefusedError(code="wrong_hash"), MailboxRefusedError(code="incomplete"), MailboxRefusedError(code="wrong_token")]
)
def test_an_upload_that_ran_out_of_time_is_opened_anew_once(error: Exception) -> None:
    left = [error]

    def fail(_method: str, name: str) -> None:
        if name == "commit" and left:
            raise left.pop()

    line = ScriptedLine(fail=fail)
    assert line.run() == b"receipt"
    assert line.asked.count("POST commit") == 2
    left += [error, error]
    with pytest.raises(type(error)):
        line.run()


@pytest.mark.parametrize(
    "error",
    [DeviceNotAcceptedError(code="revoked_device"), UploadsWaitingError(), MailboxRefusedError(code="wrong_chunk")],
)
def test_other_refusals_end_it_at_once(error: Exception) -> None:
    def fail(_method: str, name: str) -> None:
        if name == "3":
            raise error

    line = ScriptedLine(fail=fail)
    with pytest.raises(type(error)):
        line.run()
    assert [step for step in line.asked if step.startswith("PUT 3")] == ["PUT 3"]
