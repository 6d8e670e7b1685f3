"""The command behind `make fonts`: rebuild ``resources/fonts/`` byte for byte from four npm packages.

Usage: ``python -m tools.make_fonts [SOURCE]``. SOURCE is a folder that holds the unpacked packages; without it they are
fetched by ``npm pack`` in the versions named here. Says which files differ from those before, and fails if one does.
A maintainer's step: the program itself only reads what is committed.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
WEIGHTS = {"400Regular": "Regular", "700Bold": "Bold"}
SCOPE = "@expo-google-fonts/"
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
    """One family: where it comes from, the letters it keeps and the layout rules it keeps for them."""

    family: str
    package: str  # name and version
    letters: frozenset[int]
    features: tuple[str, ...] = ("*",)


JOBS = (
    Job("NotoSans", "noto-sans@0.4.2", LATIN | CYRILLIC | frozenset({0x2116})),
    Job("NotoSansThai", "noto-sans-thai@0.4.2", BASIC | span(0xE00, 0xE7F)),
    Job("Vazirmatn", "vazirmatn@0.4.1", BASIC | span(0x600, 0x6FF) | frozenset({0xFDFC})),
    Job(
        "NotoSansSC", "noto-sans-sc@0.4.3", BASIC | gb2312() | span(0x3000, 0x303F) | span(0xFF00, 0xFFEF),
        ("kern", "locl", "ccmp", "liga", "mark", "mkmk", "calt"),
    ),
)  # fmt: skip


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


def manifest_row(path: Path, job: Job) -> dict[str, object]:
    data = path.read_bytes()
    names = TTFont(path)["name"]
    return {
        "bytes": len(data),
        "family": names.getDebugName(16) or names.getDebugName(1),
        "licence": f"OFL-{job.family}.txt",
        "package": SCOPE + job.package,
        "sha256": hashlib.sha256(data).hexdigest(),
        "version": names.getDebugName(5),
    }


def fetch(folder: Path) -> None:
    """Fetch and unpack every package into ``folder``."""
    for job in JOBS:
        call = ["npm", "pack", "--silent", "--pack-destination", str(folder), SCOPE + job.package]
        name = subprocess.run(call, check=True, capture_output=True, text=True).stdout.split()[-1]
        with tarfile.open(folder / name) as archive:
            archive.extractall(folder / job.family, filter="data")


def build(source: Path, target: Path) -> dict[str, dict[str, object]]:
    """Subset every family found under ``source`` into ``target`` and return the manifest's rows by file name."""
    rows = {}
    for job in JOBS:
        for weight, name in WEIGHTS.items():
            original = next(source.rglob(f"{job.family}_{weight}.ttf"))
            made = target / f"{job.family}-{name}.ttf"
            subset_font(original, made, job)
            licence = original.parent.parent / "LICENSE_FONT"
            (target / f"OFL-{job.family}.txt").write_text(licence.read_text("utf-8"), "utf-8")
            rows[made.name] = manifest_row(made, job)
    text = json.dumps({"files": rows}, indent=2, sort_keys=True)
    (target / "manifest.json").write_text(text + "\n", "utf-8")
    return rows


def digests() -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FONTS.iterdir()}


def main() -> None:
    if len(sys.argv) > 2:
        sys.exit(__doc__)
    before = digests()
    with tempfile.TemporaryDirectory() as fetched:
        if len(sys.argv) == 1:
            fetch(Path(fetched))
        rows = build(Path(sys.argv[1]) if len(sys.argv) == 2 else Path(fetched), FONTS)
    for name, row in rows.items():
        print(f"{name:28} {row['bytes']:>9}")
    changed = sorted(name for name, digest in digests().items() if before.get(name) != digest)
    if changed:
        sys.exit(f"Changed: {', '.join(changed)}")
    print("All files are as they were.")


if __name__ == "__main__":
    main()
