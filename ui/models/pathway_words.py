"""What a pathway says, in words: who decides, which period, which dates, and where each sentence comes from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from outreach_app.domain.pathway import Step
from outreach_app.domain.pathway_case import DateName, WatchedDate
from outreach_app.domain.pathway_rules import Rule
from outreach_app.domain.pathway_warnings import nearness
from outreach_app.i18n import N_, language, ngettext
from outreach_app.i18n import gettext as _
from ui.models.dates import day_in_words, due_in_words

MAKER_WORDS = {
    "cmm": N_("CMM"),
    "dis": N_("Immigration Service"),
    "court": N_("Court"),
}
STANDING_WORDS = {
    "possible": N_("Nobody has decided yet"),
    "in_period": N_("In her period"),
    "recognised": N_("Found to have been trafficked"),
    "not_recognised": N_("Not found to have been trafficked"),
}
DECIDER_WORDS = {
    "DIS": N_("The Immigration Service decides"),
    "CMM": N_("CMM decides"),
    "unknown": N_("Who decides depends on her stay"),
}
DATE_WORDS: dict[DateName, str] = {
    "ask_extension_by": N_("Ask for more time"),
    "first_period_ends": N_("First period ends"),
    "granted_until": N_("Granted until"),
    "latest_end": N_("Longest period ends"),
    "return_support_ends": N_("Help after the return ends"),
}
LETTER_MISSING = N_("Set the date from her letter")
TOPIC_WORDS = {
    "who_decides": N_("Who decides, and why"),
    "interview": N_("The talk with CMM"),
    "period": N_("Time she gets"),
    "rights": N_("Rights card: what she may do and get"),
    "health": N_("Who pays for health care"),
    "child": N_("For a child"),
    "charges": N_("If she is charged with something"),
    "permits": N_("Permits"),
    "return": N_("Going home"),
}
AGE_WORDS = {
    "under_18": N_("Under 18"),
    "maybe_under_18": N_("Maybe under 18"),
    "of_age": N_("18 or older"),
}
TONES = {"far": "muted", "near": "notice", "close": "notice", "late": "urgent"}
ICONS = {"far": "calendar", "near": "clock", "close": "notice", "late": "urgent"}


def maker_words(code: str) -> str:
    """Return who decided."""
    return _(MAKER_WORDS.get(code, code))


def standing_words(code: str) -> str:
    """Return where she stands with those who decide."""
    return _(STANDING_WORDS.get(code, code))


def date_words(which: WatchedDate) -> str:
    """Return the name of a date, or that her letter has to say it."""
    text = LETTER_MISSING if which == "letter_missing" else DATE_WORDS[which]
    return _(text)


def nearness_words(on_date: date, today: date) -> str:
    """Return a date with how near it is: ``8 Jun · in 5 days``; what is over says so."""
    return f"{day_in_words(on_date, today)} · {due_in_words(on_date, today)}"


def nearness_look(which: DateName, on_date: date, today: date) -> tuple[str, str]:
    """Return tone and icon of a date: quiet far away, a clock from 10 days on, a notice from 3 days on."""
    near = nearness(which, on_date, today)
    return TONES[near], ICONS[near]


def cap_words(caps: Iterable[int]) -> str:
    """Return the longest period; where sources do not agree, both."""
    days = tuple(caps)
    if len(days) == 1:
        return ngettext("{count} day at most", "{count} days at most", days[0]).format(count=days[0])
    return _("{fewer} or {more} days at most: sources do not agree").format(fewer=days[0], more=days[-1])


def sentence_of(step: Step) -> str:
    """Return a statement in the interface language."""
    return step.text(language()[:2])


def cited(step: Step) -> str:
    """Return where a statement comes from, with its numbers; an unconfirmed number has its own line."""
    sure = [number for number in step.numbers if number.confirmed]
    lines = [_citation(step.statement, (step.statement, *sure))]
    lines += [_citation(number, (number,)) for number in step.numbers if not number.confirmed]
    return "\n".join(dict.fromkeys(lines))


def _citation(rule: Rule, rules: Iterable[Rule]) -> str:
    sure = _("confirmed") if rule.confirmed else _("not confirmed")
    known = _("as of {date}").format(date=rule.as_of)
    return f"{sure} · {rule.source_in(language()[:2])} · {known} · {', '.join(each.rule for each in rules)}"
