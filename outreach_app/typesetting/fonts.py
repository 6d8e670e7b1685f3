"""Font files as faces: letters in, placed glyphs out (HarfBuzz), and cut-down copies for embedding."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import uharfbuzz as hb

from outreach_app.paths import shipped_folder
from outreach_app.typesetting.errors import FontMissingError

_DROPPED_TABLES = (
    "GSUB", "GPOS", "GDEF", "kern", "STAT", "gasp", "DSIG", "meta", "name", "OS/2", "post", "VDMX", "LTSH", "hdmx",
    "BASE", "vhea", "vmtx", "cmap",
)  # fmt: skip

_CUTS_BEFORE_PREPARING = 5  # a preview does not wait for it


class Glyph(NamedTuple):
    """One placed glyph: font units; ``cluster`` is the first letter it stands for."""

    number: int
    cluster: int
    dx: int
    dy: int
    advance: int
    advance_y: int = 0  # for vertical scripts, which nothing here sets


class Face:
    """One static TrueType font. Its own measures are in font units; ``em`` is how many make one em."""

    def __init__(self, name: str, data: bytes) -> None:
        """Open the font in ``data``; ``name`` is its file name without the ending."""
        self.name = name
        self._face: Any = hb.Face(hb.Blob(data))
        self._font: Any = hb.Font(self._face)
        self.em = int(self._face.upem)
        self._prepared = self._face
        self._cuts = 0
        self._glyph_of: dict[str, int] = {}
        self._advance_of: dict[int, int] = {}
        extents = self._font.get_font_extents("ltr")
        self.ascent = float(extents.ascender) / self.em
        self.descent = -float(extents.descender) / self.em

    def glyph_of(self, letter: str) -> int:
        """Return the number of the plain glyph of ``letter``, 0 if the font has none."""
        glyph = self._glyph_of.get(letter)
        if glyph is None:
            glyph = self._glyph_of[letter] = int(self._font.get_nominal_glyph(ord(letter)) or 0)
        return glyph

    def own_advance(self, glyph: int) -> int:
        """Return the width the font itself gives to a glyph, before any positioning."""
        advance = self._advance_of.get(glyph)
        if advance is None:
            advance = self._advance_of[glyph] = int(self._font.get_glyph_h_advance(glyph))
        return advance

    def shape(self, text: str, *, rtl: bool, language: str, script: str | None = None) -> tuple[Glyph, ...]:
        """Return the glyphs of ``text``, a run of one direction and script (``Latn``), from left to right.

        A number alone does not tell its script, and some fonts draw it differently among letters: so it may be said.
        """
        buffer: Any = hb.Buffer()
        buffer.add_str(text)
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_GRAPHEMES
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.language = language
        if script is not None:
            buffer.script = script
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer, {})
        placed = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        return tuple([Glyph(i.codepoint, i.cluster, *p.position) for i, p in placed])

    def _for_cutting(self) -> Any:
        """Return the face; from the second document on one prepared for cutting: dear once, then thrice as quick."""
        self._cuts += 1
        if self._cuts == _CUTS_BEFORE_PREPARING:
            self._prepared = hb.subset_preprocess(self._face)
        return self._prepared

    def cut(self, glyphs: set[int]) -> tuple[bytes, dict[int, int]]:
        """Return a font file that holds only ``glyphs``, and the new number of each."""
        wanted: Any = hb.SubsetInput()
        wanted.glyph_set.update(sorted(glyphs))
        wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
        tags = (int.from_bytes(tag.encode().ljust(4), "big") for tag in _DROPPED_TABLES)
        wanted.drop_table_tag_set.update(list(tags))
        plan: Any = hb.SubsetPlan(self._for_cutting(), wanted)
        numbers = {int(old): int(new) for old, new in dict(plan.old_to_new_glyph_mapping).items()}
        return bytes(plan.execute().blob.data), numbers


def fonts_folder() -> Path:
    """Return where the font files lie; the window loads its own letters from the same folder."""
    return shipped_folder("resources") / "fonts"


@lru_cache(maxsize=16)
def load_face(name: str) -> Face:
    """Return the shipped face ``name`` (``NotoSans-Bold``), checked against the manifest; raises FontMissingError."""
    return read_face(fonts_folder(), name)


def read_face(folder: Path, name: str) -> Face:
    """Return the face ``name`` of ``folder``; raises FontMissingError if the file is absent or altered."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        expected = manifest["files"][f"{name}.ttf"]["sha256"]
        data = (folder / f"{name}.ttf").read_bytes()
    except (OSError, ValueError, KeyError) as missing:
        raise FontMissingError(font=name) from missing
    if hashlib.sha256(data).hexdigest() != expected:
        raise FontMissingError(font=name)
    return Face(name, data)
