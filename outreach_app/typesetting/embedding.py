"""One cut-down font per face and document, as a Type0 font whose ToUnicode table is exact."""

from __future__ import annotations

import zlib

from outreach_app.typesetting.fonts import Face
from outreach_app.typesetting.objects import PdfDocument, Written, WrittenStream, added
from outreach_app.typesetting.shaping import ShapedRun
from outreach_app.typesetting.strokes import number, utf16_hex

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


class EmbeddedFont:
    """A face inside one document, under the name ``S1`` and so on; written when all its letters are known."""

    def __init__(self, face: Face, number: int) -> None:
        """Begin with no letters, as the document's font ``number``."""
        self.face = face
        self.internal = f"S{number}"
        self.drawn: dict[tuple[ShapedRun, float], tuple[str, bool]] = {}  # words and sizes already written down
        self.codes: dict[tuple[int, str], str] = {}
        self._rows: list[tuple[int, str]] = [(0, "")]  # code -> glyph, letters

    def code(self, glyph: int, letters: str) -> str:
        """Return the code (four hexadecimal digits) that draws ``glyph`` and copies as ``letters``."""
        code = self.codes.get((glyph, letters))
        if code is None:
            code = f"{len(self._rows):04X}"
            self.codes[glyph, letters] = code
            self._rows.append((glyph, letters))
        return code

    def add_to(self, document: PdfDocument) -> None:
        """Write the font into the document."""
        data, numbers = self.face.cut({glyph for glyph, _ in self._rows})
        name = f"{_tag(data)}+{self.face.name}"
        cid_font = added(Written(self._cid_font(document, name, data, numbers)), document)
        letters = added(WrittenStream(self._to_unicode().encode("ascii")), document)
        font = Written(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
            f"/DescendantFonts [{cid_font}] /ToUnicode {letters} >>"
        )
        document.idToObject["BasicFonts"].dict[self.internal] = document.Reference(font, self.internal)

    def _cid_font(self, document: PdfDocument, name: str, data: bytes, numbers: dict[int, int]) -> str:
        scale, own_advance = 1000 / self.face.em, self.face.own_advance
        widths = " ".join([number(own_advance(glyph) * scale) for glyph, _ in self._rows])
        glyph_map = b"".join([numbers.get(glyph, 0).to_bytes(2, "big") for glyph, _ in self._rows])
        descriptor = added(Written(self._descriptor(document, name, data)), document)
        return (
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/FontDescriptor {descriptor} /DW 1000 /W [0 [{widths}]] "
            f"/CIDToGIDMap {added(WrittenStream(glyph_map), document)} >>"
        )

    def _descriptor(self, document: PdfDocument, name: str, data: bytes) -> str:
        ascent, descent = round(self.face.ascent * 1000), round(-self.face.descent * 1000)
        file = added(WrittenStream(data, f"/Length1 {len(data)}"), document)
        return (
            f"<< /Type /FontDescriptor /FontName /{name} /Flags {_SYMBOLIC} /ItalicAngle 0 /Ascent {ascent} "
            f"/Descent {descent} /CapHeight {_CAP_HEIGHT} /StemV {_STEM} /FontBBox [-1000 {descent} 3000 {ascent}] "
            f"/FontFile2 {file} >>"
        )

    def _to_unicode(self) -> str:
        rows = [f"<{code:04X}> <{utf16_hex(letters)}>" for code, (_, letters) in enumerate(self._rows) if letters]
        blocks = [rows[first : first + _ROWS_PER_BLOCK] for first in range(0, len(rows), _ROWS_PER_BLOCK)]
        body = (f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return "\n".join([_CMAP_HEAD, *body, _CMAP_TAIL])


def _tag(data: bytes) -> str:
    """Return the six capitals that mark a subset, the same for the same subset."""
    number = zlib.crc32(data)
    letters = []
    for _ in range(6):
        number, rest = divmod(number, 26)
        letters.append(chr(ord("A") + rest))
    return "".join(letters)
