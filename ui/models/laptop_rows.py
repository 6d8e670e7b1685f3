"""What Today says of this laptop: what it holds, its backup, the centre, recovery, and the computer itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.models.backup_words import made_in_words
from ui.models.keeping_words import held_line
from ui.widgets.date_words import short_date
from ui.widgets.list_card import ListRow

if TYPE_CHECKING:
    from outreach_app.services.keeping import Holding
    from outreach_app.services.machine_check import MachineFinding
    from outreach_app.services.today import Overview

GoTo = Callable[[str, dict[str, str]], object]
OLD_BACKUP_DAYS = 3  # a weekend without the laptop is no reason to worry


def laptop_rows(
    overview: Overview, holding: Holding | None, findings: Sequence[MachineFinding], now: datetime, go_to: GoTo
) -> tuple[ListRow, ...]:
    """Return the rows; each that asks for something has a way to it.

    Args:
        overview: what Today knows.
        holding: why notes stay and which may leave; None while that is being counted.
        findings: about this computer; empty while that is being asked.
        now: local.
        go_to: takes a page and a place in it.
    """
    return (
        *_warnings(overview, findings, go_to),
        _held(overview, () if holding is None else holding.held, go_to),
        *(() if holding is None else _leaving(holding, go_to)),
        *_centre(overview, go_to),
        _backup(overview, now, go_to),
    )


def _warnings(overview: Overview, findings: Sequence[MachineFinding], go_to: GoTo) -> Iterator[ListRow]:
    if overview.disk_nearly_full:
        yield ListRow(
            _("The disk is nearly full"),
            _("What you wrote is saved. Make room soon: the reserve for saving is used up."),
            tone="notice", icon="notice",
        )  # fmt: skip
    if overview.clock_doubt is not None:
        said = _("It says {today}, but a note was written on {day}. Notes keep the order in which they were written.")
        days = {"today": short_date(overview.today), "day": short_date(overview.clock_doubt.date())}
        yield ListRow(_("Is the clock of this computer right?"), said.format(**days), tone="notice", icon="clock")
    if any(each.state.value == "warning" for each in findings):
        yield ListRow(
            _("This computer is not fully protected"), "", _("Open"),
            partial(go_to, "laptop", {"view": "protection"}), icon="notice",
        )  # fmt: skip


def _held(overview: Overview, why_held: Sequence[tuple[str, int]], go_to: GoTo) -> ListRow:
    held = ngettext("{count} note", "{count} notes", overview.held).format(count=overview.held)
    age = overview.oldest_days
    oldest = ngettext("the oldest {count} day", "the oldest {count} days", age or 0)
    old = "" if age is None else oldest.format(count=age) if age else _("all from today")
    why = held_line(why_held)
    return ListRow(
        held, "; ".join(filter(None, (old, why))), _("Open"), partial(go_to, "laptop", {"view": "holding"}),
        icon="encounters",
    )  # fmt: skip


def _leaving(holding: Holding, go_to: GoTo) -> Iterator[ListRow]:
    to_holding = partial(go_to, "laptop", {"view": "holding"})
    if holding.unfinished:
        yield ListRow(_("Something that left still lies in a backup"), "", _("Finish"), to_holding, icon="notice")
    if holding.expires_soon:
        soon = ngettext(
            "{count} leaves within 14 days unless it is kept", "{count} leave within 14 days unless they are kept",
            holding.expires_soon,
        )  # fmt: skip
        yield ListRow(soon.format(count=holding.expires_soon), "", _("Open"), to_holding, icon="calendar")
    if holding.may_shed:
        shed = ngettext(
            "{count} note is safe at the centre and may leave", "{count} notes are safe at the centre and may leave",
            holding.may_shed,
        )  # fmt: skip
        yield ListRow(shed.format(count=holding.may_shed), "", _("Open"), to_holding, icon="check")


def _centre(overview: Overview, go_to: GoTo) -> Iterator[ListRow]:
    waiting = ngettext("{count} waits to be sent", "{count} wait to be sent", overview.waiting)
    said = waiting.format(count=overview.waiting)
    if overview.held_back:
        held = ngettext("{count} waits for review first", "{count} wait for review first", overview.held_back)
        said = " · ".join((said, held.format(count=overview.held_back)))
    to_sending = partial(go_to, "sending", {})
    if not overview.enrolled:
        yield ListRow(
            _("Not enrolled with the centre yet"),
            " · ".join((said, _("nothing can be sent, a forgotten passphrase cannot be recovered"))),
            _("Sending"), to_sending, icon="sending",
        )  # fmt: skip
        return
    yield ListRow(_("Enrolled with the centre"), said, _("Sending"), to_sending, icon="sending")
    recovery, to_recovery = overview.recovery, partial(go_to, "laptop", {"view": "recovery"})
    if not recovery.possible:
        yield ListRow(
            _("A forgotten passphrase cannot be recovered yet"), "", _("Open"), to_recovery, tone="notice", icon="key"
        )
    elif recovery.last_drill is None:
        yield ListRow(
            _("A forgotten passphrase can be recovered"), _("It was never rehearsed."), _("Rehearse it"), to_recovery,
            icon="key",
        )  # fmt: skip


def _backup(overview: Overview, now: datetime, go_to: GoTo) -> ListRow:
    to_backups = partial(go_to, "laptop", {"view": "backups"})
    last = overview.backup
    if last is None:
        return ListRow(_("No backup yet"), _("One is made by itself soon."), _("Open"), to_backups, icon="save")
    old = (now - last.made_at).days >= OLD_BACKUP_DAYS
    return ListRow(
        _("Last good backup {when}").format(when=made_in_words(last, now)),
        _("The one of today is still to come.") if overview.backup_due else "",
        _("Open"), to_backups, tone="notice" if old else "muted", icon="save",
    )  # fmt: skip
