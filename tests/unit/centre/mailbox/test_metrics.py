"""Figures for Prometheus: what was asked and refused, what lies in the store; readable on this machine only."""

from __future__ import annotations

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from outreach_app.centre.mailbox.errors import PortTakenError
from outreach_app.centre.mailbox.metrics import Metrics, metrics_listener
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.centre.mailbox.watching import Exchange
from tests.support.mailboxes import Uploading, batch, device_list, entry, large_batch, running_mailbox
from tests.support.sync_people import LAPTOP


def figures(address: str) -> dict[tuple[str, ...], float]:
    text = httpx.get(address, trust_env=False).text
    return {
        (sample.name.removeprefix("outreach_mailbox_"), *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_what_a_worker_did_and_what_lies_there(store: MailboxStore) -> None:
    store.put_device_list(1, device_list(entry(LAPTOP)))
    metrics = Metrics(store)
    small, large = batch(), large_batch(2)
    with (
        metrics_listener(metrics, 0) as address,
        running_mailbox(store, seen=metrics.count) as running,
        httpx.Client(base_url=running.url, trust_env=False, timeout=20) as client,
    ):
        assert address.startswith("http://127.0.0.1:")
        for _ in range(2):
            client.put(f"/v1/batches/{small.sha512}", content=small.data)
        client.get(f"/v1/receipts/{'a' * 128}")
        Uploading(client, large).open()
        first = figures(address)
        Uploading(client, large).send()
        second = figures(address)
    route = "/v1/batches/{sha512}"
    assert first["requests_total", "/v1/batches/{sha512}", "200", "PUT"] == 2
    assert first["requests_total", "/v1/receipts/{sha512}", "404", "GET"] == 1
    assert first["request_seconds_count", route, "PUT"] == 2
    assert first["refusals_total", "not_found"] == 1
    assert first["received_bytes_total",] >= 2 * len(small.data)
    assert (first["stored_batches",], first["stored_bytes",], first["uploads_in_progress",]) == (1, len(small.data), 1)
    both = len(small.data) + len(large.data)
    assert (second["stored_batches",], second["stored_bytes",], second["uploads_in_progress",]) == (2, both, 0)
    assert (second["database_up",], second["database_errors_total",]) == (1, 0)


def test_a_database_that_does_not_answer_is_a_figure(store: MailboxStore, tmp_path: Path) -> None:
    metrics = Metrics(store)
    store.close()
    (tmp_path / "mailbox.db").write_bytes(b"no database at all" * 100)
    metrics.count(Exchange("GET", "/v1/health", 503, "store_unavailable", 0.1, 0, 0))
    with metrics_listener(metrics, 0) as address:
        assert figures(address)["database_up",] == 0
        found = figures(address)
    assert found["database_errors_total",] >= 2
    assert ("stored_batches",) not in found


def test_two_who_ask_at_once_count_each_batch_once(store: MailboxStore, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = batch()
    store.put_batch(sealed.sha512, sealed.header, sealed.data, at="2026-03-02T20:00:00Z", issue=lambda _state: b"yes")
    metrics, both, measure = Metrics(store), threading.Barrier(2, timeout=20), store.measure_batches

    def measure_together(after: int) -> tuple[int, int]:
        found = measure(after)
        both.wait()
        return found

    monkeypatch.setattr(store, "measure_batches", measure_together)
    with metrics_listener(metrics, 0) as address, ThreadPoolExecutor(2) as two:
        list(two.map(figures, [address] * 2))
        found = next(two.map(figures, [address] * 2))
    assert (found["stored_batches",], found["stored_bytes",]) == (1, len(sealed.data))


@pytest.mark.parametrize("port", [None, 70_000])
def test_a_port_that_cannot_be_used(store: MailboxStore, port: int | None) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        chosen = port or taken.getsockname()[1]
        with pytest.raises(PortTakenError), metrics_listener(Metrics(store), chosen):
            pass


def test_the_listener_ends_with_its_block(store: MailboxStore) -> None:
    with metrics_listener(Metrics(store), 0) as address:
        assert figures(address)
    with pytest.raises(httpx.ConnectError):
        httpx.get(address, trust_env=False)
