"""Bars: as long as their share, read out as a table, and none where there is nothing."""

from __future__ import annotations

import io
import re

import pikepdf

from outreach_app.reports.paper import BarRows, make_paper
from tests.support.pdf_reading import structure


def rectangles(pdf: bytes) -> list[float]:
    """Return the widths of the filled rectangles as high as a bar."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        content = b"\n".join(page.Contents.read_bytes() for page in document.pages).decode("latin-1")
    return [float(width) for width in re.findall(r"([\d.]+) 8 re", content)]


def test_bars_are_as_long_as_their_share_and_stand_in_a_table() -> None:
    pdf = make_paper("Paper", [BarRows((("one", "4", 1.0), ("two", "2", 0.5), ("none", "0", 0.0)))], footer="")
    full, half = rectangles(pdf)
    assert abs(full - 2 * half) < 0.1
    assert structure(pdf).count("TR") == 3
    assert structure(pdf).count("TD") == 6


def test_many_bars_go_on_on_the_next_page_with_the_same_table() -> None:
    pdf = make_paper("Paper", [BarRows(tuple((f"row {number}", str(number), 0.5) for number in range(90)))], footer="")
    assert structure(pdf).count("Table") == 1
    assert len(rectangles(pdf)) == 90


def test_no_bars_are_no_table() -> None:
    assert "Table" not in structure(make_paper("Paper", [BarRows(())], footer=""))
