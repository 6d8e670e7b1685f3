"""The encounter page: asks where, holds the form, keeps the draft, finishes or amends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout

from outreach_app.domain.changes import Changes
from outreach_app.domain.place import Place
from outreach_app.i18n import gettext as _
from outreach_app.services.errors import NoteChangedMeanwhileError
from ui.context import Context
from ui.dialogs.alike_hint import AlikeHint
from ui.models.codes import Words
from ui.models.dates import hour_in_words
from ui.models.encounter_form import (
    EncounterForm,
    about_contact,
    at_place,
    empty_form,
    form_of_draft,
    in_setting,
    is_untouched,
    with_content,
)
from ui.models.finishing import form_of_written
from ui.models.signs import Signs, fitting_profile
from ui.page import FocusPlace, Page
from ui.pages.encounter.book import Book
from ui.pages.encounter.counting import Counting
from ui.pages.encounter.draft_keeper import DraftKeeper
from ui.pages.encounter.ending import Ending
from ui.pages.encounter.focus import focus_field, focus_place_in
from ui.pages.encounter.form_view import FormView
from ui.pages.encounter.opening import Opened, leaflets_and_numbers, open_page
from ui.pages.encounter.place_step import PlaceStep
from ui.pages.encounter.sign_row import SignRow
from ui.tokens import SPACE_3, SPACE_4
from ui.widgets.text import page_title
from ui.widgets.type_ahead import TypeAhead

if TYPE_CHECKING:
    from outreach_app.services.notes import Note

Edit = Callable[[EncounterForm], EncounterForm]


class EncounterPage(Page):
    """``shown`` takes ``draft_id``, ``amend`` (a note's id), ``place_id``, ``contact_id``, ``count`` or ``police``."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        program = context.program
        self._book = Book(
            Words(program.code_lists), Signs(program.catalogues), program.clock.local_now, program.clock.local_at,
            lambda: program.clock.local_now().date(), tell_setting=context.navigation.setting_known.emit,
        )  # fmt: skip
        self._start = self._form = empty_form(program.clock.local_now())
        self._open = False
        self._restore: FocusPlace | None = None
        self._asked_draft = ""
        self.drafts = DraftKeeper(context, self._worth_keeping, self._where, self)
        self.place_step, self.counting = PlaceStep(self._book), Counting(context, self._book, self)
        self.form_view = FormView(self._book, AlikeHint(context))
        self.ending = Ending(context, self.drafts, self)
        self._heading = page_title(self.title())
        self._lay_out()
        self._connect()
        context.tasks.run_free(lambda: leaflets_and_numbers(context.program.clock), self._read_leaflets, owner=self)

    def title(self) -> str:
        return _("Encounter")

    def form(self) -> EncounterForm:
        """Return what is written."""
        return self._form

    def shown(self, place: Mapping[str, str]) -> None:
        if self._open and not place:
            return
        self.keep_draft_now()
        self._open = False
        draft_id = self._asked_draft = place.get("draft_id", "")
        self._context.ask(
            lambda session: open_page(session, draft_id, place.get("amend", "")),
            lambda opened: self._opened(opened, place), owner=self,
        )  # fmt: skip

    def refresh(self, changes: Changes) -> None:
        if changes.places or changes.contacts:
            self._context.ask(lambda session: open_page(session, "", ""), self._fill_book, owner=self)

    def focus_place(self) -> FocusPlace | None:
        return self._where() if self._open and self._stack.currentWidget() is self.form_view else None

    def restore_place(self, place: FocusPlace, draft_id: str = "") -> None:
        self._restore = place
        if draft_id and draft_id != self._asked_draft:
            self.shown({"draft_id": draft_id})
        elif self._open:
            self._go_to_field()

    def keep_draft_now(self) -> None:
        self.drafts.keep_now()

    def go_back(self) -> bool:
        focused = QApplication.focusWidget()
        if isinstance(focused, TypeAhead) and focused.offered():
            focused.close_list()
        elif isinstance(focused, SignRow):
            focused.left.emit()
        elif self.counting.holds(self._stack.currentWidget()):
            self._begin_place()
        else:
            self.keep_draft_now()
            if self._stack.currentWidget() is not self.form_view or self._worth_keeping() is None:
                self._open = False
            self._context.go_to("today")
        return True

    # -- opening ------------------------------------------------------------------------------------------------

    def _opened(self, opened: Opened, place: Mapping[str, str]) -> None:
        self._fill_book(opened)
        self._open = True
        self._start = empty_form(self._book.local_now())
        if opened.draft is not None:
            self._begin(form_of_draft(opened.draft.fields, self._start), opened.draft.id, cards=place.get("cards", ""))
            if opened.note is not None:
                self._show_meanwhile(opened.note)
        elif opened.note is not None:
            self._start = form_of_written(opened.note)
            self._begin(self._start)
        elif "count" in place:
            self._count()
        elif "police" in place:
            self._police()
        else:
            contact_id = place.get("contact_id", "")
            self._begin(about_contact(self._start, contact_id, self._book.contact_name(contact_id)), shown=False)
            self._begin_place(place.get("place_id", ""))

    def _begin(self, form: EncounterForm, draft_id: str = "", *, cards: str = "", shown: bool = True) -> None:
        self._form = form
        self.drafts.begin(draft_id)
        self.form_view.kept.clear()
        self.form_view.meanwhile.hide()
        self._heading.setText(_("Amend a note") if form.note_id else _("New encounter"))
        if shown:
            self._show_form()
        self.form_view.cards.begin(cards, form)

    def _begin_place(self, place_id: str = "") -> None:
        known = self._book.place(place_id)
        self._stack.setCurrentWidget(self.place_step)
        self.place_step.begin()
        if known is not None:
            self.place_step.offer(known)

    def _show_form(self) -> None:
        self.form_view.show_form(self._form)
        self._stack.setCurrentWidget(self.form_view)
        if self._restore is not None:
            self._go_to_field()
        else:
            self.form_view.who.contact_way.setFocus()

    def _fill_book(self, opened: Opened) -> None:
        self._book.places, self._book.contacts, self._book.role = opened.places, opened.contacts, opened.role

    def _read_leaflets(self, found: tuple[object, ...]) -> None:
        self._book.leaflets, self._book.help_numbers = found  # type: ignore[assignment]  # the pair of opening.py

    # -- writing ------------------------------------------------------------------------------------------------

    def _edited(self, edit: Edit) -> None:
        before = self._form
        changed = edit(before)
        if changed == before:
            return
        if fitting_profile(changed.content) != fitting_profile(before.content):
            changed = self._with_profile(changed, fitting_profile(changed.content))
        self._form = changed
        self.drafts.touch()
        self.form_view.show_result(changed)

    def _with_profile(self, form: EncounterForm, profile: str) -> EncounterForm:
        answers = self._book.signs.carried(form.content.answers, profile)  # type: ignore[arg-type]  # codes of the box
        said = self._book.signs.carried(form.content.sign_words, profile)  # type: ignore[arg-type]  # as above
        changed = with_content(form, profile=profile, answers=answers, sign_words=said)
        self.form_view.seen.signs.show_content(changed.content)
        return changed

    def _place_chosen(self, chosen: object) -> None:
        placed = at_place(self._form, chosen) if isinstance(chosen, Place) else in_setting(self._form, str(chosen))
        self._form = with_content(placed, profile=fitting_profile(placed.content))
        self._show_form()

    def _new_place(self, code: str, setting: str = "") -> None:
        wanted = setting or self._form.content.setting
        self._context.change(
            lambda session: session.places.record_place(code, wanted), self._place_made, owner=self
        )

    def _place_made(self, place: Place) -> None:
        self._book.places = (place, *self._book.places)
        self._context.changes_hub.changed.emit(Changes(places=True))
        if self._stack.currentWidget() is self.form_view:
            self._edited(lambda form: with_content(form, place_id=place.id, region=place.region))
            self.form_view.who.show_form(self._form)
        else:
            self._place_chosen(place)

    # -- keeping and finishing ------------------------------------------------------------------------------------

    def _worth_keeping(self) -> EncounterForm | None:
        untouched = not self._open or is_untouched(self._form, self._start)
        return None if untouched else self._form

    def _where(self) -> FocusPlace:
        return focus_place_in(self)

    def _go_to_field(self) -> None:
        place, self._restore = self._restore, None
        focus_field(self.form_view, place)

    def _finish(self) -> None:
        if not self.form_view.who.leaflets.settled():
            return
        self.form_view.finish.setEnabled(False)
        self.ending.finish(self._form, self._book.signs.finished_content(self._form), self._book.help_numbers)

    def _ended(self) -> None:
        self.form_view.finish.setEnabled(True)
        self._open = False

    def _refused(self, error: Exception) -> None:
        self.form_view.finish.setEnabled(True)
        if isinstance(error, NoteChangedMeanwhileError):
            note_id = self._form.note_id
            self._context.ask(
                lambda session: session.encounters.find_encounter(note_id), self._show_meanwhile, owner=self
            )

    def _show_meanwhile(self, note: Note) -> None:
        """Show what another wrote; from now on it is known, and finishing supersedes it."""
        self.form_view.meanwhile.show_note(note, self._form.from_version)
        self._edited(lambda form: replace(form, from_version=note.current.version))

    def _count(self) -> None:
        self._heading.setText(_("Only count"))
        self._stack.setCurrentWidget(self.counting.count_step)
        self.counting.count_step.begin(self._form.content.setting)

    def _police(self) -> None:
        self._heading.setText(_("Police action"))
        self._stack.setCurrentWidget(self.counting.police_step)
        self.counting.begin_police()

    def _counted(self) -> None:
        self._open = False

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for part in (self.place_step, self.form_view, *self.counting.steps()):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        column.addWidget(self._heading)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        view = self.form_view
        view.edited.connect(self._edited)
        view.seen.refused.connect(self._context.messages.tell_error)
        view.profile_chosen.connect(lambda code: self._edited(lambda form: self._with_profile(form, code)))
        view.adds_up.pathway_wanted.connect(lambda place: self._context.go_to("contacts", place))
        view.who.new_place_wanted.connect(self._new_place)
        view.reason.textEdited.connect(lambda text: self._edited(lambda form: replace(form, reason=text)))
        view.finish.clicked.connect(self._finish)
        view.discard.clicked.connect(lambda: self.ending.discard(self._form))
        self.ending.ended.connect(self._ended)
        self.ending.refused.connect(self._refused)
        view.count.clicked.connect(self._count)
        view.cards.asked.connect(self._context.navigation.cards_requested)
        self.place_step.chosen.connect(self._place_chosen)
        self.place_step.new_place_wanted.connect(self._new_place)
        self.place_step.count_wanted.connect(self._count)
        self.place_step.police_wanted.connect(self._police)
        self.counting.over.connect(self._counted)
        self.counting.left.connect(self._begin_place)
        self.drafts.kept.connect(self._tell_kept)

    def _tell_kept(self) -> None:
        self.form_view.kept.setText(_("draft kept {hour}").format(hour=hour_in_words(self._book.local_now())))
