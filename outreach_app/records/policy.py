"""What the centre may set; unset names have the defaults of the first schema."""

from __future__ import annotations

from outreach_app.records.rows import Connection, from_text


def review_before_sending(db: Connection) -> bool:
    """Tell whether only reviewed notes may go into a routine batch."""
    row = db.execute("SELECT value FROM policy WHERE name = 'review_before_sending'").fetchone()
    return row is not None and from_text(row[0], bool)
