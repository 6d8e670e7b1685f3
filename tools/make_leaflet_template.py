"""Rebuild ``locales/leaflets.pot``, the translators' template, from the sheets in ``resources/leaflets/``.

Usage: ``python tools/make_leaflet_template.py``; run it after a change to a sheet's English texts.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from outreach_app.leaflets.sheets import SHEETS, load_sheet

TEMPLATE = Path(__file__).resolve().parent.parent / "locales" / "leaflets.pot"
_FIXED = datetime(2026, 1, 1, tzinfo=UTC)  # the same texts give the same file
_COMMENT = "Easy language: short sentences, everyday words. Leave the names in {braces} as they are."


def template() -> bytes:
    """Return the template as it stands in the file."""
    catalogue = Catalog(project="leaflets", version="1", creation_date=_FIXED, revision_date=_FIXED, charset="utf-8")
    for sheet in SHEETS:
        for text in load_sheet(sheet).all_texts():
            place = (f"resources/leaflets/{sheet}.json", None)
            catalogue.add(
                text,
                auto_comments=[_COMMENT],
                locations=[place],  # type: ignore[list-item]  # Babel writes a place without a line, its types say not
            )
    file = io.BytesIO()
    write_po(file, catalogue, width=100, omit_header=False)
    return file.getvalue()


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_bytes(template())
    print(f"{TEMPLATE.name} written")
