"""An unlocked vault and everything a worker can do with it; used on the vault's thread only."""

from __future__ import annotations

from contextlib import suppress

from outreach_app.errors import KnownError
from outreach_app.records.workers import Worker
from outreach_app.services.alike import Alike
from outreach_app.services.auditing import Auditing
from outreach_app.services.backing_up import BackingUp
from outreach_app.services.check_ins import CheckIns
from outreach_app.services.consents import Consents
from outreach_app.services.contacts import Contacts
from outreach_app.services.drafts import Drafts
from outreach_app.services.encounters import Encounters
from outreach_app.services.enrolling import Enrolling
from outreach_app.services.erasing import Erasing
from outreach_app.services.figures import FiguresOfDays
from outreach_app.services.follow_ups import FollowUps
from outreach_app.services.grouping import Grouping
from outreach_app.services.interviews import Interviews
from outreach_app.services.keeping import Keeping
from outreach_app.services.kept_searches import KeptSearches
from outreach_app.services.letters import Letters
from outreach_app.services.mailbox import MailboxAddress
from outreach_app.services.names import Names
from outreach_app.services.outbox_preview import OutboxPreview
from outreach_app.services.own_data import OwnData
from outreach_app.services.packs import Packs
from outreach_app.services.papers import Papers
from outreach_app.services.parts import Parts
from outreach_app.services.pathways import Pathways
from outreach_app.services.places import Places
from outreach_app.services.plans import Plans
from outreach_app.services.police_actions import PoliceActions
from outreach_app.services.policies import Policies
from outreach_app.services.practising import Practising
from outreach_app.services.printing import Printing
from outreach_app.services.reading import ReadEntries
from outreach_app.services.receipt_book import ReceiptBook
from outreach_app.services.receipt_checking import ReceiptChecking
from outreach_app.services.recording import Recording
from outreach_app.services.recovering import Recovering
from outreach_app.services.referrals import Referrals
from outreach_app.services.reviews import Reviews
from outreach_app.services.searching import Search
from outreach_app.services.sending import Sending
from outreach_app.services.sending_reminder import Reminding
from outreach_app.services.sending_states import SendingStates
from outreach_app.services.shelter_stays import ShelterStays
from outreach_app.services.subjects import Subjects
from outreach_app.services.tallies import Tallies
from outreach_app.services.third_parties import ThirdParties
from outreach_app.services.timelines import Timelines
from outreach_app.services.today import Today
from outreach_app.services.withdrawing import Withdrawing
from outreach_app.services.workers import Workers
from outreach_app.vault.open_vault import Finding


class Session:
    """The services over one open vault. Only ``interrupt`` may be called from another thread."""

    def __init__(self, parts: Parts) -> None:
        self._vault = parts.vault
        self._entries = ReadEntries(parts)
        self.worker: Worker = parts.worker
        self._serve_people(parts)
        self._serve_casework(parts)
        self._serve_notes(parts)
        self._serve_centre(parts)
        self._serve_laptop(parts)
        self.today = Today(
            parts, self.drafts, self.backing_up, self.recovering, self.check_ins, self.reviews,
            self.pathways, self.plans, self.reminding,
        )  # fmt: skip

    def _serve_people(self, parts: Parts) -> None:
        self.contacts = Contacts(parts)
        self.names = Names(parts)
        self.alike = Alike(parts)
        self.timelines = Timelines(parts)
        self.grouping = Grouping(parts, self.contacts)
        self.shelter_stays = ShelterStays(parts)
        self.third_parties = ThirdParties(parts)

    def _serve_casework(self, parts: Parts) -> None:
        self.consents = Consents(parts)
        self.withdrawing = Withdrawing(parts)
        self.referrals = Referrals(parts)
        self.plans = Plans(parts)
        self.interviews = Interviews(parts)
        self.papers = Papers(parts)
        self.pathways = Pathways(parts)

    def _serve_notes(self, parts: Parts) -> None:
        self.encounters = Encounters(parts, self.contacts)
        self.own_data = OwnData(parts, self.encounters)
        self.drafts = Drafts(parts)
        self.places = Places(parts)
        self.tallies = Tallies(parts)
        self.police_actions = PoliceActions(parts)
        self.check_ins = CheckIns(parts)
        self.follow_ups = FollowUps(parts)
        self.search = Search(parts)
        self.kept_searches = KeptSearches(parts)
        self.printing = Printing(parts)
        self.recording = Recording(parts, self.encounters, self.contacts, self.places, self.tallies)

    def _serve_centre(self, parts: Parts) -> None:
        self.practising = Practising(parts)
        self.enrolling = Enrolling(parts)
        self.recovering = Recovering(parts, self.enrolling)
        self.sending = Sending(parts, self.enrolling)
        self.outbox_preview = OutboxPreview(parts, self.enrolling)
        self.sending_states = SendingStates(parts)
        self.reminding = Reminding(parts)
        self.receipt_book = ReceiptBook(parts, self.enrolling)
        self.receipt_checking = ReceiptChecking(parts, self.enrolling)
        self.mailbox = MailboxAddress(parts, self.enrolling)
        self.packs = Packs(parts, self.enrolling)

    def _serve_laptop(self, parts: Parts) -> None:
        self.subjects = Subjects(parts)
        self.auditing = Auditing(parts)
        self.backing_up = BackingUp(parts)
        self.keeping = Keeping(parts)
        self.erasing = Erasing(parts)
        self.workers = Workers(parts)
        self.policies = Policies(parts, self.workers)
        self.letters = Letters(parts, self.enrolling, self.workers)
        self.figures = FiguresOfDays(parts, self.workers)
        self.reviews = Reviews(parts, self.encounters, self.workers)

    def begin(self, wrong_tries: int) -> None:
        """Note the unlocking and count what was printed before it; on a full disk the next unlocking does that.

        Args:
            wrong_tries: how many wrong passphrases came before the right one.
        """
        if wrong_tries:
            self._entries.add("wrong_tries", detail=str(wrong_tries))
        self._entries.add("unlocked")
        with suppress(KnownError):
            self.printing.take_in_counted()

    def check(self) -> tuple[Finding, ...]:
        """Read every page of the vault and follow its audit; return what is wrong, nothing when all is well."""
        found = self._vault.check()
        bad = None if found else self.auditing.verify().first_bad  # what cannot be read cannot be followed either
        if bad is not None:
            found = (Finding("audit", f"entry {bad}"),)
        with suppress(KnownError), self._vault.transaction():  # a damaged vault may take no entry
            self._vault.audit("checked", detail="damaged" if found else "whole")
        return found

    def interrupt(self) -> None:
        """Stop what the vault is doing, so that a lock never waits."""
        self._vault.interrupt()

    def close(self) -> None:
        """Close the vault; every further call fails calmly."""
        self._vault.close()
