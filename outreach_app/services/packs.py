"""What the centre published, on this laptop: whom it trusts, taking a publication, and how old the content in use is.

A publication is taken in one transaction: the lists, the keys, the content and the policy it sets. Content of which one
file is not right stays away as a whole, yet the keys that came with it are taken: a laptop must hear of a lost key.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime

from outreach_app import logs
from outreach_app.content import NOTHING, content_in_use, use_content
from outreach_app.domain.changes import Changes
from outreach_app.errors import KnownError
from outreach_app.records import packs
from outreach_app.records.packs import KeysRow, PackRow, TrustRow
from outreach_app.records.packs_read import ReadRow, find_read, find_refused, keep_read
from outreach_app.records.rows import Connection
from outreach_app.services.content_copy import content_of, is_copied, remove_copy, write_copy
from outreach_app.services.enrolling import Enrolling
from outreach_app.services.errors import PackOlderError
from outreach_app.services.pack_reader import problem_with, read_problem, reader, write_problem
from outreach_app.services.parts import Parts
from outreach_app.services.policy_of_centre import apply_policy
from outreach_app.services.recovery_upkeep import known_custodians
from outreach_app.sync.keys import PublicSigningKeys
from outreach_app.sync.packs.trusted_files import Published, TrustedFiles
from outreach_app.sync.packs.trusted_time import BUILT_AT, trusted_now
from outreach_app.wire.content import CheckedPack

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PacksState:
    """How this laptop stands with what the centre published.

    ``number`` is that of the content in use (0: only what was shipped), ``published_on`` its date, ``returns_to`` the
    earlier number it brought back. ``expired``: it should have been renewed by ``expires_on``; it stays in use.
    ``looked_at`` is when a look at the centre's publications last came to a good end. ``trusted`` says whether this
    laptop knows the custodians' keys, ``revoked`` that the centre takes nothing from it any more. ``set_aside``: this
    version of the program cannot use that content; what is shipped is in use until newer content comes.
    """

    number: int = 0
    returns_to: int | None = None
    published_on: date | None = None
    installed_at: datetime | None = None
    looked_at: datetime | None = None
    expires_on: date | None = None
    expired: bool = False
    trusted: bool = False
    keys_number: int = 0
    revoked: bool = False
    set_aside: bool = False


@dataclass(frozen=True, slots=True)
class PackTaken:
    """What taking a publication changed; ``refused`` is why its content stays away, if it does."""

    changes: Changes
    installed: bool
    refused: KnownError | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a look at the centre's publications begins with; ``trusted`` None: the custodians are not known yet.

    ``custodians`` are the ids of the recovery keys that the centre named apart from its publications, if it did.
    ``heard_later``: the time ``now`` is one that the centre named, later than this computer's own.
    ``refused_sha256`` is content that this program read and could not use, ``refused`` why.
    """

    trusted: TrustedFiles | None
    sha256: str
    now: datetime
    centre_root: PublicSigningKeys
    refused_sha256: str = ""
    refused: KnownError | None = None
    custodians: tuple[str, ...] = ()
    heard_later: bool = False


