"""Objects of a PDF file written as text at once: a page has a hundred, and the general way is slow for so many."""

from __future__ import annotations

import hashlib
import zlib
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject
from reportlab.pdfbase.pdfdoc import format as plain_format

PdfDocument = Any  # a reportlab PDFDocument: its published types leave out half of it


_QUICK = 3  # zlib: a fiftieth larger than its default, nearly twice as quick
_BINARY_MARK = b"%\xe2\xe3\xcf\xd3"  # tells programs that pass files on that this is no text


class Written(PDFObject):
    """A finished object; its ``text`` may be set until the file is written."""

    def __init__(self, text: str = "") -> None:
        """Take what stands in the file, ASCII only."""
        self.text = text

    def format(self, _document: PdfDocument) -> bytes:
        """Return what stands in the file (called by ReportLab)."""
        return self.text.encode("ascii")


class WrittenStream(PDFObject):
    """Bytes, compressed or as they are, with the entries of their dictionary."""

    __RefOnly__ = 1  # ReportLab: never inside another object

    def __init__(self, content: bytes, entries: str = "", *, packed: bool = True) -> None:
        """``entries`` stand in the dictionary beside length and filter."""
        if packed:
            content, entries = zlib.compress(content, _QUICK), f"{entries} /Filter /FlateDecode"
        head = f"<< {entries} /Length {len(content)} >>\nstream\n"
        self._data = head.encode("ascii") + content + b"\nendstream"

    def format(self, _document: PdfDocument) -> bytes:
        """Return what stands in the file (called by ReportLab)."""
        return self._data


_OURS = (Written, WrittenStream)


def reference(thing: Any, document: PdfDocument) -> str:
    """Return ``12 0 R`` for an object that is, or becomes, one of the file."""
    name = document.Reference(thing).name
    return "{} {} R".format(*document.idToObjectNumberAndVersion[name])


def added(thing: PDFObject, document: PdfDocument) -> str:
    """Make a new object one of the file and return ``12 0 R``; what ReportLab would do, without its questions."""
    number = document.objectcounter = document.objectcounter + 1
    name = f"R{number}"
    vars(thing)["__InternalName__"] = name  # ReportLab's own sign on an object that has its number
    document.idToObjectNumberAndVersion[name] = (number, 0)
    document.numberToId[number] = name
    document.idToObject[name] = thing
    return f"{number} 0 R"


def write_file(document: PdfDocument, version: str, info: Written) -> bytes:
    """Return the whole file: every object, where each begins, and the trailer with ``info`` about it."""
    parts = [b"%PDF-" + version.encode("ascii") + b"\n" + _BINARY_MARK + b"\n"]
    root = reference(document.Catalog, document)
    about = added(info, document)
    at, places, number = len(parts[0]), [], 1
    while number in document.numberToId:  # writing an object may add others
        name = document.numberToId[number]
        thing = document.idToObject[name]
        body = thing.format(document) if isinstance(thing, _OURS) else plain_format(thing, document, toplevel=1)
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        places.append(at)
        at += len(parts[-1])
        number += 1
    rows = b"".join([b"%010d 00000 n \n" % place for place in places])
    content = b"".join(parts)
    identity = hashlib.blake2b(content, digest_size=16).hexdigest()
    trailer = f"trailer\n<< /Size {number} /Root {root} /Info {about} /ID [<{identity}> <{identity}>] >>\n"
    end = f"{trailer}startxref\n{at}\n%%EOF\n".encode("ascii")
    return content + b"xref\n0 %d\n0000000000 65535 f \n" % number + rows + end
