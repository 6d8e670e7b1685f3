"""Shipped fonts: unaltered, licensed, small, and able to draw what leaflets and the window show."""

from __future__ import annotations

import hashlib
import json
import shutil

import pytest

from outreach_app.typesetting.errors import FontMissingError
from outreach_app.typesetting.fonts import fonts_folder, load_face, read_face
from outreach_app.typesetting.runs import missing_letters

MANIFEST = json.loads((fonts_folder() / "manifest.json").read_text("utf-8"))["files"]
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


@pytest.mark.parametrize(
    ("family", "sample"),
    [
        ("NotoSans", "Blåbærgrød șț ŠŽ ẹ́ọ̀ Київ 0123456789"),
        ("NotoSansThai", "ขอความช่วยเหลือ ๑๒๓ 0123 abc"),
        ("Vazirmatn", "مساعدة ٠١٢ 0123 abc"),
    ],
)
@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_each_script_is_complete_in_both_weights(family, sample, weight):
    assert missing_letters(sample, (load_face(f"{family}-{weight}"),)) == frozenset()


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
