"""Whether a forgotten passphrase could be recovered with the centre, and the two-minute drill that proves it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from outreach_app.domain.changes import Changes
from outreach_app.errors import KnownError
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from ui.context import Context
from ui.dialogs.handing_over import HandingOver
from ui.dialogs.taking_in import TakingIn
from ui.models.dates import ago_in_words, day_in_words
from ui.pages.laptop.cards import CardView
from ui.widgets.buttons import button, primary_button
from ui.widgets.card import Card
from ui.widgets.text import words

if TYPE_CHECKING:
    from outreach_app.services.recovering import RecoveryRequest, RecoveryStatus

FILE_NAME = "recovery-drill.json"
NOT_POSSIBLE = {
    "not_enrolled": N_(
        "This laptop is not enrolled with a centre: a forgotten passphrase cannot be recovered. What it holds would be "
        "lost for good. Enrol it on the page Sending, or let a second worker have a passphrase of her own."
    ),
    "no_custodians": N_(
        "The centre has named no custodians yet: a forgotten passphrase cannot be recovered. Ask the centre for its "
        "list of custodians and take it here."
    ),
    "not_set": N_("Recovery is being set up. It is ready after the next unlocking."),
}


class RecoveryView(CardView):
    """A drill changes nothing but the secret it proves: that is replaced at once."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        kinds = _("Request or reply (*.json *.txt)")
        self.state = Card(_("If a passphrase is forgotten"))
        self.begin = primary_button(_("Rehearse it"), icon="key")
        self.enrol = button(_("Sending"), icon="sending")
        self.list_in = TakingIn(_("List of custodians (*.json *.txt)"))
        self.custodians = Card(_("Custodians"), _("A list signed by your centre, as a file."))
        self.custodians.add(self.list_in)
        self.request = Card(
            _("1. Bring the request to the centre"), _("Call the centre and read these six words out:")
        )
        self.handing_over = HandingOver(FILE_NAME, kinds)
        self.request.add(self.handing_over)
        self.answer = Card(_("2. Take the centre's reply"), _("Two custodians have to answer; it is one file."))
        self.taking_in = TakingIn(kinds)
        self.answer.add(self.taking_in)
        self.why = words(
            _("A rehearsal takes two minutes and shows that the way back works before it is needed."), tone="muted"
        )
        self.state.add(self.why)
        self.state.add_row(self.begin, self.enrol)
        self.put(self.state, self.request, self.answer, self.custodians)
        self._show_drill(None)
        self.begin.clicked.connect(self._begin)
        self.enrol.clicked.connect(lambda: context.go_to("sending"))
        self.taking_in.came.connect(self._finish)
        self.list_in.came.connect(self._take_list)

    def title(self) -> str:
        return _("Recovery")

    def shown(self, _place: Mapping[str, str]) -> None:
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if changes.enrolment and self.isVisible():
            self._ask()

    def _ask(self) -> None:
        self.context.ask(lambda session: session.recovering.status(), self._show, owner=self)

    def _show(self, status: RecoveryStatus) -> None:
        self.state.say(self._state_words(status))
        self.begin.setVisible(status.possible)
        self.begin.setText(_("Go on with the rehearsal") if status.drill_waits else _("Rehearse it"))
        self.enrol.setVisible(status.reason == "not_enrolled")
        self.why.setVisible(status.possible)
        self.custodians.setVisible(status.reason in {"no_custodians", "old_custodians"})
        if not status.drill_waits:
            self._show_drill(None)

    def _state_words(self, status: RecoveryStatus) -> str:
        if not status.possible:
            return _(NOT_POSSIBLE[status.reason])
        now = self.context.program.clock.local_now()
        parts = [_("A forgotten passphrase can be recovered with two of the centre's three custodians.")]
        if status.made_at is not None:
            since = day_in_words(status.made_at.astimezone(now.tzinfo).date(), now.date())
            parts.append(_("Ready since {day}.").format(day=since))
        if status.last_drill is None:
            parts.append(_("It was never rehearsed."))
        else:
            ago = ago_in_words(status.last_drill.astimezone(now.tzinfo).date(), now.date())
            parts.append(_("Last rehearsed {when}.").format(when=ago))
        return " ".join(parts)

    def _begin(self) -> None:
        self.context.change(lambda session: session.recovering.begin_drill(), self._show_drill, self._refused,
                            owner=self)  # fmt: skip

    def _show_drill(self, request: RecoveryRequest | None) -> None:
        for card in (self.request, self.answer):
            card.setVisible(request is not None)
        if request is not None:
            self.taking_in.say("")
            self.handing_over.show_request(request.document, request.words)
            self.handing_over.save.setFocus()

    def _finish(self, reply: bytes) -> None:
        self.context.change(
            lambda session: session.recovering.finish_drill(reply), self._passed, self._refused, owner=self
        )

    def _passed(self, _changes: object) -> None:
        self._show_drill(None)
        self.context.messages.say(_("The rehearsal worked: a forgotten passphrase can be recovered."))
        self._ask()
        self.begin.setFocus()

    def _take_list(self, document: bytes) -> None:
        self.context.change(
            lambda session: session.recovering.take_custodians(document),
            lambda _changes: self._ask(), self._list_refused, owner=self,
        )  # fmt: skip

    def _refused(self, error: Exception) -> None:
        self._say_in(self.taking_in, error)

    def _list_refused(self, error: Exception) -> None:
        self._say_in(self.list_in, error)

    def _say_in(self, taking_in: TakingIn, error: Exception) -> None:
        if isinstance(error, KnownError) and taking_in.isVisible():
            taking_in.say(error.sentence())
        else:
            self.context.messages.tell_error(error)
