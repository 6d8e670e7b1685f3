"""How leaflets look: calm colours, and one text style for each role at a given body size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from outreach_app.leaflets.errors import GlyphMissingError
from outreach_app.leaflets.even_lines import EvenText
from outreach_app.leaflets.languages import Language
from outreach_app.typesetting.fonts import Face, load_face
from outreach_app.typesetting.layout import WHITE, PanelLook
from outreach_app.typesetting.lines import MeasuredParagraph
from outreach_app.typesetting.lists import BulletList
from outreach_app.typesetting.operators import Colour
from outreach_app.typesetting.paragraphs import BLACK, ShapedText, TextStyle
from outreach_app.typesetting.qr import Modules
from outreach_app.typesetting.runs import missing_letters
from outreach_app.typesetting.shaping import WordStore

INK: Colour = (0.106, 0.118, 0.133)
MUTED: Colour = (0.349, 0.380, 0.420)
ACCENT: Colour = (0.118, 0.361, 0.525)
URGENT: Colour = (0.612, 0.165, 0.165)
LINE: Colour = (0.847, 0.859, 0.875)
CALM_PANEL = PanelLook(fill=(0.925, 0.953, 0.973), bar=ACCENT)
URGENT_PANEL = PanelLook(fill=(0.980, 0.945, 0.937), bar=URGENT)
_FALLBACK = "NotoSans"
_WORDS = WordStore()  # of sheets only: what anybody may read
_MOST_PARAGRAPHS = 400  # the texts of some sheets in two languages


@dataclass(frozen=True)
class Palette:
    """The colours of one kind of page: of words, of lines, of the grounds behind the two numbers."""

    ink: Colour = INK
    muted: Colour = MUTED
    accent: Colour = ACCENT
    urgent: Colour = URGENT
    line: Colour = LINE
    calm_panel: PanelLook = CALM_PANEL
    urgent_panel: PanelLook = URGENT_PANEL


CALM = Palette()
STRONG = Palette(
    ink=BLACK,
    muted=BLACK,
    accent=(0.043, 0.227, 0.357),
    urgent=(0.502, 0.078, 0.078),
    line=BLACK,
    calm_panel=PanelLook(fill=WHITE, bar=(0.043, 0.227, 0.357), bar_width=6, radius=0),
    urgent_panel=PanelLook(fill=WHITE, bar=(0.502, 0.078, 0.078), bar_width=6, radius=0),
)  # for weak eyes: black on white, no grounds


@lru_cache(maxsize=8)
def code_of(content: str) -> Modules:
    """Return a code that is made once: its content is a number of the directory, nothing anybody typed."""
    return Modules.of(content)


@dataclass(frozen=True)
class Look:
    """Makes paragraphs of one language.

    With ``break_words`` a word that is wider than its line is cut between letters; with ``even`` no last line is left
    with a short word alone.
    """

    language: Language
    break_words: bool = False
    even: bool = False

    def faces(self, *, bold: bool) -> tuple[Face, ...]:
        """Return the language's own face first, then the one that fills gaps."""
        return _faces(self.language.family, bold=bold)

    def text(
        self,
        words: str,
        size: float,
        *,
        bold: bool = False,
        colour: Colour = INK,
        tag: str = "P",
        after: float = 0.0,
        centred: bool = False,
        tight: bool = False,
    ) -> ShapedText:
        """Return a paragraph of ``words`` in ``size`` points; raises GlyphMissingError."""
        style = TextStyle(
            words=_WORDS,
            faces=self.faces(bold=bold),
            size=size,
            language=self.language.code,
            rtl=self.language.rtl,
            leading=min(self.language.leading, 1.2) if tight else self.language.leading,
            colour=colour,
            space_after=after,
            tag=tag,
            align="centre" if centred else "start",
            break_words=self.break_words,
        )
        kind = EvenText if self.even else ShapedText
        return kind(words, style, measured=_measured(words, self.language, bold=bold))

    def bullets(
        self,
        texts: Sequence[str],
        size: float,
        *,
        after: float = 0.0,
        between: float = 0.18,
        colour: Colour = INK,
        bullet_colour: Colour = ACCENT,
    ) -> BulletList:
        """Return a list with one bullet for each text, ``between`` (of the size) apart."""
        items = [self.text(words, size, after=size * between, colour=colour) for words in texts]
        style = self.text("•", size, after=after).style
        return BulletList(items, style, bullet_colour=bullet_colour)


@lru_cache(maxsize=16)
def _faces(family: str, *, bold: bool) -> tuple[Face, ...]:
    weight = "Bold" if bold else "Regular"
    return tuple(load_face(f"{each}-{weight}") for each in dict.fromkeys((family, _FALLBACK)))


@lru_cache(maxsize=_MOST_PARAGRAPHS)
def _measured(words: str, language: Language, *, bold: bool) -> MeasuredParagraph:
    """Return a text measured once for all sizes and formats that are tried; raises GlyphMissingError."""
    faces = _faces(language.family, bold=bold)
    missing = missing_letters(words, faces)
    if missing:
        raise GlyphMissingError(letter=" ".join(f"U+{ord(letter):04X}" for letter in sorted(missing)))
    return MeasuredParagraph(words, faces, language=language.code, rtl=language.rtl, words=_WORDS)
