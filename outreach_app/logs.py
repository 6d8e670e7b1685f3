"""Log lines carry codes and counts, never values: what is written here may be read by anyone.

Use ``logs.event(log, "batch_sealed", records=14)``. The code is a literal of the program; a value may be a number or a
boolean; everything else is replaced by its type's name, for even a short lower-case word may be somebody's name.
"""

from __future__ import annotations

import logging
import re
import sys

_FOLDERS = re.compile(r".*[/\\]", re.DOTALL)


def event(log: logging.Logger, code: str, level: int = logging.INFO, **values: object) -> None:
    """Write one event: its code and harmless values."""
    shown = " ".join(f"{name}={_harmless(value)}" for name, value in values.items())
    log.log(level, "%s %s", code, shown)


def bug(log: logging.Logger, error: BaseException) -> None:
    """Write where a bug happened: error type, files and lines; no message, no values and no folders."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{_FOLDERS.sub('', code.co_filename)}:{trace.tb_lineno}:{code.co_name}")
        trace = trace.tb_next
    log.error("bug type=%s at=%s", type(error).__name__, " ".join(places))


def start(level: int = logging.WARNING) -> None:
    """Send log lines to standard error."""
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    for noisy in ("httpx", "httpcore", "alembic", "uvicorn.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _harmless(value: object) -> str:
    return str(value) if isinstance(value, bool | int | float) else f"<{type(value).__name__}>"
