"""Linux: logind on the system bus (sleep, lock, another user), UPower (the lid), screen savers on the session bus."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NamedTuple, cast

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)

from outreach_app.i18n import gettext as _
from ui.session_watch.base import LID, SCREEN_LOCKED, SLEEP, USER_SWITCHED, SessionWatch

LOGIND = "org.freedesktop.login1"
LOGIND_PATH = "/org/freedesktop/login1"
MANAGER = "org.freedesktop.login1.Manager"
SESSION = "org.freedesktop.login1.Session"
UPOWER = "org.freedesktop.UPower"
UPOWER_PATH = "/org/freedesktop/UPower"
PROPERTIES = "org.freedesktop.DBus.Properties"
SCREEN_SAVERS = tuple(
    f"org.{desktop}.ScreenSaver" for desktop in ("freedesktop", "gnome", "kde", "cinnamon", "mate", "xfce")
)
ANYWHERE = ""  # a signal from any object


class _Question(NamedTuple):
    """A property that was asked for, and the value that means: lock."""

    name: str
    locks_at: bool
    reason: str


SESSION_QUESTIONS = (_Question("Active", locks_at=False, reason=USER_SWITCHED),
                     _Question("LockedHint", locks_at=True, reason=SCREEN_LOCKED))  # fmt: skip
LID_QUESTION = _Question("LidIsClosed", locks_at=True, reason=LID)


class LogindWatch(SessionWatch):
    """Every call to a bus is answered later, so that the window never waits for a service."""

    def __init__(
        self, parent: QObject | None = None, system: QDBusConnection | None = None,
        desktop: QDBusConnection | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._system = system or QDBusConnection.systemBus()
        self._desktop = desktop or QDBusConnection.sessionBus()
        self._own_session = ""  # unknown: a lock of any session locks
        self._wants_hold = False
        self._hold: QDBusUnixFileDescriptor | None = None

    def begin(self) -> None:
        told = (
            (self._system, LOGIND, LOGIND_PATH, MANAGER, "PrepareForSleep", "_sleeps(QDBusMessage)"),
            (self._system, LOGIND, ANYWHERE, SESSION, "Lock", "_locked(QDBusMessage)"),
            (self._system, LOGIND, ANYWHERE, PROPERTIES, "PropertiesChanged", "_session_changed(QDBusMessage)"),
            (self._system, UPOWER, UPOWER_PATH, PROPERTIES, "PropertiesChanged", "_lid_changed(QDBusMessage)"),
            *((self._desktop, "", ANYWHERE, each, "ActiveChanged", "_screen_saver(QDBusMessage)")
              for each in SCREEN_SAVERS),
        )  # fmt: skip
        for bus, service, path, interface, name, slot in told:
            if bus.isConnected():
                receiver = cast("bytes", SLOT(slot))  # the stub says bytes; only text is taken
                bus.connect(service, path, interface, name, self, receiver)
        name = os.environ.get("XDG_SESSION_ID") or "auto"
        self._ask((LOGIND, LOGIND_PATH, MANAGER, "GetSession"), [name], self._found)

    def hold_sleep(self) -> None:
        self._wants_hold = True
        if self._hold is None:
            wanted = ["sleep", _("Notes"), _("Locking before sleep"), "delay"]
            self._ask((LOGIND, LOGIND_PATH, MANAGER, "Inhibit"), wanted, self._held)

    def let_sleep(self) -> None:
        self._wants_hold = False
        self._hold = None  # its descriptor is closed with it

    @Slot(QDBusMessage)
    def _sleeps(self, message: QDBusMessage) -> None:
        if _first(message) is True:
            self.lock_requested.emit(SLEEP)

    @Slot(QDBusMessage)
    def _locked(self, message: QDBusMessage) -> None:
        if self._own_session in {"", message.path()}:
            self.lock_requested.emit(SCREEN_LOCKED)

    @Slot(QDBusMessage)
    def _session_changed(self, message: QDBusMessage) -> None:
        if _first(message) == SESSION and self._own_session in {"", message.path()}:
            path = self._own_session or f"{LOGIND_PATH}/session/auto"
            for question in SESSION_QUESTIONS:
                self._ask_property(LOGIND, path, SESSION, question)

    @Slot(QDBusMessage)
    def _lid_changed(self, message: QDBusMessage) -> None:
        if _first(message) == UPOWER:
            self._ask_property(UPOWER, UPOWER_PATH, UPOWER, LID_QUESTION)

    @Slot(QDBusMessage)
    def _screen_saver(self, message: QDBusMessage) -> None:
        if _first(message) is True:
            self.lock_requested.emit(SCREEN_LOCKED)

    def _found(self, answer: object) -> None:
        if isinstance(answer, QDBusObjectPath):
            self._own_session = answer.path()

    def _held(self, answer: object) -> None:
        if isinstance(answer, QDBusUnixFileDescriptor) and self._wants_hold:
            self._hold = answer

    def _ask_property(self, service: str, path: str, interface: str, question: _Question) -> None:
        def answered(answer: object) -> None:
            value = answer.variant() if isinstance(answer, QDBusVariant) else None
            if value is question.locks_at:
                self.lock_requested.emit(question.reason)

        self._ask((service, path, PROPERTIES, "Get"), [interface, question.name], answered)

    def _ask(self, call: tuple[str, str, str, str], values: list[str], on_answer: Callable[[object], None]) -> None:
        """Call a method of the system bus; an error or silence is no answer."""
        if not self._system.isConnected():
            return
        message = QDBusMessage.createMethodCall(*call)
        message.setArguments(values)
        pending = QDBusPendingCallWatcher(self._system.asyncCall(message), self)

        def finished() -> None:
            if not pending.isError():
                on_answer(_first(pending.reply()))
            pending.deleteLater()

        pending.finished.connect(finished)


def _first(message: QDBusMessage) -> object:
    values = message.arguments()
    return values[0] if values else None
