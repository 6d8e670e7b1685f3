"""Files of the published content packs: written once, except the few whose content is said anew under the same name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import sqlalchemy as sa

from outreach_app.centre.mailbox.batch_log import hold_log
from outreach_app.centre.mailbox.database import READING
from outreach_app.centre.mailbox.errors import RefusalError
from outreach_app.centre.mailbox.schema import pack_chunks, pack_files
from outreach_app.sync.uploads import CHUNK, chunks_of


class PackStore:
    """Every method is one transaction and durable when it returns."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._reading = engine.execution_options(**{READING: True})

    def put_file(self, name: str, data: bytes, *, replace: bool) -> None:
        """Keep a file; the same bytes again change nothing.

        Raises:
            RefusalError: other bytes have this name, and ``replace`` does not allow that (409 ``file_exists``).
        """
        sha512 = hashlib.sha512(data).hexdigest()
        with self._engine.begin() as connection:
            hold_log(connection)
            known = connection.scalar(sa.select(pack_files.c.sha512).where(pack_files.c.name == name))
            if known == sha512:
                return
            if known is not None:
                if not replace:
                    raise RefusalError(409, "file_exists")
                connection.execute(pack_files.delete().where(pack_files.c.name == name))
                connection.execute(pack_chunks.delete().where(pack_chunks.c.name == name))
            connection.execute(pack_files.insert().values(name=name, sha512=sha512, size=len(data)))
            for place in range(chunks_of(len(data))):
                part = data[place * CHUNK : (place + 1) * CHUNK]
                connection.execute(pack_chunks.insert().values(name=name, place=place, data=part))

    def find_size(self, name: str) -> int | None:
        """Return how many bytes a file has, None when there is none."""
        with self._reading.begin() as connection:
            return connection.scalar(sa.select(pack_files.c.size).where(pack_files.c.name == name))

    def read_file(self, name: str, size: int) -> Iterator[bytes]:
        """Give a file of ``size`` bytes in chunks, each read when it is wanted; ends early if it was replaced."""
        for place in range(chunks_of(size)):
            query = sa.select(pack_chunks.c.data).where(pack_chunks.c.name == name, pack_chunks.c.place == place)
            with self._reading.begin() as connection:
                data = connection.scalar(query)
            if data is None:
                return
            yield bytes(data)
