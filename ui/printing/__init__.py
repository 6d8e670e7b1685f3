"""Hands pages to a printer from memory, so that no file of ours stays on the laptop.

Through ``lp`` where there is a CUPS; by drawing on Qt's printer on Windows and macOS, whose own spool we cannot avoid.
"""

from __future__ import annotations

import importlib
import sys
from typing import Protocol

__all__ = ["list_printers", "print_pdf"]

ONE_SIDED = "one-sided"
DRAWING_SYSTEMS = ("win32", "darwin")


class _Way(Protocol):
    """What each way of printing offers."""

    def list_printers(self) -> tuple[str, ...]: ...

    def print_pdf(self, pdf: bytes, printer: str, copies: int, sides: str) -> None: ...


def list_printers() -> tuple[str, ...]:
    """Return the names of the printers the system knows, its default first."""
    return _way().list_printers()


def print_pdf(pdf: bytes, printer: str, copies: int = 1, sides: str = ONE_SIDED) -> None:
    """Print ``pdf``, pages of A4, on ``printer``; ``sides`` as CUPS calls them; the title of the job says nothing.

    Raises:
        NoPrinterError: there is no printing system here.
        PrinterRefusedError: the printer did not take it.
        PrinterSilentError: nobody knows whether it did.
    """
    _way().print_pdf(pdf, printer, copies, sides)


def _way() -> _Way:
    name = "ui.printing.drawn" if sys.platform in DRAWING_SYSTEMS else "ui.printing.lp"
    way: _Way = importlib.import_module(name)
    return way
