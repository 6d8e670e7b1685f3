"""What was said about a note in review, and what it lacks, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from outreach_app.domain.lacking import Lack
from outreach_app.domain.texts import isolated
from outreach_app.i18n import gettext as _
from ui.models.dates import moment_in_words
from ui.models.rows import VerdictRow


def verdict_words(verdict: VerdictRow, now: datetime) -> str:
    """Return who said what about which version, and when, with the remark."""
    returned, reviewed = _("Returned by {worker}, {when}: {remark}"), _("Reviewed by {worker}, {when}")
    said = returned if verdict.verdict == "returned" else reviewed
    when = moment_in_words(verdict.made_at.astimezone(now.tzinfo), now.date())
    return said.format(worker=isolated(verdict.worker_name), when=when, remark=isolated(verdict.remark))


def lack_lines(lacks: Sequence[Lack]) -> tuple[tuple[str, str], ...]:
    """Return each field that is empty with what it would be good for; what sending needs comes first."""
    ordered = sorted(lacks, key=lambda lack: lack.purpose != "sending")
    return tuple((lack.name(), lack.reason()) for lack in ordered)
