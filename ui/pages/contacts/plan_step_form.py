"""One step of a plan: what, which kind of support, who does it, by when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLineEdit

from outreach_app.domain.plan import PlanStep
from outreach_app.i18n import gettext as _
from ui.models.codes import Words
from ui.widgets.ask_panel import AskPanel
from ui.widgets.code_box import CodeBox
from ui.widgets.date_field import DateField
from ui.widgets.labelled_field import LabelledField


class PlanStepForm(AskPanel):
    """For a new step, or for changing one."""

    def __init__(self, code_words: Words, today: Callable[[], date]) -> None:
        super().__init__("", "", _("Keep the step"))
        self.sentence.hide()
        self._before: PlanStep | None = None
        self.what = self.ask(_("What is to be done"))
        self.support = CodeBox([("", _("no kind named")), *code_words.choices("support_types")])
        self.responsible = QLineEdit()
        self.due_on = DateField(today, (1, 7, 14, 30))
        for name, field in (
            (_("Kind of support"), self.support), (_("Who does it"), self.responsible), (_("By when"), self.due_on),
        ):  # fmt: skip
            self.fields.addWidget(LabelledField(name, field))
        for box in (self.support, self.due_on):
            box.setMaximumWidth(360)
        self.require(self.due_on.understood)
        self.due_on.edit.textChanged.connect(lambda _text: self.look())
        self.responsible.returnPressed.connect(self.act.click)

    def begin_with(self, step: PlanStep | None) -> None:
        """Ask for a new step, or change this one."""
        self._before = step
        shown = step or PlanStep("")
        self.heading.setText(_("New step") if step is None else _("Change the step"))
        self.begin()
        self.what.setText(shown.what)
        self.support.set_value(shown.support)
        self.responsible.setText(shown.responsible)
        self.due_on.set_value(shown.due_on)
        self.look()
        self.what.setFocus()

    def changed_step(self) -> PlanStep:
        """Return the step as it was filled in; a new one has no id."""
        before = self._before or PlanStep("")
        return PlanStep(
            self.what.text(), self.support.value(), self.responsible.text(), self.due_on.value(), before.done_on,
            before.id,
        )  # fmt: skip
