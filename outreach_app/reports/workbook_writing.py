"""Writes a spreadsheet in memory: openpyxl would put each sheet into a file of the temporary folder first."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

_FIRST_YEAR = 1980  # no archive can say an earlier one


def write_workbook(book: Workbook, stream: IO[bytes], day: date) -> None:
    """Write ``book``. It names no author, and ``day`` is the only date in it."""
    made = datetime.combine(day.replace(year=max(day.year, _FIRST_YEAR)), time())
    book.properties.creator = ""
    book.properties.created = book.properties.modified = made
    _MemoryWriter(book, _Archive(stream, made)).save()


class _Archive(ZipFile):
    """Gives every part the same date instead of the minute it was written in."""

    def __init__(self, stream: IO[bytes], made: datetime) -> None:
        super().__init__(stream, "w", ZIP_DEFLATED)
        self._made = made.timetuple()[:6]

    def writestr(
        self, zinfo_or_arcname: ZipInfo | str, data: Any, compress_type: int | None = ZIP_DEFLATED,
        compresslevel: int | None = None,
    ) -> None:  # fmt: skip
        part = ZipInfo(str(zinfo_or_arcname), self._made)
        super().writestr(part, data, compress_type, compresslevel)


class _MemoryWriter(ExcelWriter):  # type: ignore[misc]  # the library has no types
    def write_worksheet(self, sheet: Any) -> None:
        """As the library does it, but for the file in between."""
        sheet._drawing = SpreadsheetDrawing()  # noqa: SLF001 - what the library asks of a sheet, empty
        written = io.BytesIO()
        writer = WorksheetWriter(sheet, written)
        writer.write()
        sheet._rels = writer._rels  # noqa: SLF001 - as above
        self._archive.writestr(sheet.path[1:], written.getvalue())
        self.manifest.append(sheet)
