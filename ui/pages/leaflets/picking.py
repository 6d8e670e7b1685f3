"""What is picked at present, how it will look, and what has to be known before it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from outreach_app.content import generation
from outreach_app.i18n import gettext as _
from outreach_app.leaflets.requests import LeafletRequest
from ui.context import Context
from ui.models.leaflets import Offer, Standing, read_offer, read_standings
from ui.models.leaflets_batch import papers_of
from ui.models.leaflets_making import MadeLeaflet
from ui.models.leaflets_words import most_words, papers_words, why_absent
from ui.pages.leaflets.board import Board
from ui.pages.leaflets.previewing import Previewing

FIRST_LANGUAGE = "en"
FIRST_SHEET = "where_to_get_help"
FEW = 2  # leaflets on one paper; more of them are cards


class Picking(QObject):
    """Keeps board and preview in step; ``made`` is the leaflet shown, None while it is being made or cannot be."""

    ready = Signal()  # there is an offer to pick from
    changed = Signal()  # what is picked, or whether it is made

    def __init__(self, context: Context, board: Board, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._board = board
        self._standings: Mapping[tuple[str, str], Standing] = {}
        self._warm = False
        self._generation = 0  # of the texts that were offered
        self.made: MadeLeaflet | None = None
        self.previewing = Previewing(context, self)
        self.previewing.made.connect(self._show_made)
        self.previewing.failed.connect(self._failed)
        board.languages.chosen.connect(self._language_chosen)
        board.card.choices.changed.connect(self._picked)
        board.card.copies.valueChanged.connect(lambda _count: self._say_papers())

    def begin(self) -> None:
        """Read what there is, once; pages come first, translations of other sheets later."""
        if self._board.offer is None:
            self._generation = generation()
            self._context.tasks.run_free(read_offer, self._show_offer, owner=self)

    def renew(self) -> None:
        """Offer anew where other texts have come into use; what was picked stays, where it is still there."""
        if self._board.offer is not None and self._generation != generation():
            self._generation = generation()
            self._context.tasks.run_free(read_offer, self._show_renewed, owner=self)

    def wanted(self) -> LeafletRequest:
        """Return what is chosen."""
        return self._board.card.choices.wanted(self._board.languages.value())

    def pick(self, wanted: LeafletRequest) -> None:
        """Choose all of this."""
        self._board.card.choices.choose(wanted)
        if self._board.languages.value() == wanted.language:
            self._picked()
        else:
            self._board.languages.set_value(wanted.language)

    def standing(self, sheet: str, language: str) -> Standing | None:
        """Return how far a sheet is, None while nobody has looked."""
        return self._standings.get((sheet, language))

    def _show_offer(self, offer: Offer) -> None:
        self._board.show_offer(offer)
        self._show_standings()
        self._board.languages.set_value(FIRST_LANGUAGE)
        self.ready.emit()

    def _show_renewed(self, offer: Offer) -> None:
        wanted = self.wanted()
        self._standings, self.made = {}, None
        self._warm = False
        self._board.show_offer(offer)
        self.pick(wanted if offer.has(wanted) else replace(wanted, sheet=FIRST_SHEET))
        self.ready.emit()

    def _language_chosen(self, language: str) -> None:
        self._board.card.choices.show_language(language)
        self._picked()

    def _picked(self) -> None:
        wanted = self.wanted()
        standing = self.standing(wanted.sheet, wanted.language)
        self._show_standings()
        self._board.say_chosen(wanted)
        if self.made is not None and self.made.wanted == wanted:
            return
        self.made = None
        self.changed.emit()
        if standing is not None and standing.state == "absent":
            self.previewing.drop()
            self._show_nothing(why_absent(standing, self._language_name(wanted.language)))
        elif wanted.language:
            self.previewing.ask(wanted)

    def _show_made(self, made: MadeLeaflet) -> None:
        self.made = made
        self._board.show_paper(made.pdf)
        self._board.preview.setAccessibleName(_("Preview of the leaflet"))
        self._say_notices(made)
        self._say_papers()
        self.changed.emit()
        if not self._warm:
            self._warm = True
            self._context.tasks.run_free(self._read_standings, self._know, owner=self)

    def _read_standings(self) -> Mapping[tuple[str, str], Standing]:
        return read_standings(self._context.program.clock.local_now().date())

    def _know(self, standings: Mapping[tuple[str, str], Standing]) -> None:
        self._standings = standings
        self._show_standings()
        wanted = self.wanted()
        written = (key for key, standing in standings.items() if standing.state != "absent")
        languages = [language for sheet, language in written if sheet == wanted.sheet]
        self.previewing.warm_up(wanted.sheet, wanted.format, languages)

    def _failed(self, error: Exception) -> None:
        self.made = None
        self._show_nothing(self._context.messages.sentence(error))
        self.changed.emit()

    def _show_nothing(self, sentence: str) -> None:
        self._board.show_paper(b"", sentence)
        card = self._board.card
        for banner in (card.state, card.left_out):
            card.say(banner, "")
        card.papers.setText("")
        card.doubts.show_doubts(())

    def _show_standings(self) -> None:
        sheet = self._board.card.choices.sheet()
        of_sheet = {code: standing for (each, code), standing in self._standings.items() if each == sheet}
        self._board.languages.show_standings(of_sheet)

    def _say_notices(self, made: MadeLeaflet) -> None:
        draft = _("Draft: not checked by the centre yet. The print says so.")
        expired = _("This text has expired. Ask the centre for a newer one.")
        card = self._board.card
        card.say(card.state, {"draft": draft, "expired": expired}.get(made.state, ""))
        card.say(card.left_out, " ".join(made.faults))
        card.doubts.show_doubts(made.doubts)

    def _say_papers(self) -> None:
        card, made = self._board.card, self.made
        form = card.choices.form()
        if form is not None and made is not None and made.wanted == self.wanted():
            copies = card.copies.value()
            papers = papers_of(form, made.pages, copies, duplex=made.wanted.duplex)
            out = -(-copies // form.per_paper) * form.per_paper
            told = papers_words(copies, papers, cards=form.per_paper > FEW, come_out=out)
            card.papers.setText(f"{told} · {most_words(copies)}" if card.copies.cut_back else told)

    def _language_name(self, code: str) -> str:
        offer = self._board.offer
        return offer.languages[code].names[0] if offer and code in offer.languages else code
