"""How long a shaped, tagged page takes beside Typst setting the same text at the same size, in one run.

The text is varied in every round, in every paragraph, so that Typst's memory of earlier rounds does not answer for it.
One page is measured in processor time, of which both use one thread: machines are shared and noisy. A job, a preview and
all wallet cards are measured by the clock; the last two against a budget in seconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from functools import partial

import pypdfium2
import typst

from outreach_app.leaflets.errors import SheetLacksEntryError, TranslationMissingError
from outreach_app.leaflets.languages import LANGUAGES, language_of
from outreach_app.leaflets.making import make_leaflet
from outreach_app.leaflets.requests import LeafletRequest
from outreach_app.leaflets.sheets import sheet_ids
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.fonts import Face, fonts_folder, load_face
from outreach_app.typesetting.layout import paint_stack
from outreach_app.typesetting.lists import BulletList
from outreach_app.typesetting.pages import A4
from outreach_app.typesetting.paragraphs import ShapedText, TextStyle
from outreach_app.typesetting.shaping import WordStore
from tests.bench.leaflet_texts import PAGES, Page

ROUNDS = 60
PREVIEW_SECONDS, WALLETS_SECONDS = 0.150, 20.0
DAY = date(2026, 1, 1)
MANY = 200  # pages of one job
_MARGIN = 56.0  # points
_TITLE, _HEADING, _BODY = 20.0, 14.0, 12.0
_FAMILIES = {"th": "Noto Sans Thai", "ar": "Vazirmatn", "zh-Hans": "Noto Sans SC"}
_LETTERS = {"th": "กขคงจชซญดตถทนบปพ", "ar": "بتثجحخدذرزسشصضطظ", "zh-Hans": "天地人你我他大小上下左右前后日月"}
_LATIN = ("Noto Sans", "abdeghiklmnoprst")
RATIOS = {
    **{f"page in {each} / Typst's of the same text": (f"page_{each}", f"typst_page_{each}", 1.3) for each in PAGES},
    **{
        f"a page of {MANY} in {each} / Typst's page": (f"page_of_many_{each}", f"typst_page_of_many_{each}", 4.0)
        for each in PAGES
    },
    **{f"preview in {each} / {PREVIEW_SECONDS * 1000:.0f} ms": (f"preview_{each}", "preview_budget", 1.0) for each in PAGES},
    f"every sheet in every core language as cards / {WALLETS_SECONDS:.0f} s": ("all_wallets", "all_wallets_budget", 1.0),
}


def nonsense(language: str, number: int) -> str:
    """Return a word of the language's letters that is different for every ``number`` below 4096."""
    letters = _LETTERS.get(language, _LATIN[1])
    return "".join(letters[number >> shift & 15] for shift in (0, 4, 8))


class Ours:
    """Our pages; words are remembered from page to page, as for leaflets."""

    def __init__(self, language: str) -> None:
        """Open the faces of ``language``."""
        self._language = language
        self._words = WordStore()
        self._faces = {weight: self._load(weight) for weight in ("Regular", "Bold")}

    def _load(self, weight: str) -> tuple[Face, ...]:
        families = dict.fromkeys((language_of(self._language).family, "NotoSans"))
        return tuple(load_face(f"{family}-{weight}") for family in families)

    def _style(self, size: float, *, bold: bool = False, tag: str = "P") -> TextStyle:
        return TextStyle(
            self._faces["Bold" if bold else "Regular"], size, self._language, rtl=self._language == "ar", tag=tag,
            space_after=4, words=self._words,
        )  # fmt: skip

    def document(self, page: Page, numbers: Iterable[int]) -> bytes:
        """Return a document with a page for each of ``numbers``."""
        canvas = TaggedCanvas(title=page.title, language=self._language, page_size=A4)
        for number in numbers:
            self._set(canvas, page, nonsense(self._language, number))
        return canvas.finished()

    def _set(self, canvas: TaggedCanvas, page: Page, word: str) -> None:
        title, heading = self._style(_TITLE, bold=True, tag="H1"), self._style(_HEADING, bold=True, tag="H2")
        body = self._style(_BODY)
        story = [ShapedText(f"{page.title} {word}", title), ShapedText(f"{page.intro} {word}", body)]
        for section in page.sections:
            items = [ShapedText(f"{line} {word}", body) for line in section.lines]
            story += [ShapedText(f"{section.heading} {word}", heading), BulletList(items, body)]
        paint_stack(canvas, story, _MARGIN, A4[1] - _MARGIN, A4[0] - 2 * _MARGIN)
        canvas.showPage()


