"""A process that answers like logind and UPower and sends their signals when told on standard input."""

from __future__ import annotations

import os
import select
import sys

from PySide6.QtCore import QCoreApplication, QSocketNotifier
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVariant,
    QDBusVirtualObject,
)

LOGIND, MANAGER, SESSION = "org.freedesktop.login1", "org.freedesktop.login1.Manager", "org.freedesktop.login1.Session"
PATH, OWN, OTHER = "/org/freedesktop/login1", "/org/freedesktop/login1/session/_31", "/org/freedesktop/login1/session/c9"
UPOWER, UPOWER_PATH = "org.freedesktop.UPower", "/org/freedesktop/UPower"
PROPERTIES = "org.freedesktop.DBus.Properties"
SAVER = ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [True])
SIGNALS = {
    "sleep": (PATH, MANAGER, "PrepareForSleep", [True]),
    "wake": (PATH, MANAGER, "PrepareForSleep", [False]),
    "lock": (OWN, SESSION, "Lock", []),
    "lock another": (OTHER, SESSION, "Lock", []),
    "saver": SAVER,
}
PROPERTY = {
    "lid": (UPOWER_PATH, UPOWER, "LidIsClosed", True),
    "switch": (OWN, SESSION, "Active", False),
    "hint": (OWN, SESSION, "LockedHint", True),
}


class Services(QDBusVirtualObject):
    """Answers every method that the window calls."""

    def __init__(self, bus: QDBusConnection) -> None:
        super().__init__()
        self._bus = bus
        self._pipes: list[int] = []  # a pipe whose other end was closed is a hold that was given up
        self.values: dict[str, bool] = {"Active": True, "LockedHint": False, "LidIsClosed": False}
        self.calls: list[str] = []

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, _bus: QDBusConnection) -> bool:
        self.calls.append(message.member())
        values = message.arguments()
        if message.member() == "GetSession":
            answer: object = QDBusObjectPath(OWN)
        elif message.member() == "Inhibit":
            assert (values[0], values[3]) == ("sleep", "delay"), values
            answer = self._hold()
        elif message.member() == "Get":
            answer = QDBusVariant(self.values[values[1]])
        else:
            return False
        reply = message.createReply()
        reply.setArguments([answer])
        return self._bus.send(reply)

    def _hold(self) -> QDBusUnixFileDescriptor:
        ours, theirs = os.pipe()
        self._pipes.append(ours)
        given = QDBusUnixFileDescriptor(theirs)  # keeps a copy of its own
        os.close(theirs)
        return given

    def holds(self) -> int:
        """Count the pipes that somebody still holds."""
        closed, _, _ = select.select(self._pipes, [], [], 0)
        return len(self._pipes) - len(closed)

    def do(self, action: str) -> None:
        """Send what this action sends."""
        if action in PROPERTY:
            path, interface, name, value = PROPERTY[action]
            self.values[name] = value
            self._send(path, PROPERTIES, "PropertiesChanged", [interface])
        elif action in SIGNALS:
            self._send(*SIGNALS[action])

    def _send(self, path: str, interface: str, name: str, values: list[object]) -> None:
        message = QDBusMessage.createSignal(path, interface, name)
        message.setArguments(values)
        assert self._bus.send(message)


def main() -> None:
    """Serve until standard input ends."""
    app = QCoreApplication([])
    bus = QDBusConnection.systemBus()
    services = Services(bus)
    for name, path in ((LOGIND, PATH), (UPOWER, UPOWER_PATH)):
        assert bus.registerVirtualObject(path, services, QDBusConnection.VirtualObjectRegisterOption.SubPath)
        assert bus.registerService(name)
    listening = QSocketNotifier(0, QSocketNotifier.Type.Read)

    def told() -> None:
        line = sys.stdin.readline()
        if not line:
            app.quit()
            return
        services.do(line.strip())
        print(services.holds(), *services.calls, flush=True)

    listening.activated.connect(told)
    print("ready", flush=True)
    app.exec()


if __name__ == "__main__":
    main()
