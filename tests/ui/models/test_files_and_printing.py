"""Files a worker chose and printers there may be: what goes wrong is one calm sentence."""

from __future__ import annotations

import errno
import os

import pytest

from outreach_app.errors import DiskFullError, FileMissingError, FolderNotWritableError
from ui import printing
from ui.errors import NoPrinterError, PrinterRefusedError, PrinterSilentError
from ui.models.files import MOST_BYTES, read_small_file, write_file
from ui.printing import lp


def test_a_file_is_read_with_a_limit(tmp_path):
    file = tmp_path / "reply"
    file.write_bytes(b"x" * (MOST_BYTES + 5))
    assert len(read_small_file(file)) == MOST_BYTES + 1
    with pytest.raises(FileMissingError):
        read_small_file(tmp_path / "gone")


def test_a_full_disk_and_a_closed_folder_are_told_apart(tmp_path, monkeypatch):
    assert write_file(b"pdf", tmp_path / "a.pdf").read_bytes() == b"pdf"
    with pytest.raises(FolderNotWritableError):
        write_file(b"pdf", tmp_path / "gone" / "a.pdf")

    def full(_number):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFullError):
        write_file(b"pdf", tmp_path / "b.pdf")


def test_without_a_printing_system_there_are_no_printers(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert printing.list_printers() == ()
    with pytest.raises(NoPrinterError):
        printing.print_pdf(b"pdf", "any")


def test_a_printer_that_never_answers_is_given_up(tmp_path, monkeypatch):
    for name in ("lp", "lpstat"):
        file = tmp_path / name
        file.write_text("#!/bin/sh\nexec sleep 5\n")
        file.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(lp, "SECONDS_TO_WAIT", 0.2)
    assert printing.list_printers() == ()
    with pytest.raises(PrinterSilentError, match=r"Van.*Look whether it printed"):
        printing.print_pdf(b"pdf", "Van")
    (tmp_path / "lp").write_text("no program at all")
    with pytest.raises(PrinterRefusedError, match="Van"):
        printing.print_pdf(b"pdf", "Van")
