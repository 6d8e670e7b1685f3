"""One version of a note as lines of words: what is noted is shown, what is not noted takes no room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, cast, get_args

from outreach_app.domain.alerts import Alert
from outreach_app.domain.assessment_words import alert_sentence, answer_name, proves_nothing
from outreach_app.domain.encounter import Encounter, HealthBlock, LeafletGiven
from outreach_app.domain.indicator import Answer
from outreach_app.domain.texts import isolated
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from ui.models.card_words import card_answers_in_words
from ui.models.codes import PROFILE_WORDS, RECIPIENT_WORDS, Words, consent_words, country_name, language_name
from ui.models.dates import day_in_words, moment_in_words
from ui.models.note_words import outcome_words
from ui.models.signs import Signs, list_in_words
from ui.models.trait_words import trait_words

if TYPE_CHECKING:
    from outreach_app.services.assessing import FrozenAssessment

HEALTH_FIELDS = tuple(each.name for each in fields(HealthBlock) if each.type == "bool")
FORMAT_WORDS = {"wallet": N_("Wallet cards")}
URGENT: frozenset[Alert] = frozenset({"child_act_now"})
Line = tuple[str, str]
"""A name and what stands there."""


@dataclass(frozen=True, slots=True)
class NoteReader:
    """Turns content into lines in the interface language."""

    words: Words
    signs: Signs
    today: Callable[[], date]

    def lines(self, content: Encounter, place_code: str, contact_name: str) -> tuple[Line, ...]:
        """Return everything that is noted, in the order of the form."""
        every = (*self._who(content, place_code, contact_name), *self._given(content), *self._statistics(content))
        return tuple((name, text) for name, text in every if text)

    def sign_lines(self, content: Encounter) -> tuple[Line, ...]:
        """Return each sign, with the words on it, and how it is known."""
        return tuple(
            (self._sign(content, sign, answer), answer_name(answer)) for sign, answer in content.answers.items()
        )

    def _sign(self, content: Encounter, sign: str, answer: Answer) -> str:
        """Return a sign with what was said on it; "not present" said with others near is marked."""
        unsure = answer == "not_present" and not content.free_to_speak
        mark = _("cannot be relied on: she could not speak freely") if unsure else ""
        said = isolated(content.sign_words.get(sign, ""))
        return " · ".join(filter(None, (self.signs.label(sign), said, mark)))

    def alerts(self, found: FrozenAssessment) -> tuple[tuple[str, str], ...]:
        """Return what stood beside the result when this was written, as (tone, sentence), a child first."""
        known = (cast("Alert", code) for code in found.alerts if code in get_args(Alert))
        return tuple(("urgent" if alert in URGENT else "notice", alert_sentence(alert)) for alert in known)

    def result_lines(self, content: Encounter, found: FrozenAssessment) -> tuple[str, ...]:
        """Return what the signs added up to when this was written and with which lists; last that they prove nothing.

        Nothing where neither a sign nor an alert was noted.
        """
        if not content.answers and not found.alerts:
            return ()
        outcome = outcome_words(found.outcome)
        heading = _("{outcome} (provisional)").format(outcome=outcome) if found.provisional else outcome
        return (heading, list_in_words(found.profile, found.catalogue, found.additions), proves_nothing())

    def _who(self, content: Encounter, place_code: str, contact_name: str) -> tuple[Line, ...]:
        of = self.words.of
        freely = "" if content.speaking == "not_noted" else of("speaking_situations", content.speaking)
        recipient = _(RECIPIENT_WORDS[content.recipient]) if content.recipient in RECIPIENT_WORDS else ""
        agreed = " · ".join(filter(None, (consent_words(content.consent), recipient)))
        return (
            (_("When"), moment_in_words(content.met_at, self.today())),
            (_("Where"), " · ".join(filter(None, (isolated(place_code), of("settings", content.setting))))),
            (_("Region"), "" if content.region == "unknown" else of("regions", content.region)),
            (_("Channel"), of("online_channels", content.channel)),
            (_("Contact"), isolated(contact_name)),
            (_("Age"), "" if content.age is None else str(content.age)),
            (_("Age, about"), of("age_bands", content.age_band) if content.age_band else ""),
            (_("Languages"), ", ".join(map(language_name, content.languages))),
            (_("Could she speak freely?"), freely),
            (_("She agreed to"), agreed),
        )

    def _given(self, content: Encounter) -> tuple[Line, ...]:
        follow = content.follow_up
        due = "" if follow is None else f"{day_in_words(follow.due_on, self.today())} {isolated(follow.what)}"
        seen = content.view
        view = "" if seen is None else _("agrees") if seen.agrees else _("sees it differently: {reason}").format(
            reason=isolated(seen.reason)
        )
        return (
            (_("Help given"), self.words.all_of("help_kinds", content.help_given)),
            (_("Leaflets given"), ", ".join(map(_leaflet, content.leaflets))),
            (_("Handed out"), self.words.all_of("items_handed_out", content.items)),
            (_("Traits and red flags"), ", ".join(map(trait_words, content.traits))),
            (_("Cards"), card_answers_in_words(content.cards)),
            (_("Follow-up"), due.strip()),
            *self._call(content),
            (_("The worker's view"), view),
            *self._health(content),
        )

    def _call(self, content: Encounter) -> tuple[Line, ...]:
        """What was said by phone, and why without her consent: it must be readable as long as the note is."""
        call = content.hand_over
        if call is None:
            return ()
        said = " · ".join(filter(None, (isolated(call.to_whom), isolated(call.said))))
        return (_("Call made"), said), (_("Without her consent because"), isolated(call.without_consent_because))

    def _health(self, content: Encounter) -> tuple[Line, ...]:
        """Only there for those who hold the health key; the vault hands it to nobody else."""
        health = content.health
        if health is None:
            return ()
        done = self.words.all_of("health_help", (name for name in HEALTH_FIELDS if getattr(health, name)))
        return (_("Health"), done), (_("Health note"), isolated(health.words))

    def _statistics(self, content: Encounter) -> tuple[Line, ...]:
        of = self.words.of

        def unless(code: str, usual: str, words: str) -> str:
            return "" if code == usual else words

        began = content.age_when_it_began
        return (
            (_("Gender"), unless(content.gender, "not_said", of("genders", content.gender))),
            (_("Nationality"), country_name(content.nationality) if content.nationality else ""),
            (_("Age when it began"), "" if began is None else str(began)),
            (_("Exploitation"), unless(content.exploitation, "not_stated",
                                       of("exploitation_forms", content.exploitation))),
            (_("Sector"), of("sectors", content.sector)),
            (_("Stay"), unless(content.stay, "unknown", of("stays", content.stay))),
            (_("Interpreter"), unless(content.interpreter, "none", of("interpreter_kinds", content.interpreter))),
            (_("Help offered"), unless(content.help_offer, "not_offered", of("offer_answers", content.help_offer))),
            (_("Return offered"), unless(content.return_offer, "not_offered",
                                         of("offer_answers", content.return_offer))),
            (_("Work"), _("Sells sex") if content.sells_sex else ""),
            (_("List of signs"), _(PROFILE_WORDS[content.profile]) if content.answers else ""),
        )  # fmt: skip


def _leaflet(given: LeafletGiven) -> str:
    shape = _(FORMAT_WORDS[given.format]) if given.format in FORMAT_WORDS else given.format.upper()
    return f"{language_name(given.language)}, {shape} ({given.copies})"
