"""The desk's window over a real centre in a folder of the test's own, with fictional laptops and what they sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from outreach_app.centre.desk import facts
from outreach_app.centre.desk.enrolment import enrol_device
from outreach_app.centre.desk.folder import CentreSettings, write_settings
from outreach_app.centre.desk.ingestion import take_in
from outreach_app.centre.desk.opening import Desk, init_desk
from outreach_app.centre.mailbox.configuration import create_mailbox
from outreach_app.sync.enrolment import make_request
from outreach_app.vault.argon import FLOOR
from tests.support.clock import FakeClock
from tests.support.desk import PASSPHRASE, Sender, coded, note, sender, standing, tally
from tests.support.ids import CountingIds
from tests.support.sync_people import LAPTOP, OTHER_LAPTOP, Laptop
from ui.clipboard import ClipboardGuard
from ui.covered_window import WindowParts
from ui.desk.context import CentreHome, DeskBox, DeskContext, DeskNavigation
from ui.desk.window import DeskWindow
from ui.messages import Messages
from ui.successor import Standing
from ui.tasks import TaskRunner
from ui.theme import Theme

THIRD_LAPTOP = Laptop("c3" * 16)


def make_centre(
    folder: Path, clock: FakeClock, prepare: Callable[[Desk], object] = lambda _desk: None, *,
    passphrase: str = PASSPHRASE,
) -> None:  # fmt: skip
    """Make a whole centre, desk and mailbox, as ``centre init`` does; ``prepare`` fills its register."""
    with init_desk(folder, passphrase, clock=clock, ids=CountingIds(7), cost=FLOOR) as desk:
        mailbox = create_mailbox(folder, desk.keys.root.public, desk.keys.receipt.public)
        facts.keep_mailbox_receipt_key(desk, mailbox.receipt_public)
        prepare(desk)
    write_settings(folder, CentreSettings())


def fill_register(desk: Desk, clock: FakeClock) -> None:
    """Enrol three laptops: one sent odd lines and has a copy, one left a gap, one was never heard."""
    for laptop, label in ((LAPTOP, "Laptop 3"), (OTHER_LAPTOP, "Aarhus, van"), (THIRD_LAPTOP, "Odense 1")):
        enrol_device(desk, request(laptop, label))
    first, other = sender(desk, LAPTOP), sender(desk, OTHER_LAPTOP)
    take_in(desk, first.seal(coded(1), coded(2), note(3), tally(4), standing(90, 5)).data)
    clock.advance(3600)
    take_in(desk, first.seal(coded(5), b"not json", standing(91, 4)).data)
    take_in(desk, other.seal(tally(6), tally(7, setting="street")).data)
    other.seal(coded(8))
    take_in(desk, other.seal(coded(9)).data)
    copy = Sender(LAPTOP, desk.keys.current_sealing_key, seq=1, prev_hash=first.sealed[0].sha512)
    take_in(desk, copy.seal(coded(10)).data)
    clock.advance(7200)


def request(laptop: Laptop, label: str) -> bytes:
    """Return a laptop's request for enrolment."""
    return make_request(
        device=laptop.device, signing=laptop.signing, receiving=laptop.receiving.public, code=laptop.device[:8],
        label=label, issued_at=FakeClock().now(),
    )  # fmt: skip


@dataclass
class FakeSuccessor:
    """Says at once that its cover stands."""

    standing: Standing

    def wait_covered(self) -> bool:
        return True


@dataclass
class DeskShell:
    """The window, what it stands on, and what ended."""

    context: DeskContext
    window: DeskWindow
    clock: FakeClock
    ended: list[int] = field(default_factory=list)
    successors: list[FakeSuccessor] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    def wait(self, condition: Callable[[], Any], seconds: int = 20) -> None:
        """Turn the event loop until ``condition`` holds."""
        deadline = QDeadlineTimer(seconds * 1000)
        while not condition():
            assert not deadline.hasExpired(), "it never came"
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def settle(self) -> None:
        """Let everything that was asked and answered arrive."""
        idle = 0
        deadline = QDeadlineTimer(20_000)
        while idle < 3 and not deadline.hasExpired():
            self.context.tasks.call_vault(lambda: None)
            self.context.tasks._free.submit(lambda: None).result()
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            QCoreApplication.sendPostedEvents()
            idle = idle + 1 if self.context.tasks._running == 0 else 0
        assert idle == 3, "work was still going on"
        assert not self.failures, self.failures

    def open(self) -> None:
        """Open the desk as the opening page would, with less waiting."""
        self.context.sessions.put(self.context.tasks.call_vault(lambda: self.context.home.open(PASSPHRASE)))
        self.context.navigation.opened.emit()
        self.settle()

    def show(self, page: str, **place: str) -> Any:
        """Bring a page to the front and return it when it has read."""
        assert self.window.frame is not None
        shown = self.window.frame.go_to(page, place)
        self.settle()
        return shown

    def ask(self, question: Callable[[Desk], Any]) -> Any:
        """Ask the desk and wait for the answer."""
        return self.context.tasks.call_vault(lambda: question(self.context.sessions.desk))

    def end(self) -> None:
        """Close the register and stop the threads."""
        self.window.auto_lock.rest()
        self.context.tasks._vault.submit(self.context.sessions.close).result()
        self.context.tasks.shut_down()
        self.window.hide()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def make_desk_shell(app: QApplication, folder: Path, clock: FakeClock | None = None, *, page: str = "") -> DeskShell:
    """Return a window that begins nothing yet, over the centre in ``folder``; call ``end`` afterwards."""
    clock = clock or FakeClock()
    context = DeskContext(CentreHome(folder, clock), TaskRunner(), Messages(), DeskNavigation(), DeskBox())
    ended: list[int] = []
    successors: list[FakeSuccessor] = []

    def successor(standing: Standing) -> FakeSuccessor:
        successors.append(FakeSuccessor(standing))
        return successors[-1]

    parts = WindowParts(app, Theme(app, "light"), ClipboardGuard(app.clipboard(), app), successor, ended.append)
    window = DeskWindow(context, parts, page)
    shell = DeskShell(context, window, clock, ended, successors)
    context.tasks.failed.connect(shell.failures.append)
    window.resize(1366, 768)
    window.begin()
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    return shell
