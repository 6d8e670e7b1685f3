"""A made-up leaflet as the checks get it, and files that are broken on purpose."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf

from outreach_app.leaflets.checks.listening import Heard, ListeningCanvas
from outreach_app.leaflets.formats.options import Options
from outreach_app.leaflets.formats.registry import FORMATS
from outreach_app.leaflets.making import PreparedLeaflet
from outreach_app.leaflets.requests import LeafletRequest
from outreach_app.leaflets.states import SheetState
from tests.support.leaflet_words import sample_wording

Break = Callable[[pikepdf.Pdf], object]


def prepared(form: str = "a4", language: str = "en", **changes) -> PreparedLeaflet:
    """Return the made-up leaflet with some of its words changed."""
    wording = replace(sample_wording(language), **changes)
    beside = sample_wording("da") if form == "bilingual" else None
    request = LeafletRequest("sample", language, form)
    return PreparedLeaflet(request, FORMATS[form], wording, Options(beside), (SheetState("draft"),))


def painting(ready: PreparedLeaflet, **changes) -> PreparedLeaflet:
    """Return ``ready`` so that its format prints other words than it was given."""
    form = ready.form
    return replace(ready, form=replace(
        form, set=lambda canvas, wording, options: form.set(canvas, replace(wording, **changes), options)
    ))  # fmt: skip


def printed(ready: PreparedLeaflet) -> tuple[bytes, Heard]:
    canvas = ListeningCanvas(title="Sample", language=ready.wording.language.code, page_size=ready.form.paper)
    with canvas.listening() as heard:
        ready.paint(canvas)
    return canvas.finished(), heard


def broken(pdf: bytes, change: Break) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def with_a_font_that_is_not_there(document: pikepdf.Pdf) -> None:
    for font in document.pages[0].resources.Font.values():
        del font.DescendantFonts[0].FontDescriptor["/FontFile2"]
