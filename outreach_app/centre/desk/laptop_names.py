"""What the desk calls its laptops: a suggestion for the next one.

A request says "laptop" for every laptop, so that it tells nothing. The name is given here, at the desk, and stays
in its register; it is no secret and goes nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from outreach_app.centre.desk.words import shown_label
from outreach_app.i18n import gettext as _

UNNAMED = "laptop"  # what a request says, see services.enrolling.NEUTRAL_LABEL

def suggest_name(label: str, taken: Iterable[str]) -> str:
    """Return what to call a laptop that asks: what its request says, or the next number that is free."""
    if label.strip().casefold() not in {"", UNNAMED}:
        return " ".join(shown_label(label).split())
    names = {name.casefold() for name in taken}
    number = 1
    while (name := _("Laptop {number}").format(number=number)).casefold() in names:
        number += 1
    return name
