"""Bring the catalogues of the leaflets up to date with the sheets: the template, and every language's file.

Usage: ``python -m tools.leaflet_catalogues update`` after a change to a sheet's English texts, ``... add CODE`` to
begin a language, ``... check`` to see whether something is left to do. A sentence whose English has changed is empty
again in every language: what nobody has looked at is not printed.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog

from outreach_app.leaflets.common import common
from outreach_app.leaflets.languages import LANGUAGES, Language, language_of
from outreach_app.leaflets.sheets import load_sheet, sheet_ids
from outreach_app.leaflets.texts import DOMAIN, SOURCE_LANGUAGE
from tools.catalogues import as_po, load, updated, write_if_changed

LOCALES = Path(__file__).resolve().parent.parent / "locales"
TEMPLATE = LOCALES / f"{DOMAIN}.pot"
_COMMENT = "Easy language: short sentences, everyday words. Leave the names in {braces} as they are."


def template() -> Catalog:
    """Return every text of every sheet, each once, in the order the sheets are offered."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    for place, text in _texts():
        if text not in catalogue:
            catalogue.add(text, auto_comments=[_COMMENT], locations=[(f"resources/leaflets/{place}.json", 0)])
    return catalogue


def translated_file(language: Language) -> Path:
    """Return where the texts in ``language`` lie."""
    return LOCALES / language.locale / "LC_MESSAGES" / f"{DOMAIN}.po"


def written() -> list[Language]:
    """Return the languages somebody has begun, English (the source) not among them."""
    others = [language for code, language in LANGUAGES.items() if code != SOURCE_LANGUAGE]
    return [language for language in others if translated_file(language).exists()]


def wanted_bytes() -> dict[Path, bytes]:
    """Return what the template and every language's file should hold."""
    fresh = template()
    files = {TEMPLATE: as_po(copy.deepcopy(fresh))}
    for language in written():
        files[translated_file(language)] = as_po(updated(load(translated_file(language)), fresh))
    return files


def untranslated(language: Language) -> list[str]:
    """Return the English texts that are not said in ``language`` yet."""
    catalogue = load(translated_file(language))
    return [str(row.id) for row in template() if row.id and not _is_said(catalogue, str(row.id))]


def _is_said(catalogue: Catalog, text: str) -> bool:
    row = catalogue.get(text)
    return row is not None and bool(row.string) and not row.fuzzy


def _texts() -> Iterator[tuple[str, str]]:
    """Yield where a text stands first, and the text."""
    for text in common().texts():
        yield "common", text
    for sheet in map(load_sheet, sheet_ids()):
        for text in sheet.own_texts():
            yield f"topics/{sheet.topic}", text


def main(arguments: list[str]) -> int:
    """Run ``update``, ``add CODE`` or ``check``; return the exit code."""
    if arguments[:1] == ["add"]:
        for code in arguments[1:]:
            write_if_changed(translated_file(language_of(code)), as_po(copy.deepcopy(template())))
    stale = [path for path, data in wanted_bytes().items() if not path.exists() or path.read_bytes() != data]
    if arguments[:1] == ["check"]:
        print("\n".join(f"{path.parent.parent.name}/{path.name} is not up to date" for path in stale) or "up to date")
        return int(bool(stale))
    for path, data in wanted_bytes().items():
        write_if_changed(path, data)
    for language in written():
        print(f"{language.code}: {len(untranslated(language))} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
