"""Letters of the desk: which batches never came, with what this laptop can do about it, and its team's own figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from outreach_app.domain.changes import Changes
from outreach_app.records import batches, letters
from outreach_app.records.batches import BatchRow
from outreach_app.records.rows import Connection, instant
from outreach_app.services.enrolling import Enrolling
from outreach_app.services.errors import FiguresNeedSupervisorError
from outreach_app.services.giving_up import give_up_missing
from outreach_app.services.parts import Parts
from outreach_app.services.workers import Workers
from outreach_app.sync.letters import LETTER_LIMIT, open_letter
from outreach_app.wire.letters import FiguresRow, Letter, LetterKind, MissingNumbers
from outreach_app.wire.strict import read_json, write_json


@dataclass(frozen=True, slots=True)
class MissingBatches:
    """Numbers ``first`` to ``last`` of an epoch never came, while ``waiting`` later ones lie at the centre.

    What this laptop knows of them: ``here`` are sealed here and go again with the next run, ``on_their_way`` were first
    handed over after the letter was written, ``given_up`` go no more and the centre is told so, ``confirmed`` the
    centre had confirmed before (call it: it was put back from a backup); of ``unknown`` numbers nothing is here.
    """

    epoch: int
    first: int
    last: int
    waiting: int
    here: tuple[int, ...]
    on_their_way: tuple[int, ...]
    given_up: tuple[int, ...]
    confirmed: tuple[int, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class GapLetter:
    """The newest word about missing batches; ``missing`` leaves out what was settled since, and may be empty."""

    number: int
    issued_at: datetime
    taken_at: datetime
    missing: tuple[MissingBatches, ...]


@dataclass(frozen=True, slots=True)
class TeamFigures:
    """What the centre counted of this laptop, ``as_of`` that day, by the ``rule``; units as in its own figures."""

    number: int
    issued_at: datetime
    as_of: date | None
    rule: str
    rows: tuple[FiguresRow, ...]


class Letters:
    """The verbs of letters."""

    def __init__(self, parts: Parts, enrolling: Enrolling, workers: Workers) -> None:
        self._parts = parts
        self._enrolling = enrolling
        self._workers = workers

    def take(self, untrusted: bytes) -> Changes:
        """Keep a letter that is newer than the one of its kind; an older one, or the same, changes nothing.

        What it says is missing and is no longer here is given up, so that the centre need not wait for it.

        Raises:
            NotEnrolledError: before the centre has answered.
            LetterUnreadableError: not signed by this centre's desk, damaged, or for another laptop; nothing changed.
        """
        return take_letter(self._parts, self._enrolling, untrusted)

    def gaps(self) -> GapLetter | None:
        """Return what the centre misses, joined with what is known here; None before the first such letter."""
        with self._parts.vault.read() as db:
            found = _find(db, "gap")
            if found is None:
                return None
            letter, taken_at = found
            written = instant(letter.issued_at)
            known = (_joined(db, gap, written) for gap in letter.gaps)
            return GapLetter(letter.number, written, taken_at, tuple(one for one in known if one is not None))

    def figures(self) -> TeamFigures | None:
        """Return the team's figures as the centre counts them; None before the first such letter.

        Raises:
            FiguresNeedSupervisorError: only supervisors see figures.
        """
        if not self._workers.may_manage:
            raise FiguresNeedSupervisorError
        with self._parts.vault.read() as db:
            found = _find(db, "figures")
        if found is None:
            return None
        letter, _taken_at = found
        return TeamFigures(letter.number, instant(letter.issued_at), letter.as_of, letter.rule, letter.rows)


def take_letter(parts: Parts, enrolling: Enrolling, untrusted: bytes) -> Changes:
    """See ``Letters.take``."""
    enrolled = enrolling.enrolled()
    letter = open_letter(untrusted, enrolled.receiving, enrolled.desk_key, name=enrolled.device)
    with parts.vault.read() as db:
        known = letters.find_letter(db, letter.kind)
    if known is not None and letter.number <= known.number:
        return Changes()
    with parts.vault.transaction() as db:
        letters.keep_letter(db, letter.kind, letter.number, write_json(letter).decode(), untrusted, parts.now_text())
        missing = [row for gap in letter.gaps for row in _named(db, gap)]
        give_up_missing(parts, missing)
        parts.vault.audit("letter", detail=letter.kind)
    return Changes(sending=True)


def asked_for(db: Connection) -> frozenset[str]:
    """Return the hashes of the batches that the newest gap letter names; inside a look at the vault."""
    found = _find(db, "gap")
    gaps = () if found is None else found[0].gaps
    return frozenset(row.sha512 for gap in gaps for row in _named(db, gap))


def _named(db: Connection, gap: MissingNumbers) -> tuple[BatchRow, ...]:
    return batches.list_between(db, gap.epoch, gap.first_missing, gap.last_missing)


def _joined(db: Connection, gap: MissingNumbers, written: datetime) -> MissingBatches | None:
    """Return what is known of a gap here, without what the desk has answered since; None when that is all of it."""
    rows = _named(db, gap)
    here, under_way, given_up, confirmed = [], [], [], []
    for row in rows:
        if _answered_since(row, written):
            continue
        if row.ingested_at is not None:
            confirmed.append(row.seq)
        elif not batches.holds_bytes(db, row.sha512):
            given_up.append(row.seq)
        elif row.sent_at is not None and row.sent_at >= written:
            under_way.append(row.seq)
        else:
            here.append(row.seq)
    unknown = gap.last_missing - gap.first_missing + 1 - len(rows)
    if not (here or under_way or given_up or confirmed or unknown):
        return None
    return MissingBatches(
        gap.epoch, gap.first_missing, gap.last_missing, gap.waiting, tuple(here), tuple(under_way), tuple(given_up),
        tuple(confirmed), unknown,
    )  # fmt: skip


def _answered_since(row: BatchRow, written: datetime) -> bool:
    return any(at is not None and at >= written for at in (row.ingested_at, row.refused_at))


def _find(db: Connection, kind: LetterKind) -> tuple[Letter, datetime] | None:
    stored = letters.find_letter(db, kind)
    if stored is None:
        return None
    return read_json(stored.body, Letter, what="The letter", limit=LETTER_LIMIT), stored.taken_at
