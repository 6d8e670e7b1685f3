"""What the centre's content sets of the policy: put in place, and not for anybody on the laptop to set otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from outreach_app.records import packs, policy
from outreach_app.records.rows import Connection


def apply_policy(db: Connection, named: Mapping[str, Any], today: date) -> tuple[str, ...]:
    """Put what the centre names in place, inside a transaction; return the names of what is now otherwise.

    A retention that was set already keeps its day; a new one expires nothing for a while, as when a worker sets it.
    """
    return tuple(_apply(db, named, today))


def names_of_centre(db: Connection) -> frozenset[str]:
    """Return the names that the content in use sets."""
    pack = packs.find_pack(db)
    return frozenset() if pack is None else frozenset(pack.policy)


def _apply(db: Connection, named: Mapping[str, Any], today: date) -> Iterator[str]:
    rules = policy.keeping_policy(db)
    if policy.SHED_AFTER in named and named[policy.SHED_AFTER] != rules.shed_after_days:
        policy.keep_shed_after(db, named[policy.SHED_AFTER])
        yield policy.SHED_AFTER
    if policy.EXPIRE_AFTER in named and named[policy.EXPIRE_AFTER] != rules.expire_after_days:
        policy.keep_expire_after(db, dict(named[policy.EXPIRE_AFTER]), today)
        yield policy.EXPIRE_AFTER
    if policy.REVIEW in named and named[policy.REVIEW] != policy.review_before_sending(db):
        policy.keep_review(db, review=named[policy.REVIEW])
        yield policy.REVIEW
