"""The signs of the encounter page: which list applies, what is typed ahead, answers carried from list to list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar, get_args

from outreach_app.domain.assessment import Assessment
from outreach_app.domain.assessment_words import answer_name
from outreach_app.domain.change_words import change_sentence
from outreach_app.domain.encounter import Encounter
from outreach_app.domain.indicator import CHILD_PROFILES, LABOUR_PROFILES, PRESENT, Catalogue, Indicator, Profile
from outreach_app.domain.type_ahead import find_indicators
from outreach_app.domain.what_would_change import what_would_change
from outreach_app.i18n import gettext as _
from outreach_app.i18n import language
from outreach_app.services.assessing import assess_encounter, context_of
from ui.models.codes import PROFILE_WORDS
from ui.models.encounter_form import EncounterForm, note_content

T = TypeVar("T")
SUGGESTIONS = 8
"""As many as a list shows without scrolling; each has a digit key."""
LABOUR_FORMS = frozenset({"labour", "begging", "forced_crime"})
LABOUR_SETTINGS = frozenset({"workplace"})
CHILD_AGES = frozenset({"under_18", "maybe_under_18"})


@dataclass(frozen=True, slots=True)
class Signs:
    """All catalogues, asked in the interface language."""

    catalogues: Mapping[Profile, Catalogue]

    def label(self, sign_id: str) -> str:
        """Return the words of a sign of any list; an unknown one is shown by its id."""
        found = self._find(sign_id)
        return found.label(language()[:2]) if found else sign_id

    def suggest(self, profile: Profile, typed: str, taken: frozenset[str]) -> tuple[Indicator, ...]:
        """Return at most eight signs that fit what was typed; with nothing typed, the weightiest of the list."""
        signs = self.catalogues[profile].offered()
        found = find_indicators(signs, typed, language()[:2]) if typed.strip() else usual_signs(signs)
        return tuple(sign for sign in found if sign.id not in taken)[:SUGGESTIONS]

    def ids(self, profile: Profile) -> frozenset[str]:
        """Return the ids of one list."""
        return frozenset(self.catalogues[profile].by_id())

    def carried(self, answers: Mapping[str, T], profile: Profile) -> dict[str, T]:
        """Return what is said of signs with ids of ``profile`` where it has the same fact; others stay as they are."""
        twins = {_fact(sign): sign for sign in self.ids(profile)}
        alone = {sign.rpartition(".")[2]: sign for sign in self.ids(profile)}
        return {
            twins.get(_fact(sign)) or alone.get(sign.rpartition(".")[2], sign): answer
            for sign, answer in answers.items()
        }

    def assess(self, content: Encounter) -> Assessment:
        """Return what the signs of the chosen list add up to."""
        ids = self.ids(content.profile)
        answers = {sign: answer for sign, answer in content.answers.items() if sign in ids}
        return assess_encounter(replace(content, answers=answers), self.catalogues)

    def changes(self, content: Encounter, found: Assessment) -> tuple[str, ...]:
        """Return what would change ``found``, a sentence each; nothing while no sign is present."""
        if not any(answer in PRESENT for answer in content.answers.values()):
            return ()
        catalogue = self.catalogues[content.profile]
        answers = {sign: answer for sign, answer in content.answers.items() if sign in self.ids(content.profile)}
        changes = what_would_change(catalogue, answers, context_of(content), found)
        return tuple(change_sentence(change, catalogue) for change in changes)

    def made_with(self, profile: Profile) -> str:
        """Return which list in which version the result is made with, and whether all its strengths are confirmed."""
        catalogue = self.catalogues[profile]
        named = list_in_words(profile, str(catalogue.version), str(catalogue.additions_version or ""))
        unsure = _("Most of its strengths are not confirmed yet.")
        return f"{named} {unsure}" if catalogue.provisional else named

    def other_words(self, content: Encounter) -> dict[str, str]:
        """Return, for answers outside the chosen list, the line that keeps them in the note."""
        outside = (sign for sign in content.answers if sign not in self.ids(content.profile))
        sentence = _("Also noted: {sign} ({answer})")
        return {
            sign: " ".join(filter(None, (
                sentence.format(sign=self.label(sign), answer=answer_name(content.answers[sign])),
                content.sign_words.get(sign, ""),
            )))
            for sign in outside
        }  # fmt: skip

    def finished_content(self, form: EncounterForm) -> Encounter:
        """Return the encounter to finish, with signs of other lists written under its note."""
        return note_content(form, self.ids(form.content.profile), self.other_words(form.content))

    def _find(self, sign_id: str) -> Indicator | None:
        for catalogue in self.catalogues.values():
            if (sign := catalogue.by_id().get(sign_id)) is not None:
                return sign
        return None


def fitting_profile(content: Encounter) -> Profile:
    """Return the list that fits age, form of exploitation and setting; never lowered by what was typed before."""
    child = content.age_for_rules in CHILD_AGES
    labour = content.exploitation in LABOUR_FORMS or (
        content.exploitation == "not_stated" and content.setting in LABOUR_SETTINGS
    )
    return next(
        profile
        for profile in get_args(Profile)
        if (profile in CHILD_PROFILES) is child and (profile in LABOUR_PROFILES) is labour
    )


def list_in_words(profile: str, catalogue: str, additions: str) -> str:
    """Return which list of signs was used, with its versions; a list of another program is named by its code."""
    name = _(PROFILE_WORDS[profile]) if profile in PROFILE_WORDS else profile
    version, more = catalogue.rpartition("/")[2], additions.rpartition("/")[2]
    listed = _("List of signs: {name}, version {version}.").format(name=name, version=version)
    added = _("Danish additions, version {version}.").format(version=more)
    return f"{listed} {added}" if more else listed


def usual_signs(signs: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """Return signs by weight, those of the present before those of recruitment."""
    weight = {"S": 0, "M": 1, "W": 2}
    return tuple(sorted(signs, key=lambda sign: (weight[sign.strength], sign.phase != "destination")))


def _fact(sign_id: str) -> str:
    """Return dimension and fact, the part of an id that every list shares."""
    return sign_id.partition(".")[2]
