"""A ReportLab canvas that tags what is drawn, embeds shaped fonts and gives the same bytes for the same pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import XMP, PDFDictionary, PDFName
from reportlab.pdfgen.canvas import Canvas

from outreach_app.typesetting.embedding import EmbeddedFont
from outreach_app.typesetting.fonts import Face
from outreach_app.typesetting.lines import ShapedLine
from outreach_app.typesetting.objects import Written, WrittenStream, write_file
from outreach_app.typesetting.strokes import utf16_hex
from outreach_app.typesetting.tagging import Element, StructureTree
from outreach_app.typesetting.xmp import xmp_packet

PRODUCER = "ReportLab"
_VERSION = "1.7"
_FIXED_INSTANT = "2000-01-01T00:00:00+00:00"  # the day a leaflet was made is nobody's business; bytes are repeatable
_FIXED_DATE = "D:20000101000000+00'00'"  # the same instant


class TaggedCanvas(Canvas):
    """Pages in memory; ``finished()`` returns the file. Sizes are points, the origin is the lower left corner."""

    def __init__(self, *, title: str, language: str, page_size: tuple[float, float]) -> None:
        """Begin a document in ``language`` (BCP 47) with ``title`` as its shown name."""
        super().__init__(io.BytesIO(), pagesize=page_size, invariant=1, lang=language)
        self.structure = StructureTree()
        self.language = language
        self.title = title
        self._languages = {language: None}  # every one that stands in it, in their order
        self._document: Any = vars(self)["_doc"]  # the published types do not know it
        self._page_objects: list[Any] = []
        self._fonts: dict[str, EmbeddedFont] = {}
        self._copies = False

    def font_of(self, face: Face) -> EmbeddedFont:
        """Return ``face`` as embedded in this document."""
        if face.name not in self._fonts:
            self._fonts[face.name] = EmbeddedFont(face, len(self._fonts) + 1)
        return self._fonts[face.name]

    def hear(self, line: ShapedLine) -> None:
        """Take notice of a line that is about to be drawn: what checks pages listens here."""

    @contextmanager
    def marked(self, element: Element) -> Iterator[None]:
        """Tag what is drawn inside as a piece of ``element``."""
        if self._copies:
            yield
            return
        self.addLiteral(self.structure.begin(element, self.getPageNumber() - 1))
        yield
        self.addLiteral("EMC")

    def begin_page(self, size: tuple[float, float]) -> None:
        """Let the page that is begun, and those after it, be ``size`` points wide and high."""
        self.setPageSize(size)

    @contextmanager
    def leaflet(self, *, title: str, language: str) -> Iterator[None]:
        """Let what is drawn inside be one part of the document, with its own title and language (BCP 47)."""
        part = self.element("Sect", language=language)
        part.title = title
        with self.inside(part):
            yield

    @contextmanager
    def inside(self, element: Element) -> Iterator[None]:
        """Let elements made inside fall under ``element`` where they name no parent."""
        with self.structure.inside(element):
            yield

    def element(self, tag: str, parent: Element | None = None, *, language: str = "") -> Element:
        """Return a new structure element; inside ``copies`` it stands in no tree.

        ``language`` (BCP 47) is written down where it differs from that of what stands around the element.
        """
        if self._copies:
            return Element(tag)
        self._languages.setdefault(language or self.language)
        return self.structure.add(tag, parent, language=language)

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """Mark what is drawn inside as decoration: a screen reader passes over it."""
        if self._copies:
            yield
            return
        self.addLiteral("/Artifact BMC")
        yield
        self.addLiteral("EMC")

    @contextmanager
    def copies(self) -> Iterator[None]:
        """Mark all that is drawn inside as repeats of what was already said once."""
        with self.decoration():
            self._copies = True
            try:
                yield
            finally:
                self._copies = False

    def _make_preamble(self) -> None:
        # ReportLab would name Helvetica on each page, which is not embedded.
        self._preamble = "1 0 0 1 0 0 cm"

    def showPage(self) -> None:
        """End the page and give it its place in the structure tree."""
        super().showPage()
        page = self._document.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.Trans = None  # ReportLab writes an empty one, which checkers dislike
        page.StructParents = len(self._page_objects)
        page.Tabs = PDFName("S")
        page.Contents, page.stream = WrittenStream(page.stream.encode("ascii")), None  # packed at once, not at the end
        self._page_objects.append(page)

    def finished(self, *, title: str = "") -> bytes:
        """Return the whole file; ``title`` is its name where it is known only now."""
        self.title = title or self.title
        catalogue = self._document.Catalog
        catalogue.StructTreeRoot = self.structure.write(self._document, self._page_objects, self.language)
        catalogue.MarkInfo = PDFDictionary({"Marked": "true"})
        self.setViewerPreference("DisplayDocTitle", "true")
        catalogue.Outlines = None
        catalogue.Metadata = XMP(creator=self._metadata)
        for font in self._fonts.values():
            font.add_to(self._document)
        dates = f"/CreationDate ({_FIXED_DATE}) /ModDate ({_FIXED_DATE})"
        info = Written(f"<< /Title <FEFF{utf16_hex(self.title)}> /Producer ({PRODUCER}) {dates} >>")
        return write_file(self._document, _VERSION, info)

    def _metadata(self, _document: Any) -> bytes:
        return xmp_packet(title=self.title, languages=[*self._languages], producer=PRODUCER, made=_FIXED_INSTANT)
