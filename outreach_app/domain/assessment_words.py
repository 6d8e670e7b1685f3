"""The names of dimensions, outcomes and alerts as the worker reads them, in the interface language."""

from __future__ import annotations

from collections.abc import Mapping

from outreach_app.domain.alerts import Alert
from outreach_app.domain.indicator import Answer, Dimension
from outreach_app.domain.outcome import Outcome
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _

PROVES_NOTHING = N_(
    "Indicators prove nothing, neither by being present nor by being absent. Refer for assessment when in doubt."
)
CHILD_ACT_NOW = N_(
    "Child: act now. Call the hotline of the centre and the municipality; call 112 if there is danger now."
)
NOT_FREE_TO_SPEAK = N_("The person could not speak freely. Ask again alone.")

_DIMENSIONS: Mapping[Dimension, str] = {
    "deceptive_recruitment": N_("Deception when recruited"),
    "coercive_recruitment": N_("Coercion when recruited"),
    "abuse_of_vulnerability_recruitment": N_("Hard situation used when recruited"),
    "exploitation": N_("Exploitation"),
    "coercion_at_destination": N_("Coercion now"),
    "abuse_of_vulnerability_destination": N_("Hard situation used now"),
}
_OUTCOMES: Mapping[Outcome, str] = {
    "no_dimension_positive": N_("No dimension positive"),
    "signs_of_trafficking": N_("Signs of trafficking"),
    "deception_and_exploitation": N_("Deception and exploitation"),
    "labour_rights_case": N_("Exploitation: a matter of labour rights"),
    "not_classified_refer": N_("Not classified: refer"),
}
_ALERTS: Mapping[Alert, str] = {
    "child_act_now": CHILD_ACT_NOW,
    "unconfirmed_strengths": N_("Provisional: the centre has not yet confirmed the strength of every sign used."),
    "hearsay_only": N_("Everything was told by others. Ask the person, if that is safe."),
    "not_free_to_speak": NOT_FREE_TO_SPEAK,
}
_ANSWERS: Mapping[Answer, str] = {
    "observed": N_("observed"),
    "told": N_("told"),
    "told_by_others": N_("told by others"),
    "not_present": N_("not present"),
    "not_asked": N_("not asked"),
}


def proves_nothing() -> str:
    """Return the caution that stands on every result and every print-out."""
    return _(PROVES_NOTHING)


def dimension_name(dimension: Dimension) -> str:
    """Return the name of a dimension."""
    return _(_DIMENSIONS[dimension])


def outcome_name(outcome: Outcome) -> str:
    """Return the name of an outcome."""
    return _(_OUTCOMES[outcome])


def alert_sentence(alert: Alert) -> str:
    """Return what an alert says."""
    return _(_ALERTS[alert])


def answer_name(answer: Answer) -> str:
    """Return how an indicator is known."""
    return _(_ANSWERS[answer])
