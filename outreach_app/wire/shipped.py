"""Reads one file of the shipped ``resources`` folder; what it holds is still checked like anything from outside."""

from __future__ import annotations

from outreach_app.errors import FileMissingError
from outreach_app.paths import shipped_folder


def read_shipped(name: str) -> bytes:
    """Return the bytes of ``name``, a path inside ``resources`` with forward slashes.

    Raises:
        FileMissingError: the installation is damaged.
    """
    try:
        return (shipped_folder("resources") / name).read_bytes()
    except OSError as error:
        raise FileMissingError(file=name) from error
