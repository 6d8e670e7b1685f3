"""Uploads in progress: their openings and the chunks that came, until the commit makes a batch of them.

A commit moves no bytes: the chunks stay where they are, the opening goes, the batch's row comes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from outreach_app.centre.mailbox.batch_log import STORED, find_receipt, hold_log, number_is_taken
from outreach_app.centre.mailbox.database import READING, telling_damage
from outreach_app.centre.mailbox.errors import RefusalError
from outreach_app.centre.mailbox.schema import chunks, uploads
from outreach_app.sync.uploads import Opening, chunks_of, read_opening

UPLOADS_LIMIT = 4  # in progress, of one device
_BEGUN = sa.select(uploads.c.opening, uploads.c.token)


@dataclass(frozen=True)
class Upload:
    """An upload in progress: its token, and the chunks still to come; a stored batch has neither."""

    token: str
    missing: tuple[int, ...]


@dataclass(frozen=True)
class Begun:
    """What an upload began with: its opening, whose signatures were checked, and the token that was given for it."""

    opening: Opening
    token: str


@dataclass(frozen=True)
class UploadTimes:
    """Instants: now; uploads opened before ``expired`` are gone, those that stand still since ``stalled`` may go."""

    now: str
    expired: str
    stalled: str


class UploadStore:
    """Every method is one transaction and durable when it returns."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._reading = engine.execution_options(**{READING: True})

    def open_upload(self, sha512: str, opening: bytes, token: str, times: UploadTimes) -> Upload:
        """Begin an upload, or go on with it. ``opening`` must have been verified.

        Args:
            sha512: name of the batch.
            opening: the verified opening.
            token: for this upload if it begins now; one in progress keeps its own.
            times: expired uploads are dropped, whosever they are; of four of this device the one that stands still
                longest makes room.

        Raises:
            RefusalError: another batch of this device has this number (409 ``cloned_or_restored``); the device has
                four uploads in progress, none of which stands still (429 ``too_many_uploads``); another opening has
                this name (400 ``wrong_hash``).
        """
        read = read_opening(opening)
        with self._engine.begin() as connection:
            old = sa.select(uploads.c.sha512).where(uploads.c.opened_at < times.expired)
            _drop(connection, list(connection.scalars(old)))
        with self._engine.begin() as connection:  # not while the log is held: a commit holds an upload, then the log
            _drop(connection, _in_the_way(connection, sha512, read.header.device, times.stalled))
        with self._engine.begin() as connection:
            hold_log(connection)
            if find_receipt(connection, sha512, STORED) is not None:
                return Upload("", ())
            if number_is_taken(connection, sha512, read.header):
                raise RefusalError(409, "cloned_or_restored")
            known = connection.execute(_BEGUN.where(uploads.c.sha512 == sha512)).first()
            if known is None:
                _begin(connection, {"sha512": sha512, "device": read.header.device, "opening": opening}, token, times)
            elif bytes(known.opening) != opening:
                raise RefusalError(400, "wrong_hash")
            return Upload(token if known is None else known.token, _missing(connection, sha512, read.size))

    def find_opening(self, sha512: str, *, expired: str) -> Begun | None:
        """Return what an upload in progress began with, None when there is none that is younger than ``expired``."""
        query = _BEGUN.where(uploads.c.sha512 == sha512, uploads.c.opened_at >= expired)
        with self._reading.begin() as connection:
            row = connection.execute(query).first()
        return None if row is None else Begun(read_opening(bytes(row.opening)), row.token)

    def find_missing(self, sha512: str, size: int) -> tuple[int, ...]:
        """Return which chunks of a batch of ``size`` bytes are not here, lowest first."""
        with self._reading.begin() as connection:
            return _missing(connection, sha512, size)

    def put_chunk(self, sha512: str, place: int, data: bytes, *, at: str) -> None:
        """Keep one chunk of an upload in progress. One that is there stays: nobody can spoil what came already.

        Raises:
            RefusalError: there is no such upload any more (404 ``not_found``).
        """
        with self._engine.begin() as connection:
            if not hold_upload(connection, sha512, moved_at=at):
                raise RefusalError(404, "not_found")
            there = sa.select(chunks.c.place).where(chunks.c.sha512 == sha512, chunks.c.place == place)
            if connection.scalar(there) is None:
                connection.execute(chunks.insert().values(sha512=sha512, place=place, data=data))

    def drop_upload(self, sha512: str) -> None:
        """Forget an upload in progress and its chunks."""
        with self._engine.begin() as connection:
            if hold_upload(connection, sha512):
                drop_upload(connection, sha512)

    def count_uploads(self) -> int:
        """Return how many uploads are in progress."""
        with self._reading.begin() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(uploads)) or 0


