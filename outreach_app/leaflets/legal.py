"""The numbers of the law that leaflets print: days and months from the dated table, each with how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from outreach_app.domain.pathway_rules import NumberName
from outreach_app.wire.pathway_table import load_rule_table

_PLACES: Mapping[str, tuple[NumberName, bool]] = MappingProxyType(
    {
        "first_days": ("reflection.first_days", False),
        "cap_days": ("reflection.cap_days", False),
        "return_months": ("return.support_months", False),
        "child_return_months": ("return.support_months", True),
    }
)  # place: number, whether for a child


@dataclass(frozen=True, slots=True)
class LegalNumber:
    """A number as the law gives it on a day. Where sources do not agree it is the lowest, and not confirmed."""

    value: int
    as_of: str
    confirmed: bool


def legal_values(day: date) -> Mapping[str, LegalNumber]:
    """Return place -> number that holds on ``day``; raises FileMissingError, UntrustedDataError if damaged."""
    table, found = load_rule_table(), {}
    for place, (name, child) in _PLACES.items():
        rules = table.number(name, day, child=child)
        lowest = rules[0]
        found[place] = LegalNumber(lowest.value, lowest.as_of, len(rules) == 1 and lowest.confirmed)
    return MappingProxyType(found)
