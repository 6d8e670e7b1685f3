"""What the centre says about this laptop's batches, and what to do: missing numbers, a changed key, an end of trust."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.models.dates import day_in_words
from ui.models.rows import BatchRow

if TYPE_CHECKING:
    from outreach_app.services.letters import GapLetter, MissingBatches
    from outreach_app.services.packs import PacksState


@dataclass(frozen=True, slots=True)
class Word:
    """One thing the centre says: what, what to do, and ``act``: send, fetch or nothing."""

    first: str
    second: str
    act: str = ""


def words_of_centre(
    gaps: GapLetter | None, packs: PacksState, newest: Sequence[BatchRow], today: date
) -> tuple[Word, ...]:
    """Return what there is to say, the gravest first; a revoked laptop is asked for nothing."""
    if packs.revoked:
        return tuple(_revoked())
    return (*_gaps(gaps), *_came_back(newest), *_expired(packs, today))


def _revoked() -> Iterator[Word]:
    yield Word(
        _("The centre takes nothing from this laptop any more."),
        _("What you wrote is safe here, and you can go on writing. Call the centre."),
    )


def _gaps(letter: GapLetter | None) -> Iterator[Word]:
    for gap in () if letter is None else letter.missing:
        yield Word(_misses(gap), " ".join(_known_here(gap)), "send" if gap.here or gap.given_up else "")


def _misses(gap: MissingBatches) -> str:
    numbers = list(range(gap.first, gap.last + 1))
    if len(numbers) > 3:
        return _("The centre misses batches {first} to {last}.").format(first=gap.first, last=gap.last)
    told = ngettext("The centre misses batch {numbers}.", "The centre misses batches {numbers}.", len(numbers))
    return told.format(numbers=_numbers(numbers))


def _known_here(gap: MissingBatches) -> Iterator[str]:
    if gap.here:
        told = ngettext("It is sealed here: send it again.", "They are sealed here: send them again.", len(gap.here))
        whole = len(gap.here) == gap.last - gap.first + 1
        some = _("Sealed here, to be sent again: {numbers}.").format(numbers=_numbers(gap.here))
        yield told if whole else some
    if gap.on_their_way:
        yield _("Handed over after the centre wrote this: {numbers}.").format(numbers=_numbers(gap.on_their_way))
    if gap.given_up:
        yield _("Given up here; the next run tells the centre: {numbers}.").format(numbers=_numbers(gap.given_up))
    if gap.confirmed:
        yield _("Counted before, and missed now: {numbers}. Call the centre.").format(numbers=_numbers(gap.confirmed))
    if gap.unknown:
        told = ngettext(
            "{count} of them is not on this laptop. Call the centre.",
            "{count} of them are not on this laptop. Call the centre.", gap.unknown,
        )  # fmt: skip
        yield told.format(count=gap.unknown)


def _came_back(newest: Sequence[BatchRow]) -> Iterator[Word]:
    if newest and newest[0].state == "reseal":
        yield Word(
            _("Batch {number} came back: the centre has a new key.").format(number=newest[0].seq),
            _("The next run fetches the key first and seals the notes anew. Nothing is lost."), "send",
        )  # fmt: skip


def _expired(packs: PacksState, today: date) -> Iterator[Word]:
    if packs.expired and packs.expires_on is not None:
        yield Word(
            _("What the centre published is out of date since {day}.").format(
                day=day_in_words(packs.expires_on, today)
            ),
            _("It stays in use. Fetch what is new; if nothing comes, call the centre."), "fetch",
        )  # fmt: skip


def _numbers(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return str(numbers[0])
    return _("{several} and {last}").format(several=", ".join(map(str, numbers[:-1])), last=numbers[-1])
