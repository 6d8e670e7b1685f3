"""Fetch batches from a road (mailbox or stick), take them in, hand the answers back over the same road.

May be stopped or killed anywhere: what was settled stays, the rest is fetched again, every answer is the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from outreach_app import logs
from outreach_app.centre.desk import batch_rows, mailbox_places
from outreach_app.centre.desk.answering import find_receipt
from outreach_app.centre.desk.batch_rows import Gap
from outreach_app.centre.desk.clock_guard import heed_clock
from outreach_app.centre.desk.devices import newest_list
from outreach_app.centre.desk.handing_back import HandedBack, hand_back
from outreach_app.centre.desk.ingestion import Outcome, TakenIn, settle_waiting, take_in
from outreach_app.centre.desk.key_rotation import keep_up, rotation
from outreach_app.centre.desk.letters import letters_to, write_letters
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.publishing_roads import forget_given, give_packs
from outreach_app.errors import CancelledError, KnownError
from outreach_app.sync.carriers.carrier import DeskCarrier
from outreach_app.sync.errors import (
    BatchDamagedError,
    LineCutError,
    MailboxFaultError,
    MailboxRefusedError,
    NotInMailboxError,
    NotTheMailboxError,
)
from outreach_app.sync.receipts import ReasonCode
from outreach_app.wire.mailbox_config import PAGE_LIMIT, BatchListing

LIST_OLDER = "list_older"  # one of the mailbox's codes, see docs/formats-sync.md

_log = logging.getLogger(__name__)

Progress = Callable[[int], None]
"""Told how many batches have been looked at so far; may raise CancelledError to stop between two batches."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What one round gave. ``receipts`` answers and ``letters`` were handed back; ``gaps`` are still open after it.

    ``new_key`` says whether a sealing key is ``due``, or one that was made ``waits`` to be published.
    ``packs_problem`` is why published files were not handed out, if they were not. ``at_mailbox`` are batches of
    ``taken`` that the mailbox lists and cannot give whole: each round tries and tells them again. ``owed`` answers stay
    here, for the mailbox has not got their batches. ``put_back``: its list was read anew, for it was put back.
    """

    taken: tuple[TakenIn, ...]
    receipts: int
    gaps: tuple[Gap, ...]
    letters: int = 0
    new_key: str = ""
    packs_problem: KnownError | None = None
    at_mailbox: tuple[TakenIn, ...] = ()
    owed: int = 0
    put_back: bool = False

    def number_of(self, outcome: Outcome) -> int:
        """Return how many batches ended this way."""
        return sum(one.outcome is outcome for one in self.taken)

    @property
    def new_records(self) -> int:
        """Return how many records were new to the register."""
        return sum(one.new_records for one in self.taken)

    @property
    def quarantined(self) -> int:
        """Return how many lines were put aside."""
        return sum(one.quarantined for one in self.taken)


class MailboxRoad(DeskCarrier, Protocol):
    """A road that ends at a mailbox."""

    def put_devices(self, device_list: bytes) -> None:
        """Publish the root-signed list of laptops."""
        ...


def publish_devices(desk: Desk, mailbox: MailboxRoad) -> None:
    """Give a mailbox the newest list of laptops; a newer one there, from before the desk was put back, stays.

    Raises:
        SyncError: the mailbox cannot be reached or does not take it.
    """
    try:
        mailbox.put_devices(newest_list(desk))
    except MailboxRefusedError as error:
        if error.values.get("code") != LIST_OLDER:
            raise
        logs.event(_log, "list_older")


def collect_from_mailbox(
    desk: Desk, mailbox: DeskCarrier, *, name: str, from_start: bool = False, progress: Progress | None = None
) -> Collected:
    """Take in what a mailbox stored since the last round and hand it every answer it waits for.

    Args:
        desk: the open desk.
        mailbox: the road.
        name: under which the position in this mailbox is remembered, always the same for one mailbox.
        from_start: read the mailbox's whole list again; harmless, and right for one put back from a backup.
        progress: see ``Progress``.

    Raises:
        ClockDoubtfulError: nothing was done; see ``heed_clock``.
        SyncError: the mailbox cannot be reached or is not one; what was taken in before stays.
    """
    heed_clock(desk)
    keep_up(desk)
    reading = _Reading(desk, mailbox, name, progress)
    reading.taken.extend(settle_waiting(desk))
    try:
        reading.read(from_start=from_start)
    except CancelledError:
        raise
    except KnownError:
        with suppress(KnownError):  # what stopped the reading is what is told
            _give(desk, mailbox, name)
        raise
    given = _give(desk, mailbox, name)
    if given.back.refused is not None:
        raise given.back.refused
    return Collected(
        _as_it_ended(reading.taken), given.back.receipts, list_gaps(desk), given.back.letters, rotation(desk).task,
        given.packs_problem, tuple(reading.at_mailbox), given.back.owed, reading.put_back,
    )  # fmt: skip


def collect_from_stick(desk: Desk, stick: DeskCarrier, *, progress: Progress | None = None) -> Collected:
    """Take in every batch on a stick and write the answer to each beside it; ClockDoubtfulError as above."""
    heed_clock(desk)
    keep_up(desk)
    taken = list(settle_waiting(desk))
    listed = stick.list_batches()
    for seen, batch in enumerate(listed, start=1):
        taken.extend(_fetch(desk, stick, batch.sha512))
        if progress is not None:
            progress(seen)
    write_letters(desk)
    with desk.vault.read() as connection:
        receipts = [find_receipt(connection, batch.sha512) for batch in listed]
        letters = [one for device in sorted({one.device for one in listed}) for one in letters_to(connection, device)]
    answers = [receipt for receipt in receipts if receipt is not None]
    for answer in answers:
        stick.put_receipt(answer)
    for letter in letters:
        stick.put_letter(letter)
    problem = give_packs(desk, stick)
    return Collected(_as_it_ended(taken), len(answers), list_gaps(desk), len(letters), rotation(desk).task, problem)


def list_gaps(desk: Desk) -> tuple[Gap, ...]:
    """Return which numbers of which laptop are missing while later ones wait: the gap letter."""
    with desk.vault.read() as connection:
        return batch_rows.list_gaps(connection)


def _as_it_ended(taken: Sequence[TakenIn]) -> tuple[TakenIn, ...]:
    """Return what became of each batch in the end: one that had to wait may have gone in in the same round."""
    ended = {one.sha512 for one in taken if one.outcome is not Outcome.WAITING}
    return tuple(one for one in taken if one.outcome is not Outcome.WAITING or one.sha512 not in ended)


@dataclass(frozen=True, slots=True)
class _Given:
    back: HandedBack
    packs_problem: KnownError | None


def _give(desk: Desk, mailbox: DeskCarrier, name: str) -> _Given:
    """Hand over what is owed: answers and letters, what was published."""
    write_letters(desk)
    back = hand_back(desk, mailbox, name)
    return _Given(back, give_packs(desk, mailbox, mailbox=name))


@dataclass
class _Reading:
    """Reads a mailbox's list; a batch that the mailbox cannot give is passed over and tried again in each round."""

    desk: Desk
    mailbox: DeskCarrier
    name: str
    progress: Progress | None
    taken: list[TakenIn] = field(default_factory=list)
    at_mailbox: list[TakenIn] = field(default_factory=list)
    put_back: bool = False
    seen: int = 0

    def read(self, *, from_start: bool) -> None:
        after, listed = self._first_page(from_start=from_start)
        self._try_again()
        while listed:
            self._take_page(after, listed)
            after = listed[-1].number
            listed = self.mailbox.list_batches(after) if len(listed) >= PAGE_LIMIT - 1 else ()

    def _first_page(self, *, from_start: bool) -> tuple[int, tuple[BatchListing, ...]]:
        """Return where the last round ended and what is listed behind it, asked for together with the batch there.

        Another batch there: the mailbox was put back, and its whole list is read again.
        """
        place = mailbox_places.find_place(self.desk, self.name)
        if place.after and not from_start:
            listed = self.mailbox.list_batches(place.after - 1)
            if place.is_on(listed):
                return place.after, tuple(batch for batch in listed if batch.number != place.after)
            logs.event(_log, "mailbox_put_back", logging.WARNING)
            self.put_back = True
        if from_start or self.put_back:
            mailbox_places.forget(self.desk, self.name)
            forget_given(self.desk, self.name)
        return 0, self.mailbox.list_batches(0)

    def _take_page(self, after: int, listed: tuple[BatchListing, ...]) -> None:
        """Take these in; that they were read is kept in one step, for what is read twice is taken in once."""
        seen: list[mailbox_places.Seen] = []
        try:
            for batch in listed:
                if batch.number <= after:  # a list that does not grow would never end
                    raise NotTheMailboxError
                seen.append(mailbox_places.Seen(batch, readable=self._take(batch)))
                after = batch.number
                self.seen += 1
                if self.progress is not None:
                    self.progress(self.seen)
        finally:
            if seen:
                mailbox_places.keep_seen(self.desk, self.name, seen)

    def _take(self, batch: BatchListing) -> bool:
        data = self._whole(batch.sha512)
        if data is None:
            self._tell(batch.sha512, batch.device, batch.epoch, batch.seq)
        else:
            self.taken.extend(take_in(self.desk, data))
        return data is not None

    def _try_again(self) -> None:
        for one in mailbox_places.list_unreadable(self.desk, self.name):
            data = self._whole(one.sha512)
            if data is None:
                self._tell(one.sha512, one.device, one.epoch, one.seq)
                continue
            self.taken.extend(take_in(self.desk, data))
            mailbox_places.keep_healed(self.desk, self.name, one.sha512)

    def _whole(self, sha512: str) -> bytes | None:
        """Return a batch, None where the mailbox cannot give it whole; it answered for the list just now.

        A line may break once for other reasons, so it is asked twice.
        """
        for _attempt in range(2):
            with suppress(LineCutError, MailboxFaultError, NotTheMailboxError):
                return _bytes_of(self.mailbox, sha512)
        return None

    def _tell(self, sha512: str, device: str, epoch: int, seq: int) -> None:
        logs.event(_log, "batch_unreadable", logging.WARNING)
        told = TakenIn(sha512, Outcome.REFUSED, ReasonCode.BATCH_DAMAGED, device, epoch, seq)
        self.taken.append(told)
        self.at_mailbox.append(told)


def _bytes_of(mailbox: DeskCarrier, sha512: str) -> bytes | None:
    try:
        return mailbox.get_batch(sha512)
    except (NotInMailboxError, BatchDamagedError):
        return None


def _fetch(desk: Desk, road: DeskCarrier, sha512: str) -> tuple[TakenIn, ...]:
    try:
        return take_in(desk, road.get_batch(sha512))
    except NotInMailboxError:  # gone or damaged since it was listed: the others must not wait for it
        return (TakenIn(sha512, Outcome.REFUSED, ReasonCode.BATCH_DAMAGED),)
