"""One laptop at the desk: how it stands, what does not fit, what is missing, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from outreach_app.centre.desk.batch_rows import Gap
from outreach_app.centre.desk.device_states import DeviceState
from outreach_app.centre.desk.words import alarm_words, batch_number, missing_advice, missing_line, shown_label
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from ui.desk.incoming_rows import moment
from ui.desk.panel import Panel
from ui.models.dates import day_in_words
from ui.widgets.buttons import button, quiet_button
from ui.widgets.pairs import pairs

NAME_WIDTH = 120  # pixels
GROUP = 8  # letters of a number


class LaptopDetail(Panel):
    """Signals carry the laptop shown."""

    receipts_wanted = Signal(object)
    step_wanted = Signal(object)  # the gap in front
    revoke_wanted = Signal(object)
    rename_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("")
        self._state: DeviceState | None = None
        self._pairs: QWidget = pairs(())
        self.form.addWidget(self._pairs)
        self._gaps: list[Gap] = []
        self.receipts = button(_("Its receipts, to a stick …"), icon="stick")
        self.rename = button(_("Rename …"))
        self.step_over = quiet_button(_("Wait no more …"))
        self.revoke = quiet_button(_("Revoke …"), icon="discard")
        self.put(self.receipts, self.rename, self.step_over, self.revoke)
        self.receipts.clicked.connect(lambda: self.receipts_wanted.emit(self._state))
        self.step_over.clicked.connect(lambda: self.step_wanted.emit(self._gaps[0]))
        self.rename.clicked.connect(lambda: self.rename_wanted.emit(self._state))
        self.revoke.clicked.connect(lambda: self.revoke_wanted.emit(self._state))

    def show_state(self, state: DeviceState, gaps: Sequence[Gap], now: datetime) -> None:
        """Show a laptop with what is missing of it."""
        self._state, self._gaps = state, list(gaps)
        enrolled = state.status == "enrolled"
        ways = {
            self.receipts: bool(state.epoch), self.rename: True, self.step_over: bool(gaps), self.revoke: enrolled,
        }  # fmt: skip
        buttons = [way for way, is_there in ways.items() if is_there]
        self.heading.setText(shown_label(state.label))
        self.step("", *buttons, fields=True, leave=_("Close"), focus=False)
        self._show_pairs(state, now)
        told = "\n".join((*alarm_lines(state, now), *missing_lines(gaps)))
        self.say(told if enrolled or not state.is_suspicious else "")

    def _show_pairs(self, state: DeviceState, now: datetime) -> None:
        self.form.removeWidget(self._pairs)
        self._pairs.hide()
        self._pairs.deleteLater()
        heard = moment(state.last_heard, now) if state.last_heard else _("never")
        batch = batch_number(state.last_batch, state.epoch)
        vault = _("changes so far: {step}; entries in its record of use: {entries}").format(
            step=state.step, entries=state.audit_entries
        )
        self._pairs = pairs(
            (
                (_("State"), status_words(state.status)),
                (_("Its number"), in_groups(state.device)),
                (_("Last heard"), heard),
                (_("Last batch"), batch if state.last_batch else _("none was taken in yet")),
                (_("Waiting"), str(state.waiting)),
                (_("Its vault"), vault if state.step else _("not told yet")),
                (_("Erased"), str(state.erased)),
            ),
            NAME_WIDTH,
        )
        self.form.addWidget(self._pairs)


def in_groups(device: str) -> str:
    """Return a laptop's number in groups that can be read out."""
    return " ".join(device[at : at + GROUP] for at in range(0, len(device), GROUP))


def status_words(status: str) -> str:
    """Return ``enrolled`` or ``revoked`` in the interface language."""
    return _("enrolled") if status == "enrolled" else _("revoked")


def alarm_lines(state: DeviceState, now: datetime) -> Iterator[str]:
    """Return why somebody should call its team, a sentence each."""
    if state.is_suspicious:
        yield _("Call its team.")
    for alarm in state.alarms:
        day = datetime.fromisoformat(alarm.raised_at).astimezone(now.tzinfo).date()
        said = _("{day}: {what}.").format(day=day_in_words(day, now.date()), what=alarm_words(alarm.kind))
        yield said[:1].upper() + said[1:]
    if state.forks:
        yield ngettext(
            "{count} batch was turned away: the laptop was copied or restored.",
            "{count} batches were turned away: the laptop was copied or restored.",
            state.forks,
        ).format(count=state.forks)


def missing_lines(gaps: Sequence[Gap]) -> Iterator[str]:
    """Return which of its batches are missing, a sentence each, and what is to do."""
    for gap in gaps:
        yield missing_line(msgspec.to_builtins(gap))
    if gaps:
        yield missing_advice()
