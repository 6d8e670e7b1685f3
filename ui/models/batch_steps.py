"""The states of a batch as steps with dates."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.models.dates import moment_in_words
from ui.models.note_words import road_words, sending_words
from ui.models.rows import BatchRow
from ui.widgets.timeline import Step


def batch_steps(row: BatchRow, today: date, zone: tzinfo | None) -> tuple[Step, ...]:
    """Return sealed, sent, in the mailbox, at the centre; a refusal, or giving it up, stands in the last place."""
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
    return tuple(
        Step(sending_words(state), moment_in_words(at.astimezone(zone), today), tone) if at is not None
        else Step(sending_words(state))
        for state, at, tone in reached
    )  # fmt: skip


def batch_title(row: BatchRow) -> str:
    """Return for example ``Batch 7 · 23 records · 14 kB · network``."""
    records = ngettext("{count} record", "{count} records", row.records).format(count=row.records)
    size = _("{count} kB").format(count=max(1, round(row.bytes / 1000)))
    number = _("Batch {number}").format(number=row.seq)
    return " · ".join(filter(None, (number, records, size, road_words(row.road))))
