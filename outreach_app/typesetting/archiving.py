"""The same pages as PDF/A-2b, for who must keep a file for years; made and checked in memory.

A file claims one thing only: ours are designed for PDF/UA-1 (read aloud), an archived copy claims PDF/A-2b instead.
"""

from __future__ import annotations

import io

import pikepdf
from pikepdf import pdfa

from outreach_app.typesetting.canvas import PRODUCER
from outreach_app.typesetting.errors import ArchivingFailedError
from outreach_app.typesetting.xmp import as_archived

_FLAVOUR = "2b"


def as_pdf_a(pdf: bytes) -> bytes:
    """Return a file of ours as PDF/A-2b; the same file gives the same bytes.

    Raises ArchivingFailedError unless every part of the result is known to conform.
    """
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        packet = document.Root.Metadata.read_bytes()
        pdfa.prepare(document, _FLAVOUR)  # colour profile and the like; its metadata would name the day and the tool
        document.Root.Metadata.write(as_archived(packet))
        document.docinfo["/Producer"] = PRODUCER
        settings = pdfa.resolve_save_kwargs(_FLAVOUR, deterministic_id=True)
        document.save(target, **settings)
    target.seek(0)
    report = pdfa.validate_written(target, _FLAVOUR, settings)
    if not report.passed:
        raise ArchivingFailedError
    return target.getvalue()
