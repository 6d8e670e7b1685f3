"""Erasing one contact, blanking words of a note, what the centre confirmed, and the end of the whole laptop."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event

from outreach_app.domain.changes import Changes
from outreach_app.domain.contact import Contact
from outreach_app.domain.erasing import REASONS, Confirmation, Departure, Mention
from outreach_app.domain.errors import UnknownCodeError
from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from outreach_app.records import contacts, encounters, leaving, notices
from outreach_app.records.encounters import EncounterRow
from outreach_app.records.errors import NotFoundError
from outreach_app.services.blanking import Blanking, BlankPreview
from outreach_app.services.errors import ConfirmationDiffersError
from outreach_app.services.giving_up import forgot_what_left, give_up_batches, tell_centre
from outreach_app.services.leaving import begin_leaving, finish_leaving
from outreach_app.services.mentions import holds_any, mentions_elsewhere, notes_with
from outreach_app.services.parts import Parts
from outreach_app.services.progress import Report, silent
from outreach_app.vault.erasing import begin_erasing, finish_erasing
from outreach_app.vault.passphrase_check import check_passphrase
from outreach_app.wire.batch_records import ErasureRecord

ERASE_LAPTOP_WORDS = N_("erase this laptop")
"""What has to be typed before a laptop is erased: as it stands here, or in the language of the interface."""

_ALL = Changes(
    encounters=True, contacts=True, places=True, drafts=True, follow_ups=True, sending=True, leaflets=True, backups=True
)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What erasing a contact would take away here, and what has left already.

    ``notes`` are whole notes, ``older_versions`` versions about her in notes that are now about somebody else.
    ``left`` cannot be taken back by this laptop: the centre is told to erase it, a referral's recipient is not.
    ``mentions`` are other people's notes in which a name of hers stands: blank it there if it means her. ``elsewhere``
    is where one stands in what is typed beside notes, in drafts, places and police actions.
    """

    contact_id: str
    short_name: str
    notes: int
    older_versions: int
    drafts: int
    has_identity: bool
    has_linkage: bool
    left: tuple[Departure, ...]
    mentions: tuple[EncounterRow, ...]
    elsewhere: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Erased:
    """The erasure's or blanking's random id, under which the centre confirms it, and what had left before."""

    id: str
    left: tuple[Departure, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Hers:
    """Everything of a person by its ids; ``members`` are her contact and those merged into it, the kept one first.

    ``known_as`` adds those the centre was told of who have left this laptop since.
    """

    members: tuple[str, ...]
    known_as: tuple[str, ...]
    notes: tuple[str, ...]
    older: tuple[tuple[str, int], ...]
    sealed: tuple[Departure, ...]

    @property
    def left(self) -> tuple[Departure, ...]:
        return tuple(one for one in self.sealed if one.left_at is not None)


def confirms_erasing(typed: str) -> bool:
    """Tell whether these words confirm that the laptop is to be erased; case and spaces do not matter."""
    return " ".join(typed.lower().split()) in {ERASE_LAPTOP_WORDS, _(ERASE_LAPTOP_WORDS)}


class Erasing:
    """The verbs of taking away for good."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def preview_erase(self, contact_id: str) -> Erasure:
        """Return what is here of a contact and what has left; nothing is changed.

        Raises:
            NotFoundError: no such contact.
        """
        with self._parts.vault.read() as db:
            contact = self._kept(contact_id)
            hers, names = self._hers(contact.id), self._all_names(contact.id)
            drafts = leaving.list_drafts_naming(db, {*hers.members, *hers.notes})
            return Erasure(
                contact.id, contact.short_name, len(hers.notes), len(hers.older), len(drafts), contact.has_identity,
                contacts.find_linkage(db, contact.id) is not None, hers.left, notes_with(db, names, contact.id),
                mentions_elsewhere(db, names, {*hers.members, *hers.notes, *drafts}),
            )  # fmt: skip

    def erase_contact(
        self, contact_id: str, reason: str, report: Report = silent, cancel: Event | None = None
    ) -> Erased:
        """Take away everything of a person: notes, casework, drafts, to-dos, identity, and the batches on their way.

        A contact that was merged is the person it was merged into; all of them go.

        Args:
            contact_id: whom.
            reason: one of ``domain.erasing.REASONS``; words about her would be the next thing to erase.
            report: told how far rebuilding and the fresh backup are.
            cancel: stops those two, not the erasure; ``Keeping.finish_leaving`` does them later.

        Raises:
            NotFoundError, UnknownCodeError: nothing was changed.
            CancelledError, DiskFullError, DiskFaultError: she is erased, the backups are not; run ``finish_leaving``.
        """
        if reason not in REASONS:
            raise UnknownCodeError(code="", list="erasing")
        with self._parts.vault.transaction() as db:
            kept = self._kept(contact_id)
            hers = self._hers(kept.id)
            erasure_id = self._tell_of_erasure(hers, reason)
            leaving.drop_drafts_naming(db, {*hers.members, *hers.notes})
            leaving.drop_searches_naming(db, hers.members, holds_any(self._all_names(kept.id)))
            for note_id in hers.notes:
                leaving.delete_note(db, encounters.find_note(db, note_id))
            for note_id, version in hers.older:
                leaving.delete_versions(db, note_id, (version,))
            leaving.delete_contact(db, kept.id)
            notices.forget_unsent(db, hers.notes)
            notices.forget_whose(db, hers.known_as)
            begin_leaving(self._parts)
            self._parts.vault.audit("erased", kept.id, reason)
        finish_leaving(self._parts, report, cancel)
        return Erased(erasure_id, hers.left, _ALL)

    def preview_blank(self, note_id: str, part: str) -> BlankPreview:
        """Return where the words stand in a note; nothing is changed.

        Raises:
            NotFoundError: no such note. WordsNotFoundError: they stand nowhere. NameMissingError: no words.
        """
        with self._parts.vault.read():
            return Blanking(self._parts, note_id, part).look()

    def blank(
        self, note_id: str, part: str, reason: str, report: Report = silent, cancel: Event | None = None
    ) -> Erased:
        """Blank words in every version of a note, in search, to-dos, drafts, and the batches on their way.

        Args:
            note_id: which note.
            part: the words as they stand there; case and line ends do not matter.
            reason: the worker's words; they stay in the vault with the new version.
            report: told how far rebuilding and the fresh backup are.
            cancel: stops those two, not the blanking.

        Raises:
            NotFoundError, WordsNotFoundError, NameMissingError, NoteNeedsReasonError: nothing was changed.
            CancelledError, DiskFullError, DiskFaultError: blanked, but not yet in the backups; run ``finish_leaving``.
        """
        with self._parts.vault.transaction():
            run = Blanking(self._parts, note_id, part)
            found = run.look()
            blanking_id = run.change(reason)
            begin_leaving(self._parts)
        finish_leaving(self._parts, report, cancel)
        return Erased(blanking_id, found.left, _ALL)

    def confirmations(self) -> tuple[Confirmation, ...]:
        """Return every erasure, blanking and the like with what had left and how far the centre has followed.

        The newest is first; merges, splits and withdrawals are there where the centre was told of them.
        """
        with self._parts.vault.read() as db:
            return notices.list_confirmations(db)

    def erase_laptop(self, passphrase: str, typed: str, key_file: bytes | None = None) -> None:
        """Destroy the whole vault: slots first, then anchors, backups, counts and the rest. Nothing brings it back.

        Args:
            passphrase: of the worker who is at work.
            typed: must be ``ERASE_LAPTOP_WORDS``, or what they are in the interface's language.
            key_file: content of her key file, if she has one.

        Raises:
            ConfirmationDiffersError, WrongPassphraseError, KeyFileNeededError: nothing was erased.
            DiskFaultError, FolderNotWritableError: begun; the next start goes on with it.
        """
        if not confirms_erasing(typed):
            raise ConfirmationDiffersError
        vault = self._parts.vault
        check_passphrase(vault, passphrase, key_file)
        begin_erasing(vault.folder)
        vault.close()
        finish_erasing(vault.folder)

    def _hers(self, contact_id: str) -> _Hers:
        db = self._parts.vault.connection
        members = contacts.list_members(db, contact_id)
        notes = leaving.list_notes_of(db, contact_id)
        older = leaving.list_older_versions_of(db, members)
        sealed = notices.list_departures(db, {*notes, *(note_id for note_id, _ in older)})
        whole = frozenset(notes)
        of_her = (one for one in sealed if one.record_id in whole or (one.record_id, one.version) in older)
        return _Hers(members, notices.list_known_as(db, members), notes, older, tuple(of_her))

    def _kept(self, contact_id: str) -> Contact:
        contact = contacts.find_kept(self._parts.vault.connection, contact_id)
        if contact is None:
            raise NotFoundError
        return contact

    def _all_names(self, contact_id: str) -> tuple[str, ...]:
        identity = contacts.find_identity(self._parts.vault.connection, contact_id)
        names = contacts.list_names(self._parts.vault.connection, contact_id)
        return names if identity is None else (*names, identity.name)

    def _tell_of_erasure(self, hers: _Hers, reason: str) -> str:
        """Tell the centre of each id it may know her by; the first is the one whose confirmation is awaited."""
        parts, db = self._parts, self._parts.vault.connection
        erasure_id = parts.ids.new_id()
        notices.add_erasure(db, erasure_id, "contact", reason, parts.worker.id, parts.now_text())
        notices.add_departures(db, erasure_id, hers.sealed)
        give_up_batches(parts, {one.record_id for one in hers.sealed})
        notices.drop_unsealed_about(db, hers.members)
        told_of_her = hers.sealed or notices.was_sealed_about(db, hers.known_as)  # what was shed is at the centre
        if told_of_her or forgot_what_left(parts):
            records = sorted(hers.notes)
            for place, contact_id in enumerate(hers.known_as):
                notice_id = parts.ids.new_id() if place else erasure_id
                told = ErasureRecord(
                    id=notice_id, version=1, worker=parts.worker.id, contact=contact_id,
                    records=[] if place else records,
                )  # fmt: skip
                tell_centre(parts, told)
        return erasure_id
