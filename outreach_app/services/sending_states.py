"""Where every note of this laptop is on its way to the centre, and when the centre counted last."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from outreach_app.records import batches, kept_receipts, note_journeys, policy
from outreach_app.records.batches import BatchRow
from outreach_app.records.errors import NotFoundError
from outreach_app.records.note_journeys import JOURNEY_STATES, JourneyState, NoteJourney
from outreach_app.services.parts import Parts

__all__ = ["LEFT", "ON_THEIR_WAY", "WAITING", "JourneyState", "SendingStates", "UnderWay"]

WAITING: frozenset[JourneyState] = frozenset({"held", "waiting", "again"})
LEFT: frozenset[JourneyState] = frozenset({"sealed", "sent", "stored"})
ON_THEIR_WAY: frozenset[JourneyState] = frozenset(JOURNEY_STATES) - {"counted"}


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Batches without a last word from the desk: ``batches`` were handed over, ``on_stick`` on a stick only.

    ``still_here`` were never handed over. ``counted_at`` is the desk's last receipt, None before the first.
    ``put_aside`` notes lie aside at the desk: their batch was counted, they were not.
    """

    batches: int
    counted_at: datetime | None
    put_aside: int = 0
    still_here: int = 0
    on_stick: int = 0

    @property
    def open(self) -> int:
        """All batches that are not answered for good."""
        return self.batches + self.on_stick + self.still_here


class SendingStates:
    """The verbs of looking at how far things are."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def count_notes(self) -> Mapping[JourneyState, int]:
        """Return how many notes are in each state."""
        with self._parts.vault.read() as db:
            return note_journeys.count_by_state(db, review=policy.review_before_sending(db))

    def list_notes(
        self, states: Collection[JourneyState] = ON_THEIR_WAY, words: str = "", *, limit: int = 200, offset: int = 0
    ) -> tuple[NoteJourney, ...]:
        """Return notes in these states, newest first.

        Args:
            states: which.
            words: part of a short name or of a place's code, or the number of a batch; empty for all.
            limit: how many at most.
            offset: how many to leave out first.
        """
        with self._parts.vault.read() as db:
            review = policy.review_before_sending(db)
            return note_journeys.list_journeys(db, states, words.strip(), review=review, limit=limit, offset=offset)

    def find_note(self, note_id: str) -> NoteJourney:
        """Return where one note is.

        Raises:
            NotFoundError: it is not on this laptop, or its finishing was taken back.
        """
        with self._parts.vault.read() as db:
            found = note_journeys.find_journey(db, note_id, review=policy.review_before_sending(db))
        if found is None:
            raise NotFoundError
        return found

    def under_way(self) -> UnderWay:
        """Return how many batches are not answered for good, where they are, and when the centre counted last."""
        with self._parts.vault.read() as db:
            states = [(row.state, row.road) for row in batches.list_unfinished(db)]
            here, stick = sum(state == "sealed" for state, _road in states), states.count(("sent", "stick"))
            return UnderWay(
                len(states) - here - stick, batches.last_counted(db), kept_receipts.count_put_aside(db), here, stick
            )

    def list_batches(self, limit: int = 20) -> tuple[BatchRow, ...]:
        """Return the newest batches with the instants of their states."""
        with self._parts.vault.read() as db:
            return batches.list_batches(db, limit)
