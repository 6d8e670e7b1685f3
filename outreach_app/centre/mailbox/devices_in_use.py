"""The newest device list as this worker knows it: read anew when its number changed, perhaps through another worker."""

from __future__ import annotations

from outreach_app.centre.mailbox.errors import RefusalError
from outreach_app.centre.mailbox.store import MailboxStore
from outreach_app.sync.devices import DeviceEntry, DeviceList, read_device_list
from outreach_app.sync.errors import DeviceListUnreadableError
from outreach_app.sync.keys import PublicSigningKeys


class DevicesInUse:
    """Says who may send. Used by many threads at once."""

    def __init__(self, store: MailboxStore, root: PublicSigningKeys) -> None:
        self._store = store
        self._root = root
        self._known: DeviceList | None = None

    def known(self, device: str) -> tuple[DeviceEntry, int] | None:
        """Return the entry of a device that may send by the list this worker knows; None: ask ``enrolled``."""
        known = self._known
        entry = known.find(device) if known is not None else None
        if known is None or entry is None or entry.status != "enrolled":
            return None
        return entry, known.number

    def probably_enrolled(self, device: str) -> tuple[DeviceEntry, int]:
        """Like ``enrolled``, by the list this worker knows; its number is checked where something is kept."""
        return self.known(device) or self.enrolled(device)

    def enrolled(self, device: str) -> tuple[DeviceEntry, int]:
        """Return the entry of a device that may send, and the number of the list that says so.

        Raises:
            RefusalError: 403 ``unknown_device`` or ``revoked_device``; 503 ``no_device_list``.
        """
        devices = self._current()
        entry = devices.find(device)
        if entry is None:
            raise RefusalError(403, "unknown_device")
        if entry.status != "enrolled":
            raise RefusalError(403, "revoked_device")
        return entry, devices.number

    def look_again(self) -> None:
        """Forget the list: there is a newer one."""
        self._known = None

    def _current(self) -> DeviceList:
        known = self._known
        if known is not None and self._store.device_list_number() == known.number:
            return known
        data = self._store.find_device_list()
        if data is None:
            raise RefusalError(503, "no_device_list")
        try:
            devices = read_device_list(data, self._root)
        except DeviceListUnreadableError as error:  # the database was changed behind the mailbox's back
            raise RefusalError(503, "no_device_list") from error
        self._known = devices
        return devices
