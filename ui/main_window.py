"""The one window: first run, locked, or open; it puts the parts together and holds no rule of its own."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence, QShortcut

from outreach_app import i18n
from outreach_app.i18n import gettext as _
from outreach_app.settings import Settings, Times
from ui.check_in import KEY as CHECK_IN_KEY
from ui.check_in import CheckIn
from ui.context import Context
from ui.covered_window import KEYS_KEY, CoveredWindow, WindowParts
from ui.daily_backup import DailyBackup
from ui.frame import Frame
from ui.handed_cards import HandedCards
from ui.page import KEYS_PAGE, FocusPlace
from ui.page_table import FIRST_LOCKED, FIRST_UNLOCKED, PAGES, PageRow, rows_for
from ui.passphrases import Passphrases, vault_passphrases
from ui.successor import Standing

if TYPE_CHECKING:
    from outreach_app.records.drafts import Draft
    from ui.pages.first_run import Answers, FirstRunPage
    from ui.widgets.reminder_strip import ReminderStrip


class MainWindow(CoveredWindow):
    """``begin`` shows the right screen; ``page`` names where the worker was before the last lock."""

    _context: Context

    def __init__(
        self, context: Context, parts: WindowParts, page: str = "", rows: tuple[PageRow, ...] = PAGES
    ) -> None:  # fmt: skip
        super().__init__(context, parts, context.program)
        self._rows = rows
        self._return_to = page
        self._setting = ""  # where the worker is, as far as she said so
        self.frame: Frame | None = None
        self.first_run: FirstRunPage | None = None
        self.setWindowTitle(_("Notes"))
        self.daily_backup = DailyBackup(context, self)
        self.handed_cards = HandedCards(context, self)
        self.check_in = CheckIn(context, self._put_at_foot, lambda: self.covering.covered, self)
        self._connect()

    @property
    def context(self) -> Context:
        """What the pages of this window are given."""
        return self._context

    def begin(self) -> None:
        """Show the wizard where there is no vault yet, otherwise the locked frame."""
        if self._context.program.vault_exists():
            self._show_frame(FIRST_LOCKED)
        else:
            self._context.tasks.run_free(vault_passphrases, self._show_first_run, owner=self)
        self.prepare_cover_later()

    def begin_practice(self) -> None:
        """As ``begin``, for a window of practice: what is not there yet is made first."""
        folder = importlib.import_module("outreach_app.practice.folder").PracticeFolder(
            self._context.program.folder.parent
        )
        if folder.is_ready():
            self.begin()
            return
        page = importlib.import_module("ui.pages.prepare_practice").PreparePracticePage(self._context, folder)
        page.prepared.connect(self.begin)
        self.put(page)
        page.begin()

    def standing(self) -> Standing:
        return super().standing()._replace(cards=self.handed_cards.hands_over, remind_at=self.check_in.remind_at)

    def keep_draft(self) -> None:
        page = self.frame.current() if self.frame is not None else None
        if page is not None:
            page.keep_draft_now()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.WindowTitleChange and self.windowTitle() != _("Notes"):
            self.setWindowTitle(_("Notes"))  # whatever a page does, the task bar says nothing
        super().changeEvent(event)

    def times(self) -> Times:
        return self._home.settings.times_at(self._setting, covered=self.covering.covered)

    def cover_kind(self) -> str:
        return self._home.settings.cover

    def _connect(self) -> None:
        context, navigation = self._context, self._context.navigation
        navigation.page_requested.connect(self._go_to)
        navigation.lock_requested.connect(self.lock_now)
        navigation.unlocked.connect(self._unlocked)
        navigation.settings_changed.connect(self._settings_changed)
        navigation.setting_known.connect(self._in_setting)
        context.changes_hub.changed.connect(lambda changes: self.frame.refresh(changes) if self.frame else None)
        context.messages.said.connect(lambda *said: self.frame.say(*said) if self.frame else None)
        context.messages.cleared.connect(lambda: self.frame.banner.hide() if self.frame else None)
        QShortcut(QKeySequence(KEYS_KEY), self, self._toggle_keys)
        QShortcut(QKeySequence(CHECK_IN_KEY), self, self.check_in.press)

    def _in_setting(self, code: str) -> None:
        self._setting = code

    def _go_to(self, name: str, place: Mapping[str, str]) -> None:
        if self.frame is not None:
            self.frame.go_to(name, place)

    def _toggle_keys(self) -> None:
        if self.frame is not None:
            self.frame.toggle(KEYS_PAGE)

    def _put_at_foot(self, strip: ReminderStrip) -> None:
        """Give the reminder its place below everything, beside the cover and not under it."""
        self._whole.addWidget(strip)
        strip.height_changed.connect(self._whole.activate)
        strip.height_changed.connect(self._cover.fit)

    def _show_first_run(self, passphrases: Passphrases, answers: Answers | None = None) -> None:
        wizard = importlib.import_module("ui.pages.first_run")  # most starts have no need of it
        page: FirstRunPage = wizard.FirstRunPage(
            self._context, passphrases, answers or wizard.Answers(language=i18n.language())
        )
        page.language_chosen.connect(lambda so_far: self._first_run_language(passphrases, so_far))
        self.put(page)
        self.first_run = page
        page.begin()

    def _first_run_language(self, passphrases: Passphrases, answers: Answers) -> None:
        i18n.use_language(answers.language)
        self._home.keep_settings(self._home.settings.changed(language=answers.language))
        self._cover.prepare()
        self._show_first_run(passphrases, answers)

    def _show_frame(self, first: str) -> Frame:
        frame = Frame(self._context, rows_for(unlocked=self._context.unlocked, rows=self._rows))
        self.first_run = None
        self.put(frame)
        self.frame = frame
        frame.go_to(first)
        return frame

    def _unlocked(self) -> None:
        if self._lock_when_opened:
            self.lock_now()
            return
        frame = self._show_frame(FIRST_UNLOCKED)
        self.auto_lock.watch()
        self._context.ask(lambda session: session.worker.name, frame.show_worker, owner=frame)
        frame.ask_what_is_held()
        self.check_in.read()
        if self._return_to:
            self._context.ask(lambda session: session.drafts.list_drafts(), self._return, owner=frame)

    def _return(self, drafts: tuple[Draft, ...]) -> None:
        """Go back to where the worker was before the lock."""
        name, self._return_to = self._return_to, ""
        draft = next((each for each in drafts if each.page == name), None)
        row = next((each for each in self._rows if each.name == name), None)
        place = self.handed_cards.place(draft.id if draft else "")
        if self.frame is None or row is None or (draft is None and not row.in_rail):
            return
        page = self.frame.go_to(name, place)
        if page is not None and draft is not None:
            page.restore_place(FocusPlace(draft.field, draft.cursor), draft.id)

    def _settings_changed(self, settings: Settings) -> None:
        before = self._home.settings
        self._home.keep_settings(settings)
        if settings.theme != before.theme:
            self._parts.theme.apply(settings.theme)
        if settings.language != before.language and self.frame is not None:
            self.keep_draft()
            i18n.use_language(settings.language or i18n.language())
            self._cover.prepare()
            self.check_in.say_anew()
            frame = self._show_frame("settings")
            self._context.ask(lambda session: session.worker.name, frame.show_worker, owner=frame)
            frame.ask_what_is_held()
