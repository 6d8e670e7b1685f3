"""Words for the life of a note: its state, what it adds up to, how far it has travelled."""

from __future__ import annotations

from typing import cast, get_args

from outreach_app.domain.assessment_words import outcome_name
from outreach_app.domain.outcome import Outcome
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _

STATE_WORDS = {
    "draft": N_("draft"),
    "finished": N_("finished"),
    "reviewed": N_("reviewed"),
    "amended": N_("amended"),
    "blanked": N_("blanked"),
    "taken_back": N_("taken back"),
}
SENDING_WORDS = {
    "": N_("on this laptop"),
    "held": N_("on this laptop"),
    "waiting": N_("waiting to be sent"),
    "sealed": N_("sealed"),
    "sent": N_("handed over"),
    "stored": N_("stored at the centre"),
    "ingested": N_("counted"),
    "rejected": N_("not accepted"),
    "reseal": N_("to be sealed again"),
    "voided": N_("given up, to be sealed again"),
}
ROAD_WORDS = {"network": N_("network"), "http": N_("network"), "stick": N_("stick")}


def outcome_words(code: str) -> str:
    """Return the heading of an assessment's outcome; nothing was assessed: a dash."""
    return outcome_name(cast("Outcome", code)) if code in get_args(Outcome) else code or "–"


def short_outcome(code: str) -> str:
    """Return the outcome for a row; where no group of signs is full, a dash says it more quietly."""
    return "–" if code == "no_dimension_positive" else outcome_words(code)


def state_words(code: str) -> str:
    """Return the state of a note."""
    return _(STATE_WORDS[code]) if code in STATE_WORDS else code


def sending_words(code: str) -> str:
    """Return how far a note or a batch has travelled."""
    return _(SENDING_WORDS[code]) if code in SENDING_WORDS else code


def handed_over_words(road: str) -> str:
    """Return what "sent" means by this road, and nothing more."""
    return _("on the stick") if road == "stick" else _("handed over")


def road_words(code: str) -> str:
    """Return by which road a batch left."""
    return _(ROAD_WORDS[code]) if code in ROAD_WORDS else code
