"""What the desk knows once: the mailbox's receipt key and address, the custodians, the enrolment under way."""

from __future__ import annotations

import msgspec

from outreach_app import typed_json
from outreach_app.centre.desk.errors import KeyMissingError
from outreach_app.centre.desk.opening import Desk
from outreach_app.sync.errors import MailboxAddressError
from outreach_app.sync.framing import read_base64, write_base64
from outreach_app.sync.keys import PublicSigningKeys
from outreach_app.vault.connection import Connection
from outreach_app.wire.enrolment import Address

_RECEIPT_KEY = "mailbox_receipt_key"
_ADDRESS = "mailbox_address"
_CUSTODIANS = "custodians"
_BEGUN_ENROLMENT = "begun_enrolment"


def keep_mailbox_receipt_key(desk: Desk, key: PublicSigningKeys) -> None:
    """Remember the public keys of the mailbox's receipts; they go into every reply to a laptop."""
    _keep(desk, _RECEIPT_KEY, key.to_text())


def mailbox_receipt_key(desk: Desk) -> PublicSigningKeys:
    """Return the public keys of the mailbox's receipts; KeyMissingError before a mailbox was made."""
    kept = _find(desk, _RECEIPT_KEY)
    if kept is None:
        raise KeyMissingError(purpose="mailbox")
    return PublicSigningKeys.from_text(kept)


def keep_mailbox_address(desk: Desk, url: str) -> None:
    """Remember where laptops reach the mailbox; MailboxAddressError for what no laptop would accept in a reply."""
    try:
        _keep(desk, _ADDRESS, typed_json.convert(url, Address))
    except msgspec.ValidationError as error:
        raise MailboxAddressError from error


def mailbox_address(desk: Desk) -> str | None:
    """Return where laptops reach the mailbox, or None when that was never said."""
    return _find(desk, _ADDRESS)


def keep_custodians(desk: Desk, document: str) -> None:
    """Remember the signed list of custodians (base64), in place of an earlier one; the caller holds the transaction."""
    _write(desk.vault.connection, _CUSTODIANS, document)
    desk.vault.audit("recovery_set", "", "custodians")


def custodians(desk: Desk) -> str | None:
    """Return the signed list of custodians (base64), or None while there are none."""
    return _find(desk, _CUSTODIANS)


def keep_begun_enrolment(desk: Desk, request: bytes) -> None:
    """Remember the request whose words are being compared, so that a lock in between loses nothing."""
    _keep(desk, _BEGUN_ENROLMENT, write_base64(request))


def begun_enrolment(desk: Desk) -> bytes | None:
    """Return the request of the enrolment that is under way, or None."""
    kept = _find(desk, _BEGUN_ENROLMENT)
    return None if kept is None else read_base64(kept)


def forget_begun_enrolment(desk: Desk) -> None:
    """Let it go: the reply has been brought away, or the words differed."""
    with desk.vault.transaction() as connection:
        connection.execute("DELETE FROM centre_facts WHERE name = ?", (_BEGUN_ENROLMENT,))


def _keep(desk: Desk, name: str, value: str) -> None:
    with desk.vault.transaction() as connection:
        _write(connection, name, value)


def _write(connection: Connection, name: str, value: str) -> None:
    connection.execute(
        "INSERT INTO centre_facts (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def _find(desk: Desk, name: str) -> str | None:
    with desk.vault.read() as connection:
        row = connection.execute("SELECT value FROM centre_facts WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else None
