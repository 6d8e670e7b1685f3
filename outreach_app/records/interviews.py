"""Her story under the topics of the CMM interview, as far as she tells it."""

from __future__ import annotations

from collections.abc import Mapping

from outreach_app.records.rows import Connection, from_text, to_text


def keep_topics(db: Connection, contact_id: str, topics: Mapping[str, str], worker_id: str, changed_at: str) -> None:
    """Keep her words by topic, in place of what stood there."""
    db.execute(
        "INSERT INTO interview_bases(contact_id, topics, worker_id, changed_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (contact_id) DO UPDATE SET topics = excluded.topics, worker_id = excluded.worker_id,"
        " changed_at = excluded.changed_at",
        (contact_id, to_text(dict(topics)), worker_id, changed_at),
    )


def find_topics(db: Connection, contact_id: str) -> dict[str, str]:
    """Return her words by topic; a topic without words is not there."""
    row = db.execute("SELECT topics FROM interview_bases WHERE contact_id = ?", (contact_id,)).fetchone()
    return {} if row is None else from_text(row[0], dict[str, str])
