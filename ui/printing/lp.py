"""Prints through CUPS: ``lp`` reads the pages from standard input, so that no file of ours lies in between."""

from __future__ import annotations

import shutil
import subprocess

from ui.errors import NoPrinterError, PrinterRefusedError, PrinterSilentError

SECONDS_TO_WAIT = 20
EXACT = ("job-sheets=none", "media=A4", "print-scaling=none")  # no cover page; cards keep their size


def list_printers() -> tuple[str, ...]:
    """Return the names of the printers the system knows, its default first; empty where CUPS is missing."""
    if shutil.which("lpstat") is None:
        return ()
    names = _run(["lpstat", "-e"]).decode(errors="replace").split()
    default = _run(["lpstat", "-d"]).decode(errors="replace").rpartition(":")[2].strip()
    return tuple(sorted(names, key=lambda name: (name != default, name)))


def print_pdf(pdf: bytes, printer: str, copies: int, sides: str) -> None:
    """Send ``pdf`` to ``printer`` through standard input.

    Raises:
        NoPrinterError: this system has no ``lp``.
        PrinterRefusedError: the printer did not take it.
        PrinterSilentError: it may have; the printing system did not say.
    """
    if shutil.which("lp") is None or not printer:
        raise NoPrinterError
    command = ["lp", "-d", printer, "-n", str(copies), "-t", "document"]
    for option in (*EXACT, f"sides={sides}"):
        command += ["-o", option]
    try:
        done = subprocess.run([*command, "-"], input=pdf, capture_output=True, timeout=SECONDS_TO_WAIT, check=False)
    except subprocess.TimeoutExpired as error:
        raise PrinterSilentError(printer=printer) from error
    except OSError as error:
        raise PrinterRefusedError(printer=printer) from error
    if done.returncode != 0:
        raise PrinterRefusedError(printer=printer)


def _run(command: list[str]) -> bytes:
    try:
        return subprocess.run(command, capture_output=True, timeout=SECONDS_TO_WAIT, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return b""
