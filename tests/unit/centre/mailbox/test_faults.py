"""What goes wrong at the mailbox itself is a calm answer, and nothing readable lies on its disk."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from outreach_app.centre.mailbox import held_bytes, reading
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.sync.carriers.http import HttpDesk
from outreach_app.sync.errors import MailboxBusyError
from outreach_app.sync.uploads import ONE_REQUEST
from tests.support.mailboxes import RunningMailbox, batch
from tests.support.sync_people import CENTRE

BATCH = batch()


@pytest.fixture
def client(mailbox: RunningMailbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=mailbox.url, trust_env=False, timeout=20) as opened:
        yield opened


@pytest.fixture
def desk(mailbox: RunningMailbox) -> Iterator[HttpDesk]:
    with HttpDesk(mailbox.url, signing=CENTRE.desk, clock=mailbox.clock) as opened:
        yield opened


def code(response: httpx.Response) -> tuple[int, str]:
    assert response.headers["outreach-mailbox"] == "1"
    return response.status_code, response.json()["error"]


def put(client: httpx.Client, data: bytes) -> httpx.Response:
    return client.put(f"/v1/batches/{BATCH.sha512}", content=data)


def test_too_much_at_once_is_told_to_wait(
    client: httpx.Client, desk: HttpDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.put_pack_file("large.bin", bytes(ONE_REQUEST + 1))
    monkeypatch.setattr(reading, "LARGE_AT_A_TIME", 0)
    with pytest.raises(MailboxBusyError):
        desk.put_pack_file("large.bin", bytes(ONE_REQUEST + 1))
    monkeypatch.setattr(held_bytes, "HELD_LIMIT", 1000)
    answer = put(client, BATCH.data)
    assert (code(answer), answer.headers["retry-after"]) == ((503, "busy"), "5")
    monkeypatch.undo()
    assert put(client, BATCH.data).status_code == 200


def test_health_and_unknown_paths(client: httpx.Client) -> None:
    assert client.get("/v1/health").status_code == 204
    assert code(client.get("/v2/anything")) == (404, "no_such_path")
    assert code(client.post("/v1/health")) == (405, "no_such_method")


def test_a_broken_store_is_a_calm_answer(client: httpx.Client, store: MailboxStore, tmp_path) -> None:
    store.close()
    (tmp_path / "mailbox.db").write_bytes(b"no database at all" * 100)
    assert code(client.get("/v1/health")) == (503, "store_unavailable")


def test_a_fault_of_ours_is_a_calm_answer(
    client: httpx.Client, store: MailboxStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault() -> int:
        raise RuntimeError("secret value")

    monkeypatch.setattr(store, "device_list_number", fault)
    answer = client.get("/v1/health")
    assert code(answer) == (500, "fault")
    assert "secret" not in answer.text


def test_nothing_readable_lies_on_the_mailboxes_disk(client: httpx.Client, tmp_path) -> None:
    sealed = batch(lines=(b'{"note":"MARKER-7f3a"}' * 50,))
    assert client.put(f"/v1/batches/{sealed.sha512}", content=sealed.data).status_code == 200
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert sealed.data[:200] in kept
    assert b"MARKER-7f3a" not in kept
