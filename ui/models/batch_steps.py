"""The states of a batch as steps with dates."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.models.dates import moment_in_words
from ui.models.note_words import handed_over_words, road_words, sending_words
from ui.models.rows import BatchRow, ReceiptLine
from ui.models.sending_reasons import reason_words
from ui.widgets.timeline import Step


def batch_steps(row: BatchRow, today: date, zone: tzinfo | None) -> tuple[Step, ...]:
    """Return sealed, handed over, stored, counted; a refusal, or giving it up, stands in the last place."""
    reached: list[tuple[str, datetime | None, str]] = [
        ("sealed", row.sealed_at, "accent"),
        ("sent", row.sent_at, "accent"),
        ("stored", row.stored_at, "accent"),
    ]
    if row.voided_at is not None:
        reached.append(("voided", row.voided_at, "notice"))
    elif row.refused_at is not None:
        reached.append((row.refused, row.refused_at, "notice"))
    else:
        reached.append(("ingested", row.ingested_at, "calm"))
    names = {"sent": handed_over_words(row.road)}
    return tuple(
        Step(names.get(state) or sending_words(state), _moment(at, today, zone), tone if at is not None else "")
        for state, at, tone in reached
    )


def receipt_words(receipt: ReceiptLine, now: datetime) -> str:
    """Return for example ``counted today 21:40 · 23 records · 1 put aside · number 17 in the centre's log``."""
    counted = ngettext("{count} record", "{count} records", receipt.counted).format(count=receipt.counted)
    aside = ngettext("{count} put aside", "{count} put aside", receipt.put_aside).format(count=receipt.put_aside)
    log = _("number {number} in the log").format(number=receipt.number)
    reason = reason_words(receipt.reason) if receipt.reason else ""
    when = moment_in_words(receipt.issued_at.astimezone(now.tzinfo), now.date())
    return " · ".join(filter(None, (
        f"{sending_words(receipt.kind)} {when}", counted if receipt.counted else "", aside if receipt.put_aside else "",
        reason, log if receipt.number else "",
    )))  # fmt: skip


def batch_title(row: BatchRow) -> str:
    """Return for example ``Batch 7 · 23 records · 14 kB · network``."""
    records = ngettext("{count} record", "{count} records", row.records).format(count=row.records)
    size = _("{count} kB").format(count=max(1, round(row.bytes / 1000)))
    number = _("Batch {number}").format(number=row.seq)
    return " · ".join(filter(None, (number, records, size, road_words(row.road))))


def _moment(at: datetime | None, today: date, zone: tzinfo | None) -> str:
    return "" if at is None else moment_in_words(at.astimezone(zone), today)
