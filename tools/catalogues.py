"""Reads and writes the gettext catalogues so that the same texts always give the same bytes.

Dates, addresses and line numbers are left out of the files: they would change without a text having changed, and the
check "the catalogue equals the source" could then never be made.
"""

from __future__ import annotations

import copy
import io
import os
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCES = ("outreach_app", "ui")
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}
DOMAIN = "outreach"
SHEETS_DOMAIN = "leaflets"  # read as .po by the program: whether a sentence is sure or fuzzy decides if it is printed
PSEUDO_LANGUAGE = "en_XA"
_CHANGING_HEADERS = (
    "Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date", "Last-Translator",
    "Language-Team", "Generated-By",
)  # fmt: skip
_COMMENT = "# Texts of Outreach. Made by `make messages`; only translations are written by hand."


def extract(root: Path) -> Catalog:
    """Return every marked text of the program's sources under ``root``."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for folder in SOURCES:
        found = extract_from_dir(
            root / folder, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
        )
        for name, _line, message, comments, context in found:
            place = f"{folder}/{Path(name).as_posix()}"
            catalog.add(message, None, [(place, 0)], auto_comments=comments, context=context)
    return catalog


def updated(translated: Catalog, template: Catalog) -> Catalog:
    """Return ``translated`` with exactly the texts of ``template``; nothing is guessed for new ones."""
    translated.update(copy.deepcopy(template), no_fuzzy_matching=True)  # update() writes into its argument
    translated.obsolete.clear()
    return translated


def load(path: Path, language: str | None = None) -> Catalog:
    """Read a ``.po`` or ``.pot`` file; an absent one is an empty catalogue."""
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as stream:
        return read_po(stream, locale=language, domain=path.stem, charset="utf-8")


def as_po(catalog: Catalog) -> bytes:
    """Return the catalogue as the bytes of a ``.po`` file."""
    catalog.header_comment = _COMMENT
    for message in catalog:
        message.locations = sorted({(file, 0) for file, _line in message.locations})  # messages are put in this order
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not _changes_without_reason(line)).encode()


def as_mo(catalog: Catalog) -> bytes:
    """Return the catalogue as the bytes of a ``.mo`` file; unsure (fuzzy) translations are left out."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def translations(locales: Path) -> list[tuple[str, Path]]:
    """Return (language, path) of every ``.po`` file below ``locales``, sorted."""
    return sorted((path.parent.parent.name, path) for path in locales.glob("*/LC_MESSAGES/*.po"))


def compile_all(locales: Path) -> list[Path]:
    """Write a ``.mo`` beside every ``.po`` below ``locales`` and return their paths."""
    written = []
    for _language, source in translations(locales):
        target = source.with_suffix(".mo")
        write_if_changed(target, as_mo(load(source, None)))
        written.append(target)
    return written


def compile_for_shipping(locales: Path) -> list[Path]:
    """Compile, and return what the program reads where it is installed; the pseudo-language stays at home."""
    compiled = [path for path in compile_all(locales) if path.stem == DOMAIN]
    sheets = [path for _language, path in translations(locales) if path.stem == SHEETS_DOMAIN]
    return sorted(path for path in [*compiled, *sheets] if PSEUDO_LANGUAGE not in path.parts)


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write ``data`` whole or not at all; tell whether the file changed."""
    if path.exists() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
    Path(unfinished).chmod(0o644)
    Path(unfinished).replace(path)
    return True


def _changes_without_reason(line: str) -> bool:
    return line.startswith(tuple(f'"{name}:' for name in _CHANGING_HEADERS))
