"""The roots of trust at the desk: the first, signed by all three custodians; each later one by two of those before.

One person, one key: a root in which two keys belong to one custodian is never made, and laptops would refuse it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from outreach_app.centre.desk import publishing_rows as rows
from outreach_app.centre.desk.custodian_keys import CustodianKey, CustodianSecrets
from outreach_app.centre.desk.errors import (
    CustodianCannotPublishError,
    OldKeysNeededError,
    OtherCustodianKeyError,
    TrustMissingError,
)
from outreach_app.centre.desk.opening import Desk
from outreach_app.sync.enrolment import six_words
from outreach_app.sync.packs.publishing_keys import PublishingKey
from outreach_app.sync.packs.repository import (
    Signatory,
    add_signatures,
    make_root,
    make_snapshot,
    make_targets,
    make_timestamp,
    signatories_of,
)
from outreach_app.sync.packs.trust_file import make_trust_file
from outreach_app.sync.packs.trust_rules import THRESHOLD
from outreach_app.sync.packs.trusted_files import CONTENT, KEYS
from outreach_app.sync.sealing import key_id
from outreach_app.vault.connection import Connection
from outreach_app.vault.passphrase import word_list


def newest_root(desk: Desk) -> rows.Root | None:
    """Return the root in force, None while no custodian can publish."""
    with desk.vault.read() as connection:
        found = rows.roots(connection)
    return found[-1] if found else None


def root_in_force(desk: Desk) -> rows.Root:
    """Return the root in force; TrustMissingError while there is none."""
    found = newest_root(desk)
    if found is None:
        raise TrustMissingError
    return found


def trust_document(desk: Desk) -> tuple[bytes, str]:
    """Return the file by which a laptop takes the custodians' keys by hand, and the six words to compare by phone.

    Raises:
        TrustMissingError: no custodian can publish.
    """
    with desk.vault.read() as connection:
        found = rows.roots(connection)
    document = found[0].trust if found else None
    if document is None:
        raise TrustMissingError
    return document, six_words(hashlib.sha512(document).digest(), word_list())


def place_of(root: rows.Root, custodian: CustodianSecrets) -> int:
    """Return which of the three custodians (1 to 3) a root names by this key.

    Raises:
        CustodianCannotPublishError: a key of the first kind. OtherCustodianKeyError: none of the three.
    """
    if custodian.publishing is None:
        raise CustodianCannotPublishError
    named = (key_id(custodian.receiving.public), custodian.publishing.public.keyid)
    signatories = signatories_of(root.document)
    if named not in signatories:
        raise OtherCustodianKeyError
    return signatories.index(named) + 1


def check_old_keys(desk: Desk, old: Sequence[CustodianSecrets], *, by_hand: bool) -> tuple[PublishingKey, ...]:
    """Return the keys of those in force who agree to new custodians; none where laptops take the new trust by hand.

    Raises:
        OldKeysNeededError, CustodianCannotPublishError, OtherCustodianKeyError: nothing may be changed.
    """
    root = newest_root(desk)
    if root is None or (by_hand and not old):
        return ()
    if len({place_of(root, custodian) for custodian in old}) < THRESHOLD:
        raise OldKeysNeededError
    return tuple(custodian.publishing for custodian in old if custodian.publishing is not None)


def renew_trust(desk: Desk, custodians: Sequence[CustodianKey], agreed: Sequence[PublishingKey]) -> None:
    """Make the next root for these three, and publish anew what is published; the caller holds the transaction.

    What old and new custodians and both keys of the desk signed is whole for a laptop before and after it takes the
    new root, in whatever order files reach it.

    Args:
        desk: open.
        custodians: all three new ones; they sign the root and the list of files.
        agreed: keys of two of those before, or none: then laptops take the new root by hand.
    """
    connection, now = desk.vault.connection, desk.clock.now()
    before = newest_root(desk)
    desk_key, version = PublishingKey.generate(), 1 if before is None else before.version + 1
    signing = [*agreed, *(custodian.publishing for custodian in custodians)]
    document = make_root(
        [Signatory(key_id(custodian.public), custodian.publishing.public) for custodian in custodians],
        desk_key.public, version=version, now=now, signed_by=signing,
    )  # fmt: skip
    trust = None if agreed else make_trust_file(document, issued_at=now, centre_root=desk.keys.root)
    root = rows.Root(version, document, trust, desk_key.to_bytes())
    rows.add_root(connection, root, now)
    desk_keys = [desk_key]
    if before is not None and agreed:
        desk_keys.append(PublishingKey.from_bytes(before.desk_key))
    _publish_anew(desk, connection, root, signing, desk_keys)
    desk.vault.audit("publishing", detail=f"root:{version}:{len(agreed)}")


def _publish_anew(
    desk: Desk, connection: Connection, root: rows.Root, signing: list[PublishingKey], desk_keys: list[PublishingKey]
) -> None:
    """Publish the same files under the next number, signed by everybody at once."""
    now, current = desk.clock.now(), rows.newest(connection)
    rows.withdraw(connection)
    if current is None:
        return
    number = rows.next_number(connection)
    targets = add_signatures(make_targets(files_of(connection, current), version=number, now=now), signing)
    rows.add(
        connection,
        rows.Row(
            number, "open", root.version, targets, None, current.keys, current.content, current.content_number,
            current.returns_to, now, None,
        ),
    )  # fmt: skip
    seal_publication(connection, number, targets, desk, desk_keys)


def seal_publication(
    connection: Connection, number: int, targets: bytes, desk: Desk, desk_keys: list[PublishingKey]
) -> None:
    """Sign snapshot and timestamp of a publication that the custodians signed; the caller holds the transaction."""
    now = desk.clock.now()
    snapshot = rows.publish(
        connection, number, now, lambda version: make_snapshot(targets, version=version, signed_by=desk_keys)
    )
    stamp(connection, snapshot, desk, desk_keys)


def stamp(connection: Connection, snapshot: bytes, desk: Desk, desk_keys: list[PublishingKey]) -> None:
    """Sign a new timestamp over a snapshot; the caller holds the transaction."""
    now = desk.clock.now()
    rows.keep_stamp(
        connection, now, lambda version: make_timestamp(snapshot, version=version, now=now, signed_by=desk_keys)
    )


def files_of(connection: Connection, row: rows.Row) -> dict[str, bytes]:
    """Return the files of a publication by the name they are listed under."""
    files = {KEYS: rows.read_file(connection, row.keys)}
    if row.content is not None:
        files[CONTENT] = rows.read_file(connection, row.content)
    return files
