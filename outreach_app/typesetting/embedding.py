"""One cut-down font per face and document, as a Type0 font whose ToUnicode table is exact."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

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


class _Codes(dict[tuple[int, str], str]):
    """The code (four hexadecimal digits) that draws a glyph and copies as its letters; made when first asked for."""

    def __missing__(self, stroke: tuple[int, str]) -> str:
        code = self[stroke] = f"{len(self) + 1:04X}"
        return code


class EmbeddedFont:
    """A face inside one document, under the name ``S1`` and so on; written when all its letters are known."""

    def __init__(self, face: Face, number: int) -> None:
        """Begin with no letters, as the document's font ``number``."""
        self.face = face
        self.internal = f"S{number}"
        self.drawn: dict[float, dict[ShapedRun, tuple[str, bool]]] = {}  # size -> words already written down
        self.codes = _Codes()

    @property
    def _rows(self) -> list[tuple[int, str]]:
        """Return glyph and letters of each code, the first of which draws nothing."""
        return [(0, ""), *self.codes]

    def add_to(self, document: PdfDocument) -> None:
        """Write the font into the document."""
        rows = self._rows
        data, numbers = self.face.cut({glyph for glyph, _ in rows})
        name = f"{_tag(data)}+{self.face.name}"
        cid_font = added(Written(self._cid_font(document, name, data, numbers)), document)
        letters = added(WrittenStream(_to_unicode(self.codes).encode("ascii")), document)
        font = Written(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
            f"/DescendantFonts [{cid_font}] /ToUnicode {letters} >>"
        )
        document.idToObject["BasicFonts"].dict[self.internal] = document.Reference(font, self.internal)

    def _cid_font(self, document: PdfDocument, name: str, data: bytes, numbers: dict[int, int]) -> str:
        scale, own_advance = 1000 / self.face.em, self.face.own_advance
        glyphs = [glyph for glyph, _ in self._rows]
        widths = " ".join([number(own_advance(glyph) * scale) for glyph in glyphs])
        glyph_map = b"".join([numbers.get(glyph, 0).to_bytes(2, "big") for glyph in glyphs])
        descriptor = added(Written(self._descriptor(document, name, data)), document)
        return (
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/FontDescriptor {descriptor} /DW 1000 /W [0 [{widths}]] "
            f"/CIDToGIDMap {added(WrittenStream(glyph_map), document)} >>"
        )

    def _descriptor(self, document: PdfDocument, name: str, data: bytes) -> str:
        ascent, descent = round(self.face.ascent * 1000), round(-self.face.descent * 1000)
        # Outlines shrink little: packing them took a sixth of a Chinese page's time to save a fifth of its bytes.
        file = added(WrittenStream(data, f"/Length1 {len(data)}", packed=False), document)
        return (
            f"<< /Type /FontDescriptor /FontName /{name} /Flags {_SYMBOLIC} /ItalicAngle 0 /Ascent {ascent} "
            f"/Descent {descent} /CapHeight {_CAP_HEIGHT} /StemV {_STEM} /FontBBox [-1000 {descent} 3000 {ascent}] "
            f"/FontFile2 {file} >>"
        )


def _to_unicode(codes: Mapping[tuple[int, str], str]) -> str:
    lines = [f"<{code}> <{utf16_hex(letters)}>" for (_, letters), code in codes.items()]
    blocks = [lines[first : first + _ROWS_PER_BLOCK] for first in range(0, len(lines), _ROWS_PER_BLOCK)]
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
