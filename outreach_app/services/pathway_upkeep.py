"""A contact's pathway put together from what is kept, and her near dates renewed in the transaction of each change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from outreach_app.domain.decision import LEAVE_AT_ONCE, Decision, answers_to_requests, period_decision
from outreach_app.domain.pathway import Pathway, find_pathway
from outreach_app.domain.pathway_case import DateName, PathwayCase, WatchedDate, facts_noted
from outreach_app.domain.pathway_warnings import dates_ahead, letter_missing
from outreach_app.records import decisions, pathways
from outreach_app.records.pathways import LetterDate, StoredPathway
from outreach_app.records.rows import Connection
from outreach_app.wire.pathway_table import load_rule_table


@dataclass(frozen=True, slots=True)
class KeptCase:
    """What is kept of one contact's pathway, and what the engine makes of it."""

    stored: StoredPathway | None
    decisions: tuple[Decision, ...]
    letters: Mapping[DateName, LetterDate]
    case: PathwayCase
    answer: Pathway


def read_case(db: Connection, contact_id: str, today: date) -> KeptCase:
    """Return the case of a contact; where nothing is kept the engine is asked with what her notes say."""
    stored = pathways.find_stored(db, contact_id)
    found, letters = decisions.list_decisions(db, contact_id), pathways.find_letter_dates(db, contact_id)
    facts = facts_noted(pathways.list_noted(db, contact_id)) if stored is None else stored.facts
    made = period_decision(found)
    at_once = made is not None and made.outcome == LEAVE_AT_ONCE
    case = PathwayCase(
        facts,
        today,
        None if made is None or at_once else made.decided_on,
        at_once,
        {which: letter.on_date for which, letter in letters.items()},
        None if "granted_until" in letters else answers_to_requests(found),
    )
    return KeptCase(stored, found, letters, case, find_pathway(case, load_rule_table()))


def renew_dates(db: Connection, contact_id: str, today: date) -> None:
    """Renew the dates near of a contact; a pathway that is closed or was never opened has none."""
    kept = read_case(db, contact_id, today)
    dates: dict[WatchedDate, tuple[date, bool]] = {}
    if kept.stored is not None and kept.stored.state == "open":
        ahead = dates_ahead(kept.answer, kept.case.facts, extended=any(answers_to_requests(kept.decisions)[1:]))
        dates = {name: (day, day != kept.answer.counted[name]) for name, day in ahead.items()}
        missing = letter_missing(kept.case)
        if missing is not None:
            dates["letter_missing"] = (missing, False)
    pathways.renew_dates(db, contact_id, dates)
