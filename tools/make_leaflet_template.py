"""Rebuild ``locales/leaflets.pot``, the translators' template, from the sheets in ``resources/leaflets/``.

Usage: ``python tools/make_leaflet_template.py``; run it after a change to a sheet's English texts.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from outreach_app.leaflets.common import common
from outreach_app.leaflets.sheets import load_sheet, sheet_ids

TEMPLATE = Path(__file__).resolve().parent.parent / "locales" / "leaflets.pot"
_FIXED = datetime(2026, 1, 1, tzinfo=UTC)  # the same texts give the same file
_COMMENT = "Easy language: short sentences, everyday words. Leave the names in {braces} as they are."


def template() -> bytes:
    """Return the template as it stands in the file."""
    catalogue = Catalog(project="leaflets", version="1", creation_date=_FIXED, revision_date=_FIXED, charset="utf-8")
    for place, text in _texts():
        if text not in catalogue:
            location = (f"resources/leaflets/{place}.json", None)
            catalogue.add(
                text,
                auto_comments=[_COMMENT],
                locations=[location],  # type: ignore[list-item]  # Babel writes a place without a line
            )
    file = io.BytesIO()
    write_po(file, catalogue, width=100, omit_header=False)
    return file.getvalue()


def _texts() -> Iterator[tuple[str, str]]:
    """Yield where a text stands first, and the text: each once, however many sheets say it."""
    for text in common().texts():
        yield "common", text
    for sheet in map(load_sheet, sheet_ids()):
        for text in sheet.own_texts():
            yield f"topics/{sheet.topic}", text


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_bytes(template())
    print(f"{TEMPLATE.name} written")
