"""Set a page in each script beside Typst, both in one picture: to be looked at before a change to shaping lands.

Usage: ``python -m tools.compare_typesetting FOLDER``. Left is ours, right is Typst's.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from tools.bench import MODULES, loaded

_SCALE = 2.0  # 144 dots an inch
_GAP = 24  # dots between the pages
_MARKS = {
    "yo": "Ẹ́ kú àárọ̀, ẹ lè rí ìrànlọ́wọ́ gbà níbí. ÈMI, Ọ̀RẸ́, ṢÉ Ọ́ DÁRA? Ẹ̀KỌ́ Ń BẸ̀RẸ̀.",
    "ig": "Ị nwere ike ịnweta enyemaka ebe a. ỤBỌ̀CHỊ̀ Ọ́MA, Ṅụọ ọ̀nụ̀, Ẹ́HẸ̀.",
    "bin": "Ẹ́wé, ọ̀vbókhàn, ùwẹ rẹ̀n. Ọ̀ GHÁ RẸ̀N, ÈDÓ, Ẹ̀DÓ.",
    "uk": "Ґанок, їжа, є допомога. ЩО РОБИТИ? Зверніться по пораду: +45 70 20 25 50.",
}  # letters with marks: what collides first


def pages(bench: Any) -> dict[str, Any]:
    """Return a page for each language: those of the bench, and one of letters with marks each."""
    texts = sys.modules[bench.Page.__module__]
    marked = {
        language: texts.Page(words, words, (texts.Section(words, (words, words.upper())),))
        for language, words in _MARKS.items()
    }
    return {**bench.PAGES, **marked}


def picture(pdf: bytes) -> Image.Image:
    """Return the first page as a picture."""
    document = pypdfium2.PdfDocument(pdf)
    image: Image.Image = document[0].render(scale=_SCALE).to_pil()
    document.close()
    return image


def side_by_side(left: Image.Image, right: Image.Image) -> Image.Image:
    """Return both on one picture."""
    both = Image.new("RGB", (left.width + _GAP + right.width, max(left.height, right.height)), "grey")
    both.paste(left, (0, 0))
    both.paste(right, (left.width + _GAP, 0))
    return both


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    bench = loaded(MODULES / "leaflet_bench.py")
    for language, page in pages(bench).items():
        theirs = bench.Theirs(language)
        ours = picture(bench.Ours(language).document(page, [0]))
        typst = picture(theirs.document(theirs.source(page, [0])))
        side_by_side(ours, typst).save(folder / f"{language}.png")
        print(folder / f"{language}.png")


if __name__ == "__main__":
    main()
