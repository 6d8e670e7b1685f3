"""Faults of a whole file: fonts that are not in it, what a screen reader lacks, what an archive would refuse."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping

import pikepdf

_MARKS = re.compile(rb"(?<![/\w<])(BDC|BMC|EMC|TJ|Tj|Do|f\*?|F|S|s|B\*?|b\*?|sh)(?![\w*>])")  # texts are hexadecimal
_NEEDED = ("/MarkInfo", "/StructTreeRoot", "/Metadata", "/ViewerPreferences")


def file_faults(pdf: bytes, language: str) -> Mapping[int | None, tuple[str, ...]]:
    """Return page (from 0; None: the whole file) -> codes of what is wrong with it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found: dict[int | None, tuple[str, ...]] = {None: tuple(_whole(document, language))}
        for number, page in enumerate(document.pages):
            found[number] = tuple(_page(page))
    return found


def _whole(document: pikepdf.Pdf, language: str) -> Iterator[str]:
    root = document.Root
    if any(key not in root for key in _NEEDED):
        yield "tags"
    if str(root.get("/Lang", "")) != language:
        yield "language"
    fonts = {font.objgen: font for page in document.pages for font in page.resources.get("/Font", {}).values()}
    if not all(_is_embedded(font) for font in fonts.values()):
        yield "font"


def _is_embedded(font: pikepdf.Object) -> bool:
    """Tell whether a font brings its letters, and every code of it draws one and can be copied."""
    if font.Subtype != pikepdf.Name.Type0 or "/ToUnicode" not in font:
        return False
    inner = font.DescendantFonts[0]
    if "/FontFile2" not in inner.FontDescriptor:
        return False
    glyphs = inner.CIDToGIDMap.read_bytes()[2:]  # the first is for what has no letter
    return all(glyphs[place : place + 2] != b"\0\0" for place in range(0, len(glyphs), 2))


def _page(page: pikepdf.Page) -> Iterator[str]:
    if "/StructParents" not in page.obj or not _all_marked(page.Contents.read_bytes()):
        yield "tags"


def _all_marked(content: bytes) -> bool:
    """Tell whether everything that is painted is tagged, or marked as decoration."""
    depth = 0
    for operator in _MARKS.findall(content):
        if operator in {b"BDC", b"BMC"}:
            depth += 1
        elif operator == b"EMC":
            depth -= 1
        elif depth == 0:
            return False
    return depth == 0
