"""What the centre is told of merges, splits, their undoing and consents taken back; and when nothing is told.

Notices name random ids, a recipient's code and versions: no name, no reason, no word. What the centre holds nothing of,
it hears nothing of: a merge, split or withdrawal leaves only when a record about that contact was sealed before, for a
sealed batch may arrive whatever is thought of it here. A vault that was put back from a backup does not know all that
was sealed: it tells always. A notice that is in no batch yet is dropped when what it tells is taken back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from outreach_app.domain.regrouping import Regrouping
from outreach_app.records import encounters, notices
from outreach_app.services.giving_up import forgot_what_left, tell_centre
from outreach_app.services.parts import Parts
from outreach_app.wire.batch_records import (
    ApartRecord,
    BlankingRecord,
    MergeRecord,
    RecordVersion,
    SplitRecord,
    WithdrawalRecord,
)


def tell_merge(parts: Parts, merge_id: str, members: Collection[str], into_id: str) -> None:
    """Tell that a contact, the first of ``members``, is one with another; inside the transaction that merges them.

    Nothing is told while nothing of it or of those merged into it was sealed: what is sealed later names the one kept.
    """
    if forgot_what_left(parts) or notices.was_sealed_about(parts.vault.connection, members):
        contact_id = next(iter(members))
        tell_centre(
            parts, MergeRecord(id=merge_id, version=1, worker=parts.worker.id, contact=contact_id, into=into_id)
        )


def tell_apart(parts: Parts, merge: Regrouping) -> None:
    """Tell that a merge is taken back, if it was told; one that is in no batch yet is dropped."""
    db = parts.vault.connection
    if notices.drop_unsealed(db, merge.id) or not notices.is_notice(db, merge.id):
        return
    told = ApartRecord(
        id=parts.ids.new_id(), version=1, worker=parts.worker.id, merge=merge.id, contact=merge.from_id,
        into=merge.into_id,
    )  # fmt: skip
    tell_centre(parts, told)


def tell_split(parts: Parts, split_id: str, contact_id: str, made_id: str, note_ids: Iterable[str]) -> None:
    """Tell of notes that were sealed as one contact's and are about another, made for them."""
    through = _versions(notices.last_sealed(parts.vault.connection, note_ids))
    if through:
        told = SplitRecord(
            id=split_id, version=1, worker=parts.worker.id, contact=contact_id, made=made_id, through=through
        )
        tell_centre(parts, told)


def tell_withdrawal(parts: Parts, consent_id: str, contact_id: str, recipient: str, note_ids: Iterable[str]) -> None:
    """Tell that she took back what was for a recipient; her notes that were sealed for it have been lowered."""
    db = parts.vault.connection
    floors = {note_id: encounters.find_note(db, note_id).version for note_id in sorted(note_ids)}
    if floors:
        told = WithdrawalRecord(
            id=consent_id, version=1, worker=parts.worker.id, contact=contact_id, recipient=recipient,
            floors=_versions(floors),
        )  # fmt: skip
        tell_centre(parts, told)


def take_names_back(parts: Parts, sealed: Mapping[str, int]) -> None:
    """Let versions go at the centre in which a name or linkage code of somebody else may have left.

    Args:
        parts: what services work with.
        sealed: the last such version of each note. A note that was not superseded since keeps its only version there.
    """
    db = parts.vault.connection
    superseded = {note: version for note, version in sealed.items() if encounters.find_note(db, note).version > version}
    for note_id, version in superseded.items():
        told = BlankingRecord(
            id=parts.ids.new_id(), version=1, worker=parts.worker.id, record=note_id, floor=version + 1
        )
        tell_centre(parts, told)


def _versions(versions: dict[str, int]) -> list[RecordVersion]:
    return [RecordVersion(id=note_id, version=version) for note_id, version in versions.items()]
