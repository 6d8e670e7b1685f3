"""Every format by its id: its paper, how many leaflets one sheet of paper holds, and what sets it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from outreach_app.i18n import N_
from outreach_app.leaflets.errors import UnknownFormatError
from outreach_app.leaflets.formats.a4 import set_a4
from outreach_app.leaflets.formats.a5 import A5_SHAPE, set_a5
from outreach_app.leaflets.formats.a5_two_up import PAPER as TWO_UP_PAPER
from outreach_app.leaflets.formats.a5_two_up import set_a5_two_up
from outreach_app.leaflets.formats.bilingual import set_bilingual
from outreach_app.leaflets.formats.large_print import set_large_print
from outreach_app.leaflets.formats.options import Options
from outreach_app.leaflets.formats.pictograms import set_pictograms
from outreach_app.leaflets.formats.poster import set_poster
from outreach_app.leaflets.formats.wallet import set_wallet
from outreach_app.leaflets.formats.z_fold import set_z_fold
from outreach_app.leaflets.wording import Wording
from outreach_app.typesetting.canvas import TaggedCanvas
from outreach_app.typesetting.imposition import DL_SHEET
from outreach_app.typesetting.pages import A4

Setter = Callable[[TaggedCanvas, Wording, Options], None]


@dataclass(frozen=True)
class Format:
    """One format. ``paper`` is width and height in points; ``per_paper`` is how many leaflets one sheet of paper holds.

    ``may_cover`` and ``may_duplex`` tell which options mean something; ``two_sided`` formats always need both sides.
    ``outside`` is what the paper shows to whoever sees it: a page with the sheet's title, a card's, or a neutral cover.
    """

    id: str
    name: str
    set: Setter
    paper: tuple[float, float] = A4
    per_paper: int = 1
    may_cover: bool = False
    may_duplex: bool = False
    two_sided: bool = False
    bilingual: bool = False
    outside: Literal["page", "card", "cover"] = "page"


_ALL = (
    Format("a4", N_("A4 page"), set_a4, may_cover=True, may_duplex=True),
    Format("a5", N_("A5 page"), set_a5, paper=A5_SHAPE.paper, may_cover=True, may_duplex=True),
    Format(
        "a5_two_up",
        N_("Two A5 pages on A4, to cut"),
        set_a5_two_up,
        paper=TWO_UP_PAPER,
        per_paper=2,
        may_cover=True,
        may_duplex=True,
    ),
    Format(
        "z_fold", N_("Folded leaflet, six panels"), set_z_fold, paper=DL_SHEET.page, two_sided=True, outside="cover"
    ),
    Format("wallet", N_("Wallet cards, ten on a page"), set_wallet, per_paper=10, may_duplex=True, outside="card"),
    Format("poster", N_("Poster with numbers to tear off"), set_poster, outside="card"),
    Format("large_print", N_("Large print"), set_large_print, may_duplex=True),
    Format("pictograms", N_("Pictures with few words"), set_pictograms),
    Format("bilingual", N_("Two languages side by side"), set_bilingual, may_duplex=True, bilingual=True),
)
FORMATS: Mapping[str, Format] = MappingProxyType({each.id: each for each in _ALL})


def format_of(format_id: str) -> Format:
    """Return the format with this id; raises UnknownFormatError."""
    try:
        return FORMATS[format_id]
    except KeyError as unknown:
        raise UnknownFormatError(format=format_id, known=", ".join(FORMATS)) from unknown
