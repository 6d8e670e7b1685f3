"""The centre's three custodians: their keys are made once, their public halves are told to every laptop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from outreach_app.centre.desk import facts
from outreach_app.centre.desk.custodian_keys import CustodianKey, CustodianSecrets, make_key_file
from outreach_app.centre.desk.errors import (
    CustodianKeyExistsError,
    CustodianPassphrasesSameError,
    CustodiansKnownError,
    CustodiansMissingError,
)
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.publishing_trust import check_old_keys, renew_trust
from outreach_app.sync.custodians import Custodians, make_custodians, read_custodians
from outreach_app.sync.framing import read_base64, write_base64
from outreach_app.sync.instants import read_instant
from outreach_app.sync.packs.publishing_keys import PublishingKey
from outreach_app.vault.argon import DEFAULT, Argon2Cost
from outreach_app.vault.passphrase import normalise, require_enough

FILES = ("custodian-1.key", "custodian-2.key", "custodian-3.key")


def init_custodians(
    desk: Desk,
    folder: Path,
    passphrases: Sequence[str],
    *,
    replace: bool = False,
    old: Sequence[CustodianSecrets] = (),
    by_hand: bool = False,
    cost: Argon2Cost = DEFAULT,
) -> tuple[CustodianKey, ...]:
    """Make three custodians' key files in ``folder``, enter their public halves in the register, sign the next root.

    Args:
        desk: open.
        folder: made if missing; each file is then handed to its custodian and taken out of there.
        passphrases: three different ones, each chosen by its custodian.
        replace: whether these take the place of earlier custodians.
        old: the keys of two custodians before, who agree to it; laptops then follow by themselves.
        by_hand: replace without them; then each laptop takes the new trust by hand, after six words were compared.
        cost: of the slow key derivation.

    Raises:
        CustodiansKnownError: there are custodians, and they were not to be replaced.
        OldKeysNeededError, CustodianCannotPublishError, OtherCustodianKeyError: they may not be replaced like this.
        CustodianKeyExistsError: one of the files is there. CustodianPassphrasesSameError, WeakPassphraseError.
        DiskFullError, FolderNotWritableError, DiskFaultError, NotEnoughMemoryError.
    """
    known = find_custodians(desk)
    if known is not None and not replace:
        raise CustodiansKnownError
    if len({normalise(passphrase) for passphrase in passphrases}) != len(FILES):
        raise CustodianPassphrasesSameError
    agreed = check_old_keys(desk, old, by_hand=by_hand)
    for passphrase, name in zip(passphrases, FILES, strict=True):  # before anything is written
        require_enough(passphrase)
        if (folder / name).exists():
            raise CustodianKeyExistsError(file=name)
    made_at = desk.clock.now().isoformat()
    made = tuple(
        make_key_file(folder / name, passphrase, made_at=made_at, cost=cost)
        for passphrase, name in zip(passphrases, FILES, strict=True)
    )
    _register(desk, made, agreed, known)
    return made


def find_custodians(desk: Desk) -> Custodians | None:
    """Return the custodians in force, or None before there were any."""
    document = _document(desk)
    return None if document is None else read_custodians(document, desk.keys.root.public)


def custodians_document(desk: Desk) -> bytes:
    """Return the signed list of custodians, for laptops that were enrolled before it was made.

    Raises:
        CustodiansMissingError: there are none yet.
    """
    document = _document(desk)
    if document is None:
        raise CustodiansMissingError
    return document


def _register(
    desk: Desk, made: Sequence[CustodianKey], agreed: Sequence[PublishingKey], known: Custodians | None
) -> None:
    now = desk.clock.now()
    before = read_instant(known.issued_at) if known is not None else None
    if before is not None:  # laptops take the newer list: a clock put back must not make this one the older
        now = max(now, before + timedelta(seconds=1))
    document = make_custodians([key.public for key in made], issued_at=now, root=desk.keys.root)
    with desk.vault.transaction():
        facts.keep_custodians(desk, write_base64(document))
        renew_trust(desk, made, agreed)


def _document(desk: Desk) -> bytes | None:
    kept = facts.custodians(desk)
    return None if kept is None else read_base64(kept)
