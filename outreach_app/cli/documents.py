"""Requests and replies as files: as they are, or as numbered lines of text that any scanner of QR codes reads."""

from __future__ import annotations

from pathlib import Path


def read_either(name: str) -> bytes:
    """Return the document in a file, or on standard input for ``-``, whichever form it has.

    Raises:
        FileMissingError: it cannot be read.
        TextPartDamagedError, TextPartsMissingError, TextPartsMixedError: lines that were not read rightly.
    """
    from outreach_app.cli.files import read_untrusted
    from outreach_app.sync.text_parts import read_document

    return read_document(read_untrusted(name))


def write_either(file: Path, document: bytes, *, texts: bool) -> None:
    """Write a document as it is, or as numbered lines.

    Raises:
        DiskFullError, FolderNotWritableError: nothing half-written stays.
    """
    from outreach_app.cli.files import write_file
    from outreach_app.sync.text_parts import split

    write_file(file, ("\n".join(split(document)) + "\n").encode() if texts else document)
