"""The fictional people of the tour, from ``resources/tour/encounters.json``, and what must come of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from outreach_app.domain.tally import Tally
from outreach_app.paths import shipped_folder
from outreach_app.wire.strict import read_json, write_json


class ExpectFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the record, the outcome and the alerts must be; a tally has no outcome."""

    kind: str
    outcome: str | None
    alerts: list[str]


class MeetingFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One encounter of the tour: the JSON ``outreach record`` takes, and what must come of it."""

    title: str
    expect: ExpectFields
    encounter: dict[str, Any]

    def as_json(self) -> bytes:
        """Return the encounter as a worker would hand it to ``outreach record -``."""
        return write_json(self.encounter)


class SearchFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A search and how many notes it must find."""

    text: str
    finds: int


class TallyFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A tally of the tour."""

    shift_date: date
    setting: str
    region: str
    group: str
    count: int
    leaflets: dict[str, int]
    help_given: list[str]

    def as_tally(self) -> Tally:
        """Return the tally."""
        return Tally(
            self.shift_date, self.setting, self.region, self.group, self.count, self.leaflets, tuple(self.help_given)
        )


class TourFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    version: int
    about: str
    searches: list[SearchFields]
    tallies: list[TallyFields]
    encounters: list[MeetingFields]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A meeting of the tour and the id of the note it became (None: only the tally grew)."""

    meeting: MeetingFields
    note_id: str | None


def load_people() -> TourFields:
    """Return the fictional people shipped with the program."""
    data = (shipped_folder("resources") / "tour" / "encounters.json").read_bytes()
    return read_json(data, TourFields, what="The tour's people")