class Packs:
    """The verbs of content packs that touch the vault."""

    def __init__(self, parts: Parts, enrolling: Enrolling) -> None:
        self._parts = parts
        self._enrolling = enrolling

    def state(self) -> PacksState:
        """Return how things stand."""
        with self._parts.vault.read() as db:
            trust, pack = packs.find_trust(db) or TrustRow(b""), packs.find_pack(db)
            keys = next(iter(packs.list_keys(db)), None)
            read = None if pack is None else find_read(db, pack.sha256)
            now = self._now(db)
        state = PacksState(
            looked_at=trust.looked_at,
            expires_on=None if trust.expires_at is None else trust.expires_at.date(),
            expired=trust.expires_at is not None and trust.expires_at <= now,
            trusted=bool(trust.root),
            keys_number=0 if keys is None else keys.number,
            revoked=keys is not None and self._is_revoked(),
        )
        if pack is None:
            return state
        return replace(
            state, number=pack.number, returns_to=pack.returns_to, published_on=pack.published_at.date(),
            installed_at=pack.installed_at, set_aside=read is not None and read.problem != "",
        )  # fmt: skip

    def known(self) -> Known:
        """Return what is known before a look.

        Raises:
            NotEnrolledError: nobody is trusted before the centre has answered.
        """
        reply = self._enrolling.enrolled().reply
        named = known_custodians(self._parts, reply)
        with self._parts.vault.read() as db:
            trust, pack = packs.find_trust(db), packs.find_pack(db)
            refused = find_refused(db, reader()) or ReadRow("", "")
            now = self._now(db)
        trusted = None if trust is None else TrustedFiles(trust.root, trust.timestamp, trust.snapshot, trust.targets)
        in_use = "" if pack is None else pack.sha256
        return Known(
            trusted, in_use, now, reply.centre.root, refused.sha256, read_problem(refused.problem),
            () if named is None else named.key_ids(), heard_later=now > max(self._parts.clock.now(), BUILT_AT),
        )  # fmt: skip

    def begin_trust(self, trusted: TrustedFiles) -> Changes:
        """Trust these custodians, whom the centre's root key named on a road; a laptop that trusts some keeps those."""
        with self._parts.vault.transaction() as db:
            if packs.find_trust(db) is not None:
                return Changes()
            packs.keep_trust(db, TrustRow(trusted.root))
            self._parts.vault.audit("content_taken", detail="trust")
        return Changes(sending=True)

    def replace_trust(self, trusted: TrustedFiles) -> Changes:
        """Trust these custodians in the place of whom it may have trusted: their six words were compared by hand.

        The lists signed by those before go; the number of the last publication stays, so that nothing older comes.
        ``sending`` of what is returned tells whether the trust is another one now.
        """
        with self._parts.vault.transaction() as db:
            before = packs.find_trust(db) or TrustRow(b"")
            if before.root == trusted.root:
                return Changes()
            packs.keep_trust(db, replace(before, root=trusted.root, timestamp=b"", snapshot=b"", targets=b""))
            self._parts.vault.audit("content_taken", detail="trust:by_hand")
        return Changes(sending=True)

    def take(
        self, published: Published, checked: CheckedPack | None, refused: KnownError | None = None, began: bytes = b""
    ) -> PackTaken:
        """Keep a publication in one transaction, then put the copy beside the vault.

        A look that another one overtook changes nothing, and no more does one during which other trust was given.

        Args:
            published: what ``sync.packs.client`` checked.
            checked: its content after ``pack_checks.check_pack``; None where there is nothing new, or nothing usable.
            refused: why it is not usable, to be handed back.
            began: the root of trust that the look began with; empty where that cannot be another one.
        """
        with self._parts.vault.transaction() as db:
            before = packs.find_trust(db)
            if before is not None and began not in (b"", before.root):
                return PackTaken(Changes(), installed=False)
            if before is not None and published.number < before.number:
                return PackTaken(Changes(), installed=False, refused=_went_back(before, published))
            packs.keep_trust(db, self._trust_row(published))
            new_keys = self._take_keys(db, published)
            refused = refused or _not_newer(packs.find_pack(db), checked)
            checked = checked if refused is None else None
            changed_policy = checked is not None and self._take_content(db, published, checked)
            if checked is not None or refused is not None:
                keep_read(db, ReadRow(published.content_sha256, reader(), write_problem(refused)))
        if checked is not None:
            self._bring_out(published.content or b"")
        changes = Changes(
            sending=True, enrolment=new_keys, leaflets=checked is not None, settings=changed_policy,
            encounters=checked is not None, casework=checked is not None,
        )  # fmt: skip
        return PackTaken(changes, checked is not None, refused)

    def bring_up_to_date(self) -> None:
        """Use what the vault has, and make the copy beside it the same; called when a vault was opened.

        After a change of the program the pack is read once more; one that no longer makes whole sheets is set aside.
        """
        folder = self._parts.vault.folder
        with self._parts.vault.read() as db:
            pack = packs.find_pack(db)
            read = None if pack is None else find_read(db, pack.sha256)
            was_read = read is not None and read.reader == reader()
            fits = pack is not None and _vouch_for(pack)
            if pack is not None and was_read and fits and is_copied(folder, pack.sha256):
                return
            data = b"" if pack is None else packs.pack_bytes(db)
        problem = "" if read is None else read.problem
        if pack is not None and not was_read:
            problem = self._read_again(pack, data)
        if pack is None or problem:
            use_content(NOTHING)
            remove_copy(folder)
        else:
            with suppress(KnownError):  # a pack that a disk changed: what is shipped holds
                self._bring_out(data)

    def _read_again(self, pack: PackRow, data: bytes) -> str:
        problem = write_problem(problem_with(data))
        if problem:
            logs.event(_log, "content_set_aside", number=pack.number)
        with suppress(KnownError), self._parts.vault.transaction() as db:  # without room it is read again next time
            keep_read(db, ReadRow(pack.sha256, reader(), problem))
        return problem

    def _trust_row(self, published: Published) -> TrustRow:
        trusted = published.trusted
        return TrustRow(
            trusted.root, trusted.timestamp, trusted.snapshot, trusted.targets, published.number,
            published.timestamp_at, published.expires_at, self._parts.clock.now(),
        )  # fmt: skip

    def _take_keys(self, db: Connection, published: Published) -> bool:
        body = published.keys
        known = next(iter(packs.list_keys(db)), None)
        if known is not None and body.number <= known.number:
            return False
        issued = datetime.fromisoformat(body.issued_at)
        row = KeysRow(body.number, issued, published.keys_bytes, packs.count_batches(db))
        packs.add_keys(db, row, self._parts.now_text())
        self._parts.vault.audit("content_taken", detail=f"keys:{body.number}")
        return True

    def _take_content(self, db: Connection, published: Published, checked: CheckedPack) -> bool:
        manifest = checked.manifest
        row = PackRow(
            manifest.number, manifest.returns_to, datetime.fromisoformat(manifest.published_at),
            published.content_sha256, checked.policy, self._parts.clock.now(),
        )  # fmt: skip
        packs.keep_pack(db, row, published.content or b"")
        self._parts.vault.audit("content_taken", detail=f"content:{manifest.number}")
        changed = apply_policy(db, checked.policy, self._parts.clock.local_now().date())
        for name in changed:
            self._parts.vault.audit("policy_set", detail=f"{name}:centre")
        return bool(changed)

    def _bring_out(self, data: bytes) -> None:
        content = content_of(data)
        write_copy(self._parts.vault.folder, data)
        use_content(content)

    def _is_revoked(self) -> bool:
        enrolled = self._enrolling.enrolled()  # keys come to enrolled laptops only
        return enrolled.device in enrolled.keys.revoked

    def _now(self, db: Connection) -> datetime:
        trust = packs.find_trust(db)
        looked_at = None if trust is None else trust.looked_at
        return trusted_now(self._parts.clock.now(), packs.heard_instants(db), looked_at=looked_at)


def _vouch_for(pack: PackRow) -> bool:
    """Tell whether the content in use is the vault's pack; the copy that served the locked laptop then is proven."""
    content = content_in_use()
    fits = content.sha256 == pack.sha256
    if fits:
        use_content(replace(content, proven=True))
    return fits


def _went_back(before: TrustRow, published: Published) -> PackOlderError | None:
    """Return what to say of an older publication: nothing where another look was quicker, for TUF lets no other come.

    Only where the trust was given by hand are there no lists that keep older ones away.
    """
    return None if before.targets else PackOlderError(number=published.number, in_use=before.number)


def _not_newer(in_use: PackRow | None, checked: CheckedPack | None) -> PackOlderError | None:
    """Return why new content is not taken, None where it is newer."""
    if checked is None or in_use is None or checked.manifest.number > in_use.number:
        return None
    return PackOlderError(number=checked.manifest.number, in_use=in_use.number)
