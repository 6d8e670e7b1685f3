"""Figures from the register: encounters, contacts, uses and tallies by month and setting, each with its unit.

Only the latest version of a record counts, on the month of its shift date, for the contact it is about once merges and
splits are heeded. Figures are for the centre's own eyes: nothing here hides small numbers, so nothing here is for
publication.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from outreach_app.centre.desk.opening import Desk
from outreach_app.i18n import N_
from outreach_app.vault.connection import Connection
from outreach_app.wire.strict import write_json

RULE_VERSION = "counting-2"
"""Changes whenever a figure would come out differently for the same register."""

DROP_IN_SETTINGS = ("meeting_place", "mobile_health_unit")
"""Where people come and go: a tally there counts uses."""

UNITS: Mapping[str, str] = {
    "encounters": N_("meetings with one person, each at its latest version"),
    "contacts": N_("persons as recorded, per team, merged ones once; one person may be recorded by several teams"),
    "uses": N_("uses of a meeting place or mobile health unit, without a row; not persons; part of the tallies"),
    "tallies": N_("meetings and uses counted without a row; not persons; not part of the encounters"),
    "persons_linked": N_("persons told apart by linkage code, as far as possible sorted"),
    "not_linkable": N_("contacts without a linkage code; among them may be persons counted elsewhere"),
    "leaflets": N_("leaflets given, in copies"),
}


@dataclass(frozen=True, slots=True)
class CountRow:
    """The figures of one month (``2026-03``) in one setting; units in ``UNITS``."""

    month: str
    setting: str
    encounters: int
    contacts: int
    uses: int
    tallies: int


@dataclass(frozen=True, slots=True)
class LeafletRow:
    """Copies of one sheet in one language given in one month."""

    month: str
    sheet: str
    language: str
    copies: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Over all months and settings. ``contacts`` is not the sum of the rows: one contact may be in several."""

    encounters: int
    contacts: int
    uses: int
    tallies: int
    persons_linked: int
    not_linkable: int
    leaflets: int


@dataclass(frozen=True, slots=True)
class Count:
    """Everything counted, with the day and the version of the rule it was counted by."""

    as_of: date
    rule_version: str
    rows: tuple[CountRow, ...]
    units: Mapping[str, str]
    totals: Totals
    leaflets: tuple[LeafletRow, ...]


_DROP_IN = ", ".join(f"'{setting}'" for setting in DROP_IN_SETTINGS)
_FIGURES = (
    "count(*) FILTER (WHERE kind <> 'tally'),"
    " count(DISTINCT contact),"
    f" coalesce(sum(count) FILTER (WHERE kind = 'tally' AND setting IN ({_DROP_IN})), 0),"
    " coalesce(sum(count) FILTER (WHERE kind = 'tally'), 0)"
)


def count(desk: Desk) -> Count:
    """Return all figures as of today (the desk's local date)."""
    with desk.vault.read() as connection:
        return Count(
            as_of=desk.clock.local_now().date(),
            rule_version=RULE_VERSION,
            rows=_rows(connection),
            units=dict(UNITS),
            totals=_totals(connection),
            leaflets=_leaflets(connection),
        )


def count_rows_of(connection: Connection, devices: Collection[str]) -> dict[str, tuple[CountRow, ...]]:
    """Return the same figures by month and setting for each of these laptops alone; without records, no rows."""
    found = connection.execute(
        f"SELECT device, substr(shift_date, 1, 7) AS month, setting, {_FIGURES} FROM latest_records"
        " WHERE device IN (SELECT value FROM json_each(?)) GROUP BY device, month, setting"
        " ORDER BY device, month, setting",
        (write_json(sorted(devices)).decode(),),
    )
    rows: dict[str, list[CountRow]] = {device: [] for device in devices}
    for device, *row in found:
        rows[device].append(CountRow(*row))
    return {device: tuple(kept) for device, kept in rows.items()}


def _rows(connection: Connection) -> tuple[CountRow, ...]:
    found = connection.execute(
        f"SELECT substr(shift_date, 1, 7) AS month, setting, {_FIGURES}"
        " FROM latest_records GROUP BY month, setting ORDER BY month, setting"
    )
    return tuple(CountRow(*row) for row in found)


def _totals(connection: Connection) -> Totals:
    encounters, contacts, uses, tallies = connection.execute(f"SELECT {_FIGURES} FROM latest_records").fetchone()
    (not_linkable,) = connection.execute(
        "SELECT count(*) FROM (SELECT contact FROM latest_records WHERE contact IS NOT NULL"
        " GROUP BY contact HAVING max(linkage_code) IS NULL)"
    ).fetchone()
    (copies,) = connection.execute(
        "SELECT coalesce(sum(copies), 0) FROM record_leaflets AS l JOIN latest_records AS r ON r.number = l.record"
    ).fetchone()
    return Totals(encounters, contacts, uses, tallies, _persons_linked(connection), not_linkable, copies)


def _persons_linked(connection: Connection) -> int:
    """Return how many persons there are among those with a linkage code.

    A code ties contacts of several teams together, a contact ties the codes together that were made of what she said at
    different times: whatever hangs together is one person.
    """
    tied: dict[tuple[str, str], tuple[str, str]] = {}

    def first(one: tuple[str, str]) -> tuple[str, str]:
        while (onward := tied.setdefault(one, one)) != one:
            tied[one] = tied[onward]
            one = onward
        return one

    pairs = connection.execute(
        "SELECT DISTINCT contact, linkage_code FROM latest_records WHERE linkage_code IS NOT NULL"
    )
    for contact, code in pairs:
        tied[first(("contact", contact))] = first(("code", code))
    return len({first(one) for one in list(tied)})


def _leaflets(connection: Connection) -> tuple[LeafletRow, ...]:
    found = connection.execute(
        "SELECT substr(shift_date, 1, 7) AS month, sheet, language, sum(copies)"
        " FROM record_leaflets AS l JOIN latest_records AS r ON r.number = l.record"
        " GROUP BY month, sheet, language ORDER BY month, sheet, language"
    )
    return tuple(LeafletRow(*row) for row in found)
