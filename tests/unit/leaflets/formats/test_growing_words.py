"""However long the words grow, small formats set them smaller or refuse them: nothing lies on a cut, a fold or an edge."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outreach_app.leaflets.errors import TextDoesNotFitError
from outreach_app.leaflets.wording import Caption, Wording
from outreach_app.typesetting.imposition import WALLET_SHEET
from tests.support.leaflet_setting import BOTH_SIDES, box_of, inside, page_sizes, set_leaflet, text_boxes
from tests.support.leaflet_words import sample_wording

SAFE = {
    "wallet": [box_of(card, 3) for card in WALLET_SHEET.cards()],
    "z_fold": [(99 * panel + 8, 8, 99 * panel + 91, 202) for panel in range(3)],
    "poster": [(0, 0, 210, 62), (15, 64, 195, 288)],
    "pictograms": [(12, 8, 198, 287)],
}


def grown(wording: Wording, times: int) -> Wording:
    def longer(text: str) -> str:
        return " ".join([text] * times)

    card, cover = wording.card, wording.cover
    return replace(
        wording,
        title=longer(wording.title),
        card=replace(card, title=longer(card.title), lines=tuple(longer(line) for line in card.lines)),
        sections=tuple(replace(words, plain_lines=words.plain_lines * times) for words in wording.sections) * times,
        pictograms=tuple(Caption(each.picture, longer(each.words)) for each in wording.pictograms),
        cover=replace(cover, title=longer(cover.title)),
        tear_off=longer(wording.tear_off),
    )


@pytest.mark.parametrize("form", SAFE)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_words_get_smaller_and_are_then_refused(form, language):
    for times in (1, 2, 3, 9):
        try:
            pdf = set_leaflet(form, grown(sample_wording(language), times), BOTH_SIDES)
        except TextDoesNotFitError:
            break
        for page in range(len(page_sizes(pdf))):
            assert all(any(inside(box, part) for part in SAFE[form]) for box in text_boxes(pdf, page))
    assert times > 1
