"""Enrolling a laptop: open its request, compare six words by phone, enrol, hand over the reply.

An enrolment that was begun is in the register until its reply was saved: leaving, and a lock while somebody phones,
lose nothing.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal

from outreach_app.centre.desk.devices import clean_name, list_devices, rename_device
from outreach_app.centre.desk.enrolment import Asking, Enrolled, look_at_request
from outreach_app.centre.desk.errors import DeskError
from outreach_app.centre.desk.facts import forget_begun_enrolment, keep_begun_enrolment
from outreach_app.centre.desk.laptop_names import suggest_name
from outreach_app.centre.desk.opening import Desk
from outreach_app.i18n import gettext as _
from outreach_app.sync.errors import EnrolmentUnreadableError
from ui.desk.context import DeskContext
from ui.desk.naming import NameField
from ui.desk.panel import Panel
from ui.file_choosing import choose_file_to_open, choose_file_to_save
from ui.models.files import read_small_file, write_file
from ui.widgets.buttons import button, primary_button, quiet_button

REPLY_NAME = "reply.json"


class Suggested(NamedTuple):
    """A request that was looked at, and what its laptop may be called."""

    asking: Asking
    name: str


class Named(NamedTuple):
    """A laptop that was enrolled, and its name in the register."""

    enrolled: Enrolled
    name: str


class EnrolPanel(Panel):
    """``enrolled`` carries the laptop's number. Nothing is enrolled before the words were compared."""

    enrolled = Signal(str)

    def __init__(self, context: DeskContext) -> None:
        super().__init__(_("Enrol a laptop"))
        self._context = context
        self._request = b""
        self._named: Named | None = None
        self._is_saved = False
        self.open_file = primary_button(_("Open the request …"), icon="open")
        self.same = primary_button(_("The same words: enrol"), icon="check")
        self.differ = quiet_button(_("They are not the same"))
        self.save = primary_button(_("Save the reply …"), icon="save")
        self.another = button(_("Another laptop"))
        self.other_request = quiet_button(_("Another request …"))
        self.name = NameField()
        self.form.addWidget(self.name)
        self.put(self.open_file, self.differ, self.same, self.other_request, self.save, self.another)
        self._connect()

    def begin(self, begun: bytes | None) -> None:
        """Go on where it was left; else with ``begun``, the request the register remembers; else ask for a file."""
        if self._request or self.busy:
            self.take_keyboard()
        elif begun is not None:
            self._ask_file()
            self.begin_busy(_("Opening the request"))
            self._request = begun
            self._context.ask(lambda desk: look_with_name(desk, begun), self._resume, self._not_resumed, owner=self)
        else:
            self._ask_file()

    def open_request(self, file: Path) -> None:
        """Read a request and show its words."""
        tasks = self._context.tasks
        tasks.run_free(lambda: read_small_file(file), self._look_at, self._told, owner=self)

    def save_reply(self, file: Path) -> None:
        """Write the reply where it was asked for."""
        named = self._named
        reply = b"" if named is None else named.enrolled.reply
        self._context.tasks.run_free(
            lambda: write_file(reply, file), lambda written: self._saved(written, named), self._told, owner=self
        )

    def _connect(self) -> None:
        self.open_file.clicked.connect(self._choose_request)
        self.other_request.clicked.connect(self._choose_request)
        self.same.clicked.connect(self._enrol)
        self.differ.clicked.connect(self._refuse)
        self.save.clicked.connect(self._choose_reply)
        self.another.clicked.connect(self._begin_another)
        self.left.connect(self._end_if_saved)
        self.name.line.textChanged.connect(lambda typed: self.same.setEnabled(bool(typed.strip())))
        self.name.line.returnPressed.connect(self.same.setFocus)

    def _ask_file(self, *, focus: bool = True) -> None:
        self._request, self._named, self._is_saved = b"", None, False
        self.step(
            _("The team makes a request file on the laptop, on the page Sending, and brings it here. It is no secret."),
            self.open_file, focus=focus,
        )  # fmt: skip

    def _choose_request(self) -> None:
        file = choose_file_to_open(self, _("The laptop's request"), _("Request (*.json)"))
        if file is not None:
            self.open_request(file)

    def _look_at(self, untrusted_request: bytes) -> None:
        def look(desk: Desk) -> Suggested:
            suggested = look_with_name(desk, untrusted_request)
            keep_begun_enrolment(desk, untrusted_request)
            return suggested

        def looked(suggested: Suggested) -> None:
            self._request = untrusted_request
            self._ask_words(suggested)

        self._context.change(look, looked, self._told, owner=self)

    def _resume(self, suggested: Suggested) -> None:
        """Show the words; where it is enrolled already, they were compared, and its reply comes at once."""
        self._ask_words(suggested)
        if suggested.asking.known:
            self._enrol()

    def _not_resumed(self, error: Exception) -> None:
        """Let go what cannot be granted any more, since its laptop was revoked; after anything else it stays begun."""
        if isinstance(error, DeskError | EnrolmentUnreadableError):
            self._forget()
        self._ask_file()
        self._told(error)

    def _ask_words(self, suggested: Suggested) -> None:
        asking = suggested.asking
        again = _("This request was granted before; the laptop gets the same reply again.") + " "
        self.step(
            (again if asking.known else "")
            + _(
                "Call the team on a number you know from before. "
                "The laptop shows six words; do they read out these, in this order?"
            ),
            self.differ, self.same, self.other_request, six=asking.words, fields=True,
        )  # fmt: skip
        self.name.line.setText(suggested.name)
        self.differ.setFocus()

    def _enrol(self) -> None:
        self.begin_busy(_("Enrolling"))
        folder, request, name = self._context.home.folder, self._request, self.name.line.text()

        def enrol(desk: Desk) -> Named:
            kept = clean_name(name)
            enrolled: Enrolled = importlib.import_module("outreach_app.centre.halves").enrol(folder, desk, request)
            return Named(enrolled, rename_device(desk, enrolled.device, kept))

        self._context.change(enrol, self._enrolled, self._told, owner=self)

    def _enrolled(self, named: Named) -> None:
        self._named = named
        self._show_reply(named)
        self.enrolled.emit(named.enrolled.device)

    def _show_reply(self, named: Named) -> None:
        """Show the reply's words; leaving is for good only once it was saved."""
        done = (self.another,) if self._is_saved else ()
        self.step(
            _(
                "{label} is enrolled. Save the reply and bring it to the laptop. "
                "When the laptop reads it, it shows these six words: compare them by phone as well."
            ).format(label=named.name),
            self.save, *done, six=named.enrolled.reply_words, leave=_("Done") if done else "",
        )  # fmt: skip

    def _choose_reply(self) -> None:
        file = choose_file_to_save(self, _("Save the reply"), _("Reply (*.json)"), REPLY_NAME)
        if file is not None:
            self.save_reply(file)

    def _saved(self, file: Path, named: Named | None) -> None:
        """Say where the reply lies; on a slow stick another laptop may stand here by now."""
        if named is not None and named is self._named:
            self._is_saved = True
            self._show_reply(named)
        self.say(_("The reply lies in the file {file}. The stick may be pulled out.").format(file=file.name), "calm")

    def _begin_another(self) -> None:
        self._forget()
        self._ask_file()

    def _end_if_saved(self) -> None:
        if self._is_saved:
            self._forget()
            self._ask_file(focus=False)

    def _forget(self) -> None:
        self._context.change(forget_begun_enrolment, lambda _gone: None, owner=self)

    def _refuse(self) -> None:
        self._begin_another()
        self.say(
            _(
                "Nothing was enrolled. Somebody may have put another request in its place: "
                "ask for a new one, made on the laptop itself."
            )
        )

    def _told(self, error: Exception) -> None:
        self.end_busy()
        self.say(self._context.messages.sentence(error))


def look_with_name(desk: Desk, untrusted_request: bytes) -> Suggested:
    """Look at a request and find a name; the one it has where it was granted before. Runs on the vault thread."""
    asking = look_at_request(desk, untrusted_request)
    with desk.vault.read() as connection:
        names = {device.entry.device: device.label for device in list_devices(connection)}
    return Suggested(asking, suggest_name(names.pop(asking.device, asking.label), names.values()))
