"""Batches that nobody has confirmed are given up when something in them must not leave any more.

The number stays taken and the centre is told; the records that may leave go out again under the next number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from outreach_app.domain.consent import ConsentLevel
from outreach_app.domain.encounter import Encounter
from outreach_app.records import batches, leaving, notices
from outreach_app.records.batches import BatchRow
from outreach_app.services.parts import Parts
from outreach_app.wire.batch_records import NoticeRecord, VoidRecord, kind_of, write_record

_RISING = tuple(ConsentLevel)


def give_up_batches(parts: Parts, record_ids: Collection[str]) -> int:
    """Give up every unconfirmed batch that holds one of the records; returns how many. Inside a transaction.

    A batch the mailbox has stays, but not its bytes here: they hold what must not be kept, and nobody sends them again.
    """
    db = parts.vault.connection
    unconfirmed = batches.list_unconfirmed_with(db, record_ids)
    for row in unconfirmed:
        _give_up(parts, row)
    batches.drop_sealed_bytes_with(db, record_ids)
    return len(unconfirmed)


def give_up_lowered(parts: Parts, note_id: str, before: Encounter, after: Encounter) -> None:
    """Give up what was sealed of a note where she agrees to less now, or to another recipient. Inside a transaction.

    What nobody has yet must not leave at the level she agreed to then.
    """
    lowered = _RISING.index(after.consent) < _RISING.index(before.consent)
    elsewhere = before.consent is ConsentLevel.REFERRAL and after.recipient != before.recipient
    if lowered or elsewhere:
        give_up_batches(parts, {note_id})


def give_up_naming(parts: Parts, contact_id: str, kinds: Collection[str]) -> None:
    """Give up what was sealed of a person's notes as records of these kinds. Inside a transaction.

    What was taken away of her must not leave in what nobody has yet.
    """
    db = parts.vault.connection
    give_up_batches(parts, set(notices.last_sealed(db, leaving.list_notes_of(db, contact_id), kinds)))


def give_up_missing(parts: Parts, rows: Iterable[BatchRow]) -> None:
    """Give up what the centre misses and this laptop cannot send again; the centre is told once.

    Inside a transaction. What the centre confirmed once stays as it is: it has been put back from a backup, and a word
    from here would keep it from taking the batch in again.
    """
    for row in rows:
        gone = row.ingested_at is None and not batches.holds_bytes(parts.vault.connection, row.sha512)
        if gone and not notices.is_told_of(parts.vault.connection, row.epoch, row.seq):
            _give_up(parts, row)


def _give_up(parts: Parts, row: BatchRow) -> None:
    batches.void_batch(parts.vault.connection, row.sha512, parts.now_text())
    notice = VoidRecord(
        id=parts.ids.new_id(), version=1, worker=parts.worker.id, epoch=row.epoch, seq=row.seq, sha512=row.sha512
    )
    tell_centre(parts, notice)


def forgot_what_left(parts: Parts) -> bool:
    """Tell whether more may have left than is known here: the vault was put back from a backup.

    What it sealed between that backup and its being put back is at the centre, and nothing here says of whom it was.
    """
    return parts.vault.epoch > 1


def tell_centre(parts: Parts, notice: NoticeRecord) -> None:
    """Let a notice go into the next batch; inside a transaction."""
    notices.add_notice(
        parts.vault.connection, notice.id, kind_of(notice), write_record(notice), parts.now_text()
    )
