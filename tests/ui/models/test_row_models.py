"""Row models of lists."""

from __future__ import annotations

from types import SimpleNamespace

from PySide6.QtCore import QModelIndex, Qt

from outreach_app.domain.consent import ConsentLevel
from outreach_app.wire.code_lists import load_code_lists
from tests.support.clock import FakeClock
from ui.models.codes import Words
from ui.models.encounter_rows import HEADS, EncounterRows
from ui.models.paged_rows import ROW_ID
from ui.models.plain_rows import PlainRow, PlainRows


def row(number):
    return SimpleNamespace(
        id=f"{number:032x}", shift_date=FakeClock().local_now().date(), setting="bar", place_code="", contact_name="",
        state="finished", consent=ConsentLevel.CODED, outcome="labour_rights_case", first_words="few words",
    )  # fmt: skip


def model():
    return EncounterRows(Words(load_code_lists()), lambda: FakeClock().local_now().date())


def test_rows_are_said_in_words():
    rows = model()
    rows.show_rows([row(1)])
    texts = [rows.data(rows.index(0, column)) for column in range(len(HEADS))]
    assert texts[:3] == ["today", "Bar", "–"]
    assert texts[5] == "\u2068few words\u2069"
    assert rows.data(rows.index(0, 0), ROW_ID) == rows.id_at(0) == f"{1:032x}"
    assert rows.data(QModelIndex()) is None
    assert rows.data(rows.index(0, 0), int(Qt.ItemDataRole.DecorationRole)) is None
    assert rows.headerData(0, Qt.Orientation.Horizontal) == "Date"
    assert rows.headerData(0, Qt.Orientation.Vertical) is None


def test_a_full_page_asks_once_for_more():
    rows, asked = model(), []
    rows.more_wanted = asked.append
    rows.show_rows([row(number) for number in range(200)])
    assert rows.canFetchMore(QModelIndex())
    rows.fetchMore(QModelIndex())
    assert asked == [200]
    assert not rows.canFetchMore(QModelIndex())
    rows.add_rows([row(number) for number in range(200, 230)])
    assert rows.rowCount() == 230
    assert not rows.canFetchMore(QModelIndex())
    assert rows.row_of(f"{229:032x}") == 229
    assert rows.row_of("gone") == -1


def test_plain_rows_keep_their_keys():
    rows = PlainRows(("One", "Two"))
    rows.show_rows([PlainRow("k", ("a", "b"))])
    assert rows.data(rows.index(0, 1)) == "b"
    assert rows.data(rows.index(0, 1), int(Qt.ItemDataRole.EditRole)) is None
    assert (rows.key_at(0), rows.row_of("k"), rows.row_of("x")) == ("k", 0, -1)
    assert rows.headerData(1, Qt.Orientation.Horizontal) == "Two"
    assert rows.rowCount(rows.index(0, 0)) == rows.columnCount(rows.index(0, 0)) == 0
