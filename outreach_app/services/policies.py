"""What a supervisor sets for this laptop where the centre's content does not: how long notes stay, review first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from outreach_app.domain.changes import Changes
from outreach_app.domain.keeping import FEWEST_DAYS, KINDS, MOST_DAYS
from outreach_app.domain.sending_reminder import WEEK
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from outreach_app.records import policy
from outreach_app.services.errors import PolicyNeedsSupervisorError, PolicyNotUsableError, PolicySetByCentreError
from outreach_app.services.parts import Parts
from outreach_app.services.policy_of_centre import names_of_centre
from outreach_app.services.workers import Workers

NAMES = (policy.SHED_AFTER, policy.EXPIRE_AFTER, policy.REVIEW, policy.SENDING_WEEKDAY)
_EXPECTED = {
    policy.SHED_AFTER: N_("It is a number of days from {fewest} to {most}."),
    policy.EXPIRE_AFTER: N_("It is days by kind, such as {example}; the kinds are {kinds}."),
    policy.REVIEW: N_("It is true or false."),
    policy.SENDING_WEEKDAY: N_("It is a day of the week from 1 (Monday) to 7, or 0 for a week after the last contact."),
}
_EXAMPLE = '{"coded": 365, "follow_up": 180}'


@dataclass(frozen=True, slots=True)
class PolicyValues:
    """``expire_after_days`` holds only kinds that expire; a kind without days never does.

    ``sending_weekday`` is the day of the weekly reminder, 1 (Monday) to 7; 0: a week after the last contact.
    """

    shed_after_days: int
    expire_after_days: Mapping[str, int]
    review_before_sending: bool
    sending_weekday: int = 0


class Policies:
    """The verbs of policy."""

    def __init__(self, parts: Parts, workers: Workers) -> None:
        self._parts = parts
        self._workers = workers

    @property
    def may_set(self) -> bool:
        """Whether this worker may set policy: a supervisor, or anybody where there is none."""
        return self._workers.may_manage

    def show(self) -> PolicyValues:
        """Return what holds now."""
        with self._parts.vault.read() as db:
            rules = policy.keeping_policy(db)
            return PolicyValues(
                rules.shed_after_days, dict(rules.expire_after_days), policy.review_before_sending(db),
                policy.sending_weekday(db),
            )  # fmt: skip

    def set_by_centre(self) -> frozenset[str]:
        """Return the names of ``NAMES`` that the centre's content sets for all laptops."""
        with self._parts.vault.read() as db:
            return names_of_centre(db)

    def set_policy(self, name: str, value: object) -> Changes:
        """Set one value; a new retention expires nothing for 14 days, so that it is seen coming.

        Args:
            name: one of ``NAMES``.
            value: days; days by kind (replaces all of them); true or false; a day of the week.

        Raises:
            PolicyNeedsSupervisorError, PolicySetByCentreError, PolicyNotUsableError: nothing was changed.
        """
        if not self.may_set:
            raise PolicyNeedsSupervisorError
        if name in self.set_by_centre():
            raise PolicySetByCentreError(name=name)
        if name not in NAMES or not _fits(name, value):
            raise PolicyNotUsableError(expected=_expected(name))
        with self._parts.vault.transaction() as db:
            if name == policy.SHED_AFTER and isinstance(value, int):
                policy.keep_shed_after(db, value)
            elif name == policy.EXPIRE_AFTER and isinstance(value, Mapping):
                policy.keep_expire_after(db, dict(value), self._parts.clock.local_now().date())
            elif name == policy.SENDING_WEEKDAY and isinstance(value, int):
                policy.keep_sending_weekday(db, value)
            else:
                policy.keep_review(db, review=value is True)
            self._parts.vault.audit("policy_set", detail=name)
        return Changes(settings=True, encounters=True, sending=True)


def _fits(name: str, value: object) -> bool:
    if name == policy.REVIEW:
        return isinstance(value, bool)
    if name == policy.SHED_AFTER:
        return _are_days(value)
    if name == policy.SENDING_WEEKDAY:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= WEEK
    return isinstance(value, Mapping) and all(kind in KINDS and _are_days(days) for kind, days in value.items())


def _are_days(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and FEWEST_DAYS <= value <= MOST_DAYS


def _expected(name: str) -> str:
    if name not in _EXPECTED:
        return _("The names are {names}.").format(names=", ".join(NAMES))
    return _(_EXPECTED[name]).format(
        fewest=FEWEST_DAYS, most=MOST_DAYS, example=_EXAMPLE, kinds=", ".join(KINDS)
    )
