"""What ``outreach blank``, ``keeping keep`` and ``policy set`` read as JSON: words that must not stand in arguments."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from outreach_app.domain.texts import NOTE_LIMIT, SHORT_LIMIT
from outreach_app.wire.strict import read_json

_DEPTH = 2


class BlankFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which words of a note are blanked, and why."""

    part: Annotated[str, msgspec.Meta(min_length=1, max_length=NOTE_LIMIT)]
    reason: Annotated[str, msgspec.Meta(max_length=SHORT_LIMIT)] = ""


class KeepFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Why a note is kept."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=SHORT_LIMIT)]


def read_blank(untrusted: bytes) -> BlankFields:
    """Return what is to be blanked.

    Raises:
        UntrustedDataError, DataTooLargeError: with the field's name.
    """
    return read_json(untrusted, BlankFields, what="The blanking", depth=_DEPTH)


def read_keep(untrusted: bytes) -> KeepFields:
    """Return why a note is kept; raises as ``read_blank`` does."""
    return read_json(untrusted, KeepFields, what="The reason", depth=_DEPTH)


def read_policy_value(untrusted: str) -> Any:
    """Return a policy's value as JSON; what it may be is the policy's to say. Raises as ``read_blank`` does."""
    return read_json(untrusted, Any, what="The value", depth=_DEPTH)
