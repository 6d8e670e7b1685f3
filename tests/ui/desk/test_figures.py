"""The figures of the register as the command prints them, in tables."""

from __future__ import annotations

from ui.widgets.text import WrappingLabel


def test_the_register_is_counted_with_its_units(filled):
    page = filled.show("figures")
    assert "not for publication" in page.told.text()
    said = [label.text() for label in page.totals.findChildren(WrappingLabel)]
    assert "Encounters 4" in said
    assert "Tallies 36" in said
    cells = [[page.rows.data(page.rows.index(row, column)) for column in range(6)] for row in range(page.rows.rowCount())]
    assert ["March 2026", "Street", "4", "4", "0", "12"] in cells
    assert ["March 2026", "Meeting place", "0", "0", "24", "24"] in cells
    assert page.leaflet_rows.data(page.leaflet_rows.index(0, 2)) == "Romanian"


def test_an_empty_register_is_counted_as_well(desk):
    page = desk.show("figures")
    assert page.rows.rowCount() == 0
    page.reread()
    desk.settle()
    assert "Encounters 0" in [label.text() for label in page.totals.findChildren(WrappingLabel)]
