"""The look: contrast of every pair of colours, one family of icons, fonts that load."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton

from outreach_app.paths import shipped_folder
from ui.icons import current_tokens, icon_pixmap, set_icon
from ui.style_sheet import style_sheet
from ui.theme import Theme, load_fonts, palette_of
from ui.tokens import DARK, LIGHT

ICONS = sorted(shipped_folder("resources").joinpath("icons").glob("*.svg"))


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(tokens):
    for ground in (tokens.ground, tokens.surface, tokens.raised):
        for text in (tokens.text, tokens.muted, tokens.accent, tokens.calm, tokens.notice, tokens.urgent):
            assert contrast(text, ground) >= 4.5, (text, ground)
        assert contrast(tokens.field_line, ground) >= 3.0, (tokens.field_line, ground)
    for text, ground in (
        (tokens.on_accent, tokens.accent),
        (tokens.text, tokens.accent_soft),
        (tokens.accent, tokens.accent_soft),
        (tokens.text, tokens.calm_soft),
        (tokens.text, tokens.notice_soft),
        (tokens.text, tokens.urgent_soft),
        (tokens.accent, tokens.calm_soft),
    ):
        assert contrast(text, ground) >= 4.5, (text, ground)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_a_box_is_seen_before_it_is_ticked(tokens):
    assert "QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid " + tokens.field_line in style_sheet(tokens)
    for ground in (tokens.surface, tokens.ground):
        assert contrast(tokens.field_line, ground) >= 3, ground
    ticked = shipped_folder("resources") / "icons" / f"mark-ticked-{tokens.name}.svg"
    assert tokens.on_accent in ticked.read_text(encoding="ascii")


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_is_whole(tokens, qapp):
    sheet = style_sheet(tokens)
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")
    for file in re.findall(r'url\("([^"]+)"\)', sheet):
        assert file.endswith(".svg")
        assert any(str(icon.as_posix()) == file for icon in ICONS)


@pytest.mark.parametrize("file", ICONS, ids=lambda file: file.stem)
def test_every_icon_is_of_the_one_family(file, qapp):
    text = file.read_text(encoding="ascii")
    assert 'viewBox="0 0 20 20"' in text
    assert 'stroke-width="1.5"' in text
    pixmap = icon_pixmap(file.stem, "#123456", 20, 1.0)
    drawn = pixmap.toImage()
    inked = [(x, y) for x in range(20) for y in range(20) if drawn.pixelColor(x, y).alpha() > 60]
    assert len(inked) > 8, "nothing to see"
    assert all(0 < x < 19 and 0 < y < 19 for x, y in inked), "cut off at the edge"


def test_the_look_follows_the_choice(qapp):
    theme = Theme(qapp, "light")
    theme.apply()
    button = QPushButton("x")
    set_icon(button, "lock", "text")
    before = button.icon().pixmap(20, 20).toImage()
    heard: list[int] = []
    theme.changed.connect(lambda: heard.append(1))
    theme.apply("dark")
    assert current_tokens() is DARK
    assert button.icon().pixmap(20, 20).toImage() != before
    assert heard == [1]
    theme.apply("light")
    assert current_tokens() is LIGHT
    assert qapp.palette().window().color() == QColor(LIGHT.ground)


def test_the_system_choice_follows_the_system(qapp):
    theme = Theme(qapp, "system")
    theme._follow_system()
    assert theme.tokens() in (LIGHT, DARK)
    assert palette_of(theme.tokens()).window().color() == qapp.palette().window().color()


def test_the_shipped_fonts_are_used(qapp):
    assert set(load_fonts(first=True)) == {"Noto Sans"}
    assert {"Noto Sans Thai", "Vazirmatn"} <= set(load_fonts(first=False))
    theme = Theme(qapp, "light")
    theme.apply()
    theme.load_other_scripts()
    assert qapp.font().families()[0] == "Noto Sans"
    assert qapp.font().pointSizeF() == 10.5
