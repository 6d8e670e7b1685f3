"""How many requests an address may make, and which address that is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from outreach_app.centre.mailbox.rates import RequestRates, network_of
from outreach_app.centre.mailbox.server import Door
from outreach_app.centre.mailbox.store import MailboxStore
from tests.support.mailboxes import RunningMailbox, batch, device_list, entry, running_mailbox
from tests.support.sync_people import LAPTOP


@pytest.fixture
def narrow_mailbox(store: MailboxStore) -> Iterator[RunningMailbox]:
    store.put_device_list(1, device_list(entry(LAPTOP)))
    with running_mailbox(store, door=Door(requests_per_minute=3)) as running:
        yield running


def test_who_asks_too_often_is_told_when_to_come_back(narrow_mailbox: RunningMailbox, store: MailboxStore) -> None:
    with httpx.Client(base_url=narrow_mailbox.url, trust_env=False, timeout=20) as client:
        assert [client.get("/v1/health").status_code for _ in range(3)] == [204] * 3
        sealed = batch()
        answer = client.put(f"/v1/batches/{sealed.sha512}", content=sealed.data)
    assert (answer.status_code, answer.json()) == (429, {"error": "too_many_requests"})
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert answer.headers["outreach-mailbox"] == "1"
    assert store.list_batches(0) == ()


def test_each_address_has_a_count_of_its_own() -> None:
    assert asyncio.run(statuses(["10.0.0.1", "10.0.0.1", "10.0.0.2", "10.0.0.1"], per_minute=2)) == [200, 200, 200, 429]


async def statuses(addresses: list[str], per_minute: int) -> list[int]:
    async def app(_scope, _receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    rates = RequestRates(app, per_minute)
    seen: list[int] = []

    async def send(message) -> None:
        if message["type"] == "http.response.start":
            seen.append(message["status"])

    for address in addresses:
        scope = {"type": "http", "client": (address, 1), "headers": [], "method": "GET", "path": "/"}
        await rates(scope, None, send)
    return seen


@pytest.mark.parametrize(
    ("client", "header", "behind_proxy", "expected"),
    [
        (("192.0.2.7", 1), None, False, "192.0.2.7"),
        (("192.0.2.7", 1), b"198.51.100.1", False, "192.0.2.7"),
        (("127.0.0.1", 1), b"198.51.100.1", True, "198.51.100.1"),
        (("127.0.0.1", 1), b"10.9.9.9, 198.51.100.1", True, "198.51.100.1"),
        (("127.0.0.1", 1), b"nonsense", True, "unknown"),
        (("127.0.0.1", 1), None, True, "127.0.0.1"),
        (("2001:db8:1:2:aaaa::1", 1), None, False, "2001:db8:1:2::/64"),
        (("::ffff:192.0.2.7", 1), None, False, "192.0.2.7"),
        (None, None, False, "unknown"),
    ],
)
def test_which_address_counts(
    client: tuple[str, int] | None, header: bytes | None, behind_proxy: bool, expected: str
) -> None:
    headers = [(b"host", b"x")] + ([(b"x-forwarded-for", header)] if header else [])
    assert network_of({"client": client, "headers": headers}, behind_proxy=behind_proxy) == expected
