"""What the system tells of sleep, lid, screen lock and another user becomes one request to lock, with its reason."""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes

import pytest
from PySide6.QtCore import QDeadlineTimer, QObject
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.buses import PrivateBus
from ui import screen_capture, session_watch
from ui.session_watch import base, macos, windows
from ui.session_watch.logind import LogindWatch


class Heard:
    """A watch on a bus of its own and the reasons it gave."""

    def __init__(self, bus: PrivateBus, name: str, parent: QObject) -> None:
        self.bus = bus
        connection = QDBusConnection.connectToBus(bus.address, name)
        assert connection.isConnected()
        self.watch = LogindWatch(parent, connection, connection)
        self.reasons: list[str] = []
        self.watch.lock_requested.connect(self.reasons.append)
        self.watch.begin()
        self.until(lambda: "GetSession" in bus.do("nothing") and self.watch._own_session)

    def until(self, condition) -> None:
        deadline = QDeadlineTimer(10_000)
        while not condition():
            assert not deadline.hasExpired(), "it never came"
            QApplication.processEvents()


@pytest.fixture
def heard(qapp, tmp_path, request):
    parent = QObject()
    with PrivateBus(tmp_path) as bus:
        name = f"watch-{request.node.name}"
        made = Heard(bus, name, parent)
        yield made
        made.watch.stop()
        made.watch.deleteLater()
        QDBusConnection.disconnectFromBus(name)


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        ("sleep", base.SLEEP), ("lid", base.LID), ("lock", base.SCREEN_LOCKED), ("hint", base.SCREEN_LOCKED),
        ("saver", base.SCREEN_LOCKED), ("switch", base.USER_SWITCHED),
    ],
)  # fmt: skip
def test_each_thing_that_happens_asks_for_a_lock(heard, action, reason):
    heard.bus.do(action)
    heard.until(lambda: heard.reasons)
    assert set(heard.reasons) == {reason}


@pytest.mark.parametrize("action", ["wake", "lock another"])
def test_what_is_no_reason_locks_nothing(heard, action):
    heard.bus.do(action)
    heard.bus.do("lock")  # comes after it on the same bus
    heard.until(lambda: heard.reasons)
    assert heard.reasons == [base.SCREEN_LOCKED]


def test_sleep_is_held_up_while_asked_for(heard):
    assert heard.bus.holds() == 0
    heard.watch.hold_sleep()
    heard.until(lambda: heard.bus.holds() == 1)
    heard.until(lambda: heard.watch._hold is not None)
    heard.watch.hold_sleep()
    assert heard.bus.holds() == 1, "one hold is enough"
    heard.watch.let_sleep()
    heard.until(lambda: heard.bus.holds() == 0)


def test_a_hold_that_comes_too_late_is_given_back(heard):
    heard.watch.hold_sleep()
    heard.watch.let_sleep()
    heard.until(lambda: "Inhibit" in heard.bus.do("nothing"))
    heard.until(lambda: heard.bus.holds() == 0)


def test_without_a_bus_nothing_is_heard_and_nothing_breaks(qapp, tmp_path):
    gone = QDBusConnection.connectToBus(f"unix:path={tmp_path / 'none'}", "gone")
    watch = LogindWatch(None, gone, gone)
    watch.begin()
    watch.hold_sleep()
    watch.stop()
    QDBusConnection.disconnectFromBus("gone")


def test_each_system_has_its_watch_and_an_unknown_one_hears_nothing(qapp, monkeypatch):
    window = QWidget()
    heard: list[str] = []
    monkeypatch.setattr(LogindWatch, "begin", lambda _self: heard.append("linux"))
    monkeypatch.setattr(windows.WindowsWatch, "begin", lambda _self: heard.append("win32"))
    assert isinstance(session_watch.make_session_watch(window, "linux"), LogindWatch)
    assert isinstance(session_watch.make_session_watch(window, "win32"), windows.WindowsWatch)
    assert type(session_watch.make_session_watch(window, "haiku")) is base.SessionWatch
    assert heard == ["linux", "win32"]
    window.deleteLater()


# -- Windows: messages made by hand ------------------------------------------------------------------------------


def _message(number: int, value: int) -> wintypes.MSG:
    made = wintypes.MSG()
    made.message, made.wParam = number, value
    return made


