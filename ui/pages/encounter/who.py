"""The left column of the encounter page: where, when, who, which languages, which help, which leaflets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from outreach_app.i18n import gettext as _
from ui.dialogs.alike_hint import AlikeHint
from ui.models.codes import language_choices, language_name
from ui.models.dates import hour_in_words, recent_days
from ui.models.encounter_form import (
    KNOWN_CONTACT,
    NEW_CONTACT,
    NO_CONTACT,
    ONLINE,
    PROVISIONAL_CONTACT,
    EncounterForm,
    with_content,
)
from ui.models.finding import choices_of, find_choices
from ui.models.hours import read_hour
from ui.pages.encounter.book import NEW_PLACE, Book, find_places
from ui.pages.encounter.leaflets_given import LeafletsGiven
from ui.widgets.chip_row import ChipRow
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.code_box import CodeBox
from ui.widgets.form_grid import FormGrid
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.text import section_heading
from ui.widgets.toggle_row import ToggleRow
from ui.widgets.type_ahead import Choice, TypeAhead

Edit = Callable[[EncounterForm], EncounterForm]


class WhoColumn(ScrollColumn):
    """Emits each change as a function of the form; shows what it is given without emitting."""

    edited = Signal(object)  # Edit
    new_place_wanted = Signal(str, str)  # code, setting

    def __init__(self, book: Book, hint: AlikeHint, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self.hint = book, hint
        self._met_at: datetime = book.local_now()
        self._make_fields()
        self._lay_out()
        self._connect()

    def show_form(self, form: EncounterForm) -> None:
        """Show the form."""
        content = form.content
        place = self._book.place(content.place_id)
        self.place.setText(place.code if place else "")
        self.setting.set_value(content.setting)
        self.channel.set_value(content.channel)
        self._grid.show_row(self.channel, shown=content.setting == ONLINE)
        self._met_at = content.met_at
        self.hour.setText(hour_in_words(content.met_at))
        self.day.set_options(recent_days(self._book.today(), content.met_at.date()))
        self.day.set_value(content.met_at.date().isoformat())
        self.contact_way.set_value(form.contact_way)
        self._show_contact(form)
        self.age_band.set_value(content.age_band)
        self.languages.set_all((tag, language_name(tag)) for tag in content.languages)
        self.help_given.set_values(content.help_given)
        self.leaflets.prefer(content.languages)
        self.leaflets.show_given(content.leaflets)

    def _make_fields(self) -> None:
        words = self._book.words
        self.place = TypeAhead(self._find_places, placeholder=_("code of the place"), keep_text=True)
        self.setting = CodeBox(words.choices("settings"))
        self.channel = CodeBox([("", _("Not noted")), *words.choices("online_channels")])
        self.hour = QLineEdit()
        self.hour.setMaximumWidth(76)
        self.day = CodeBox(recent_days(self._book.today()))
        self.contact_way = ChoiceRow(
            [
                (NO_CONTACT, _("Not noted")),
                (NEW_CONTACT, _("New")),
                (PROVISIONAL_CONTACT, _("Provisional")),
                (KNOWN_CONTACT, _("Known")),
            ],
            may_be_empty=False,
        )
        self.contact = TypeAhead(self._find_contacts, keep_text=True)
        self.age_band = ChoiceRow(words.choices("age_bands"))
        self.language = TypeAhead(_find_languages, placeholder=_("type a language"), least_letters=1)
        self.languages = ChipRow(_("Take this language away"))
        self.help_given = ToggleRow(words.choices("help_kinds"), first=5, more_words=_("more …"))
        self.leaflets = LeafletsGiven(self._book)
        names = (
            "place", "setting", "channel", "hour", "day", "contact_way",
            "contact", "age_band", "language", "help_given",
        )  # fmt: skip
        for name in names:
            getattr(self, name).setObjectName(f"encounter.{name}")
        self.leaflets.entry.setObjectName("encounter.leaflets")

    def _lay_out(self) -> None:
        self.add(section_heading(_("Who and where")))
        grid = FormGrid(name_width=84)
        grid.add(_("&Place"), self.place)
        grid.add(_("Setting"), self.setting)
        grid.add(_("Channel"), self.channel)
        when = QWidget()
        row = QHBoxLayout(when)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.hour)
        row.addWidget(self.day, 1)
        self.hour.setAccessibleName(_("Hour"))
        grid.add(_("When"), when)
        grid.add(_("&Contact"), self.contact_way)
        self._grid = grid
        grid.add(_("Short name"), self.contact)
        grid.add_wide(self.hint)
        grid.add(_("Age, about"), self.age_band)
        grid.add(_("Languages"), self.language)
        grid.add_wide(self.languages)
        grid.add(_("&Help given"), self.help_given)
        grid.add(_("L&eaflets given"), self.leaflets)
        self.add(grid)

    def _connect(self) -> None:
        self.place.picked.connect(self._place_picked)
        self.place.textEdited.connect(self._place_typed)
        self.setting.chosen.connect(self._setting_chosen)
        self.channel.chosen.connect(lambda code: self._content(channel=code))
        self.hour.textEdited.connect(self._hour_typed)
        self.hour.editingFinished.connect(lambda: self.hour.setText(hour_in_words(self._met_at)))
        self.day.chosen.connect(self._day_chosen)
        self.contact_way.changed.connect(self._way_chosen)
        self.contact.picked.connect(self._contact_picked)
        self.contact.textEdited.connect(self._contact_typed)
        self.hint.follow(self.contact)
        self.hint.same.connect(lambda contact_id, name: self._it_is_she(Choice(contact_id, name)))
        self.age_band.changed.connect(lambda code: self._content(age_band=code))
        self.language.picked.connect(lambda choice: self.languages.add(choice.key, choice.label))
        self.languages.changed.connect(lambda tags: self._content(languages=tuple(tags)))
        self.languages.changed.connect(self.leaflets.prefer)
        self.help_given.changed.connect(lambda codes: self._content(help_given=tuple(codes)))
        self.leaflets.changed.connect(lambda given: self._content(leaflets=given))

    def _content(self, **changes: object) -> None:
        self.edited.emit(lambda form: with_content(form, **changes))

    def _form(self, **changes: object) -> None:
        self.edited.emit(lambda form: replace(form, **changes))

    def _place_picked(self, choice: Choice) -> None:
        if choice.key == NEW_PLACE:
            self.place.setText(str(choice.value))
            self.new_place_wanted.emit(str(choice.value), self.setting.value())
        else:
            self._take_place(choice.key)

    def _setting_chosen(self, code: str) -> None:
        self._grid.show_row(self.channel, shown=code == ONLINE)
        self._content(setting=code)

    def _take_place(self, place_id: str) -> None:
        place = self._book.place(place_id)
        if place is not None:
            self.setting.set_value(place.setting)
            self._grid.show_row(self.channel, shown=place.setting == ONLINE)
            self._content(place_id=place.id, setting=place.setting, region=place.region)

    def _place_typed(self, text: str) -> None:
        if not text.strip():
            self._content(place_id=None, region="unknown")

    def _hour_typed(self, text: str) -> None:
        hour = read_hour(text)
        if hour is not None:
            self._moved(datetime.combine(self._met_at.date(), hour))

    def _day_chosen(self, day: str) -> None:
        self._moved(datetime.combine(date.fromisoformat(day), self._met_at.time()))

    def _moved(self, wall: datetime) -> None:
        """Take another day or hour; its offset is that of then, not of now."""
        self._met_at = self._book.local_at(wall)
        self._content(met_at=self._met_at)

    def _way_chosen(self, way: str) -> None:
        def edit(form: EncounterForm) -> EncounterForm:
            kept = replace(form, contact_way=way, contact_name="" if way == NO_CONTACT else form.contact_name)
            return with_content(kept, contact_id=None) if way != KNOWN_CONTACT else kept

        self.edited.emit(edit)
        self._show_way(way)
        if way != NO_CONTACT:
            self.contact.setFocus()

    def _contact_picked(self, choice: Choice) -> None:
        self.edited.emit(
            lambda form: with_content(
                replace(form, contact_way=KNOWN_CONTACT, contact_name=choice.label), contact_id=choice.key
            )
        )
        self.contact_way.set_value(KNOWN_CONTACT)
        self._show_way(KNOWN_CONTACT)

    def _contact_typed(self, text: str) -> None:
        self._form(contact_name=text)
        self.hint.look("" if self.contact.offered() else text)  # what is offered below the line needs no hint

    def _it_is_she(self, choice: Choice) -> None:
        self.contact.setText(choice.label)
        self._contact_picked(choice)
        self.hint.clear()
        self.contact.setFocus()

    def _show_contact(self, form: EncounterForm) -> None:
        known = self._book.contact_name(form.content.contact_id)
        self.contact.setText(known if form.contact_way == KNOWN_CONTACT and known else form.contact_name)
        self._show_way(form.contact_way)

    def _show_way(self, way: str) -> None:
        self.hint.look("")
        self._grid.show_row(self.contact, shown=way != NO_CONTACT)
        self.contact.setPlaceholderText(
            _("type to find her") if way == KNOWN_CONTACT else _("a name you make up, like “red jacket”")
        )

    def _find_places(self, typed: str) -> tuple[Choice, ...]:
        return find_places(self._book, typed)

    def _find_contacts(self, typed: str) -> tuple[Choice, ...]:
        if self.contact_way.value() != KNOWN_CONTACT:
            return ()
        return find_choices((Choice(each.id, each.short_name) for each in self._book.contacts), typed)


def _find_languages(typed: str) -> tuple[Choice, ...]:
    return find_choices(choices_of(language_choices()), typed)
