"""Whatever is typed: it is set with every letter, or refused with a calm sentence; text of every language reads back."""

from __future__ import annotations

import random
import unicodedata
from itertools import pairwise

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach_app.typesetting.bidi import embedding_levels, line_levels, visual_order
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.errors import TextDoesNotFitError
from outreach_app.typesetting.fonts import load_face
from outreach_app.typesetting.layout import paint_stack
from outreach_app.typesetting.lines import MeasuredParagraph
from outreach_app.typesetting.pages import A4
from outreach_app.typesetting.paragraphs import ShapedText, TextStyle
from outreach_app.typesetting.runs import cut_into_runs, letters_of
from outreach_app.typesetting.shaping import HANGING
from tests.support.pdf_reading import bare, font_faults, text_by_pdfium, text_by_pypdf

FAMILIES = ("NotoSans", "NotoSansThai", "Vazirmatn", "NotoSansSC")
FACES = tuple(load_face(f"{family}-Regular") for family in FAMILIES)
KNOWN = "Aåé ẹ́ọ̀ș́Łźž бґї ที่น้ำก็ 中文，。 مساعدة لا بَّ ١٢ +45 70 (a) [b] \u2066112\u2069 \u202eabc\u202c \u00ad\u200d\u00a0-–/"
SAMPLES = {
    "da": "Blåbærgrød på øen: få hjælp nu, også om æblerne.", "en": "Ask for help – it’s yours.",
    "ro": "Poți cere ajutor și sfaturi în Danemarca, fără bani.", "th": "คุณขอความช่วยเหลือและคำแนะนำที่นี่ได้ น้ำ กี่ ก็ ผู้ใหญ่",
    "es": "¿Necesitas ayuda? Mañana también está abierto.", "pt-BR": "Você não está só: ligue amanhã às três.",
    "bg": "Можете да получите помощ и съвет тук.", "ru": "Вы можете получить помощь, объём её большой.",
    "uk": "Ґанок, їжа, є допомога – зверніться.", "ar": "يمكنك الحصول على مساعدة، أولًا وأخيرًا", "fr": "Où êtes-vous ? Ça va, garçon, œuvre, Noël.",
    "zh-Hans": "你可以在这里得到帮助，不用花钱。", "vi": "Bạn có thể được giúp đỡ và tư vấn, đừng lo ngại.", "pcm": "You fit get help for here, no wahala.",
    "bin": "Ẹ́wé, ọ̀vbókhàn, ùwẹ rẹ̀n.", "yo": "Ẹ́ kú àárọ̀, ẹ lè rí ìrànlọ́wọ́ gbà níbí. ṢÉ Ọ́ DÁRA?", "ig": "Ị nwere ike ịnweta enyemaka ebe a; ṅụọ ọ̀nụ̀.",
    "hu": "Kérj segítséget: őrült jó, űrhajó, Ő is.", "cs": "Můžete dostat pomoc, přijďte k nám, děťátko.", "sk": "Môžete dostať pomoc, ľahko, ťava, ŕbeň.",
    "pl": "Możesz dostać pomoc: źdźbło, łóżko, żółw.", "lt": "Galite gauti pagalbą, ačiū, ėjo, ūgis.", "lv": "Jūs varat saņemt palīdzību, ķirsis, ģimene.",
    "et": "Siit saab abi: õpi, ärge kartke, öö, üks, žürii.", "be": "Вы можаце атрымаць дапамогу, ўсё добра.", "fil": "Makakakuha ka ng tulong dito, señor.",
}  # fmt: skip
OWN = {"th": FACES[1], "ar": FACES[2], "zh-Hans": FACES[3]}


def set_text(words: str, language: str = "en", *, rtl: bool = False, faces=FACES) -> bytes:
    style = TextStyle(tuple(faces), 9, language, rtl=rtl, break_words=True)
    canvas = TaggedCanvas(title="Any text", language=language, page_size=A4)
    paint_stack(canvas, [ShapedText(words, style)], 30, A4[1] - 20, A4[0] - 60)
    canvas.showPage()
    return canvas.finished()


def without_spaces(text: str) -> str:
    return "".join(letter for letter in text if letter not in HANGING)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60) | st.text(KNOWN, max_size=60), st.booleans(), st.floats(0.5, 40))
def test_any_text_is_cut_into_lines_that_hold_all_of_it_or_is_refused(text, rtl, width):
    measured = MeasuredParagraph(text, FACES, language="en", rtl=rtl)
    try:
        lines = measured.lines(width, break_words=True)
    except TextDoesNotFitError:
        return  # narrower than one letter
    assert without_spaces("".join(line.text for line in lines)) == without_spaces(measured.text)
    for line in lines:
        drawn = sorted("".join(run.text for run in line.runs))
        assert drawn == sorted(line.text)
        assert line.width <= width + 1e-6


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200) | st.text(KNOWN, max_size=200), st.booleans())
def test_any_text_is_drawn_without_a_fault(text, rtl):
    assert set_text(text, rtl=rtl).startswith(b"%PDF-1.7")


@settings(max_examples=100, deadline=None)
@given(st.text(KNOWN, max_size=40), st.sampled_from([0, 1]))
def test_runs_cover_the_text_without_gaps(text, base):
    levels = embedding_levels(text, base).levels
    runs = cut_into_runs(letters_of(text, FACES), 0, levels)
    assert "".join(text[run.start : run.end] for run in runs) == text
    assert all(before.end == after.start for before, after in pairwise(runs))
    assert all(set(levels[run.start : run.end]) == {run.level} for run in runs)


def test_order_of_many_random_texts_is_that_of_an_independent_implementation():
    """python-bidi is Rust's unicode-bidi: it shares no line with ours."""
    chance = random.Random(20260101)
    controls = "\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e"
    letters = "abc ()[]123+-.,:%&/אבגדلي٠١\u064e«»中" + controls
    for _ in range(8000):
        text = "".join(chance.choices(letters, k=chance.randint(1, 16))).strip() or "a"
        base = chance.randint(0, 1)
        order = visual_order(line_levels(embedding_levels(text, base), 0, len(text)))
        ours = "".join(text[place] for place in order if text[place] not in controls)
        theirs = get_display(text, base_dir="R" if base else "L")
        assert ours == "".join(letter for letter in theirs if letter not in controls), ascii(text)


@pytest.mark.parametrize("language", SAMPLES)
def test_text_of_every_language_reads_back(language):
    words = unicodedata.normalize("NFC", SAMPLES[language])
    pdf = set_text(words, language, rtl=language == "ar", faces=(OWN.get(language, FACES[0]),))
    assert font_faults(pdf) == []
    for found in (bare(text_by_pdfium(pdf)), bare(text_by_pypdf(pdf))):
        if language == "ar":  # no reader gives Arabic back in order; not a letter may be lost
            assert sorted(found) == sorted(bare(words))
        else:
            assert found == bare(words)


@pytest.mark.parametrize("letter", ["a", "字", "ก", "ل"])
def test_ten_thousand_characters_without_a_space_are_set(letter):
    measured = MeasuredParagraph(letter * 10_000, FACES, language="en", rtl=letter == "ل")
    lines = measured.lines(60, break_words=True)
    assert sum(len(line.text) for line in lines) == 10_000
    assert max(line.width for line in lines) <= 60 + 1e-6
