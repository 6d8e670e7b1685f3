"""What the centre may set, and what a worker may set in its place; unset names have the first schema's defaults."""

from __future__ import annotations

from outreach_app.records.rows import Connection, from_text, to_text

_MAILBOX_URL = "mailbox_url"
_MAILBOX_CERTIFICATES = "mailbox_certificates"


def review_before_sending(db: Connection) -> bool:
    """Tell whether only reviewed notes may go into a routine batch."""
    row = db.execute("SELECT value FROM policy WHERE name = 'review_before_sending'").fetchone()
    return row is not None and from_text(row[0], bool)


def mailbox_url(db: Connection) -> str:
    """Return the mailbox's address a worker typed, or nothing."""
    return _text(db, _MAILBOX_URL)


def keep_mailbox_url(db: Connection, url: str) -> None:
    """Keep the mailbox's address; nothing takes it away."""
    _keep_text(db, _MAILBOX_URL, url)


def mailbox_certificates(db: Connection) -> str:
    """Return the certificates (PEM) the mailbox is known by, or nothing."""
    return _text(db, _MAILBOX_CERTIFICATES)


def keep_mailbox_certificates(db: Connection, certificates: str) -> None:
    """Keep the certificates the mailbox is known by; nothing takes them away."""
    _keep_text(db, _MAILBOX_CERTIFICATES, certificates)


def _text(db: Connection, name: str) -> str:
    row = db.execute("SELECT value FROM policy WHERE name = ?", (name,)).fetchone()
    return "" if row is None else from_text(row[0], str)


def _keep_text(db: Connection, name: str, text: str) -> None:
    if text:
        db.execute("INSERT OR REPLACE INTO policy(name, value) VALUES (?, ?)", (name, to_text(text)))
    else:
        db.execute("DELETE FROM policy WHERE name = ?", (name,))
