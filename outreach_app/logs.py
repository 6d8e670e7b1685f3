"""Log lines carry codes and counts, never values: what is written here may be read by anyone.

Use ``logs.event(log, "batch_sealed", records=14)``. The code is a literal of the program; a value may be a number, a
boolean or a ``Literal``; everything else is replaced by its type's name, for even a short lower-case word may be
somebody's name. A record also carries ``outreach_code`` and ``outreach_values``, for lines of another form.
"""

from __future__ import annotations

import logging
import re
import sys

_FOLDERS = re.compile(r".*[/\\]", re.DOTALL)


class Literal(str):
    """A word that stands in the program's own code, never in data: it may be shown."""

    __slots__ = ()


def event(log: logging.Logger, code: str, level: int = logging.INFO, **values: object) -> None:
    """Write one event: its code and harmless values."""
    harmless = {name: _harmless(value) for name, value in values.items()}
    shown = " ".join(f"{name}={value}" for name, value in harmless.items())
    log.log(level, "%s %s", code, shown, extra={"outreach_code": code, "outreach_values": harmless})


def bug(log: logging.Logger, error: BaseException) -> None:
    """Write where a bug happened: error type, files and lines; no message, no values and no folders."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{_FOLDERS.sub('', code.co_filename)}:{trace.tb_lineno}:{code.co_name}")
        trace = trace.tb_next
    kind, at = type(error).__name__, " ".join(places)
    extra = {"outreach_code": "bug", "outreach_values": {"type": kind, "at": at}}
    log.error("bug type=%s at=%s", kind, at, extra=extra)


def start(level: int = logging.WARNING) -> None:
    """Send log lines to standard error."""
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    for noisy in ("httpx", "httpcore", "alembic", "uvicorn.access", "tuf", "securesystemslib"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _harmless(value: object) -> bool | int | float | str:
    if isinstance(value, Literal):
        return str(value)
    return value if isinstance(value, bool | int | float) else f"<{type(value).__name__}>"
