"""What a letter of the desk says to one laptop: which numbers are missing, and what was counted of its team."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

from outreach_app.wire.signed import Amount, DeviceId, Instant, Number

LetterKind = Literal["gap", "figures"]
LETTER_KINDS: tuple[LetterKind, ...] = ("gap", "figures")
MOST_GAPS = 100
MOST_ROWS = 5_000
Code = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_.-]{1,80}\Z")]
Month = Annotated[str, msgspec.Meta(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])\Z")]


class LetterHeader(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a mailbox may read of a letter, so that it can file it: of one kind, the one with the highest number."""

    format: Literal["outreach-letter/1"] = "outreach-letter/1"
    kind: LetterKind
    device: DeviceId
    number: Number


class MissingNumbers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Numbers of one epoch that never came while ``waiting`` later ones lie at the desk."""

    epoch: Number
    first_missing: Number
    last_missing: Number
    waiting: Amount


class FiguresRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the centre counted of this laptop in one month and setting; units as in ``centre count``."""

    month: Month
    setting: Code
    encounters: Amount
    contacts: Amount
    uses: Amount
    tallies: Amount


class Letter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One letter; ``number`` grows with each letter of a kind, and the newest says how things stand now.

    ``gaps`` belong to ``gap`` (none: nothing is missing any more), ``rows`` with ``as_of`` and ``rule`` to ``figures``.
    """

    format: Literal["outreach-letter/1"] = "outreach-letter/1"
    kind: LetterKind
    device: DeviceId
    number: Number
    issued_at: Instant
    gaps: Annotated[tuple[MissingNumbers, ...], msgspec.Meta(max_length=MOST_GAPS)] = ()
    as_of: date | None = None
    rule: Annotated[str, msgspec.Meta(max_length=40)] = ""
    rows: Annotated[tuple[FiguresRow, ...], msgspec.Meta(max_length=MOST_ROWS)] = ()
