"""The register of laptops: who is enrolled, who was revoked, and the signed list that the mailbox goes by."""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.centre.desk.errors import DeviceUnknownError, LaptopNameError
from outreach_app.centre.desk.opening import Desk
from outreach_app.domain.ids import is_id
from outreach_app.sync.devices import DeviceEntry, make_device_list
from outreach_app.sync.keys import PublicReceivingKey, PublicSigningKeys
from outreach_app.vault.connection import Connection

MOST_LETTERS = 80  # of a name


@dataclass(frozen=True)
class Device:
    """A laptop the desk knows. ``request_sha512`` names the request it was enrolled by, ``reply`` answered it."""

    entry: DeviceEntry
    label: str
    request_sha512: str
    reply: bytes


_COLUMNS = "id, signing_key, receiving_key, status, label, request_sha512, reply"


def find_device(connection: Connection, device: str) -> Device | None:
    """Return the laptop of this id, revoked or not; none for what is no id."""
    if not is_id(device):
        return None
    row = connection.execute(f"SELECT {_COLUMNS} FROM devices WHERE id = ?", (device,)).fetchone()
    return _read(*row) if row else None


def known_device(connection: Connection, device: str) -> Device:
    """Return the laptop of this id, revoked or not; DeviceUnknownError when there is none."""
    found = find_device(connection, device)
    if found is None:
        raise DeviceUnknownError(device=device)
    return found


def list_devices(connection: Connection) -> tuple[Device, ...]:
    """Return all laptops there ever were."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM devices ORDER BY enrolled_at, id")
    return tuple(_read(*row) for row in rows)


def code_used(connection: Connection, code: str) -> bool:
    """Tell whether a one-time code came before."""
    return connection.execute("SELECT 1 FROM devices WHERE code = ?", (code,)).fetchone() is not None


def add_device(desk: Desk, device: Device, code: str) -> None:
    """Keep a newly enrolled laptop; the caller holds the transaction and issues a new list."""
    entry = device.entry
    desk.vault.connection.execute(
        "INSERT INTO devices (id, label, signing_key, receiving_key, status, request_sha512, code, reply, enrolled_at)"
        " VALUES (?, ?, ?, ?, 'enrolled', ?, ?, ?, ?)",
        (
            entry.device, device.label, entry.signing.to_text(), entry.receiving.to_text(), device.request_sha512, code,
            device.reply, desk.clock.now().isoformat(),
        ),
    )  # fmt: skip


def revoke_device(desk: Desk, device: str) -> bytes:
    """Revoke a laptop for good; returns the new signed list for the mailbox.

    Raises:
        DeviceUnknownError: there is no such laptop.
    """
    with desk.vault.transaction() as connection:
        known_device(connection, device)
        connection.execute(
            "UPDATE devices SET status = 'revoked', revoked_at = ? WHERE id = ? AND status = 'enrolled'",
            (desk.clock.now().isoformat(), device),
        )
        desk.vault.audit("revoked", device)
        return issue_list(desk)


def clean_name(untrusted_name: str) -> str:
    """Return a name as the register keeps it, on one line.

    Raises:
        LaptopNameError: nothing is left of it, it is too long, or it holds what no screen shows.
    """
    name = " ".join(untrusted_name.split())
    if not name or len(name) > MOST_LETTERS or not name.isprintable():
        raise LaptopNameError(most=MOST_LETTERS)
    return name


def rename_device(desk: Desk, device: str, untrusted_name: str) -> str:
    """Call a laptop by another name, in this register only; returns the name as it is kept.

    Raises:
        DeviceUnknownError: there is no such laptop.
        LaptopNameError: it is no name.
    """
    name = clean_name(untrusted_name)
    with desk.vault.transaction() as connection:
        known = known_device(connection, device)
        if known.label != name:
            connection.execute("UPDATE devices SET label = ? WHERE id = ?", (name, device))
            desk.vault.audit("changed", device, "name")
    return name


def issue_list(desk: Desk) -> bytes:
    """Sign and keep the list of all laptops under a larger number; the caller holds the transaction.

    The number is the time in seconds, so that a desk put back from a backup does not issue numbers it had used before.
    """
    connection = desk.vault.connection
    (last,) = connection.execute("SELECT coalesce(max(number), 0) FROM device_lists").fetchone()
    now = desk.clock.now()
    number = max(last + 1, int(now.timestamp()))
    entries = [device.entry for device in list_devices(connection)]
    document = make_device_list(entries, number=number, issued_at=now, root=desk.keys.root)
    connection.execute(
        "INSERT INTO device_lists (number, document, issued_at) VALUES (?, ?, ?)", (number, document, now.isoformat())
    )
    return document


def newest_list(desk: Desk) -> bytes:
    """Return the newest signed list; the first one, still without laptops, is made when it is asked for."""
    with desk.vault.read() as connection:
        row = connection.execute("SELECT document FROM device_lists ORDER BY number DESC LIMIT 1").fetchone()
    if row:
        return bytes(row[0])
    with desk.vault.transaction():
        return issue_list(desk)


def _read(
    device: str, signing: str, receiving: str, status: str, label: str, request_sha512: str, reply: bytes
) -> Device:
    entry = DeviceEntry(
        device,
        PublicSigningKeys.from_text(signing),
        PublicReceivingKey.from_text(receiving),
        "enrolled" if status == "enrolled" else "revoked",
    )
    return Device(entry, label, request_sha512, bytes(reply))
