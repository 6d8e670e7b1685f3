"""The mailbox's log as JSON lines: time, level, code and harmless values; of libraries only that they spoke.

What ``outreach_app.logs`` lets through is written. A line of a library could hold anything: an address, a path with an
id, a value in an error; so nothing of it is taken over but its logger's name and the type of its error.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from outreach_app import logs
from outreach_app.centre.mailbox.watching import Exchange
from outreach_app.wire.strict import write_json

_log = logging.getLogger(__name__)


class JsonLines(logging.Formatter):
    """One JSON object a record."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        code = getattr(record, "outreach_code", "other")
        values = getattr(record, "outreach_values", None) or _of_others(record)
        start = {"time": at.replace("+00:00", "Z"), "level": record.levelname.lower(), "code": code}
        return write_json({**values, **start}).decode()


@contextmanager
def json_logs(level: int = logging.INFO) -> Iterator[None]:
    """Send everything that is logged to standard error as JSON lines, until the end of the block."""
    root = logging.getLogger()
    before, level_before = root.handlers[:], root.level
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root.handlers[:] = [handler]
    root.setLevel(level)
    try:
        yield
    finally:
        root.handlers[:] = before
        root.setLevel(level_before)


def log_exchange(exchange: Exchange) -> None:
    """Write the line of one request: route template and numbers; never a path with ids, never an address."""
    logs.event(
        _log, "answered", method=logs.Literal(exchange.method), route=logs.Literal(exchange.route),
        status=exchange.status, refusal=logs.Literal(exchange.refusal), seconds=round(exchange.seconds, 4),
        received=exchange.received, sent=exchange.sent,
    )  # fmt: skip


def _of_others(record: logging.LogRecord) -> dict[str, str]:
    if hasattr(record, "outreach_code"):
        return {}
    error = record.exc_info[0] if record.exc_info else None
    return {"logger": record.name, "error": error.__name__ if error else ""}
