"""Where a passphrase comes from: a descriptor, standard input or a prompt; never arguments or the environment."""

from __future__ import annotations

import os
import sys
from typing import Protocol

import click

from outreach_app.cli.errors import PassphraseMissingError
from outreach_app.i18n import gettext as _

_LIMIT = 4096  # bytes; far above any passphrase


class Way(Protocol):
    """How the global options say the passphrase comes; neither means a prompt."""

    @property
    def passphrase_fd(self) -> int | None:
        """A descriptor to read a line from."""
        ...

    @property
    def passphrase_stdin(self) -> bool:
        """Whether the first line of standard input is the passphrase."""
        ...


def read_passphrase(state: Way, *, prompt: str = "", confirm: bool = False) -> str:
    """Return the passphrase.

    Raises:
        PassphraseMissingError: none came by the way that was named, or there is nobody to ask.
    """
    if state.passphrase_fd is not None:
        return _checked(_from_descriptor(state.passphrase_fd))
    if state.passphrase_stdin:
        return _checked(sys.stdin.buffer.readline(_LIMIT))
    if not sys.stdin.isatty():
        raise PassphraseMissingError
    typed: str = click.prompt(prompt or _("Passphrase"), hide_input=True, confirmation_prompt=confirm, err=True)
    return typed


def read_new_passphrase(state: Way) -> str:
    """Return a passphrase that is to be set: the next line the way the first one came, or typed twice.

    Raises:
        PassphraseMissingError: see ``read_passphrase``.
    """
    return read_passphrase(state, prompt=_("New passphrase"), confirm=True)


def _from_descriptor(number: int) -> bytes:
    try:
        with os.fdopen(os.dup(number), "rb", buffering=0) as stream:  # what comes after the line is not ours to take
            return stream.readline(_LIMIT)
    except (OSError, ValueError) as error:
        raise PassphraseMissingError from error


def _checked(line: bytes) -> str:
    try:
        passphrase = line.decode().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise PassphraseMissingError from error
    if not passphrase:
        raise PassphraseMissingError
    return passphrase
