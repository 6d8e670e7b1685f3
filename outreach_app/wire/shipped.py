"""Reads a shipped resource, or the file of the content in use in its place; it is checked like any from outside."""

from __future__ import annotations

from outreach_app.content import read_content
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


def read_current(name: str) -> bytes:
    """Return the bytes of ``name`` from the content in use: the centre's pack, or what is shipped.

    Raises:
        FileMissingError: the installation is damaged.
    """
    try:
        return read_content(name)
    except OSError as error:
        raise FileMissingError(file=name) from error
