"""Publishing: what laptops take as content and keys, the sealing key, and the next publication with two signatures."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from outreach_app.centre.desk.custodian_keys import open_key_file
from outreach_app.centre.desk.key_rotation import Rotation, rotate_sealing_key, rotation
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.publishing import finish, prepare, refresh_timestamp, return_to, sign
from outreach_app.centre.desk.publishing_roads import hand_out
from outreach_app.centre.desk.publishing_state import Draft, Publication, Publishing, show
from outreach_app.centre.desk.publishing_words import change_lines, signature_words
from outreach_app.errors import KnownError
from outreach_app.i18n import gettext as _
from outreach_app.i18n import ngettext
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.sync.packs.sources import files_in, shipped_files
from ui.desk.context import DeskContext
from ui.desk.desk_page import CardsPage
from ui.desk.publishing_rows import dates_here, history_rows, key_words
from ui.desk.sealing_key_card import SealingKeyCard
from ui.desk.signing_card import SigningCard
from ui.file_choosing import choose_folder
from ui.models.files import read_small_file
from ui.passphrases import vault_passphrases
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.list_card import ListCard

T = TypeVar("T")


class PublishingRead(NamedTuple):
    """What the page shows."""

    publishing: Publishing
    rotation: Rotation


class Published(NamedTuple):
    """What was published, how many files the mailbox on this machine was given, and what stopped that if anything."""

    publication: Publication
    given: int
    problem: KnownError | None


class PublishingPage(CardsPage):
    """What was there before holds until the last step."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__(_("Publishing"))
        self._context = context
        self._draft: Draft | None = None
        self._wants_keyboard = False
        self.trust = Card(_("Nobody can publish yet"))
        self.make_custodians = button(_("Custodians"), icon="key")
        self.trust.add_row(self.make_custodians)
        self.trust.say(_("Two of three custodians sign what is published. Make their keys first, or replace old ones."))
        self.next = SigningCard()
        self.history = ListCard(_("Published"), _("Nothing was published yet."))
        self.roads = Card(_("Hand it out"))
        self.to_mailbox = button(_("To the mailbox on this machine"), icon="network")
        self.to_stick = button(_("To a stick …"), icon="stick")
        self.roads.add_row(self.to_mailbox, self.to_stick)
        self.key = SealingKeyCard()
        for card in (self.trust, self.next, self.roads, self.history, self.key):
            self.add(card)
        self._connect()

    def reread(self) -> None:
        self._context.ask(lambda desk: PublishingRead(show(desk), rotation(desk)), self._show, owner=self)

    def focus_first(self) -> None:
        self._wants_keyboard = True
        self._context.tasks.run_free(vault_passphrases, self.next.custodian.know, owner=self)

    def prepare_from(self, folder: Path) -> None:
        """Prepare the files of a folder."""
        self._prepare(lambda desk: prepare(desk, files_in(folder)))

    def hand_to_stick(self, stick: Path) -> None:
        """Write everything a laptop may ask for onto a stick."""
        self._hand_out(lambda desk: hand_out(desk, StickFolder(stick)))

    def _connect(self) -> None:
        self.make_custodians.clicked.connect(lambda: self._context.go_to("custodians"))
        self.next.folder_wanted.connect(self._choose_folder)
        self.next.shipped_wanted.connect(lambda: self._prepare(lambda desk: prepare(desk, shipped_files())))
        self.next.keys_wanted.connect(lambda: self._prepare(prepare))
        self.next.sign_wanted.connect(self._sign)
        self.next.publish_wanted.connect(self._publish)
        self.to_mailbox.clicked.connect(self._hand_to_mailbox)
        self.to_stick.clicked.connect(self._choose_stick)
        self.key.wanted.connect(self._rotate)
        self.key.asked.connect(lambda: self.bring(self.key.ask))

    def _choose_folder(self) -> None:
        folder = choose_folder(self, _("Folder of content files"))
        if folder is not None:
            self.prepare_from(folder)

    def _choose_stick(self) -> None:
        stick = choose_folder(self, _("The stick for laptops"))
        if stick is not None:
            self.hand_to_stick(stick)

    def _prepare(self, work: Callable[[Desk], Draft]) -> None:
        self._work(_("Preparing"), work, lambda _draft: self._signing_goes_on())

    def _signing_goes_on(self) -> None:
        self.next.custodian.forget()
        self._wants_keyboard = True

    def _sign(self) -> None:
        key_file, draft = self.next.custodian.key_file, self._draft
        if key_file is None or draft is None or not self.next.custodian.ready():
            return
        passphrase, number = self.next.custodian.passphrase(), draft.number

        def work(desk: Desk) -> Draft:
            return sign(desk, open_key_file(read_small_file(key_file), passphrase), number=number)

        self._work(_("Opening the custodian's key"), work, lambda _draft: self._signing_goes_on(), self._refused)

    def _refused(self, error: Exception) -> None:
        custodian = self.next.custodian
        self.next.end_busy()
        custodian.refuse(self._context.messages.sentence(error))
        self.bring(custodian.field)

    def _publish(self) -> None:
        give = self._give_to_mailbox()

        def work(desk: Desk) -> Published:
            publication = finish(desk)
            try:
                refresh_timestamp(desk)
                return Published(publication, give(desk), None)
            except KnownError as error:  # it is published all the same
                return Published(publication, 0, error)

        self._work(_("Publishing"), work, self._published)

    def _published(self, published: Published) -> None:
        if published.problem is not None:
            self.next.tell(self._context.messages.sentence(published.problem))
            self._context.messages.say(_("Signed and kept. Hand it out now."), tone="notice")
        else:
            said = ngettext(
                "Number {number} is published: {count} file was handed to the mailbox on this machine. "
                "Laptops without a network get it by stick.",
                "Number {number} is published: {count} files were handed to the mailbox on this machine. "
                "Laptops without a network get it by stick.",
                published.given,
            )
            self._context.messages.say(said.format(number=published.publication.number, count=published.given))
        (self.to_stick if published.problem is None else self.to_mailbox).setFocus()

    def _return_to(self, number: int) -> None:
        self._prepare(lambda desk: return_to(desk, number))

    def _rotate(self) -> None:
        said = _("A new sealing key was made. Prepare the keys, let two custodians sign, and publish.")
        self._work(
            _("Making a key"), lambda desk: str(rotate_sealing_key(desk).to_text()),
            lambda _key: self._rotated(said),
        )  # fmt: skip

    def _rotated(self, said: str) -> None:
        self._context.messages.say(said)
        self.next.offer_keys()

    def _hand_to_mailbox(self) -> None:
        self._hand_out(self._give_to_mailbox())

    def _give_to_mailbox(self) -> Callable[[Desk], int]:
        folder = self._context.home.folder

        def give(desk: Desk) -> int:
            halves = importlib.import_module("outreach_app.centre.halves")  # brings the mailbox's database along
            with halves.own_mailbox(folder, desk) as mailbox:
                return hand_out(desk, mailbox, mailbox=halves.OWN_MAILBOX)

        return give

    def _hand_out(self, work: Callable[[Desk], int]) -> None:
        self._work(_("Handing out"), work, self._handed_out)

    def _handed_out(self, count: int) -> None:
        said = ngettext("{count} file was handed over.", "{count} files were handed over.", count).format(count=count)
        self._context.messages.say(said if count else _("It has everything already."))

    def _work(
        self, sentence: str, work: Callable[[Desk], T], done: Callable[[T], object],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:  # fmt: skip
        self.next.begin_busy(sentence)

        def succeeded(result: T) -> None:
            self.next.end_busy()
            done(result)

        self._context.change(work, succeeded, failed or self._told, owner=self)

    def _told(self, error: Exception) -> None:
        self.next.end_busy()
        self.next.tell(self._context.messages.sentence(error))

    def _show(self, read: PublishingRead) -> None:
        state, dates = read.publishing, dates_here(self._context.home.clock.local_now())
        self._draft = state.draft
        can = state.root > 0
        self.trust.setVisible(not can)
        self.next.setVisible(can)
        self.roads.setVisible(bool(state.history))
        lines = () if state.draft is None else tuple(change_lines(state.draft, dates, is_first=not state.history))
        signatures = "" if state.draft is None else signature_words(state.draft)
        files = () if state.draft is None else state.draft.files
        signed = state.draft is not None and bool(state.draft.signed_by)
        complete = state.draft is not None and state.draft.complete
        self.next.show_draft(lines, signatures, complete=complete, files=files, signed=signed)
        self.history.show_rows(history_rows(state.history, dates, self._return_to))
        fresh = _(
            "Every mailbox gets it when the desk takes in from it. "
            "Laptops call it out of date after {day}, unless the desk takes in or hands out before."
        )
        self.roads.say("" if state.fresh_until is None else fresh.format(day=dates.day(state.fresh_until)))
        self.key.say(key_words(read.rotation, dates))
        self.key.allow(allowed=not read.rotation.waits)
        if self._wants_keyboard:
            self._wants_keyboard = False
            self.next.focus_first() if can else self.make_custodians.setFocus()
            if can and not signed:
                self.read_from(self.next)
