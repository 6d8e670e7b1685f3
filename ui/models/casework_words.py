"""Consents, referrals and plans in words: to whom, how, where they stand, and what taking back means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, tzinfo
from typing import TYPE_CHECKING

from outreach_app.domain.consent import RECIPIENTS, Consent
from outreach_app.domain.plan import PlanStep
from outreach_app.domain.referral import Referral, ReferralStep
from outreach_app.domain.texts import isolated
from outreach_app.i18n import N_, ngettext
from outreach_app.i18n import gettext as _
from ui.models.codes import RECIPIENT_WORDS, Words, language_name
from ui.models.dates import day_in_words
from ui.models.keeping_words import departures_in_words

if TYPE_CHECKING:
    from outreach_app.services.withdrawing import Withdrawal, WithdrawnConsent

STATE_WORDS = {
    "made": N_("made"),
    "received": N_("received"),
    "accepted": N_("accepted"),
    "declined": N_("declined"),
    "withdrawn": N_("withdrawn"),
    "closed": N_("closed"),
}
CENTRE_WORDS = {
    "nothing_left": N_("Nothing had left this laptop before."),
    "no_longer_here": N_("These notes have left this laptop since. Call the centre, so that it follows."),
    "waiting": N_("The lowered note goes to the centre with the next batch."),
    "sent": N_("The lowered note was sent; the centre's confirmation is awaited."),
    "confirmed": N_("The centre has confirmed the lowered note."),
    "put_aside": N_("The centre could not follow by itself. Call it."),
}


def recipient_words(code: str, partner: str = "") -> str:
    """Return whom something goes to; a partner by the name the worker wrote."""
    if partner:
        return isolated(partner)
    return _(RECIPIENT_WORDS[code]) if code in RECIPIENT_WORDS else code


def recipient_choices() -> tuple[tuple[str, str], ...]:
    """Return all recipients, as codes with their words."""
    return tuple((code, recipient_words(code)) for code in RECIPIENTS)


def state_words(code: str) -> str:
    """Return a state of a referral."""
    return _(STATE_WORDS[code]) if code in STATE_WORDS else code


def consent_line(consent: Consent, code_words: Words, today: date) -> str:
    """Return how she agreed: "Mon 2 Mar · Spoken · Romanian · seven points"."""
    if not consent.points:
        return _("agreed in the talk of {day}, without the seven points").format(
            day=day_in_words(consent.given_on, today)
        )
    parts = (
        day_in_words(consent.given_on, today), code_words.of("consent_manners", consent.manner),
        language_name(consent.language), _("all seven points explained"),
    )  # fmt: skip
    told = " · ".join(parts)
    if not consent.doubtful:
        return told
    return "\n".join((told, _("In doubt: the note says now that she could not speak freely. Ask again alone.")))


def withdrawn_lines(row: WithdrawnConsent, today: date, zone: tzinfo | None) -> str:
    """Return when she took it back, what had left before, when and to whom, and how far the centre has followed."""
    day = row.consent.withdrawn_on or row.consent.given_on
    lines = [" · ".join(filter(None, (
        _("taken back {day}").format(day=day_in_words(day, today)), isolated(row.consent.withdrawn_words),
    )))]  # fmt: skip
    if row.left:
        lines.append(_("Left before: {what}").format(what="; ".join(departures_in_words(row.left, today, zone))))
    lines.append(_(CENTRE_WORDS[row.state]))
    return "\n".join(lines)


def withdrawal_lines(row: Withdrawal, today: date, zone: tzinfo | None) -> Iterator[str]:
    """Yield what taking back changes, and what it cannot change any more."""
    notes = len(row.notes)
    if notes:
        told = ngettext("{count} note is lowered.", "{count} notes are lowered.", notes)
        yield told.format(count=notes)
    for each in row.referrals:
        yield _("The referral of {day} is written down as withdrawn. Tell the recipient.").format(
            day=day_in_words(each.made_on, today)
        )
    yield _("From now on nothing more leaves for this recipient.")
    for left in departures_in_words(row.left, today, zone):
        yield _("Has left already and cannot be fetched back: {what}").format(what=left)


def referral_title(referral: Referral, code_words: Words) -> str:
    """Return "CMM · Interview with CMM"."""
    purpose = code_words.of("referral_purposes", referral.purpose)
    return " · ".join((recipient_words(referral.recipient, referral.partner), purpose))


def referral_lines(referral: Referral, today: date) -> str:
    """Return what was asked, on what it rests, and its states, the latest first."""
    lines = [isolated(referral.what)] if referral.what else []
    if referral.without_consent_because:
        lines.append(_("Without her consent: {why}").format(why=isolated(referral.without_consent_because)))
    lines += [step_line(step, today) for step in reversed(referral.steps)]
    return "\n".join(lines)


def step_line(step: ReferralStep, today: date) -> str:
    """Return "accepted Thu 5 Mar · they have a bed · AM"."""
    first = _("{state} {day}").format(state=state_words(step.state), day=day_in_words(step.on_date, today))
    return " · ".join(filter(None, (first, isolated(step.words), isolated(step.worker_name))))


def plan_step_line(step: PlanStep, code_words: Words, today: date) -> tuple[str, str]:
    """Return the second line of a step and its tone: who, which support, by when; overdue is said in words."""
    parts = [code_words.of("support_types", step.support), isolated(step.responsible)]
    tone = "muted"
    if step.done_on is not None:
        parts.insert(0, _("done {day}").format(day=day_in_words(step.done_on, today)))
        tone = "calm"
    elif step.is_overdue(today) and step.due_on is not None:
        parts.insert(0, _("overdue since {day}").format(day=day_in_words(step.due_on, today)))
        tone = "notice"
    elif step.due_on is not None:
        parts.insert(0, _("by {day}").format(day=day_in_words(step.due_on, today)))
    return " · ".join(filter(None, parts)), tone