@pytest.mark.parametrize(
    ("number", "value", "reason"),
    [
        (0x0218, 4, base.SLEEP), (0x02B1, 7, base.SCREEN_LOCKED), (0x02B1, 2, base.USER_SWITCHED),
        (0x02B1, 4, base.USER_SWITCHED), (0x0218, 7, ""), (0x02B1, 8, ""), (0x0100, 4, ""),
    ],
)  # fmt: skip
def test_windows_messages_are_read(qapp, number, value, reason):
    window = QWidget()
    watch = windows.WindowsWatch(window)
    heard: list[str] = []
    watch.lock_requested.connect(heard.append)
    made = _message(number, value)
    through = watch._filter.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(made))
    assert through == (False, 0), "Qt still gets it"
    assert heard == ([reason] if reason else [])
    heard.clear()
    watch._filter.nativeEventFilter(b"xcb_generic_event_t", ctypes.addressof(made))
    assert heard == [], "another kind of message is never read as one of Windows"
    window.deleteLater()


def test_the_windows_watch_begins_and_stops_elsewhere_too(qapp):
    window = QWidget()
    watch = windows.WindowsWatch(window)
    watch.begin()
    QApplication.processEvents()
    watch.stop()
    window.deleteLater()
    assert windows._session_library() is None or sys.platform == "win32"


# -- macOS: a stand-in for the Objective-C runtime ----------------------------------------------------------------


class StandInRuntime:
    """Objects are numbers; it remembers what was sent and can post a notice."""

    def __init__(self) -> None:
        self.names: list[str] = [""]
        self.sent: list[tuple[str, str, tuple[str, ...]]] = []
        self.told = lambda _notice: None

    def _number(self, name: str) -> int:
        if name not in self.names:
            self.names.append(name)
        return self.names.index(name)

    class_named = string = selector = _number

    def text(self, string: int) -> str:
        return self.names[string]

    def listener(self, class_name, _selector, told) -> int:
        self.told = told
        return self._number(class_name)

    def send(self, receiver, selector, *values) -> int:
        self.sent.append((self.names[receiver], selector, tuple(self.names[value] for value in values)))
        return receiver if selector == "name" else self._number(f"{self.names[receiver]}.{selector}")

    def post(self, name: str) -> None:
        self.told(self._number(name))


def test_macos_notices_are_read(qapp):
    runtime, heard = StandInRuntime(), []
    watch = macos.MacWatch(None, runtime)
    watch.lock_requested.connect(heard.append)
    watch.begin()
    observed = {values[2] for _receiver, selector, values in runtime.sent if selector.startswith("addObserver")}
    assert observed == {*macos.WORKSPACE, *macos.DISTRIBUTED}
    for name in ("NSWorkspaceWillSleepNotification", "com.apple.screenIsLocked", "com.example.another"):
        runtime.post(name)
    assert heard == [base.SLEEP, base.SCREEN_LOCKED]
    watch.stop()
    assert [selector for _receiver, selector, _values in runtime.sent].count("removeObserver:") == 2


# -- screenshots ---------------------------------------------------------------------------------------------------


class StandInUser32:
    def __init__(self, oldest: bool) -> None:
        self.oldest, self.asked = oldest, []

    def SetWindowDisplayAffinity(self, handle, affinity) -> int:
        self.asked.append((handle.value, affinity.value))
        return int(not self.oldest or affinity.value == 1)


@pytest.mark.parametrize("oldest", [False, True])
def test_windows_is_asked_to_leave_the_window_out(oldest):
    library = StandInUser32(oldest)
    assert screen_capture._on_windows(7, library)
    assert library.asked == [(7, 0x11), (7, 1)][: 1 + oldest]


def test_macos_is_asked_to_leave_the_window_out():
    runtime = StandInRuntime()
    assert screen_capture._on_macos(runtime.string("view"), runtime)
    assert runtime.sent[-1] == ("view.window", "setSharingType:", ("",))


def test_linux_cannot_and_says_so(qapp):
    window = QWidget()
    assert not screen_capture.keep_off_screenshots(window, "linux")
    assert not screen_capture.can_keep_off_screenshots("linux")
    assert screen_capture.can_keep_off_screenshots("win32")
    window.deleteLater()
