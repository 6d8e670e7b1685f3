"""Joins the two halves of a centre that stand on one machine: what the desk decides, its own mailbox learns at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from outreach_app.centre.desk.collecting import Collected, Progress, collect_from_mailbox, publish_devices
from outreach_app.centre.desk.devices import revoke_device
from outreach_app.centre.desk.enrolment import Enrolled, enrol_device
from outreach_app.centre.desk.folder import read_settings
from outreach_app.centre.desk.opening import Desk
from outreach_app.centre.mailbox.same_machine import SameMachineMailbox
from outreach_app.sync.carriers.http import HttpDesk

OWN_MAILBOX = "own"


@contextmanager
def own_mailbox(folder: Path, desk: Desk) -> Iterator[SameMachineMailbox]:
    """Open the mailbox that lies in the centre's folder; give it back afterwards.

    Raises:
        MailboxNotSetUpError, StoreUnusableError: it cannot be used.
    """
    database = read_settings(folder).database
    with closing(SameMachineMailbox(folder, database=database, clock=desk.clock)) as mailbox:
        yield mailbox


def enrol(folder: Path, desk: Desk, untrusted_request: bytes) -> Enrolled:
    """Enrol a laptop and tell the mailbox in the folder; errors as of ``enrol_device``."""
    enrolled = enrol_device(desk, untrusted_request)
    with own_mailbox(folder, desk) as mailbox:
        mailbox.put_devices(enrolled.device_list)
    return enrolled


def revoke(folder: Path, desk: Desk, device: str) -> None:
    """Revoke a laptop for good and tell the mailbox in the folder; DeviceUnknownError when there is none."""
    with own_mailbox(folder, desk) as mailbox:
        mailbox.put_devices(revoke_device(desk, device))


def collect(
    folder: Path, desk: Desk, address: str = "", trust: Path | None = None, *, from_start: bool = False,
    progress: Progress | None = None,
) -> Collected:  # fmt: skip
    """Give the mailbox the newest list of laptops, then take in what it holds.

    Args:
        folder: the centre's.
        desk: open.
        address: of a mailbox on the network; the one in the folder when empty.
        trust: file with the certificate that mailbox is known by.
        from_start: see ``collect_from_mailbox``.
        progress: see ``Progress``.

    Raises:
        SyncError: it cannot be reached; what was taken in before stays.
    """
    with mailbox_road(folder, desk, address, trust) as mailbox:
        publish_devices(desk, mailbox)
        return collect_from_mailbox(
            desk, mailbox, name=address or OWN_MAILBOX, from_start=from_start, progress=progress
        )


@contextmanager
def mailbox_road(
    folder: Path, desk: Desk, address: str = "", trust: Path | None = None
) -> Iterator[HttpDesk | SameMachineMailbox]:
    """Open the desk's road to a mailbox on the network, or to the one in the folder when no address is named.

    Raises:
        SyncError, MailboxNotSetUpError, StoreUnusableError: it cannot be used.
    """
    if not address:
        with own_mailbox(folder, desk) as own:
            yield own
        return
    with HttpDesk(address, signing=desk.keys.receipt, trust=trust) as there:
        yield there
