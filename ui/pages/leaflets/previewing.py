"""Makes what is picked at once: the newest wish first, what nobody waits for any more not at all."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from outreach_app.content import generation
from outreach_app.leaflets.requests import LeafletRequest
from ui.context import Context
from ui.models.leaflets_making import MadeLeaflet, make

KEPT = 12  # leaflets held in memory, so that going back to one shows it at once
FAMILIES_FIRST = ("th", "ar", "zh-Hans", "ru", "vi")
"""One language of each family of letters: their fonts are read while the worker looks at the first page."""


class Previewing(QObject):
    """``ask`` is answered once by ``made`` or ``failed``, unless another wish came meanwhile."""

    made = Signal(object)  # MadeLeaflet
    failed = Signal(object)  # Exception

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._latest: LeafletRequest | None = None
        self._kept: OrderedDict[LeafletRequest, MadeLeaflet] = OrderedDict()
        self._generation = generation()  # of the texts that the kept leaflets say
        self._cold: list[LeafletRequest] = []

    def ask(self, wanted: LeafletRequest) -> None:
        """Make ``wanted``; what was asked for before and has not begun is dropped."""
        self._latest = wanted
        if self._generation != generation():
            self._generation = generation()
            self._kept.clear()
        kept, asked_in = self._kept.get(wanted), self._generation
        if kept is not None:
            self.made.emit(kept)
            return
        self._context.tasks.run_free(
            lambda: self._make(wanted), lambda made: self._arrived(made, asked_in),
            lambda error: self._refused(wanted, error), owner=self,
        )  # fmt: skip

    def drop(self) -> None:
        """Answer nothing that was asked for before."""
        self._latest = None

    def warm_up(self, sheet: str, form: str, languages: Iterable[str]) -> None:
        """Read fonts and translations in the background, one language at a time, while nothing is asked for."""
        known = set(languages)
        self._cold = [LeafletRequest(sheet, code, form) for code in FAMILIES_FIRST if code in known]
        self._warm_next()

    def _make(self, wanted: LeafletRequest) -> MadeLeaflet | None:
        return make(wanted, self._context.program.clock.local_now().date()) if wanted == self._latest else None

    def _arrived(self, made: MadeLeaflet | None, asked_in: int) -> None:
        if made is None:
            return
        if asked_in != generation():  # other texts came meanwhile
            if made.wanted == self._latest:
                self.ask(made.wanted)
            return
        self._kept[made.wanted] = made
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        if made.wanted == self._latest:
            self.made.emit(made)

    def _refused(self, wanted: LeafletRequest, error: Exception) -> None:
        if wanted == self._latest:
            self.failed.emit(error)

    def _warm_next(self) -> None:
        if not self._cold or self._context.tasks.stopping.is_set():
            return
        cold, day = self._cold.pop(0), self._context.program.clock.local_now().date()
        run_free = self._context.tasks.run_free
        run_free(lambda: make(cold, day), lambda _made: self._warm_next(), lambda _error: self._warm_next(), owner=self)
