"""Choices of this laptop: language, look, times until dim, cover and lock, here and in each kind of place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from outreach_app.i18n import DRAFT_LANGUAGES, N_, ngettext
from outreach_app.i18n import gettext as _
from outreach_app.i18n import language as language_in_use
from ui.context import Context
from ui.models.codes import Words
from ui.page import Page
from ui.tokens import SPACE_3, SPACE_4, SPACE_5
from ui.widgets.buttons import button
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.code_box import CodeBox
from ui.widgets.labelled_field import LabelledField
from ui.widgets.text import page_title, section_heading, words

LANGUAGES = (("da", "Dansk"), ("en", "English"))
DRAFT_TEXTS = N_("The texts in this language are a draft: nobody has checked them yet.")
LOOKS = (("system", N_("As the system")), ("light", N_("Light")), ("dark", N_("Dark")))
COVERS = (("health", N_("Supplies")), ("plain", N_("Empty page")))
TIMES = {"dim_after": (15, 30, 60, 90, 120), "cover_after": (30, 60, 120, 180, 300),
         "lock_after": (60, 120, 300, 600, 900)}  # fmt: skip
TIME_WIDTH = 200  # pixels
TIME_NAMES = {"dim_after": N_("Dim after"), "cover_after": N_("Cover after"), "lock_after": N_("Lock after")}


class SettingsPage(Page):
    """Each change is told to the window at once; there is no save button to forget."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        inner = QWidget()
        inner.setProperty("kind", "plain")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(SPACE_5, SPACE_4, SPACE_5, SPACE_4)
        self._column.setSpacing(SPACE_4)
        self._column.addWidget(page_title(self.title()))
        self._column.addWidget(self._look_card())
        self._column.addWidget(self._lock_card())
        self._column.addWidget(self._places_card())
        self._column.addWidget(self._limits_card())
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def title(self) -> str:
        return _("Settings")

    def _change(self, name: str, value: object) -> None:
        settings = self._context.program.settings.changed(**{name: value})
        self._context.navigation.settings_changed.emit(settings)

    def _look_card(self) -> QFrame:
        settings = self._context.program.settings
        self.language = _choice(LANGUAGES, settings.language or language_in_use(), self._changes("language"))
        self.look = _choice(
            tuple((code, _(label)) for code, label in LOOKS), settings.theme, self._changes("theme")
        )
        return _card(
            _("Window"), _(DRAFT_TEXTS) if language_in_use() in DRAFT_LANGUAGES else "",
            LabelledField(_("Language of the window"), self.language),
            LabelledField(_("Look"), self.look),
        )

    def _lock_card(self) -> QFrame:
        settings = self._context.program.settings
        usual = settings.times_at()
        self.times = {name: _time_choice(times, getattr(usual, name), name) for name, times in TIMES.items()}
        for name, box in self.times.items():
            box.activated.connect(lambda at, name=name, box=box: self._change(name, box.itemData(at)))
        self.cover = _choice(tuple((code, _(label)) for code, label in COVERS), settings.cover, self._changes("cover"))
        return _card(
            _("When nobody types"),
            _("What is half written is kept each time. Ctrl+L locks at once, F12 covers at once."),
            *(LabelledField(_(TIME_NAMES[name]), box) for name, box in self.times.items()),
            LabelledField(_("The cover shows"), self.cover),
        )

    def _places_card(self) -> QFrame:
        """Other times in one kind of place: on the street the cover may come sooner than in the meeting place."""
        self.setting = CodeBox(Words(self._context.program.code_lists).choices("settings"))
        self.setting.setFixedWidth(TIME_WIDTH)
        self.setting.chosen.connect(lambda _code: self._show_place_times())
        self.place_times = {name: _time_box() for name in TIMES}
        for name, box in self.place_times.items():
            box.activated.connect(lambda at, name=name, box=box: self._change_place_time(name, box.itemData(at)))
        self._show_place_times()
        return _card(
            _("In some places other times"),
            _("They hold from the moment you choose the place in a note, or on Today."),
            LabelledField(_("Kind of place"), self.setting),
            *(LabelledField(_(TIME_NAMES[name]), box) for name, box in self.place_times.items()),
        )

    def _show_place_times(self) -> None:
        code = self.setting.value()
        rows = {each.setting: each for each in self._context.program.settings.times_by_setting}
        for name, box in self.place_times.items():
            value = getattr(rows[code], name) if code in rows else None
            box.clear()
            box.addItem(_("as everywhere"), None)
            _offer_times(box, TIMES[name], value, name)
            box.setCurrentIndex(max(0, box.findData(value)))
            box.setEnabled(bool(code))

    def _change_place_time(self, name: str, seconds: int | None) -> None:
        settings = self._context.program.settings.with_time_at(self.setting.value(), name, seconds)
        self._context.navigation.settings_changed.emit(settings)

    def _limits_card(self) -> QFrame:
        self.limits = button(_("Show the list"))
        self.limits.clicked.connect(lambda: self._context.go_to("laptop", {"view": "protection"}))
        return _card(_("What is not protected"), _("Some things no program can prevent. Know them."), self.limits)

    def _changes(self, name: str) -> Callable[[str], None]:
        return lambda code: self._change(name, code)


def _choice(options: tuple[tuple[str, str], ...], value: str, on_change: Callable[[str], None]) -> ChoiceRow:
    row = ChoiceRow(options, may_be_empty=False)
    row.set_value(value)
    row.changed.connect(on_change)
    return row


def _time_choice(times: tuple[int, ...], value: int, name: str) -> QComboBox:
    box = _time_box()
    _offer_times(box, times, value, name)
    box.setCurrentIndex(box.findData(value))
    return box


def _time_box() -> QComboBox:
    box = QComboBox()
    box.setFixedWidth(TIME_WIDTH)
    return box


def _offer_times(box: QComboBox, times: tuple[int, ...], value: int | None, name: str) -> None:
    for seconds in sorted({*times, value or 0} - {0}):
        box.addItem(time_words(seconds), seconds)
    if name == "dim_after":  # cover and lock always come some time
        box.addItem(_("never"), 0)


def time_words(seconds: int) -> str:
    """Return for example "90 seconds" or "2 minutes"."""
    if seconds % 60:
        return ngettext("{count} second", "{count} seconds", seconds).format(count=seconds)
    minutes = seconds // 60
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)


def _card(heading: str, sentence: str, *fields: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("kind", "card")
    card.setMaximumWidth(720)
    column = QVBoxLayout(card)
    column.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
    column.setSpacing(SPACE_3)
    column.addWidget(section_heading(heading))
    if sentence:
        column.addWidget(words(sentence, tone="muted"))
    for field in fields:
        column.addWidget(field)
    return card
