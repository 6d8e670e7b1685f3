"""The consent table as code: what of a note may be in a batch. Nothing else decides what leaves.

| agreed to | record | holds |
|---|---|---|
| ``write_nothing`` | none (the tally grew); ``TallyRecord`` in place of a note | setting, region, leaflets, help |
| ``coded`` | ``CodedRecord`` | codes only: no words, no place finer than the region, no linkage code |
| ``follow_up`` | ``NoteRecord`` | the whole note without identity and health block, with the linkage code |
| ``referral`` | ``ReferralRecord`` | as a note, plus identity for the one named recipient |
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.encounter import Encounter
from outreach_app.records.tallies import TallyRow
from outreach_app.services.assessing import FrozenAssessment
from outreach_app.wire.batch_records import (
    AssessmentRow,
    BatchRecord,
    CardsRow,
    CodedRecord,
    HandOverRow,
    LeafletCount,
    NoteRecord,
    ReferralRecord,
    TallyRecord,
    ViewRow,
)

ANY_SHEET = "any"
NO_GROUP = "not_said"
_AGE_BANDS = ((15, "under_15"), (18, "15_17"), (25, "18_24"), (35, "25_34"), (45, "35_44"))


@dataclass(frozen=True, slots=True)
class OutgoingNote:
    """One version of a note with what its consent level may need. ``identity`` is '' where none was recorded."""

    id: str
    version: int
    worker_id: str
    subject_id: str
    content: Encounter
    assessment: FrozenAssessment
    place_code: str = ""
    linkage_code: str = ""
    identity: str = ""


def outgoing_record(note: OutgoingNote) -> BatchRecord:
    """Return the record that may leave for this note."""
    level = note.content.consent
    if level is ConsentLevel.WRITE_NOTHING:
        return _counted_only(note)
    if level is ConsentLevel.CODED:
        return CodedRecord(**_coded(note))
    if level is ConsentLevel.FOLLOW_UP:
        return NoteRecord(**_coded(note), **_whole(note))
    return ReferralRecord(
        **_coded(note), **_whole(note), recipient=note.content.recipient, identity_name=note.identity
    )


def outgoing_tally(row: TallyRow) -> TallyRecord:
    """Return the record of a tally."""
    tally = row.tally
    return TallyRecord(
        id=row.id,
        version=1,
        worker=row.worker_id,
        shift_date=tally.shift_date,
        setting=tally.setting,
        region=tally.region,
        group=tally.group,
        count=tally.count,
        leaflets=[
            LeafletCount(sheet=ANY_SHEET, language=language, copies=copies)
            for language, copies in sorted(tally.leaflets.items())
        ],
        help_given=list(tally.help_given),
    )


def _counted_only(note: OutgoingNote) -> TallyRecord:
    """Return what is left of a note when she no longer wants anything written: it supersedes what left before."""
    content = note.content
    return TallyRecord(
        id=note.id,
        version=note.version,
        worker=note.worker_id,
        shift_date=content.shift_date,
        setting=content.setting,
        region=content.region,
        group=NO_GROUP,
        count=1,
        leaflets=_leaflets(content),
        help_given=list(content.help_given),
    )


def _coded(note: OutgoingNote) -> dict[str, Any]:
    content = note.content
    return {
        "id": note.id,
        "version": note.version,
        "worker": note.worker_id,
        "contact": note.subject_id,
        "shift_date": content.shift_date,
        "setting": content.setting,
        "region": content.region,
        "gender": content.gender,
        "age_band": _age_band(content),
        "nationality": content.nationality,
        "languages": list(content.languages),
        "exploitation": content.exploitation,
        "sector": content.sector,
        "help_given": list(content.help_given),
        "help_offer": content.help_offer,
        "return_offer": content.return_offer,
        "leaflets": _leaflets(content),
        "indicators": dict(content.answers),
        "assessment": _assessment(note.assessment),
    }


def _assessment(found: FrozenAssessment) -> AssessmentRow:
    return AssessmentRow(
        profile=found.profile,
        catalogue=found.catalogue,
        outcome=found.outcome,
        provisional=found.provisional,
        alerts=list(found.alerts),
        additions=found.additions or None,
    )


def _leaflets(content: Encounter) -> list[LeafletCount]:
    return [
        LeafletCount(sheet=given.sheet, language=given.language, copies=given.copies) for given in content.leaflets
    ]


def _whole(note: OutgoingNote) -> dict[str, Any]:
    content = note.content
    follow, call, view, cards = content.follow_up, content.hand_over, content.view, content.cards
    return {
        "met_at": content.met_at.isoformat(timespec="minutes"),
        "place_code": note.place_code,
        "speaking": content.speaking,
        "interpreter": content.interpreter,
        "channel": content.channel,
        "traits": list(content.traits),
        "sign_words": dict(content.sign_words),
        "cards": None if cards is None else CardsRow(**asdict(cards)),
        "age": content.age,
        "age_when_it_began": content.age_when_it_began,
        "stay": content.stay,
        "items": list(content.items),
        "sells_sex": content.sells_sex,
        "note": content.note,
        "follow_up_on": None if follow is None else follow.due_on,
        "follow_up_what": "" if follow is None else follow.what,
        "hand_over": None if call is None else HandOverRow(**asdict(call)),
        "view": None if view is None else ViewRow(**asdict(view)),
        "linkage_code": note.linkage_code,
    }


def _age_band(content: Encounter) -> str:
    if content.age is None:
        return content.age_band
    return next((band for below, band in _AGE_BANDS if content.age < below), "45_plus")
