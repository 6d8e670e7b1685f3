"""Shipped fonts: unaltered, licensed, small, and able to draw what leaflets and the window show."""

from __future__ import annotations

import hashlib
import json
import shutil
import unicodedata

import pytest

from outreach_app.typesetting.errors import FontMissingError
from outreach_app.typesetting.fonts import Face, fonts_folder, load_face, read_face
from outreach_app.typesetting.runs import missing_letters
from tools.make_fonts import JOBS, SCOPE, WEIGHTS

MANIFEST = json.loads((fonts_folder() / "manifest.json").read_text("utf-8"))["files"]
GB2312 = "".join(bytes([high, low]).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
VIETNAMESE = "".join(base + tone for base in "aăâeêioôơuưy" for tone in ("", *"\u0300\u0301\u0303\u0309\u0323")) + "đ"
TONES = "".join(base + tone for base in "aeioumnẹọịụ" for tone in ("", *"\u0300\u0301\u0304"))
LATIN, SIGNS = "abcdefghijklmnopqrstuvwxyz", " 0123456789.,;:!?-–—()/+*%&@'\"’“”„«»…•·×°€ \u00a0\u2066\u2069"
ALPHABETS = {
    "da": ("NotoSans", LATIN + "æøåé"), "en": ("NotoSans", LATIN), "ro": ("NotoSans", LATIN + "ăâîșț"),
    "th": ("NotoSansThai", "".join(map(chr, [*range(0xE01, 0xE3B), *range(0xE3F, 0xE5C)]))),
    "es": ("NotoSans", LATIN + "áéíñóúü¿¡"), "pt-BR": ("NotoSans", LATIN + "áâãàçéêíóôõúü"),
    "bg": ("NotoSans", "абвгдежзийклмнопрстуфхцчшщъьюяѝ№"), "ru": ("NotoSans", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя№"),
    "uk": ("NotoSans", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя\u0301"),
    "ar": ("Vazirmatn", "".join(map(chr, [*range(0x621, 0x63B), *range(0x641, 0x653), *range(0x660, 0x66E), 0x670])) + "،؛؟"),
    "fr": ("NotoSans", LATIN + "àâæçéèêëîïôœùûüÿ"), "vi": ("NotoSans", LATIN + VIETNAMESE),
    "zh-Hans": ("NotoSansSC", LATIN + "，。；：？！（）《》“”‘’、…" + GB2312), "pcm": ("NotoSans", LATIN + "ẹọ"),
    "bin": ("NotoSans", LATIN + TONES), "yo": ("NotoSans", LATIN + TONES + "ṣ"), "ig": ("NotoSans", LATIN + TONES + "ịụṅ"),
    "hu": ("NotoSans", LATIN + "áéíóöőúüű"), "cs": ("NotoSans", LATIN + "áčďéěíňóřšťúůýž"),
    "sk": ("NotoSans", LATIN + "áäčďéíĺľňóôŕšťúýž"), "pl": ("NotoSans", LATIN + "ąćęłńóśźż"),
    "lt": ("NotoSans", LATIN + "ąčęėįšųūž"), "lv": ("NotoSans", LATIN + "āčēģīķļņšūž"),
    "et": ("NotoSans", LATIN + "šžõäöü"), "be": ("NotoSans", "абвгдеёжзійклмнопрстуўфхцчшыьэюя"),
    "fil": ("NotoSans", LATIN + "ñáéíóúâêîôû"),
}  # fmt: skip
WINDOW_SYMBOLS = "•…–—‘’“”«»€×÷←↑→↓●○■□▲▼✓⚠☎"


@pytest.mark.parametrize("name", sorted(MANIFEST))
def test_file_is_the_one_of_the_manifest(name):
    data = (fonts_folder() / name).read_bytes()
    row = MANIFEST[name]
    assert (len(data), hashlib.sha256(data).hexdigest()) == (row["bytes"], row["sha256"])
    assert "SIL Open Font License" in (fonts_folder() / row["licence"]).read_text("utf-8")


def test_folder_holds_nothing_else_and_stays_small():
    files = {path.name for path in fonts_folder().iterdir()}
    licences = {row["licence"] for row in MANIFEST.values()}
    assert files == set(MANIFEST) | licences | {"manifest.json"}
    assert sum(row["bytes"] for row in MANIFEST.values()) < 6_000_000


def test_symbols_of_the_window_can_be_drawn():
    faces = (load_face("NotoSans-Regular"), load_face("NotoSansSC-Regular"))
    assert missing_letters(WINDOW_SYMBOLS, faces) == frozenset()


@pytest.mark.parametrize("language", sorted(ALPHABETS))
@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_every_letter_of_every_language_can_be_drawn_in_both_weights(language, weight):
    family, letters = ALPHABETS[language]
    sample = letters + letters.upper() + SIGNS
    assert missing_letters(unicodedata.normalize("NFC", sample), (load_face(f"{family}-{weight}"),)) == frozenset()


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
@pytest.mark.parametrize("letter", [*"AEIOUẸỌỊỤMN", *"aeiouẹọịụmn"])
@pytest.mark.parametrize("tone", ["\u0300", "\u0301", "\u0304"])
def test_tone_marks_stand_clear_above_capitals_and_small_letters(letter, tone, weight):
    """Yoruba, Igbo and Bini: set one over the other without shaping, mark and capital collide."""
    face = load_face(f"NotoSans-{weight}")
    text = unicodedata.normalize("NFC", letter + tone)
    base, *marks = face.shape(text, rtl=False, language="yo")
    letter_box = outline(face, base.number, 0, 0)
    for mark in marks:
        left, bottom, right, top = outline(face, mark.number, base.advance + mark.dx, mark.dy)
        assert mark.number != face.glyph_of("\u25cc")
        assert mark.advance == 0
        assert bottom > letter_box[3] or top < letter_box[1]  # wholly above, or a dot wholly below
        assert letter_box[0] - 20 < (left + right) / 2 < letter_box[2] + 20  # over the letter; an acute on a thin i leans


def outline(face: Face, glyph: int, x: int, y: int) -> tuple[int, int, int, int]:
    """Return left, bottom, right and top of a glyph set at ``x``, ``y``, in font units."""
    box = face._font.get_glyph_extents(glyph)
    return x + box.x_bearing, y + box.y_bearing + box.height, x + box.x_bearing + box.width, y + box.y_bearing


def test_manifest_names_the_packages_the_fonts_are_made_from():
    expected = {
        f"{job.family}-{name}.ttf": SCOPE + job.package for job in JOBS for name in WEIGHTS.values()
    }  # fmt: skip
    assert {name: row["package"] for name, row in MANIFEST.items()} == expected


def test_unknown_face_is_a_calm_error():
    with pytest.raises(FontMissingError) as caught:
        load_face("NoSuch-Regular")
    assert "NoSuch-Regular" in caught.value.sentence()


def test_altered_face_is_refused(tmp_path):
    for name in ("manifest.json", "NotoSansThai-Bold.ttf"):
        shutil.copy(fonts_folder() / name, tmp_path / name)
    read_face(tmp_path, "NotoSansThai-Bold")
    with (tmp_path / "NotoSansThai-Bold.ttf").open("r+b") as file:
        file.seek(3000)
        file.write(b"XX")
    with pytest.raises(FontMissingError):
        read_face(tmp_path, "NotoSansThai-Bold")


def test_damaged_manifest_is_refused(tmp_path):
    (tmp_path / "manifest.json").write_text("{", "utf-8")
    with pytest.raises(FontMissingError):
        read_face(tmp_path, "NotoSans-Regular")
