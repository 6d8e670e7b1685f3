"""Runs work away from the window thread and brings results back to it.

All vault work runs on ONE thread in the order it was asked for; the connection is opened there and never leaves it.
Work that needs no vault (sealing, sending, typesetting) runs on a second pool, so that a lock never waits for it; the
lock itself has a thread of its own. What is asked of the vault may be cut (questions, a backup) or not (a change).
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")
P = TypeVar("P")

VAULT_THREAD = "vault"
FREE_THREADS = 2


def on_vault_thread() -> bool:
    """Tell whether the caller runs on the vault thread."""
    return threading.current_thread().name.startswith(VAULT_THREAD)


class TaskRunner(QObject):
    """Two executors; every callback runs on the window thread."""

    failed = Signal(object)  # the exception nobody else handled
    busy_changed = Signal(bool)
    vault_asked = Signal()  # something waits for the vault; long work that may give way listens
    _ready = Signal(object)  # a callable to run on the window thread

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running = 0
        self._closing = False
        self._droppable: set[Future[object]] = set()
        self._edge = threading.Lock()  # between "what runs may be cut short" and whoever cuts it
        self._cuttable = False
        self._passed_mark = False
        self.stopping = threading.Event()  # set when a lock begins; long work looks at it
        self._ready.connect(self._run_callback, Qt.ConnectionType.QueuedConnection)

    @cached_property
    def _vault(self) -> ThreadPoolExecutor:
        return _threads(1, VAULT_THREAD)

    @cached_property
    def _free(self) -> ThreadPoolExecutor:
        return _threads(FREE_THREADS, "free")

    @cached_property
    def _apart(self) -> ThreadPoolExecutor:
        return _threads(1, "apart")

    def run_vault(
        self,
        work: Callable[[], T],
        on_success: Callable[[T], None],
        on_failure: Callable[[Exception], None] | None = None,
        *,
        owner: QObject | None = None,
        may_be_cut: bool = False,
    ) -> None:
        """Run ``work`` on the vault thread, then ``on_success`` on the window thread.

        ``owner``: a widget whose end makes the result unwanted. ``may_be_cut``: nothing is lost when a lock drops it or
        interrupts it (a question; a backup); once a lock has begun it is not even asked.
        """
        if may_be_cut and self.stopping.is_set():
            return
        self.vault_asked.emit()
        if not may_be_cut:
            self._start(self._vault, work, on_success, on_failure, owner)
            return
        future = self._start(self._vault, lambda: self._run_cuttable(work), on_success, on_failure, owner)
        if future is not None:
            self._droppable.add(future)  # type: ignore[arg-type]  # only ever cancelled, its value is never looked at

    def run_free(
        self,
        work: Callable[[], T],
        on_success: Callable[[T], None],
        on_failure: Callable[[Exception], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Run ``work``, which needs no vault, on the second pool."""
        self._start(self._free, work, on_success, on_failure, owner)

    def run_apart(
        self, work: Callable[[], T], on_success: Callable[[T], None], on_failure: Callable[[Exception], None]
    ) -> None:
        """Run ``work`` on a thread of its own, also when both pools are busy (the lock)."""
        self._start(self._apart, work, on_success, on_failure, None)

    def call_vault(self, work: Callable[[], T]) -> T:
        """Run ``work`` on the vault thread and wait; for work on the second pool that needs a vault step."""
        return self._vault.submit(work).result()

    def marshalled(self, callback: Callable[[P], None], owner: QObject | None = None) -> Callable[[P], None]:
        """Return a callback that may be called from any thread and runs on the window thread."""

        def hand_over(value: P) -> None:
            self._ready.emit(lambda: callback(value) if _wanted(owner) else None)

        return hand_over

    @property
    def busy(self) -> bool:
        """Tell whether something is still running or its answer has not arrived."""
        return self._running > 0

    def mark_end(self) -> None:
        """Begin to end: drop what may be dropped; whatever is asked of the vault from now on is never interrupted."""
        self.stopping.set()
        for future in list(self._droppable):
            future.cancel()
        self._droppable.clear()
        self.run_vault(self._pass_mark, lambda _nothing: None)

    def cut_short(self, interrupt: Callable[[], None], *, changes: bool = False) -> bool:
        """Call ``interrupt`` while the vault is busy with what may be cut, or with anything if ``changes``.

        Returns False once all that was asked before ``mark_end`` is over: what came after it is never interrupted.
        """
        with self._edge:
            if not self._passed_mark and (changes or self._cuttable):
                interrupt()
            return not self._passed_mark

    def shut_down(self, *, wait: bool = True) -> None:
        """Take no more work and, if asked, wait for what was queued; call before the window is destroyed."""
        self._closing = True
        self._free.shutdown(wait=wait, cancel_futures=True)
        self._vault.shutdown(wait=wait, cancel_futures=False)
        self._apart.shutdown(wait=wait, cancel_futures=True)

    def _run_cuttable(self, work: Callable[[], T]) -> T:
        with self._edge:
            self._cuttable = True
        try:
            return work()
        finally:
            with self._edge:
                self._cuttable = False

    def _pass_mark(self) -> None:
        with self._edge:
            self._passed_mark = True

    def _start(
        self,
        executor: ThreadPoolExecutor,
        work: Callable[[], T],
        on_success: Callable[[T], None],
        on_failure: Callable[[Exception], None] | None,
        owner: QObject | None,
    ) -> Future[T] | None:
        if self._closing:
            return None
        self._count(1)

        def finished(future: Future[T]) -> None:
            self._ready.emit(lambda: self._deliver(future, on_success, on_failure, owner))

        future = executor.submit(work)
        future.add_done_callback(finished)
        return future

    def _run_callback(self, callback: Callable[[], None]) -> None:
        try:
            callback()
        except Exception as error:  # noqa: BLE001 - a slot has no caller: whatever a callback raises goes to the one place
            self.failed.emit(error)

    def _deliver(
        self,
        future: Future[T],
        on_success: Callable[[T], None],
        on_failure: Callable[[Exception], None] | None,
        owner: QObject | None,
    ) -> None:
        self._count(-1)
        self._droppable.discard(future)
        if future.cancelled() or not _wanted(owner):
            return
        error = future.exception()
        if error is None:
            on_success(future.result())
        elif isinstance(error, importlib.import_module("concurrent.futures").CancelledError):
            return
        elif isinstance(error, Exception):
            (on_failure or self.failed.emit)(error)
        else:
            raise error

    def _count(self, step: int) -> None:
        before = self._running > 0
        self._running += step
        if before != (self._running > 0):
            self.busy_changed.emit(self._running > 0)


def _threads(most: int, name: str) -> ThreadPoolExecutor:
    futures = importlib.import_module("concurrent.futures")  # the first page asks for nothing
    pool: ThreadPoolExecutor = futures.ThreadPoolExecutor(max_workers=most, thread_name_prefix=name)
    return pool


def _wanted(owner: QObject | None) -> bool:
    return owner is None or isValid(owner)
