"""Letters to laptops: which of their numbers are missing, and what was counted of their team.

Each is made once, signed and sealed, under a number that grows; the same bytes go out until there is something else to
say. A team reads its own figures, nothing of any other. Killed anywhere, the next round makes what is still to be made.
"""

from __future__ import annotations

from datetime import date

import msgspec

from outreach_app import typed_json
from outreach_app.centre.desk import batch_rows, receipt_log
from outreach_app.centre.desk.counting import RULE_VERSION, CountRow, count_rows_of
from outreach_app.centre.desk.devices import Device, list_devices
from outreach_app.centre.desk.opening import Desk
from outreach_app.sync.instants import write_instant
from outreach_app.sync.letters import make_letter
from outreach_app.vault.connection import Connection
from outreach_app.wire.letters import MOST_GAPS, MOST_ROWS, FiguresRow, Letter, LetterKind, MissingNumbers
from outreach_app.wire.strict import write_json


class _Content(msgspec.Struct, frozen=True, kw_only=True):
    """What a letter says, without when it was written: it is written anew when this is another."""

    gaps: tuple[MissingNumbers, ...] = ()
    as_of: date | None = None
    rule: str = ""
    rows: tuple[FiguresRow, ...] = ()


def write_letters(desk: Desk) -> int:
    """Write every letter that has something new to say; returns how many, all in one transaction."""
    with desk.vault.read() as connection:
        devices = {one.entry.device: one for one in list_devices(connection) if one.entry.status == "enrolled"}
        new = [*_gap_letters(connection, devices), *_figures_letters(desk, connection, devices)]
        log_size, made = receipt_log.find_head(connection).size, _made(connection)
    if not new and made == (log_size, RULE_VERSION):
        return 0
    with desk.vault.transaction() as connection:
        for device, kind, content in new:
            _write(desk, device, kind, content)
        connection.execute(
            "INSERT INTO letters_made (only, log_size, rule) VALUES (1, ?, ?)"
            " ON CONFLICT (only) DO UPDATE SET log_size = excluded.log_size, rule = excluded.rule",
            (log_size, RULE_VERSION),
        )
    return len(new)


def letters_to(connection: Connection, device: str) -> tuple[bytes, ...]:
    """Return the newest letter of each kind to a laptop, as they were made."""
    rows = connection.execute("SELECT document FROM letters WHERE device = ? ORDER BY kind", (device,))
    return tuple(bytes(document) for (document,) in rows)


def _gap_letters(connection: Connection, devices: dict[str, Device]) -> list[tuple[Device, LetterKind, _Content]]:
    """Return what is missing of each laptop where that is not what its last letter said."""
    missing: dict[str, list[MissingNumbers]] = {}
    for gap in batch_rows.list_gaps(connection):
        numbers = MissingNumbers(
            epoch=gap.epoch, first_missing=gap.first_missing, last_missing=gap.last_missing, waiting=gap.waiting
        )
        missing.setdefault(gap.device, []).append(numbers)
    said = _said(connection, "gap")
    return [
        (device, "gap", content)
        for name, device in devices.items()
        if (content := _Content(gaps=tuple(missing.get(name, ())[:MOST_GAPS]))) != said.get(name, _Content())
    ]


def _figures_letters(
    desk: Desk, connection: Connection, devices: dict[str, Device]
) -> list[tuple[Device, LetterKind, _Content]]:
    """Return the figures of each laptop of which something was answered since, or of all under a new rule."""
    log_size, rule = _made(connection)
    since = log_size if rule == RULE_VERSION else 0
    answered = connection.execute(
        "SELECT DISTINCT device FROM receipts WHERE log_size > ? AND kind = 'ingested' ORDER BY device", (since,)
    ).fetchall()
    said, today = _said(connection, "figures"), desk.clock.local_now().date()
    counted = count_rows_of(connection, [name for (name,) in answered if name in devices]) if answered else {}
    contents = {name: _figures(rows, today) for name, rows in counted.items()}
    return [(devices[name], "figures", content) for name, content in contents.items() if content != said.get(name)]


def _figures(counted: tuple[CountRow, ...], today: date) -> _Content:
    """Return a laptop's figures, without months that no letter can name, and without the oldest of too many rows."""
    rows = tuple(
        FiguresRow(
            month=row.month, setting=row.setting, encounters=row.encounters, contacts=row.contacts, uses=row.uses,
            tallies=row.tallies,
        )
        for row in counted if row.month.startswith("20")
    )  # fmt: skip
    return _Content(as_of=today, rule=RULE_VERSION, rows=rows[-MOST_ROWS:])


def _said(connection: Connection, kind: LetterKind) -> dict[str, _Content]:
    rows = connection.execute("SELECT device, content FROM letters WHERE kind = ?", (kind,))
    return {device: typed_json.decode(content, _Content) for device, content in rows}


def _made(connection: Connection) -> tuple[int, str]:
    row = connection.execute("SELECT log_size, rule FROM letters_made").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, "")


def _write(desk: Desk, device: Device, kind: LetterKind, content: _Content) -> None:
    """Sign, seal and keep one letter.

    Its number is the time in seconds, or one more than the last: a desk put back from a backup must not use one again.
    """
    connection, name, now = desk.vault.connection, device.entry.device, desk.clock.now()
    (last,) = connection.execute(
        "SELECT coalesce(max(number), 0) FROM letters WHERE device = ? AND kind = ?", (name, kind)
    ).fetchone()
    number = max(last + 1, int(now.timestamp()))
    letter = Letter(
        kind=kind, device=name, number=number, issued_at=write_instant(now), gaps=content.gaps,
        as_of=content.as_of, rule=content.rule, rows=content.rows,
    )  # fmt: skip
    document = make_letter(letter, device=device.entry.receiving, issuer=desk.keys.receipt)
    connection.execute(
        "INSERT OR REPLACE INTO letters (device, kind, number, content, document, issued_at) VALUES (?, ?, ?, ?, ?, ?)",
        (name, kind, number, write_json(content), document, now.isoformat()),
    )
    desk.vault.audit("letter", name, f"{kind}:{number}")
