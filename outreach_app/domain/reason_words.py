"""The reasons of an assessment as sentences in the interface language, with the catalogue's own labels."""

from __future__ import annotations

from collections.abc import Mapping

from outreach_app.domain.assessment import Assessment
from outreach_app.domain.assessment_words import CHILD_ACT_NOW, NOT_FREE_TO_SPEAK, PROVES_NOTHING, dimension_name
from outreach_app.domain.indicator import Catalogue
from outreach_app.domain.reasons import Reason, ReasonCode
from outreach_app.i18n import N_, language
from outreach_app.i18n import gettext as _

_SENTENCES: Mapping[ReasonCode, str] = {
    "two_strong": N_("{dimension}: positive by two or more strong signs ({signs})."),
    "strong_and_other": N_("{dimension}: positive by one strong sign and at least one other ({signs})."),
    "three_medium": N_("{dimension}: positive by three or more medium signs ({signs})."),
    "two_medium_and_weak": N_("{dimension}: positive by two medium signs and a weak one ({signs})."),
    "any_one": N_("{dimension}: not positive ({signs}). One more sign of any strength would make it positive."),
    "strong_or_medium": N_(
        "{dimension}: not positive ({signs}). One more strong or medium sign would make it positive."
    ),
    "strong_or_two_with_medium": N_(
        "{dimension}: not positive ({signs}). One strong sign, or two more signs with a medium one among them, "
        "would make it positive."
    ),
    "strong_or_two_medium": N_(
        "{dimension}: not positive ({signs}). One strong sign or two medium signs would make it positive."
    ),
    "two_or_three": N_(
        "{dimension}: nothing noted. Two signs with a strong one among them, or three with two medium ones among them, "
        "would make it positive."
    ),
    "no_dimension_positive": N_("No dimension is positive. That does not mean that nothing is wrong."),
    "signs_of_trafficking": N_("Together these are signs of trafficking. Offer an interview with the centre."),
    "deception_and_exploitation": N_(
        "Deception when recruited and exploitation are positive, coercion now is not. Refer for assessment."
    ),
    "labour_rights_case": N_(
        "Only exploitation is positive: this points to a matter of labour rights. Ask the centre when in doubt."
    ),
    "not_classified_refer": N_("The published table does not classify this combination. Refer for assessment."),
    "child_needs_no_means": N_("Treated as under 18: it does not matter how the person was recruited."),
    "use_child_list": N_("Choose the list for children: it weighs some signs differently."),
    "missing_means": N_("Signs of trafficking would also need how the person was recruited: ask about it."),
    "missing_exploitation": N_("Signs of trafficking would also need exploitation: ask about work, pay and hours."),
    "missing_coercion": N_("Signs of trafficking would also need coercion now: ask about debt, documents and threats."),
    "vulnerability_as_means": N_("Here a hard situation that was used when recruited stands in for other means."),
    "not_present_unreliable": N_("Answered with others near, so “not present” cannot be relied on ({signs})."),
    "unconfirmed_strengths": N_("Signs whose strength the centre has not yet confirmed: {signs}."),
    "hearsay_only": N_("Told by others only: {signs}."),
    "child_act_now": CHILD_ACT_NOW,
    "not_free_to_speak": NOT_FREE_TO_SPEAK,
    "proves_nothing": PROVES_NOTHING,
}


def reason_sentences(assessment: Assessment, catalogue: Catalogue) -> tuple[str, ...]:
    """Return one sentence per reason, in the order of the reasons."""
    labels = {indicator.id: indicator.label(language()) for indicator in catalogue.all_signs}
    return tuple(_sentence(reason, labels) for reason in assessment.reasons)


def _sentence(reason: Reason, labels: Mapping[str, str]) -> str:
    return _(_SENTENCES[reason.code]).format(
        dimension=dimension_name(reason.dimension) if reason.dimension else "",
        signs="; ".join(labels[indicator_id] for indicator_id in reason.indicators),
    )
