"""Prints by drawing pages on Qt's printer, for systems without ``lp``; their spool keeps what it wants."""

from __future__ import annotations

from contextlib import closing

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from ui.errors import NoPrinterError, PrinterRefusedError
from ui.printing.pdf_pages import PdfPages

DOTS_PER_INCH = 300
POINTS_PER_INCH = 72


def list_printers() -> tuple[str, ...]:
    """Return the names of the printers the system knows, its default first."""
    default = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != default, name)))


def print_pdf(pdf: bytes, printer: str, copies: int, sides: str) -> None:
    """Draw the pages on the printer of this name.

    Raises:
        NoPrinterError: there is no printer of this name.
        PrinterRefusedError: it did not take the pages.
    """
    known = QPrinterInfo.printerInfo(printer)
    if known.isNull():
        raise NoPrinterError
    device = QPrinter(known, QPrinter.PrinterMode.HighResolution)
    device.setCopyCount(copies)
    draw_on(device, pdf, two_sided=sides != "one-sided")


def draw_on(device: QPrinter, pdf: bytes, *, two_sided: bool) -> None:
    """Draw every page of ``pdf``, A4 upright, in its true size on ``device``; raises PrinterRefusedError."""
    duplex = QPrinter.DuplexMode.DuplexLongSide if two_sided else QPrinter.DuplexMode.DuplexNone
    device.setDocName("document")
    device.setResolution(DOTS_PER_INCH)
    device.setDuplex(duplex)
    device.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
    )
    device.setFullPage(True)
    painter = QPainter()
    if not painter.begin(device):
        raise PrinterRefusedError(printer=device.printerName())
    with closing(PdfPages(pdf)) as pages:
        drawn = all(_draw(device, painter, pages, number) for number in range(len(pages)))
    if not painter.end() or not drawn or device.printerState() == QPrinter.PrinterState.Error:
        raise PrinterRefusedError(printer=device.printerName())


def _draw(device: QPrinter, painter: QPainter, pages: PdfPages, number: int) -> bool:
    if number and not device.newPage():
        return False
    width, height = pages.size(number)
    scale = device.resolution() / POINTS_PER_INCH
    painter.drawImage(QRectF(0, 0, width * scale, height * scale), pages.draw(number, scale))
    return True
