"""Figures for Prometheus, on a listener of their own that only this machine reaches. They hold no ids, no addresses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from outreach_app.centre.mailbox.errors import PortTakenError
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.centre.mailbox.watching import Exchange

METRICS_HOST = "127.0.0.1"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_NAME = "outreach_mailbox"


class Metrics:
    """Counts what one worker does; what lies in the store is looked up when it is asked for."""

    def __init__(self, store: MailboxStore) -> None:
        self.registry = CollectorRegistry()
        self._requests = self._counter("requests", "Requests answered.", "method", "route", "status")
        self._refusals = self._counter("refusals", "Requests refused.", "code")
        self._received = self._counter("received_bytes", "Bytes of bodies received.")
        self._sent = self._counter("sent_bytes", "Bytes of bodies sent.")
        self.database_errors = self._counter("database_errors", "Times the database did not do what was asked.")
        self._seconds = Histogram(
            f"{_NAME}_request_seconds", "Seconds for a request and its answer.", ["method", "route"],
            buckets=_SECONDS, registry=self.registry,
        )  # fmt: skip
        self.registry.register(_StoreCollector(store, self.database_errors))
        ProcessCollector(registry=self.registry)

    def count(self, exchange: Exchange) -> None:
        """Count one request that is over."""
        self._requests.labels(exchange.method, exchange.route, str(exchange.status)).inc()
        self._seconds.labels(exchange.method, exchange.route).observe(exchange.seconds)
        self._received.inc(exchange.received)
        self._sent.inc(exchange.sent)
        if exchange.refusal:
            self._refusals.labels(exchange.refusal).inc()
        if exchange.refusal == "store_unavailable":
            self.database_errors.inc()

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(f"{_NAME}_{name}", text, labels, registry=self.registry)


class _StoreCollector(Collector):
    """What lies in the store. Sizes of batches are added up once: a stored batch never changes.

    Two may ask at once, each in a thread of its own: both count on from the same sum and replace it whole.
    """

    def __init__(self, store: MailboxStore, errors: Counter) -> None:
        self._store = store
        self._errors = errors
        self._counted = (0, 0)  # batches, their bytes

    def collect(self) -> Iterator[GaugeMetricFamily]:
        batches, size = self._counted
        try:
            more, more_size = self._store.measure_batches(batches)
            uploads = self._store.uploads.count_uploads()
            second = [not self._store.standby_problem()] if self._store.require_standby else []
        except SQLAlchemyError:
            self._errors.inc()
            yield GaugeMetricFamily(f"{_NAME}_database_up", "Whether the database answers.", 0)
            return
        batches, size = self._counted = (batches + more, size + more_size)
        yield GaugeMetricFamily(f"{_NAME}_database_up", "Whether the database answers.", 1)
        yield GaugeMetricFamily(f"{_NAME}_stored_batches", "Batches in the store.", batches)
        yield GaugeMetricFamily(f"{_NAME}_stored_bytes", "Bytes of the batches in the store.", size)
        yield GaugeMetricFamily(f"{_NAME}_uploads_in_progress", "Large batches that are being sent.", uploads)
        for is_up in second:
            yield GaugeMetricFamily(f"{_NAME}_standby_up", "Whether a second node is in step.", is_up)


@contextmanager
def metrics_listener(metrics: Metrics, port: int) -> Iterator[str]:
    """Serve the figures at ``/metrics`` on this machine until the end of the block; give the address.

    Raises:
        PortTakenError: the port is in use.
    """
    try:
        server, thread = start_http_server(port, METRICS_HOST, metrics.registry)
    except (OSError, OverflowError) as error:
        raise PortTakenError(host=METRICS_HOST, port=port, reason=type(error).__name__) from error
    try:
        yield f"http://{METRICS_HOST}:{server.server_port}/metrics"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
