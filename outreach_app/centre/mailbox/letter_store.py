"""Letters of the desk, as the mailbox keeps them: for each laptop and kind the one with the highest number."""

from __future__ import annotations

import sqlalchemy as sa

from outreach_app.centre.mailbox.batch_log import hold_log
from outreach_app.centre.mailbox.database import READING
from outreach_app.centre.mailbox.schema import letters
from outreach_app.wire.letters import LetterHeader


class LetterStore:
    """Every method is one transaction and durable when it returns."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._reading = engine.execution_options(**{READING: True})

    def put_letter(self, header: LetterHeader, data: bytes) -> None:
        """Keep a letter, unless one of this kind with this number or a higher one is here."""
        same = (letters.c.device == header.device, letters.c.kind == header.kind)
        with self._engine.begin() as connection:
            hold_log(connection)
            known = connection.scalar(sa.select(letters.c.number).where(*same))
            if known is not None and header.number <= known:
                return
            connection.execute(letters.delete().where(*same))
            row = {"device": header.device, "kind": header.kind, "number": header.number, "data": data}
            connection.execute(letters.insert().values(**row))

    def find_letters(self, device: str) -> tuple[bytes, ...]:
        """Return the letters for a laptop, of each kind one."""
        query = sa.select(letters.c.data).where(letters.c.device == device).order_by(letters.c.kind)
        with self._reading.begin() as connection:
            return tuple(bytes(data) for data in connection.scalars(query))
