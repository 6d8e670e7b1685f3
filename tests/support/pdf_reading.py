"""Reads finished PDF files the way a viewer, a screen reader or a phone camera does."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator

import pikepdf
import pypdf
import pypdfium2
import zxingcpp

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x02\ufffe]")
PAINTING = {"Tj", "TJ", "'", '"', "Do", "f", "f*", "F", "S", "s", "B", "B*", "b", "b*", "sh"}


def bare(text: str) -> str:
    """Return the letters of ``text`` without spaces, bullets and invisible signs."""
    return re.sub(r"[\s•]+", "", INVISIBLE.sub("", unicodedata.normalize("NFC", text)))


def text_by_pdfium(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    texts = []
    for page in document:
        text_page = page.get_textpage()
        texts.append(text_page.get_text_bounded())
        text_page.close()
        page.close()
    document.close()
    return "\n".join(texts)


def text_by_pypdf(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def codes(pdf: bytes, scale: float = 3.0, *, page: int = 0) -> list[str]:
    """Return what the QR codes of a page say when it is printed at ``scale`` x 72 dpi."""
    document = pypdfium2.PdfDocument(pdf)
    opened = document[page]
    image = opened.render(scale=scale).to_pil()
    opened.close()
    document.close()
    return [result.text for result in zxingcpp.read_barcodes(image)]


def structure(pdf: bytes) -> list[str]:
    """Return the tags of the structure tree in reading order."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [str(element.S)[1:] for element in _elements(document.Root.StructTreeRoot.K)]


def alternatives(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [str(each.Alt) for each in _elements(document.Root.StructTreeRoot.K) if "/Alt" in each]


def _elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from _elements(kid)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from _elements(node.K)


def accessibility_faults(pdf: bytes) -> list[str]:
    """Return what a screen reader would stumble over: the machine-checkable part of PDF/UA-1 we aim at."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        faults = [f"no {name}" for name in ("/Lang", "/StructTreeRoot", "/MarkInfo", "/Metadata") if name not in root]
        if not root.ViewerPreferences.get("/DisplayDocTitle", False):
            faults.append("title not shown")
        metadata = root.Metadata.read_bytes().decode("utf-8")
        faults += [f"metadata lacks {name}" for name in ("dc:title", "dc:language", "pdfuaid") if name not in metadata]
        for page in document.pages:
            faults += _page_faults(page)
        faults += [
            f"{each.S} has no words" for each in _elements(root.StructTreeRoot.K)
            if each.S == "/Figure" and "/Alt" not in each
        ]
    return faults


def _page_faults(page: pikepdf.Page) -> list[str]:
    faults = [] if "/StructParents" in page.obj else ["page without StructParents"]
    open_marks: list[bool] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            open_marks.append(operands[0] == "/Artifact" or (name == "BDC" and "/MCID" in operands[1]))
        elif name == "EMC":
            open_marks.pop()
        elif name in PAINTING and not any(open_marks):
            faults.append(f"{name} is neither tagged nor decoration")
    return faults + (["a mark stays open"] if open_marks else [])


def font_faults(pdf: bytes) -> list[str]:
    """Return the fonts that are not embedded or cannot be copied as text."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts = [each for each in document.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"]
        faults = [str(font.BaseFont) for font in fonts if font.Subtype == "/Type0" and "/ToUnicode" not in font]
        simple = [font for font in fonts if font.Subtype != "/Type0"]
        faults += [str(font.BaseFont) for font in simple if "/FontFile2" not in font.get("/FontDescriptor", {})]
        return faults if fonts else ["no fonts at all"]
