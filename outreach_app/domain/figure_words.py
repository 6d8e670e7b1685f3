"""The names of figures, their units and their fixed groups, and what is said about how they were counted."""

from __future__ import annotations

from collections.abc import Mapping

from outreach_app.domain.figures import FigureName, Unit
from outreach_app.i18n import N_, ngettext
from outreach_app.i18n import gettext as _

_NAMES: Mapping[FigureName, str] = {
    "encounters": N_("Encounters"),
    "encounters_named": N_("Encounters by contact"),
    "encounters_by_setting": N_("Encounters by setting"),
    "encounters_by_region": N_("Encounters by region"),
    "outcomes": N_("What the signs added up to"),
    "signs": N_("Encounters with signs, by sign"),
    "people": N_("People known, each once"),
    "uses": N_("Uses that were only counted"),
    "uses_by_setting": N_("Uses by setting"),
    "uses_by_region": N_("Uses by region"),
    "people_counted": N_("Known people among those counted"),
    "leaflets_given": N_("Leaflets given, by language"),
    "leaflets_printed": N_("Leaflets printed, by language"),
    "follow_ups": N_("Follow-ups due"),
    "police_actions": N_("Police actions called to"),
    "police_met": N_("People met at police actions"),
    "stays_ended": N_("Shelter stays that ended"),
    "stay_days": N_("Average shelter stay"),
}
_UNITS: Mapping[Unit, str] = {
    "encounters": N_("encounters"),
    "people": N_("people"),
    "uses": N_("uses"),
    "copies": N_("copies"),
    "follow_ups": N_("follow-ups"),
    "actions": N_("police actions"),
    "met": N_("people, some more than once"),
    "stays": N_("stays"),
    "days": N_("days"),
}
_GROUPS = {
    "named": N_("with a contact"),
    "unnamed": N_("nobody named"),
    "coded": N_("by known people"),
    "uncoded": N_("by people nobody wrote down"),
    "kept": N_("done"),
    "open": N_("still open"),
    "talked_to": N_("talked to"),
    "not_talked_to": N_("not talked to"),
}
_HOW = (
    N_("Counted from what this laptop holds. What has left it is no longer in these figures."),
    N_("People are counted as far as they were recognised: a person noted under two names counts twice until merged."),
    N_("Uses are not people: one person may use a meeting place many times."),
    N_("Printed and given are two things: a printed leaflet may still lie in the car."),
)
_OUTSIDE = N_(
    "Groups of one or two people are not shown, nor what would give them away. No place is named. It may leave the"
    " team."
)
_TEAM = N_("With small groups: for the team only. It must not leave the team.")


def figure_name(name: FigureName) -> str:
    """Return the name of a figure."""
    return _(_NAMES[name])


def unit_name(unit: Unit) -> str:
    """Return what was counted."""
    return _(_UNITS[unit])


def with_unit(unit: Unit, number: str, count: float | None) -> str:
    """Return a number with what was counted.

    Args:
        unit: what was counted.
        number: as it is written, or what stands in its place.
        count: the number itself, which decides between one and many; None where none is shown.
    """
    many = 0 if count is None else int(count) if count == int(count) else 2
    told = {
        "encounters": ngettext("{number} encounter", "{number} encounters", many),
        "people": ngettext("{number} person", "{number} people", many),
        "uses": ngettext("{number} use", "{number} uses", many),
        "copies": ngettext("{number} copy", "{number} copies", many),
        "follow_ups": ngettext("{number} follow-up", "{number} follow-ups", many),
        "actions": ngettext("Called to {number} police action", "Called to {number} police actions", many),
        "met": ngettext("{number} person met", "{number} people met, some more than once", many),
        "stays": ngettext("{number} stay", "{number} stays", many),
        "days": ngettext("{number} day", "{number} days", many),
    }
    return told[unit].format(number=number)


def fixed_group(code: str) -> str:
    """Return the words of a group that is no code of a list; an unknown one as it is."""
    return _(_GROUPS[code]) if code in _GROUPS else code


def how_counted() -> tuple[str, ...]:
    """Return what whoever reads figures has to know about them."""
    return tuple(_(sentence) for sentence in _HOW)


def for_whom(*, outside: bool) -> str:
    """Return whether figures may leave the team, and why."""
    return _(_OUTSIDE) if outside else _(_TEAM)


def not_shown() -> str:
    """Return what stands in place of a number that is not shown."""
    return _("not shown")
