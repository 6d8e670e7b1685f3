"""Printing where there is no ``lp``: pages are drawn on Qt's printer in their true size, here into a file."""

from __future__ import annotations

import sys
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from outreach_app.leaflets.jobs import make_job
from outreach_app.leaflets.requests import LeafletRequest, Order
from ui import printing
from ui.errors import NoPrinterError, PrinterRefusedError
from ui.printing import drawn
from ui.printing.pdf_pages import PdfPages

A4 = (595.0, 842.0)  # points


@pytest.fixture(scope="module")
def job():
    orders = [Order(LeafletRequest("where_to_get_help", code, "wallet"), 10) for code in ("th", "ar")]
    return make_job(orders, date(2026, 10, 3))


def printer_into(file, name=""):
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(file))
    return device


def greys(image):
    """Return a page as a coarse grid of lightness."""
    small = image.scaled(30, 42, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return [small.pixelColor(x, y).lightness() for x in range(30) for y in range(42)]


@pytest.fixture(autouse=True)
def coarse(monkeypatch):
    monkeypatch.setattr(drawn, "DOTS_PER_INCH", 96)


def test_every_page_is_drawn_upright_in_its_true_size(qapp, tmp_path, job):
    file = tmp_path / "printed.pdf"
    drawn.draw_on(printer_into(file), job.pdf, two_sided=False)
    told, came = PdfPages(job.pdf), PdfPages(file.read_bytes())
    assert len(came) == len(told) == 2
    for page in range(2):
        assert came.size(page) == pytest.approx(A4, abs=1.0)
        assert greys(came.draw(page, 1.0)) == pytest.approx(greys(told.draw(page, 1.0)), abs=16)
    told.close()
    came.close()


def test_both_sides_and_a_title_that_says_nothing(qapp, tmp_path, job, monkeypatch):
    device, told = printer_into(tmp_path / "printed.pdf"), []
    monkeypatch.setattr(device, "setDuplex", told.append)  # a file has no sides to remember
    drawn.draw_on(device, job.pdf, two_sided=True)
    drawn.draw_on(device, job.pdf, two_sided=False)
    assert told == [QPrinter.DuplexMode.DuplexLongSide, QPrinter.DuplexMode.DuplexNone]
    assert device.docName() == "document"


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_said(qapp, tmp_path, job):
    with pytest.raises(PrinterRefusedError):
        drawn.draw_on(printer_into(tmp_path), job.pdf, two_sided=False)


def test_a_page_the_printer_refuses_is_said(qapp, tmp_path, job, monkeypatch):
    device = printer_into(tmp_path / "printed.pdf")
    monkeypatch.setattr(device, "newPage", lambda: False)
    with pytest.raises(PrinterRefusedError):
        drawn.draw_on(device, job.pdf, two_sided=False)


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_draw(qapp, monkeypatch, system, job):
    monkeypatch.setattr(sys, "platform", system)
    assert printing.list_printers() == drawn.list_printers()
    with pytest.raises(NoPrinterError):
        printing.print_pdf(job.pdf, "No printer of this name")
