"""Reading what a command was given and printing what it answers."""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path

import click

from outreach_app.errors import NO_SPACE, DiskFullError, FileMissingError, FolderNotWritableError
from outreach_app.vault.safe_files import sync_folder
from outreach_app.wire.strict import DEFAULT_LIMIT, write_json


def read_untrusted(name: str, limit: int = DEFAULT_LIMIT) -> bytes:
    """Return at most ``limit`` + 1 bytes of a file, or of standard input for ``-``; the reader refuses what is more.

    Raises:
        FileMissingError: it is not there or cannot be read.
    """
    if name == "-":
        return sys.stdin.buffer.read(limit + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise FileMissingError(file=Path(name).name) from error


def write_file(path: Path, data: bytes) -> None:
    """Write a file that the worker asked for: all of it or nothing; what was there before stays until then.

    When this returns it lies on the disk or stick, which may then be pulled out: a slot may ask for a key file at once.

    Raises:
        DiskFullError, FolderNotWritableError: nothing half-written stays.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe or a device, such as /dev/stdout
            path.write_bytes(data)
        else:
            _replace(path, data)
    except OSError as error:
        if error.errno in NO_SPACE:
            raise DiskFullError from error
        raise FolderNotWritableError(folder=path.parent) from error


def _replace(path: Path, data: bytes) -> None:
    new = path.with_name(f".{secrets.token_hex(8)}.new")
    try:
        with new.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(path)
        with suppress(OSError):  # not every stick can
            sync_folder(path.parent)
    finally:
        with suppress(OSError):  # gone already when it was renamed
            new.unlink()


def print_json(value: object) -> None:
    """Print one JSON value on one line.

    Raises:
        DiskFullError: standard output is a file and the disk is full.
    """
    try:
        click.echo(write_json(value))
    except OSError as error:
        if error.errno in NO_SPACE:
            raise DiskFullError from error
        raise
