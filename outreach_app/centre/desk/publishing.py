"""Publish: prepare, two custodians sign, finish. What was there before holds until the last step.

The desk alone can publish nothing: it signs only which publication is the newest, and that it still is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import msgspec

from outreach_app.centre.desk import facts
from outreach_app.centre.desk import publishing_rows as rows
from outreach_app.centre.desk.clock_guard import heed_clock
from outreach_app.centre.desk.custodian_keys import CustodianSecrets
from outreach_app.centre.desk.devices import list_devices
from outreach_app.centre.desk.errors import (
    CustodianSignedError,
    NothingPreparedError,
    OtherDraftError,
    PublicationUnknownError,
    SignatureMissingError,
)
from outreach_app.centre.desk.key_rotation import key_to_publish, mark_published
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.desk.publishing_state import Draft, Publication, describe_draft, describe_publication
from outreach_app.centre.desk.publishing_trust import place_of, root_in_force, seal_publication, stamp
from outreach_app.sync.instants import write_instant
from outreach_app.sync.packs.archive import read_archive, write_archive
from outreach_app.sync.packs.publishing_keys import PublishingKey
from outreach_app.sync.packs.repository import add_signatures, make_targets, signers_of
from outreach_app.sync.packs.trust_rules import THRESHOLD
from outreach_app.sync.packs.trusted_files import CONTENT, KEYS
from outreach_app.sync.sealing import key_id
from outreach_app.vault.connection import Connection
from outreach_app.wire.centre_keys import CentreKeysBody, read_centre_keys
from outreach_app.wire.content import make_manifest
from outreach_app.wire.strict import write_json

REFRESHED_AFTER = timedelta(hours=20)  # once a day where the desk ingests daily


def prepare(
    desk: Desk,
    files: Mapping[str, bytes] | None = None,
    *,
    keys: bool = True,
    returns_to: int | None = None,
    above: int = 0,
) -> Draft:
    """Prepare what is to be published next; custodians sign it, and what was being prepared before is withdrawn.

    Args:
        desk: open.
        files: of the content pack by name; None publishes the content there is once more.
        keys: whether the desk's keys of now go with it; otherwise those published last do.
        returns_to: the content number whose files these are again, if they are.
        above: the number will be larger than this; for a register that was put back.

    Raises:
        TrustMissingError: nobody could sign it. UntrustedDataError, PackArchiveError: not files a pack may hold.
        ClockDoubtfulError: nothing was prepared; see ``heed_clock``.
    """
    root, now = root_in_force(desk), desk.clock.now()
    heed_clock(desk)
    with desk.vault.transaction() as connection:
        current = rows.newest(connection)
        number = rows.next_number(connection, above)
        keys_file = _keys_file(desk, connection, number, current, anew=keys)
        content, content_number = _content_file(desk, connection, number, current, files, returns_to)
        listed = {KEYS: keys_file} if content is None else {KEYS: keys_file, CONTENT: content}
        row = rows.Row(
            number, "open", root.version, make_targets(listed, version=number, now=now), None,
            rows.keep_file(connection, keys_file),
            None if content is None else rows.keep_file(connection, content),
            content_number, _returned_to(current, content_number, returns_to), now, None,
        )  # fmt: skip
        rows.add(connection, row)
        desk.vault.audit("publishing", detail=f"prepared:{number}")
    return describe_draft(desk, row)


def return_to(desk: Desk, number: int) -> Draft:
    """Prepare the content of an earlier publication again, under a new number and with the keys of now.

    Raises:
        PublicationUnknownError: there is no such publication, or it had no content. TrustMissingError.
    """
    with desk.vault.read() as connection:
        found = rows.find(connection, "state = 'published' AND content IS NOT NULL AND number = ?", number)
        if found is None or found.content is None:
            raise PublicationUnknownError(number=number)
        archive = read_archive(rows.read_file(connection, found.content))
    return prepare(desk, archive.files, returns_to=archive.manifest.number)


def sign(desk: Desk, custodian: CustodianSecrets, *, number: int | None = None) -> Draft:
    """Add one custodian's signature to what is prepared.

    Args:
        desk: open.
        custodian: the opened key.
        number: what the custodian looked at; anything else is not signed.

    Raises:
        NothingPreparedError, OtherDraftError, CustodianCannotPublishError, OtherCustodianKeyError,
        CustodianSignedError: nothing was signed.
    """
    root = root_in_force(desk)
    with desk.vault.transaction() as connection:
        row = _open_row(connection)
        if number is not None and row.number != number:
            raise OtherDraftError(number=row.number)
        place = place_of(root, custodian)
        key = custodian.publishing
        if key is None or key.public.keyid in signers_of(row.targets, root.document):
            raise CustodianSignedError
        rows.keep_targets(connection, row.number, add_signatures(row.targets, [key]))
        desk.vault.audit("publishing", detail=f"signed:{row.number}:{place}")
        signed = _open_row(connection)
    return describe_draft(desk, signed)


def finish(desk: Desk) -> Publication:
    """Publish what two custodians signed: from now on it is the newest, and roads are given it.

    Raises:
        NothingPreparedError, SignatureMissingError: nothing was published.
        ClockDoubtfulError: the same; see ``heed_clock``.
    """
    root = root_in_force(desk)
    heed_clock(desk)
    with desk.vault.transaction() as connection:
        row = _open_row(connection)
        count = len(signers_of(row.targets, root.document))
        if count < THRESHOLD:
            raise SignatureMissingError(count=count)
        seal_publication(connection, row.number, row.targets, desk, [PublishingKey.from_bytes(root.desk_key)])
        desk.vault.audit("publishing", detail=f"published:{row.number}")
    mark_key(desk)
    with desk.vault.read() as connection:
        return describe_publication(connection, rows.published(connection)[0])


def refresh_timestamp(desk: Desk) -> bool:
    """Say anew that what is published is the newest, if that was last said some time ago; tell whether it was.

    Safe to call at each ``ingest``; does nothing before the first publication.
    """
    mark_key(desk)
    with desk.vault.read() as connection:
        last, current = rows.stamp(connection), rows.newest(connection)
    now = desk.clock.now()
    if last is None or current is None or current.snapshot is None:
        return False
    if timedelta() <= now - last.issued_at < REFRESHED_AFTER:
        return False
    key = PublishingKey.from_bytes(root_in_force(desk).desk_key)
    with desk.vault.transaction() as connection:
        stamp(connection, current.snapshot, desk, [key])
    return True


def mark_key(desk: Desk) -> None:
    """Note which sealing key laptops are told of; done again at each round, for a stop may come before it."""
    with desk.vault.read() as connection:
        current = rows.newest(connection)
        published = None if current is None else read_centre_keys(rows.read_file(connection, current.keys))
    if published is not None:
        mark_published(desk, published.sealing_key_id)


def _open_row(connection: Connection) -> rows.Row:
    row = rows.open_one(connection)
    if row is None:
        raise NothingPreparedError
    return row


def _keys_file(desk: Desk, connection: Connection, number: int, current: rows.Row | None, *, anew: bool) -> bytes:
    """Return ``keys.json``: the one published last as long as it still holds."""
    last = None if current is None else rows.read_file(connection, current.keys)
    if last is not None and not anew:
        return last
    sealing = key_to_publish(desk)
    devices = [device.entry for device in list_devices(connection)]
    body = CentreKeysBody(
        number=number,
        issued_at=write_instant(desk.clock.now()),
        sealing_key=sealing.to_text(),
        sealing_key_id=key_id(sealing),
        mailbox_key=facts.mailbox_receipt_key(desk).to_text(),
        desk_key=desk.keys.receipt.public.to_text(),
        mailbox_url=facts.mailbox_address(desk),
        revoked=tuple(sorted(entry.device for entry in devices if entry.status == "revoked")),
    )
    if last is not None and _says(last) == _says(write_json(body)):
        return last
    return write_json(body)


def _says(keys: bytes) -> CentreKeysBody:
    """Return keys without the number and the time they were written with, for comparing."""
    return msgspec.structs.replace(read_centre_keys(keys), number=1, issued_at="2000-01-01T00:00:00Z")


def _content_file(
    desk: Desk,
    connection: Connection,
    number: int,
    current: rows.Row | None,
    files: Mapping[str, bytes] | None,
    returns_to: int | None,
) -> tuple[bytes | None, int | None]:
    """Return the pack and the number it came with: the one published last as long as its files are the same."""
    if current is not None and current.content is not None:
        last = rows.read_file(connection, current.content)
        if files is None or (returns_to is None and dict(read_archive(last).files) == dict(files)):
            return last, current.content_number
    if files is None:
        return None, None
    return write_archive(make_manifest(number, desk.clock.now(), files, returns_to=returns_to), files), number


def _returned_to(current: rows.Row | None, content_number: int | None, returns_to: int | None) -> int | None:
    """Return the content number that is brought back: also by the same pack once more."""
    if current is not None and current.content_number == content_number:
        return current.returns_to
    return returns_to
