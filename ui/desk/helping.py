"""Helping a worker who forgot her passphrase: her request, six words by phone, and the answers of two custodians."""

from __future__ import annotations

from pathlib import Path

from outreach_app.centre.desk.custodian_keys import open_key_file
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.recovering import Asked, Helped, add_answer, look_at_request
from outreach_app.centre.desk.words import shown_label
from outreach_app.i18n import gettext as _
from ui.desk.context import DeskContext
from ui.desk.custodian_fields import CustodianFields
from ui.desk.panel import Panel
from ui.file_choosing import choose_file_to_open, choose_file_to_save
from ui.models.files import read_small_file, write_file
from ui.passphrases import vault_passphrases
from ui.widgets.buttons import button, primary_button, quiet_button

REPLY_NAME = "recovery-reply.json"


class HelpPanel(Panel):
    """Keeps the request and the answers so far, also when it is left; a passphrase is let go as soon as it was used."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(_("A forgotten passphrase"))
        self._context = context
        self._asked: Asked | None = None
        self._helped: Helped | None = None
        self._earlier: bytes | None = None
        self._is_saved = False
        self.custodian = CustodianFields()
        self.form.addWidget(self.custodian)
        self.open_file = primary_button(_("Open the request …"), icon="open")
        self.differ = quiet_button(_("They are not the same"))
        self.same = primary_button(_("The same words"), icon="check")
        self.answer = primary_button(_("Answer"), icon="key")
        self.go_on = quiet_button(_("Go on with a reply begun earlier …"))
        self.second = primary_button(_("The second custodian"), icon="key")
        self.save = button(_("Save the reply …"), icon="save")
        self.other = quiet_button(_("Another request …"))
        self.put(self.open_file, self.differ, self.same, self.answer, self.go_on, self.second, self.save, self.other)
        self._connect()

    def begin(self) -> None:
        """Go on where it was left; else ask for the request file."""
        self._context.tasks.run_free(vault_passphrases, self.custodian.know, owner=self)
        if self._asked is None:
            self._ask_file()
        else:
            self.take_keyboard()

    def take_keyboard(self) -> None:
        if self.custodian.isVisibleTo(self):
            self.custodian.choose.setFocus()
        else:
            super().take_keyboard()

    def open_request(self, file: Path) -> None:
        """Read a request and show its words."""
        self._context.tasks.run_free(lambda: read_small_file(file), self._look_at, self._told, owner=self)

    def take_earlier(self, file: Path) -> None:
        """Go on with the reply that the first custodian began."""
        self._context.tasks.run_free(lambda: read_small_file(file), self._use_earlier, self._told, owner=self)

    def save_reply(self, file: Path) -> None:
        """Write the reply, whole or begun, where it was asked for."""
        helped = self._helped
        if helped is not None:
            self._context.tasks.run_free(
                lambda: write_file(helped.reply, file), lambda written: self._saved(written, helped), self._told,
                owner=self,
            )  # fmt: skip

    def _connect(self) -> None:
        self.open_file.clicked.connect(self._choose_request)
        self.differ.clicked.connect(self._refuse)
        self.same.clicked.connect(self._ask_custodian)
        self.second.clicked.connect(self._ask_custodian)
        self.answer.clicked.connect(self._answer)
        self.go_on.clicked.connect(self._choose_earlier)
        self.save.clicked.connect(self._choose_reply)
        self.custodian.ready_changed.connect(self._look)
        self.custodian.submitted.connect(self.answer.click)
        self.other.clicked.connect(self._ask_file)
        self.left.connect(self.custodian.forget)
        self.left.connect(self._end_if_saved)

    def _ask_file(self, *, focus: bool = True) -> None:
        self._asked = self._helped = self._earlier = None
        self._is_saved = False
        self.custodian.forget()
        told = _("The worker makes the request on the locked laptop and sends the file. It is no secret.")
        self.step(told, self.open_file, focus=focus)

    def _choose_request(self) -> None:
        file = choose_file_to_open(self, _("The worker's request"), _("Request (*.json)"))
        if file is not None:
            self.open_request(file)

    def _look_at(self, untrusted_request: bytes) -> None:
        self._context.ask(
            lambda desk: look_at_request(desk, untrusted_request), self._ask_words, self._told, owner=self
        )

    def _ask_words(self, asked: Asked) -> None:
        self._asked = asked
        drill = _("This is a drill: the laptop is open, and the call is rehearsed as well.") + " "
        self.step(
            (drill if asked.purpose == "drill" else "")
            + _(
                "Call the worker of {label} back on a number you know from before. Is it her voice, is she alone, "
                "is anybody pressing her? Then she reads out six words. Are they these? "
                "If anything is odd, answer nothing."
            ).format(label=shown_label(asked.label)),
            self.differ, self.same, self.other, six=asked.words,
        )  # fmt: skip

    def _ask_custodian(self) -> None:
        second = self._helped is not None or self._earlier is not None
        first_told = _("The first custodian puts the stick with the key file in and types the passphrase alone.")
        second_told = _("The second custodian puts the stick with the key file in and types the passphrase alone.")
        buttons = (self.answer,) if second else (self.answer, self.go_on)
        self.step(second_told if second else first_told, *buttons, fields=True)
        self._look()
        self.custodian.choose.setFocus()

    def _look(self) -> None:
        self.answer.setEnabled(self.custodian.ready())

    def _choose_earlier(self) -> None:
        file = choose_file_to_open(self, _("The reply begun earlier"), _("Reply (*.json)"))
        if file is not None:
            self.take_earlier(file)

    def _use_earlier(self, untrusted_earlier: bytes) -> None:
        self._earlier = untrusted_earlier
        self._ask_custodian()

    def _answer(self) -> None:
        key_file, asked = self.custodian.key_file, self._asked
        if key_file is None or asked is None:
            return
        passphrase = self.custodian.passphrase()
        earlier = self._helped.reply if self._helped is not None else self._earlier

        def answer(desk: Desk) -> Helped:
            return add_answer(desk, asked, open_key_file(read_small_file(key_file), passphrase).receiving, earlier)

        self.begin_busy(_("Opening the custodian's key"))
        self._context.change(answer, self._answered, self._told, owner=self)

    def _answered(self, helped: Helped) -> None:
        self._helped = helped
        self.custodian.forget()
        if helped.complete:
            self._show_reply()
            return
        self.save.setText(_("Save what there is …"))
        self.step(
            _("One custodian has answered. The second answers now, or later with the file of what there is so far."),
            self.second, self.save, self.other,
        )  # fmt: skip

    def _show_reply(self) -> None:
        """Show that it is whole; leaving is for good only once it was saved."""
        self.save.setText(_("Save the reply …"))
        self.step(
            _("Two custodians have answered. Save the reply and send it: it opens that laptop for that request only."),
            self.save, leave=_("Done") if self._is_saved else "",
        )  # fmt: skip

    def _choose_reply(self) -> None:
        file = choose_file_to_save(self, _("Save the reply"), _("Reply (*.json)"), REPLY_NAME)
        if file is not None:
            self.save_reply(file)

    def _saved(self, file: Path, helped: Helped) -> None:
        """Say where the reply lies; on a slow stick the second custodian may have answered by now."""
        if helped.complete and helped is self._helped:
            self._is_saved = True
            self._show_reply()
        self.say(_("The reply lies in the file {file}. The stick may be pulled out.").format(file=file.name), "calm")

    def _end_if_saved(self) -> None:
        if self._is_saved:
            self._ask_file(focus=False)

    def _refuse(self) -> None:
        self._ask_file()
        self.say(_("Nothing was answered. Somebody may have put another request in its place: call its team."))

    def _told(self, error: Exception) -> None:
        self.end_busy()
        if self.custodian.isVisibleTo(self):
            self.custodian.refuse(self._context.messages.sentence(error))
        else:
            self.say(self._context.messages.sentence(error))
        self._look()
