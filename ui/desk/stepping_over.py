"""Waiting no more for a batch that never comes: which one, and why; what waited behind it is taken in."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Signal

from outreach_app.centre.desk.batch_rows import Gap
from outreach_app.centre.desk.gaps import STEP_REASONS, StepReason, step_over
from outreach_app.centre.desk.ingestion import TakenIn
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.words import missing_advice, missing_line
from outreach_app.i18n import N_, ngettext
from outreach_app.i18n import gettext as _
from ui.desk.context import DeskContext
from ui.desk.panel import Panel
from ui.widgets.buttons import button
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.labelled_field import LabelledField

_REASONS: dict[StepReason, str] = {
    "laptop_lost": N_("The laptop is lost"),
    "laptop_restored": N_("The laptop was restored"),
    "stick_lost": N_("The stick is lost"),
    "other": N_("Another reason"),
}


class StepOverPanel(Panel):
    """``stepped`` tells when it is done."""

    stepped = Signal()

    def __init__(self, context: DeskContext) -> None:
        super().__init__(_("Wait no more"))
        self._context = context
        self._gap: Gap | None = None
        self.why = ChoiceRow([(code, _(_REASONS[code])) for code in STEP_REASONS], may_be_empty=False)
        self.form.addWidget(LabelledField(_("Why it will never come"), self.why))
        self.act = button(_("Wait no more"), icon="close")
        self.put(self.act)
        self.why.changed.connect(lambda _code: self._look())
        self.act.clicked.connect(self._step_over)

    def begin(self, gap: Gap) -> None:
        """Ask about the first missing number of this gap."""
        self._gap = gap
        self.why.set_value("")
        self.step(
            " ".join((
                missing_line({**msgspec.to_builtins(gap), "last_missing": gap.first_missing}),
                missing_advice(),
                _(
                    "When it will never come, the batches behind it are taken in without it. "
                    "If it comes after all, it is taken in as well."
                ),
            )),
            self.act, fields=True,
        )  # fmt: skip
        self._look()
        self.why.setFocus()

    def _look(self) -> None:
        self.act.setEnabled(bool(self.why.value()))

    def _step_over(self) -> None:
        gap = self._gap
        reason = next(code for code in STEP_REASONS if code == self.why.value())
        if gap is None:
            return
        self.begin_busy(_("Taking in what waited"))

        def work(desk: Desk) -> tuple[TakenIn, ...]:
            return step_over(desk, gap.device, gap.epoch, gap.first_missing, reason)

        self._context.change(work, self._done, self._told, owner=self)

    def _done(self, taken: tuple[TakenIn, ...]) -> None:
        self.end_busy()
        said = ngettext(
            "It is waited for no more. {count} batch behind it was taken in.",
            "It is waited for no more. {count} batches behind it were taken in.",
            len(taken),
        )
        self._context.messages.say(said.format(count=len(taken)))
        self.stepped.emit()

    def _told(self, error: Exception) -> None:
        self.end_busy()
        self._look()
        self.say(self._context.messages.sentence(error))
