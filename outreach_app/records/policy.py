"""What the centre may set, and what a worker may set in its place; unset names have the first schema's defaults."""

from __future__ import annotations

from datetime import date

from outreach_app.domain.keeping import SHED_AFTER_DAYS, KeepingPolicy
from outreach_app.records.rows import Connection, from_text, to_text

_MAILBOX_URL = "mailbox_url"
_MAILBOX_CERTIFICATES = "mailbox_certificates"
_PRACTICE = "practice"
_RETIRED_KEYS = "retired_sealing_keys"
_REVOKED_DEVICE = "revoked_device"
REVIEW = "review_before_sending"
SHED_AFTER = "shed_after_days"
EXPIRE_AFTER = "expire_after_days"
_EXPIRE_SET_ON = "expire_set_on"
SENDING_WEEKDAY = "sending_weekday"
_REMINDER_PUT_OFF_ON = "sending_reminder_put_off_on"


def review_before_sending(db: Connection) -> bool:
    """Tell whether only reviewed notes may go into a routine batch."""
    row = _find(db, REVIEW)
    return row is not None and from_text(row, bool)


def keep_review(db: Connection, *, review: bool) -> None:
    """Keep whether only reviewed notes may go into a routine batch."""
    _keep(db, REVIEW, review)


def keeping_policy(db: Connection) -> KeepingPolicy:
    """Return how long notes stay; until somebody set a retention, nothing expires."""
    shed, expire, set_on = _find(db, SHED_AFTER), _find(db, EXPIRE_AFTER), _find(db, _EXPIRE_SET_ON)
    return KeepingPolicy(
        shed_after_days=SHED_AFTER_DAYS if shed is None else from_text(shed, int),
        expire_after_days={} if expire is None else from_text(expire, dict[str, int]),
        set_on=None if set_on is None else from_text(set_on, date),
    )


def keep_shed_after(db: Connection, days: int) -> None:
    """Keep after how many days a note that is at the centre may leave."""
    _keep(db, SHED_AFTER, days)


def keep_expire_after(db: Connection, days: dict[str, int], set_on: date) -> None:
    """Keep the retention of each kind, and since when it holds."""
    _keep(db, EXPIRE_AFTER, days)
    _keep(db, _EXPIRE_SET_ON, set_on)


def sending_weekday(db: Connection) -> int:
    """Return the day of the week to send on, 1 (Monday) to 7, or 0: a week after the last contact."""
    row = _find(db, SENDING_WEEKDAY)
    return 0 if row is None else from_text(row, int)


def keep_sending_weekday(db: Connection, weekday: int) -> None:
    """Keep the day of the week to send on."""
    _keep(db, SENDING_WEEKDAY, weekday)


def reminder_put_off_on(db: Connection) -> date | None:
    """Return the last day on which the reminder of sending was put off."""
    row = _find(db, _REMINDER_PUT_OFF_ON)
    return None if row is None else from_text(row, date)


def keep_reminder_put_off(db: Connection, day: date) -> None:
    """Keep that the reminder of sending is silent for the rest of this day."""
    _keep(db, _REMINDER_PUT_OFF_ON, day)


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


def is_practice(db: Connection) -> bool:
    """Tell whether this vault is for practice: nobody in it is real, and nothing of it reaches a real centre."""
    return _find(db, _PRACTICE) is not None


def mark_as_practice(db: Connection) -> None:
    """Mark the vault as one for practice, for good: there is no way back."""
    _keep(db, _PRACTICE, value=True)


def retired_keys(db: Connection) -> frozenset[str]:
    """Return the ids of sealing keys of which the centre said that they open nothing any more."""
    found = _find(db, _RETIRED_KEYS)
    return frozenset() if found is None else frozenset(from_text(found, list[str]))


def keep_retired_key(db: Connection, key_id: str) -> None:
    """Keep that the centre opens nothing sealed for this key any more."""
    _keep(db, _RETIRED_KEYS, sorted({*retired_keys(db), key_id}))


def revoked_device(db: Connection) -> str:
    """Return under which number (32 hex digits) the centre takes nothing from this laptop any more, empty for none."""
    return _text(db, _REVOKED_DEVICE)


def keep_revoked_device(db: Connection, device: str) -> None:
    """Keep that the centre takes nothing under this number any more."""
    _keep(db, _REVOKED_DEVICE, device)


def _text(db: Connection, name: str) -> str:
    found = _find(db, name)
    return "" if found is None else from_text(found, str)


def _keep_text(db: Connection, name: str, text: str) -> None:
    if text:
        _keep(db, name, text)
    else:
        db.execute("DELETE FROM policy WHERE name = ?", (name,))


def _find(db: Connection, name: str) -> str | None:
    row = db.execute("SELECT value FROM policy WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def _keep(db: Connection, name: str, value: object) -> None:
    db.execute("INSERT OR REPLACE INTO policy(name, value) VALUES (?, ?)", (name, to_text(value)))
