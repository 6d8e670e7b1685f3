"""The numbers of the look: colours light and dark, spacing, sizes. No Qt objects live here."""

from __future__ import annotations

from typing import NamedTuple

SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5 = 4, 8, 12, 16, 24  # pixels
BASE_POINTS = 10.5
CONTROL_HEIGHT = 32
RAIL_WIDTH = 186
LINE_CHARACTERS = 80
ICON_SIZE = 20


class Tokens(NamedTuple):
    """One look; each value is a colour written as ``#rrggbb``."""

    name: str
    ground: str
    surface: str
    raised: str
    text: str
    muted: str
    line: str
    field_line: str
    accent: str
    accent_soft: str
    on_accent: str
    calm: str
    notice: str
    urgent: str
    calm_soft: str
    notice_soft: str
    urgent_soft: str


LIGHT = Tokens(
    name="light", ground="#F6F6F3", surface="#FFFFFF", raised="#FFFFFF", text="#1B1E22", muted="#59616B",
    line="#D8DBDF", field_line="#868E97", accent="#1E5C86", accent_soft="#E2EDF5", on_accent="#FFFFFF",
    calm="#2A6B3D", notice="#85560A", urgent="#9C2A2A",
    calm_soft="#E6F1E9", notice_soft="#F8EFDD", urgent_soft="#F7E6E6",
)
DARK = Tokens(
    name="dark", ground="#14171A", surface="#1C2025", raised="#232830", text="#E9EBEE", muted="#A4ACB6",
    line="#343B44", field_line="#717B87", accent="#84BBE2", accent_soft="#1F3444", on_accent="#14171A",
    calm="#7CC293", notice="#E0B25A", urgent="#E58A8A",
    calm_soft="#1B2E22", notice_soft="#332A18", urgent_soft="#3A2222",
)


def tokens_for_lightness(window_lightness: int) -> Tokens:
    """Return the look whose ground is as light as the palette's window colour (0 to 255)."""
    return DARK if window_lightness < 128 else LIGHT
