"""Words for the life of a note: its state, what it adds up to, how far it has travelled."""

from __future__ import annotations

from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _

OUTCOME_WORDS = {
    "no_dimension_positive": N_("No group of signs is full"),
    "signs_of_trafficking": N_("Signs of trafficking"),
    "deception_and_exploitation": N_("Deception and exploitation"),
    "labour_rights_case": N_("Labour rights"),
    "not_classified_refer": N_("Not classified: refer"),
}
ALERT_WORDS = {
    "child_act_now": N_("Under 18 or maybe under 18: act now"),
    "unconfirmed_strengths": N_("Some weights are not confirmed yet. Take the result as provisional."),
    "hearsay_only": N_("Everything here was told by others. Ask again when you can talk alone."),
    "not_free_to_speak": N_("She could not speak freely. “Not present” is not reliable; ask again alone."),
}
STATE_WORDS = {
    "draft": N_("draft"),
    "finished": N_("finished"),
    "reviewed": N_("reviewed"),
    "amended": N_("amended"),
    "blanked": N_("blanked"),
}
SENDING_WORDS = {
    "": N_("on this laptop"),
    "held": N_("on this laptop"),
    "waiting": N_("waiting to be sent"),
    "sealed": N_("sealed"),
    "sent": N_("sent"),
    "stored": N_("in the mailbox"),
    "ingested": N_("at the centre"),
    "rejected": N_("not accepted"),
    "reseal": N_("to be sealed again"),
}
ROAD_WORDS = {"network": N_("network"), "http": N_("network"), "stick": N_("stick")}


def outcome_words(code: str) -> str:
    """Return the heading of an assessment's outcome; nothing was assessed: a dash."""
    return _(OUTCOME_WORDS[code]) if code in OUTCOME_WORDS else code or "–"


def alert_words(code: str) -> str:
    """Return the sentence of an alert."""
    return _(ALERT_WORDS[code]) if code in ALERT_WORDS else code


def state_words(code: str) -> str:
    """Return the state of a note."""
    return _(STATE_WORDS[code]) if code in STATE_WORDS else code


def sending_words(code: str) -> str:
    """Return how far a note or a batch has travelled."""
    return _(SENDING_WORDS[code]) if code in SENDING_WORDS else code


def road_words(code: str) -> str:
    """Return by which road a batch left."""
    return _(ROAD_WORDS[code]) if code in ROAD_WORDS else code