def hold_upload(connection: sa.Connection, sha512: str, moved_at: str | None = None) -> bool:
    """Hold the upload's row until this transaction ends; say whether there is one."""
    moved = uploads.c.moved_at if moved_at is None else moved_at
    held = uploads.update().where(uploads.c.sha512 == sha512).values(moved_at=moved)
    return connection.execute(held).rowcount == 1


def finish_upload(connection: sa.Connection, sha512: str) -> None:
    """Turn the chunks of a held upload into those of a stored batch."""
    connection.execute(uploads.delete().where(uploads.c.sha512 == sha512))


def drop_upload(connection: sa.Connection, sha512: str) -> None:
    """Forget a held upload with its chunks."""
    _drop(connection, [sha512])


def check_whole(connection: sa.Connection, sha512: str, opening: Opening) -> None:
    """Read all chunks of a held upload, one at a time, and compare with what was signed.

    Raises:
        RefusalError: some are missing (409 ``incomplete``); they are not the batch of this name (400 ``wrong_hash``).
    """
    if _missing(connection, sha512, opening.size):
        raise RefusalError(409, "incomplete")
    whole, ciphertext = hashlib.sha512(), hashlib.sha512()
    start = opening.start
    for place in range(chunks_of(opening.size)):
        data = read_chunk(connection, sha512, place)
        whole.update(data)
        if place == 0 and not data.startswith(start):
            raise RefusalError(400, "wrong_hash")
        ciphertext.update(memoryview(data)[len(start) if place == 0 else 0 :])
    if whole.hexdigest() != sha512 or ciphertext.digest() != opening.ciphertext_sha512:
        raise RefusalError(400, "wrong_hash")


def read_chunk(connection: sa.Connection, sha512: str, place: int) -> bytes:
    """Return one chunk that is known to be there."""
    query = sa.select(chunks.c.data).where(chunks.c.sha512 == sha512, chunks.c.place == place)
    return bytes(connection.scalars(query).one())


def stored_chunks(reading: sa.Engine, sha512: str, size: int) -> Iterator[bytes]:
    """Give the chunks of a stored batch, each read when it is wanted. A stored batch never changes."""
    for place in range(chunks_of(size)):
        with telling_damage(), reading.begin() as connection:
            data = read_chunk(connection, sha512, place)
        yield data


def _begin(connection: sa.Connection, row: dict[str, str | bytes], token: str, times: UploadTimes) -> None:
    count = sa.select(sa.func.count()).where(uploads.c.device == row["device"])
    if (connection.scalar(count) or 0) >= UPLOADS_LIMIT:
        raise RefusalError(429, "too_many_uploads")
    connection.execute(uploads.insert().values(**row, token=token, opened_at=times.now, moved_at=times.now))


def _in_the_way(connection: sa.Connection, sha512: str, device: str, stalled: str) -> list[str]:
    """Return the upload of a device that has to go before this one can begin: the one that stands still longest."""
    query = sa.select(uploads.c.sha512, uploads.c.moved_at).where(uploads.c.device == device)
    others = connection.execute(query.order_by(uploads.c.moved_at)).all()
    if len(others) < UPLOADS_LIMIT or others[0].moved_at >= stalled or sha512 in {row.sha512 for row in others}:
        return []
    return [others[0].sha512]


def _drop(connection: sa.Connection, names: list[str]) -> None:
    """The openings first: whoever is just keeping a chunk holds one, and nobody can add another afterwards.

    Where a commit was quicker the opening is gone, and the chunks are those of a stored batch: they stay.
    """
    if names:
        dropped = uploads.delete().where(uploads.c.sha512.in_(names)).returning(uploads.c.sha512)
        gone = list(connection.scalars(dropped))
        connection.execute(chunks.delete().where(chunks.c.sha512.in_(gone)))


def _missing(connection: sa.Connection, sha512: str, size: int) -> tuple[int, ...]:
    there = set(connection.scalars(sa.select(chunks.c.place).where(chunks.c.sha512 == sha512)))
    return tuple(place for place in range(chunks_of(size)) if place not in there)
