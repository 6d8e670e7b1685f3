"""Rebuild ``resources/fonts/``: subset the font files of four npm packages (see docs) and write the manifest.

Usage: ``python tools/make_fonts.py SOURCE`` where SOURCE holds the unpacked packages ``noto-sans``,
``noto-sans-thai``, ``vazirmatn`` and ``noto-sans-sc`` of ``@expo-google-fonts``, in folders of any name.
A maintainer's step: the program itself only reads what is committed.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
WEIGHTS = {"400Regular": "Regular", "700Bold": "Bold"}
DROPPED_TABLES = ["DSIG", "meta", "vhea", "vmtx", "STAT", "gasp", "BASE", "VORG"]


def span(first: int, last: int) -> frozenset[int]:
    return frozenset(range(first, last + 1))


def gb2312() -> frozenset[int]:
    """Return every code point of the Chinese national standard of 1980: the everyday characters."""
    found: set[int] = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            letters = bytes([high, low]).decode("gb2312", errors="ignore")
            found.update(map(ord, letters))
    return frozenset(found)


PUNCTUATION = span(0x2010, 0x2027) | span(0x2030, 0x205E) | frozenset({0x20AC, 0x2122, 0x25CC})
INVISIBLE = span(0x200B, 0x200F) | span(0x202A, 0x202E) | span(0x2060, 0x2069)
SYMBOLS = frozenset(map(ord, "←↑→↓↔•●○■□▲▼◀▶✓☎⚠★☆≤≥≠−×÷…№™ⓘ"))
BASIC = span(0x20, 0x7E) | span(0xA0, 0xFF) | PUNCTUATION | INVISIBLE | SYMBOLS
LATIN = BASIC | span(0x100, 0x2FF) | span(0x300, 0x36F) | span(0x1E00, 0x1EFF) | span(0x2070, 0x20BF)
CYRILLIC = span(0x400, 0x52F)


@dataclass(frozen=True)
class Job:
    """One family: the letters it keeps and the weights it is shipped in."""

    family: str
    letters: frozenset[int]
    weights: tuple[str, ...] = ("400Regular", "700Bold")
    features: tuple[str, ...] = ("*",)


JOBS = (
    Job("NotoSans", LATIN | CYRILLIC | frozenset({0x2116})),
    Job("NotoSansThai", BASIC | span(0xE00, 0xE7F)),
    Job("Vazirmatn", BASIC | span(0x600, 0x6FF) | frozenset({0xFDFC})),
    Job("NotoSansSC", BASIC | gb2312() | span(0x3000, 0x303F) | span(0xFF00, 0xFFEF), ("400Regular",),
        ("kern", "locl", "ccmp", "liga", "mark", "mkmk", "calt")),
)


def subset_font(source: Path, target: Path, job: Job) -> None:
    """Write the letters of ``job`` from ``source`` to ``target``, with the layout rules they need."""
    options = subset.Options()
    options.layout_features = list(job.features)
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.name_languages = [0x409]
    options.glyph_names = False
    options.recalc_timestamp = False
    options.drop_tables += DROPPED_TABLES
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=job.letters)
    cutter.subset(font)
    font.save(str(target))


def manifest_row(path: Path) -> dict[str, object]:
    data = path.read_bytes()
    names = TTFont(path)["name"]
    return {
        "bytes": len(data),
        "family": names.getDebugName(16) or names.getDebugName(1),
        "licence": f"OFL-{path.stem.rsplit('-', 1)[0]}.txt",
        "sha256": hashlib.sha256(data).hexdigest(),
        "version": names.getDebugName(5),
    }


def build(source: Path) -> dict[str, dict[str, object]]:
    """Subset every family found under ``source`` and return the manifest's rows by file name."""
    rows = {}
    for job in JOBS:
        for weight in job.weights:
            original = next(source.rglob(f"{job.family}_{weight}.ttf"))
            target = FONTS / f"{job.family}-{WEIGHTS[weight]}.ttf"
            subset_font(original, target, job)
            licence = original.parent.parent / "LICENSE_FONT"
            (FONTS / f"OFL-{job.family}.txt").write_text(licence.read_text("utf-8"), "utf-8")
            rows[target.name] = manifest_row(target)
    return rows


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    FONTS.mkdir(parents=True, exist_ok=True)
    rows = build(Path(sys.argv[1]))
    text = json.dumps({"files": rows}, indent=2, sort_keys=True)
    (FONTS / "manifest.json").write_text(text + "\n", "utf-8")
    for name, row in rows.items():
        print(f"{name:28} {row['bytes']:>9}")


if __name__ == "__main__":
    main()
