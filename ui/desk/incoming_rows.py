"""The rows of the page Incoming in words: gaps, batches that do not fit, and batches taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import msgspec

from outreach_app.centre.desk.batch_rows import Gap
from outreach_app.centre.desk.conflicts import Conflict
from outreach_app.centre.desk.incoming import SettledBatch
from outreach_app.centre.desk.words import batch_number, batch_reason, missing_advice, missing_line, named
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.models.dates import moment_in_words
from ui.widgets.list_card import ListRow

ToLaptop = Callable[[str], object]


def gap_rows(gaps: Sequence[Gap], waiting: str, to_laptop: ToLaptop) -> tuple[ListRow, ...]:
    """Return a row for each gap, and one that says how many batches wait."""
    rows = tuple(
        ListRow(
            missing_line(msgspec.to_builtins(gap)), missing_advice(), _("The laptop"), partial(to_laptop, gap.device),
            icon="clock",
        )
        for gap in gaps
    )
    return (*([ListRow(waiting, icon="lock")] if waiting else []), *rows)


def conflict_rows(conflicts: Sequence[Conflict], now: datetime, to_laptop: ToLaptop) -> tuple[ListRow, ...]:
    """Return a row for each batch that shows what cannot be of one laptop going on as it should."""
    said = _("{label}, batch {seq}: {words}")
    call = _("Call its team first. If nobody there can explain it, revoke the laptop.")
    return tuple(
        ListRow(
            said.format(label=named(one.label, one.device), seq=batch_number(one.seq, one.epoch), words=one.words),
            " · ".join((moment(one.at, now), *([call] if one.needs_a_call else []))),
            _("The laptop"), partial(to_laptop, one.device), tone="notice" if one.needs_a_call else "muted",
            icon="notice",
        )
        for one in conflicts
    )


def settled_rows(settled: Sequence[SettledBatch], now: datetime) -> tuple[ListRow, ...]:
    """Return a row for each batch taken in or voided, the newest first."""
    return tuple(
        ListRow(
            _("{label}, batch {seq}").format(label=named(one.label, one.device), seq=batch_number(one.seq, one.epoch)),
            " · ".join((moment(one.settled_at, now), _outcome(one))),
            icon="check" if one.state == "ingested" else "notice",
        )
        for one in settled
    )


def moment(instant: str, now: datetime) -> str:
    """Return an instant of the register as day and hour here."""
    return moment_in_words(datetime.fromisoformat(instant).astimezone(now.tzinfo), now.date())


def _outcome(one: SettledBatch) -> str:
    if one.state != "ingested":
        return _("It {reason}.").format(reason=batch_reason(one.reason))
    records = ngettext("{count} new record", "{count} new records", one.records).format(count=one.records)
    if not one.put_aside:
        return records
    aside = ngettext("{count} line put aside", "{count} lines put aside", one.put_aside).format(count=one.put_aside)
    return f"{records}, {aside}"


def key_lines(task: str) -> tuple[str, ...]:
    """Return what is to do about the sealing key, and where; see ``key_rotation.Rotation.task``."""
    if task == "waits":
        return (_("A new sealing key waits on the page Publishing: publish it, so that laptops seal for it."),)
    if task == "due":
        return (_("The sealing key is more than a month old. Make a new one on the page Publishing."),)
    return ()
