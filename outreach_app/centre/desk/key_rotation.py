"""The life of a sealing key: next, current, previous, retired, destroyed. One a month: a stolen one opens little.

A key is *next* when it is made and *current* when it is published, for then laptops seal for it. The one before, now
*previous*, opens for some weeks more, for what is on its way on sticks. *Retired*, it opens only what came in time and
waits for its turn; a batch that comes too late is asked for again. In the end its private half is *destroyed*.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from outreach_app.centre.desk.clock_guard import heed_clock
from outreach_app.centre.desk.errors import KeyMissingError
from outreach_app.centre.desk.ingestion import ask_to_reseal
from outreach_app.centre.desk.keys import Stage, add_key
from outreach_app.centre.desk.opening import Desk
from outreach_app.sync.keys import PublicReceivingKey, ReceivingKeys
from outreach_app.sync.sealing import key_id

DUE_AFTER = timedelta(days=30)
GRACE = timedelta(days=35)
KEPT_RETIRED = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class KeyState:
    """One sealing key. ``since`` is when it reached its stage, ``until`` when it leaves it by itself (None: never)."""

    id: str
    stage: Stage
    made_at: datetime
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Rotation:
    """Whether somebody has something to do: a new key is ``due``, or one that was made ``waits`` to be published."""

    due: bool
    waits: bool
    current_since: datetime

    @property
    def task(self) -> Literal["", "due", "waits"]:
        """Return what is to do: nothing, make a new key, or publish the one that was made."""
        if self.waits:
            return "waits"
        return "due" if self.due else ""


def list_keys(desk: Desk) -> tuple[KeyState, ...]:
    """Return every sealing key there ever was, oldest first."""
    stages = {key.id: key.stage for key in desk.keys.sealing}
    with desk.vault.read() as connection:
        rows = connection.execute(
            "SELECT s.id, k.made_at, s.published_at, s.superseded_at, k.retired_at, s.destroyed_at"
            " FROM sealing_stages AS s JOIN centre_keys AS k ON k.id = s.id AND k.purpose = 'sealing'"
            " ORDER BY s.published_at IS NULL, coalesce(s.superseded_at, '9'), k.made_at, k.id"
        ).fetchall()
    return tuple(_state(name, stages[name], made, moments) for name, made, *moments in rows)


def rotation(desk: Desk) -> Rotation:
    """Return whether a new key is due by now."""
    keys = list_keys(desk)
    (current,) = (key for key in keys if key.stage is Stage.CURRENT)
    waits = any(key.stage is Stage.NEXT for key in keys)
    return Rotation(not waits and current.since + DUE_AFTER <= desk.clock.now(), waits, current.since)


def rotate_sealing_key(desk: Desk) -> PublicReceivingKey:
    """Make the next sealing key; while one waits to be published, that one is returned and nothing is made.

    Raises:
        ClockDoubtfulError: nothing was made; see ``heed_clock``.
    """
    waiting = _find_next(desk)
    if waiting is not None:
        return waiting
    heed_clock(desk)
    keys, made_at = ReceivingKeys.generate(), desk.clock.now().isoformat()
    name = key_id(keys.public)
    with desk.vault.transaction() as connection:
        add_key(connection, "sealing", name, keys.to_bytes(), made_at)
        connection.execute("INSERT INTO sealing_stages (id) VALUES (?)", (name,))
        desk.vault.audit("sealing_key", detail=f"made:{name}")
    desk.reload_keys()
    return keys.public


def key_to_publish(desk: Desk) -> PublicReceivingKey:
    """Return the key that belongs into what is published next: the next one, else the current one."""
    return _find_next(desk) or desk.keys.current_sealing_key.public


def mark_published(desk: Desk, published: str) -> None:
    """Note that laptops can fetch the key with this id: it is current now, and the one before is previous.

    Safe to repeat; what is published already changes nothing.

    Raises:
        KeyMissingError: the register has no such key.
    """
    found = {key.id: key.stage for key in desk.keys.sealing}.get(published)
    if found is None:
        raise KeyMissingError(purpose="sealing")
    if found is not Stage.NEXT:
        return
    now = desk.clock.now().isoformat()
    with desk.vault.transaction() as connection:
        connection.execute(
            "UPDATE sealing_stages SET superseded_at = ? WHERE published_at IS NOT NULL AND superseded_at IS NULL",
            (now,),
        )
        connection.execute("UPDATE sealing_stages SET published_at = ? WHERE id = ?", (now, published))
        desk.vault.audit("sealing_key", detail=f"published:{published}")
    desk.reload_keys()


def keep_up(desk: Desk) -> None:
    """Retire and destroy what is due by the desk's clock; a key is never retired and destroyed in the same round.

    Killed anywhere, the next round goes on: what waits for a key is answered before the key is destroyed.
    """
    now = desk.clock.now()
    due = [key for key in list_keys(desk) if key.until is not None and key.until <= now]
    for key in due:
        if key.stage is Stage.PREVIOUS:
            _retire(desk, key.id)
        else:
            ask_to_reseal(desk, key.id)
            _destroy(desk, key.id)
    if due:
        desk.reload_keys()


def _retire(desk: Desk, name: str) -> None:
    with desk.vault.transaction() as connection:
        connection.execute(
            "UPDATE centre_keys SET retired_at = ? WHERE purpose = 'sealing' AND id = ?",
            (desk.clock.now().isoformat(), name),
        )
        desk.vault.audit("sealing_key", detail=f"retired:{name}")


def _destroy(desk: Desk, name: str) -> None:
    """Overwrite the private half; the register zeroes what it lets go of (``secure_delete``)."""
    with desk.vault.transaction() as connection:
        connection.execute(
            "UPDATE centre_keys SET private = zeroblob(length(private)) WHERE purpose = 'sealing' AND id = ?", (name,)
        )
        connection.execute("UPDATE centre_keys SET private = X'' WHERE purpose = 'sealing' AND id = ?", (name,))
        connection.execute(
            "UPDATE sealing_stages SET destroyed_at = ? WHERE id = ?", (desk.clock.now().isoformat(), name)
        )
        desk.vault.audit("sealing_key", detail=f"destroyed:{name}")


def _find_next(desk: Desk) -> PublicReceivingKey | None:
    found = (key.keys for key in desk.keys.sealing if key.stage is Stage.NEXT)
    return next((keys.public for keys in found if keys is not None), None)


def _state(name: str, stage: Stage, made: str, moments: list[str | None]) -> KeyState:
    """Return a key with when it reached its stage: its last moment, or its making while it waits."""
    since = datetime.fromisoformat([moment for moment in (made, *moments) if moment is not None][-1])
    stays = {Stage.PREVIOUS: GRACE, Stage.RETIRED: KEPT_RETIRED}.get(stage)
    return KeyState(name, stage, datetime.fromisoformat(made), since, None if stays is None else since + stays)
