"""One cut-down font per face and document, as a Type0 font whose ToUnicode table is exact."""

from __future__ import annotations

import zlib
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString, PDFZCompress

from outreach_app.typesetting.fonts import Face

PdfDocument = Any  # a reportlab PDFDocument: its published types leave out half of it
_SYMBOLIC = 4
_CAP_HEIGHT = 714
_STEM = 80
_ROWS_PER_BLOCK = 100  # the most one bfchar block may hold
_CMAP_HEAD = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def "
    "/CMapName /Adobe-Identity-UCS def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange"
)
_CMAP_TAIL = "endcmap CMapName currentdict /CMap defineresource pop end end"


def utf16_hex(text: str) -> str:
    """Return ``text`` as hexadecimal UTF-16, as PDF tables want it."""
    return text.encode("utf-16-be").hex().upper()


class EmbeddedFont:
    """A face inside one document; ReportLab asks it for its objects when the document is finished."""

    def __init__(self, face: Face, document: PdfDocument, number: int) -> None:
        """Register with ``document`` as its font ``number``."""
        self.face = face
        self.fontName = f"Shaped{number}"  # ReportLab's name for it
        self.internal = f"S{number}"
        self._codes: dict[tuple[int, str], str] = {}
        self._rows: list[tuple[int, str]] = [(0, "")]  # code -> glyph, letters
        document.fontMapping[self.fontName] = "/" + self.internal
        document.delayedFonts.append(self)

    def code(self, glyph: int, letters: str) -> str:
        """Return the code (four hexadecimal digits) that draws ``glyph`` and copies as ``letters``."""
        code = self._codes.get((glyph, letters))
        if code is None:
            code = f"{len(self._rows):04X}"
            self._codes[glyph, letters] = code
            self._rows.append((glyph, letters))
        return code

    def addObjects(self, document: PdfDocument) -> None:
        """Write the font into the document (called by ReportLab)."""
        glyphs = {glyph for glyph, _ in self._rows}
        data, numbers = self.face.cut(glyphs)
        name = f"{_tag(data)}+{self.face.name}"
        reference = document.Reference(self._type0(document, name, data, numbers), self.internal)
        document.idToObject["BasicFonts"].dict[self.internal] = reference

    def _type0(self, document: PdfDocument, name: str, data: bytes, numbers: dict[int, int]) -> PDFDictionary:
        return PDFDictionary({
            "Type": PDFName("Font"),
            "Subtype": PDFName("Type0"),
            "BaseFont": PDFName(name),
            "Encoding": PDFName("Identity-H"),
            "DescendantFonts": PDFArray([document.Reference(self._cid_font(document, name, data, numbers))]),
            "ToUnicode": document.Reference(_stream(self._to_unicode().encode("ascii"))),
        })

    def _cid_font(self, document: PdfDocument, name: str, data: bytes, numbers: dict[int, int]) -> PDFDictionary:
        scale = 1000 / self.face.em
        widths = [round(self.face.own_advance(glyph) * scale, 3) for glyph, _ in self._rows]
        glyph_map = b"".join(numbers.get(glyph, 0).to_bytes(2, "big") for glyph, _ in self._rows)
        system = {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
        return PDFDictionary({
            "Type": PDFName("Font"),
            "Subtype": PDFName("CIDFontType2"),
            "BaseFont": PDFName(name),
            "CIDSystemInfo": PDFDictionary(system),
            "FontDescriptor": document.Reference(self._descriptor(document, name, data)),
            "DW": 1000,
            "W": PDFArray([0, PDFArray([int(width) if width.is_integer() else width for width in widths])]),
            "CIDToGIDMap": document.Reference(_stream(glyph_map)),
        })

    def _descriptor(self, document: PdfDocument, name: str, data: bytes) -> PDFDictionary:
        ascent, descent = round(self.face.ascent * 1000), round(-self.face.descent * 1000)
        return PDFDictionary({
            "Type": PDFName("FontDescriptor"),
            "FontName": PDFName(name),
            "Flags": _SYMBOLIC,
            "ItalicAngle": 0,
            "Ascent": ascent,
            "Descent": descent,
            "CapHeight": _CAP_HEIGHT,
            "StemV": _STEM,
            "FontBBox": PDFArray([-1000, descent, 3000, ascent]),
            "FontFile2": document.Reference(_stream(data, length1=len(data))),
        })

    def _to_unicode(self) -> str:
        rows = [f"<{code:04X}> <{utf16_hex(letters)}>" for code, (_, letters) in enumerate(self._rows) if letters]
        blocks = [rows[first : first + _ROWS_PER_BLOCK] for first in range(0, len(rows), _ROWS_PER_BLOCK)]
        body = (f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return "\n".join([_CMAP_HEAD, *body, _CMAP_TAIL])


def _stream(content: bytes, *, length1: int | None = None) -> PDFStream:
    extra = PDFDictionary({} if length1 is None else {"Length1": length1})
    return PDFStream(content=content, dictionary=extra, filters=[PDFZCompress])


def _tag(data: bytes) -> str:
    """Return the six capitals that mark a subset, the same for the same subset."""
    number = zlib.crc32(data)
    letters = []
    for _ in range(6):
        number, rest = divmod(number, 26)
        letters.append(chr(ord("A") + rest))
    return "".join(letters)
