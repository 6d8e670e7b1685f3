"""Random ids of 128 bits, made on the laptop, so that nothing ever has to be asked for a number."""

from __future__ import annotations

import os
import re
from typing import Protocol

_ID = re.compile(r"[0-9a-f]{32}")


class IdSource(Protocol):
    """Where new ids come from; tests hand in one that counts."""

    def new_id(self) -> str:
        """Return 32 lower-case hexadecimal digits that were never given out before."""
        ...


class RandomIds:
    """Ids from the system's random source."""

    def new_id(self) -> str:
        return os.urandom(16).hex()  # what ``secrets`` gives, without loading all of OpenSSL before the first page


def is_id(text: str) -> bool:
    """Tell whether ``text`` has the form of an id."""
    return _ID.fullmatch(text) is not None
