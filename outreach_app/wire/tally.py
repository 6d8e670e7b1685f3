"""A count as JSON from the command line: the shape ``outreach tally`` takes (docs/manual/command-line.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import msgspec

from outreach_app.domain.tally import Tally
from outreach_app.wire.encounter import CodeText, ContactFields, Copies, Few, IdText, LanguageTag, Name
from outreach_app.wire.errors import UntrustedDataError
from outreach_app.wire.strict import read_json

WHAT = "The count"
MOST_PEOPLE = 1000


class KnownFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One known person among those counted: an id of this vault, or a short name."""

    id: IdText | None = None
    called: Name | None = None
    uses: Copies = 1


class TallyFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A count of one day in one setting."""

    setting: CodeText
    shift_date: date | None = None
    region: CodeText = "unknown"
    group: CodeText = "not_said"
    count: Copies = 1
    leaflets: dict[LanguageTag, Copies] = msgspec.field(default_factory=dict)
    help_given: Annotated[list[CodeText], Few] = msgspec.field(default_factory=list)
    known: Annotated[list[KnownFields], msgspec.Meta(max_length=MOST_PEOPLE)] = msgspec.field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReadTally:
    """A count from outside, checked for its shape; the known people are still only named, each with her uses."""

    tally: Tally
    known: tuple[tuple[ContactFields, int], ...]


def read_tally(untrusted: bytes, today: date) -> ReadTally:
    """Return the count; ``today`` (a shift date) stands where no date is given.

    Raises:
        UntrustedDataError, DataTooLargeError: with the field's name.
    """
    fields = read_json(untrusted, TallyFields, what=WHAT)
    for at, each in enumerate(fields.known):
        if (each.id is None) == (each.called is None):
            raise UntrustedDataError(what=WHAT, field=f"$.known[{at}]", reason="either id or called")
    tally = Tally(
        fields.shift_date or today, fields.setting, fields.region, fields.group, fields.count, fields.leaflets,
        tuple(fields.help_given),
    )  # fmt: skip
    return ReadTally(tally, tuple((ContactFields(id=each.id, called=each.called), each.uses) for each in fields.known))
