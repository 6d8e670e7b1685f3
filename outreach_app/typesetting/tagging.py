"""The structure tree of a tagged page: what is a heading, a paragraph, a list; and what is only decoration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from outreach_app.typesetting.errors import UnbalancedMarksError
from outreach_app.typesetting.objects import PdfDocument, Written, added, reference
from outreach_app.typesetting.strokes import utf16_hex

Box = tuple[float, float, float, float]
_ATTRIBUTES = MappingProxyType({"L": "/O /List /ListNumbering /{numbering}", "TH": "/O /Table /Scope /Column"})


@dataclass(eq=False, slots=True)
class Element:
    """One element of the tree: a structure type, its children, and the pieces of pages it marks."""

    tag: str
    kids: list[Element | Piece] = field(default_factory=list)
    alternative: str | None = None  # what a picture says
    box: Box | None = None  # where a picture stands, points from the lower left corner
    language: str = ""  # BCP 47; empty is that of what stands around it
    title: str = ""  # what a part of the document is called
    numbering: str = "Disc"  # how a list counts: Disc, Decimal


class Piece(NamedTuple):
    """A marked piece of content: page (from 0) and number on that page."""

    page: int
    number: int


class StructureTree:
    """Grows while pages are drawn; written once at the end."""

    def __init__(self) -> None:
        """Begin with an empty document."""
        self.root = Element("Document")
        self._around = self.root
        self._owners: list[list[Element]] = []  # page -> piece number -> element

    def add(self, tag: str, parent: Element | None = None, *, language: str = "") -> Element:
        """Return a new element at the end of ``parent`` (default: of the element ``inside`` names, or the document)."""
        element = Element(tag, language=language)
        (parent or self._around).kids.append(element)
        return element

    @contextmanager
    def inside(self, element: Element) -> Iterator[None]:
        """Let elements that name no parent fall under ``element``."""
        before, self._around = self._around, element
        try:
            yield
        finally:
            self._around = before

    def begin(self, element: Element, page: int) -> str:
        """Return the operator that begins a piece of ``element`` on ``page`` (from 0); EMC ends it."""
        while len(self._owners) <= page:
            self._owners.append([])
        number = len(self._owners[page])
        self._owners[page].append(element)
        element.kids.append(Piece(page, number))
        return f"/{element.tag} <</MCID {number}>> BDC"

    def write(self, document: PdfDocument, pages: list[Any], language: str) -> Any:
        """Return the StructTreeRoot of ``document`` for its page objects ``pages``."""
        if len(self._owners) > len(pages):
            raise UnbalancedMarksError
        root = Written()
        writer = _TreeWriter(document, [reference(page, document) for page in pages])
        self.root.language = language
        document_element = writer.element(self.root, added(root, document), "")
        owners = self._owners + [[] for _ in range(len(pages) - len(self._owners))]
        rows = [
            f"{page} [{' '.join([writer.reference_of[each] for each in elements])}]"
            for page, elements in enumerate(owners)
        ]
        parents = added(Written(f"<< /Nums [{' '.join(rows)}] >>"), document)
        root.text = (
            f"<< /Type /StructTreeRoot /K {document_element} /ParentTree {parents} /ParentTreeNextKey {len(pages)} >>"
        )
        return document.Reference(root)


class _TreeWriter:
    def __init__(self, document: PdfDocument, pages: list[str]) -> None:
        self._document = document
        self._pages = pages
        self.reference_of: dict[Element, str] = {}

    def element(self, element: Element, parent: str, around: str) -> str:
        """Write ``element`` and return its reference; ``around`` is the language of what stands around it."""
        row = Written()
        own = self.reference_of[element] = added(row, self._document)
        language = element.language or around
        kids = " ".join([self._kid(kid, own, language) for kid in element.kids])
        extras = f" /Lang ({language})" if language != around else ""
        row.text = f"<< /Type /StructElem /S /{element.tag} /P {parent} /K [{kids}]{extras}{_extras(element)} >>"
        return own

    def _kid(self, kid: Element | Piece, parent: str, language: str) -> str:
        if isinstance(kid, Element):
            return self.element(kid, parent, language)
        return f"<< /Type /MCR /Pg {self._pages[kid.page]} /MCID {kid.number} >>"


def _extras(element: Element) -> str:
    extras = f" /T <FEFF{utf16_hex(element.title)}>" if element.title else ""
    if element.alternative is not None:
        extras += f" /Alt <FEFF{utf16_hex(element.alternative)}>"
    if element.box is not None:
        corners = " ".join(f"{value:.2f}" for value in element.box)
        extras += f" /A << /O /Layout /BBox [{corners}] /Placement /Block >>"
    if element.tag in _ATTRIBUTES:
        extras += f" /A << {_ATTRIBUTES[element.tag].format(numbering=element.numbering)} >>"
    return extras
