"""What is asked of the press: one leaflet, and how many of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LeafletRequest:
    """One leaflet: a sheet in a language and a format.

    ``beside`` is the worker's language on a bilingual print; ``region`` narrows the places to go to one region.
    ``cover`` puts a neutral cover in front, ``duplex`` prints both sides of the paper.
    """

    sheet: str
    language: str
    format: str = "a4"
    beside: str = ""
    cover: bool = False
    duplex: bool = False
    region: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """How many leaflets of one kind; ten wallet cards are ten copies on one sheet of paper."""

    request: LeafletRequest
    copies: int = 1
