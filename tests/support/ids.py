"""Ids that count, so that a failing test reads the same every time."""

from __future__ import annotations


class CountingIds:
    """Hands out 32-digit hexadecimal ids: ...01, ...02, and so on."""

    def __init__(self, prefix: int = 0) -> None:
        self._count = prefix << 64

    def new_id(self) -> str:
        self._count += 1
        return f"{self._count:032x}"