class Theirs:
    """The same pages by a warm Typst with the same fonts."""

    def __init__(self, language: str) -> None:
        """Open the fonts."""
        self._language = language
        self._compiler = typst.Compiler(font_paths=[str(fonts_folder())], ignore_system_fonts=True)

    def source(self, page: Page, numbers: Iterable[int]) -> bytes:
        """Return the markup of a document with a page for each of ``numbers``."""
        code, _, script = self._language.partition("-")
        family = _FAMILIES.get(self._language, _LATIN[0])
        region = ', region: "CN"' if script else ""
        head = (
            f'#set page(paper: "a4", margin: {_MARGIN}pt)\n'
            f'#set text(font: ("{family}", "{_LATIN[0]}"), size: {_BODY}pt, lang: "{code}"{region})\n'
            f"#show heading.where(level: 1): set text(size: {_TITLE}pt)\n"
            f"#show heading.where(level: 2): set text(size: {_HEADING}pt)\n"
        )
        pages = [self._page(page, nonsense(self._language, each)) for each in numbers]
        return (head + "\n#pagebreak()\n".join(pages)).encode()

    def _page(self, page: Page, word: str) -> str:
        parts = [f"= {page.title} {word}", f"{page.intro} {word}"]
        for section in page.sections:
            parts += [f"== {section.heading} {word}", "\n".join(f"- {line} {word}" for line in section.lines)]
        return "\n\n".join(parts)

    def document(self, source: bytes) -> bytes:
        """Return the document as PDF."""
        return bytes(self._compiler.compile(source, format="pdf"))


def measure() -> dict[str, float]:
    """Return seconds for each language: one page, a page of a long job, a preview; and for all wallet cards."""
    results = {"preview_budget": PREVIEW_SECONDS, "all_wallets_budget": WALLETS_SECONDS}
    for language, page in PAGES.items():
        results |= _one_page(language, page) | _many_pages(language, page)
        results[f"preview_{language}"] = min(_seconds(partial(_preview, language)) for _ in range(ROUNDS // 10))
    results["all_wallets"] = _seconds(_all_wallets)
    return results


def _preview(language: str) -> None:
    """Make a picked leaflet and show its first page, as the window does."""
    made = make_leaflet(LeafletRequest("where_to_get_help", language, "a4"), DAY)
    document = pypdfium2.PdfDocument(made.pdf)
    document[0].render(scale=1.5)
    document.close()


def _all_wallets() -> None:
    for language in LANGUAGES.values():
        for sheet in sheet_ids() if language.tier == "core" else ():
            with suppress(SheetLacksEntryError, TranslationMissingError):
                make_leaflet(LeafletRequest(sheet, language.code, "wallet"), DAY)


def _one_page(language: str, page: Page) -> dict[str, float]:
    ours, theirs = Ours(language), Theirs(language)
    pairs = []
    for number in range(ROUNDS):
        source = theirs.source(page, [number])
        clock = time.process_time
        pairs.append((
            _seconds(partial(ours.document, page, [number]), clock), _seconds(partial(theirs.document, source), clock),
        ))  # fmt: skip
    return {
        f"page_{language}": min(pair[0] for pair in pairs),
        f"typst_page_{language}": min(pair[1] for pair in pairs),
    }


def _many_pages(language: str, page: Page) -> dict[str, float]:
    ours, theirs = Ours(language), Theirs(language)
    numbers = range(ROUNDS, ROUNDS + MANY)
    source = theirs.source(page, numbers)
    return {
        f"page_of_many_{language}": _seconds(lambda: ours.document(page, numbers)) / MANY,
        f"typst_page_of_many_{language}": _seconds(lambda: theirs.document(source)) / MANY,
    }


def _seconds(action: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    begun = clock()
    action()
    return clock() - begun
