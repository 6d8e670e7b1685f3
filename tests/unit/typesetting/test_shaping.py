"""Words shaped once are drawn as they would be inside their sentence, and forgotten before they fill the memory."""

from __future__ import annotations

import json
import random
import unicodedata

import pytest

from outreach_app.typesetting import shaping
from outreach_app.typesetting.fonts import Face, Glyph, fonts_folder, load_face
from outreach_app.typesetting.runs import script_of
from outreach_app.typesetting.shaping import Shaper, WordStore

NAMES = [name.removesuffix(".ttf") for name in sorted(json.loads((fonts_folder() / "manifest.json").read_text())["files"])]
SENTENCES = {
    "NotoSans": ("Latn", "Ring til +45 70 – AV, To «VAT» fi ffi Ẹ́ọ̀ Ř. 12:30 T. „Ł“ e-mail: a@b.dk"),
    "NotoSansThai": ("Thai", "ที่นี่ น้ำ กี่ คำ 112 ๑๒๓ ก็ได้ ฟ้า"),
    "Vazirmatn": ("Arab", "مساعدة الله لا أولًا (١١٢) بَّ اتصل 112،"),
    "NotoSansSC": ("Hani", "你好，世界。（电话）112“好”——《书》…… 一二　三 12"),
}


def letters_of(face: Face, script: str) -> list[str]:
    """Return the letters of one script that a face has, and the signs all scripts share; no marks."""
    points = [*range(0x21, 0x530), *range(0x600, 0x700), *range(0xE01, 0xE5C), *range(0x1E00, 0x2028), *range(0x3001, 0x3020)]
    points += [*range(0x4E00, 0x4F80), *range(0xFF01, 0xFF20)]
    letters = [chr(point) for point in points if face.glyph_of(chr(point))]
    plain = [letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Me", "Cf", "Zs")]
    return [letter for letter in plain if script_of(letter) in (script, None)]


def drawn(glyphs: list[Glyph] | tuple[Glyph, ...]) -> list[tuple[int, int, int, int]]:
    return [(glyph.number, glyph.advance, glyph.dx, glyph.dy) for glyph in glyphs]


def in_words(face: Face, text: str, script: str) -> list[tuple[int, int, int, int]]:
    words = Shaper(face, script, rtl=script == "Arab", language="en").words(text)
    assert "".join(word.text for word in words) == text
    return [place for word in (reversed(words) if script == "Arab" else words) for place in drawn(word.glyphs)]


def in_one_piece(face: Face, text: str, script: str) -> list[tuple[int, int, int, int]]:
    return drawn(face.shape(text, rtl=script == "Arab", language="en", script=script))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("script", ["Latn", "Cyrl", "Thai", "Arab", "Hani"])
def test_no_font_looks_across_a_space(name, script):
    face = load_face(name)
    text = " ".join(letter for letter in letters_of(face, script) if (name[:5], letter) != ("Vazir", "T"))  # T: by a hair
    assert in_words(face, text, script) == in_one_piece(face, text, script)


@pytest.mark.parametrize("name", NAMES)
def test_sentences_in_words_are_drawn_as_in_one_piece(name):
    script, text = SENTENCES[name.partition("-")[0]]
    assert in_words(load_face(name), text, script) == in_one_piece(load_face(name), text, script)


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_chinese_characters_stand_beside_each_other_as_they_stand_alone(weight):
    face = load_face(f"NotoSansSC-{weight}")
    letters = [letter for letter in letters_of(face, "Hani") if letter != " "]
    text = "字" + "".join(random.Random(5).choices([*letters, *"字，。（“1" * 20], k=3000))
    assert in_words(face, text, "Hani") == in_one_piece(face, text, "Hani")


def test_a_mark_stays_with_its_chinese_character():
    words = Shaper(load_face("NotoSansSC-Regular"), "Hani", rtl=False, language="zh-Hans").words("字\u0301字 a")
    assert [word.text for word in words] == ["字\u0301", "字 ", "a"]


def test_reach_counts_letters_in_the_order_of_reading():
    (word,) = Shaper(load_face("Vazirmatn-Regular"), "Arab", rtl=True, language="ar").words("لا")
    assert word.reach[0] <= word.reach[1] == pytest.approx(word.width)


def test_a_known_word_is_the_same_object_in_every_paragraph():
    store = WordStore()
    face = load_face("NotoSans-Regular")
    first, second = (store.shaper(face, "Latn", rtl=False, language="da").words(text) for text in ("hjælp nu du", "nu hjælp du"))
    assert (first[0], first[1], first[2]) == (second[1], second[0], second[2])
    assert store.shaper(face, "Latn", rtl=False, language="en").words("du")[0] is not first[2]


def test_words_are_forgotten_before_they_fill_the_memory(monkeypatch):
    monkeypatch.setattr(shaping, "_MOST_WORDS", 3)
    shaper = Shaper(load_face("NotoSans-Regular"), "Latn", rtl=False, language="da")
    first = shaper.words("a")[0]
    shaper.words("b c d")
    assert shaper.words("a")[0] is not first


def test_what_words_are_made_of_is_forgotten_too(monkeypatch):
    monkeypatch.setattr(shaping, "_MOST_WORDS", 2)
    kinds = WordStore().kinds((load_face("NotoSans-Regular"),))
    assert [kinds[word][0] for word in ("a", "ж", "b")] == ["Latn", "Cyrl", "Latn"]
    assert len(kinds) == 1


def test_languages_are_forgotten_too(monkeypatch):
    monkeypatch.setattr(shaping, "_MOST_SHAPERS", 1)
    store, face = WordStore(), load_face("NotoSans-Regular")
    first = store.shaper(face, "Latn", rtl=False, language="da")
    assert store.shaper(face, "Latn", rtl=False, language="da") is first
    store.shaper(face, "Latn", rtl=False, language="en")
    assert store.shaper(face, "Latn", rtl=False, language="da") is not first
    assert store.kinds((face,)) is store.kinds((face,))
