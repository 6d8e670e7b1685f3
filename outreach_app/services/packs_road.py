"""Fetching what the centre published by any road, vault steps and road steps taking turns as in ``sending_road``.

A laptop that trusts no custodians yet takes them from the file that the centre's root key signed. Whatever is wrong is
handed back and not raised: notes are sent all the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from outreach_app import logs
from outreach_app.domain.changes import Changes
from outreach_app.errors import KnownError
from outreach_app.services.pack_checks import check_pack
from outreach_app.services.packs import Known, Packs, PacksState, PackTaken
from outreach_app.services.progress import Progress, Report, silent
from outreach_app.sync.carriers.carrier import PackSource
from outreach_app.sync.enrolment import six_words
from outreach_app.sync.packs.client import first_trust, refresh, take_trust
from outreach_app.sync.packs.errors import PackExpiredByCentreError, PackExpiredError, PackMissingError
from outreach_app.sync.packs.trust_file import read_trust_file
from outreach_app.sync.packs.trusted_files import Published, TrustedFiles
from outreach_app.vault.passphrase import word_list
from outreach_app.wire.content import CheckedPack

T = TypeVar("T")
_log = logging.getLogger(__name__)
PHASE = "packs"
NONE = Changes()


class AskPacks(Protocol):
    """Runs a step on the vault's thread."""

    def __call__(self, step: Callable[[Packs], T], /) -> T: ...


@dataclass(frozen=True, slots=True)
class PacksFetched:
    """What one look did: whether new content is in use, how things stand now, and what went wrong, if anything."""

    installed: bool
    state: PacksState
    problem: KnownError | None = None
    changes: Changes = NONE


def fetch_packs(ask: AskPacks, source: PackSource, report: Report = silent) -> PacksFetched:
    """Look for what the centre published and take it; where nothing was ever published, nothing is wrong.

    Args:
        ask: runs a step on the vault's thread.
        source: a mailbox or a stick.
        report: hears how far it is.

    Raises:
        KnownError: only what the vault itself says, such as that it was locked meanwhile.
    """
    report(Progress(PHASE, 0, 1))
    known, taken, problem = ask(Packs.known), None, None
    try:
        trusted = known.trusted or _first(ask, source, known)
        if trusted is None:
            return PacksFetched(False, ask(Packs.state))
        published = refresh(
            source, trusted, now=known.now, known_sha256=known.sha256, refused_sha256=known.refused_sha256
        )
    except PackMissingError:
        return PacksFetched(False, ask(Packs.state))
    except KnownError as error:
        problem = _of_whose_clock(error, known)
    else:
        checked, refused = checked_content(published, known)
        taken = ask(partial(_take, published=published, checked=checked, refused=refused, began=trusted.root))
        problem = taken.refused
    report(Progress(PHASE, 1, 1))
    state = ask(Packs.state)
    if taken is None:
        return PacksFetched(False, state, problem)
    return PacksFetched(taken.installed, state, problem, taken.changes)


def words_of_trust(ask: AskPacks, untrusted: bytes) -> str:
    """Return the six words of the centre's file that names the custodians, to be compared by phone.

    Raises:
        NotEnrolledError. TrustOtherCentreError: damaged, or of another centre.
    """
    return _words(read_trust_file(untrusted, ask(Packs.known).centre_root).fingerprint())


def take_trust_by_hand(ask: AskPacks, untrusted: bytes, words: str) -> Changes:
    """Trust the custodians whom a file names, after its six words were compared; also in the place of others.

    ``sending`` of what is returned tells whether this laptop trusts others now than before.

    Raises:
        NotEnrolledError. TrustOtherCentreError, PackUntrustedError: not usable. TrustWordsDifferError: other words.
    """
    trusted = take_trust(untrusted, ask(Packs.known).centre_root, words=words, words_of=_words)
    return ask(partial(_replace, trusted=trusted))


def _first(ask: AskPacks, source: PackSource, known: Known) -> TrustedFiles | None:
    """Return the custodians whom the centre names there, and trust them; None where it names nobody yet."""
    first = first_trust(source, known.centre_root, known.custodians)
    if first is not None:
        ask(partial(_begin, trusted=first))
    return first


def _begin(packs: Packs, *, trusted: TrustedFiles) -> Changes:
    return packs.begin_trust(trusted)


def _replace(packs: Packs, *, trusted: TrustedFiles) -> Changes:
    return packs.replace_trust(trusted)


def _take(
    packs: Packs, *, published: Published, checked: CheckedPack | None, refused: KnownError | None, began: bytes
) -> PackTaken:
    return packs.take(published, checked, refused, began)


def _of_whose_clock(error: KnownError, known: Known) -> KnownError:
    """Return the error; where the centre's clock alone made it expire, one that blames no other."""
    by_centre = isinstance(error, PackExpiredError) and known.heard_later
    return PackExpiredByCentreError(**error.values) if by_centre else error


def checked_content(published: Published, known: Known) -> tuple[CheckedPack | None, KnownError | None]:
    """Read new content, here and not on the vault's thread; return it, or why it must stay away."""
    if published.content_sha256 and published.content_sha256 == known.refused_sha256:
        return None, known.refused
    if published.content is None or published.content_sha256 == known.sha256:
        return None, None
    try:
        return check_pack(published.content), None
    except KnownError as error:
        logs.event(_log, "content_refused", number=published.number)
        return None, error


def _words(fingerprint: bytes) -> str:
    return six_words(fingerprint, word_list())
