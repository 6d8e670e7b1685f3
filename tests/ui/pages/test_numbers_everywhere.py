"""One file holds the numbers to call: what is changed there shows on top of every page, on its own page and in leaflets."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QLabel

from outreach_app.leaflets import making
from outreach_app.leaflets.requests import LeafletRequest
from outreach_app.paths import shipped_folder
from tests.support.content import pack_in_use
from tests.support.pdf_reading import text_by_pypdf
from ui.numbers import numbers_to_call
from ui.pages.encounter.opening import leaflets_and_numbers
from ui.pages.help_lines import HelpLinesPage

DAY = date(2026, 3, 2)
NUMBER = "+45 11 22 33 44"


@pytest.fixture
def changed(parts):  # after the program, which looks for content of its own
    shipped = shipped_folder("resources") / "directory" / "directory.json"
    rows = json.loads(shipped.read_text("utf-8"))
    rows["entries"][0].update(number=NUMBER, hours={"weekdays": [["10:00", "18:00"]], "weekends": [["09:00", "15:00"]]})
    with pack_in_use({"directory/directory.json": json.dumps(rows).encode()}):
        yield


@pytest.mark.usefixtures("changed")
def test_a_changed_number_and_its_hours_show_everywhere(parts, qtbot):
    numbers = numbers_to_call(datetime(2026, 3, 2, 17, 30))
    assert numbers.line.replace("\u00a0", " ").endswith("11 22 33 44")
    assert (numbers.is_open, numbers.hours) == (True, "Mon–Fri 10:00–18:00")
    page = HelpLinesPage(parts.context)
    qtbot.addWidget(page)
    page.shown({})
    parts.settle()
    assert any("11 22 33 44" in label.text().replace("\u00a0", " ") for label in page.findChildren(QLabel))
    assert "11 22 33 44" in leaflets_and_numbers(parts.context.program.clock)[1][0].replace("\u00a0", " ")
    pdf = making.make_leaflet(LeafletRequest("where_to_get_help", "en"), DAY).pdf
    assert "11223344" in "".join(text_by_pypdf(pdf).split())
