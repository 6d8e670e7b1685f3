"""What can go wrong at the desk; each sentence says what is safe and how to go on."""

from __future__ import annotations

from outreach_app.errors import KnownError
from outreach_app.i18n import N_


class DeskError(KnownError):
    """Anything that stops the desk and is not the program's fault."""


class CentreExistsError(DeskError):
    """A centre was to be made where one is."""

    message = N_("There is already a centre in {folder}. It was not changed. Use it, or choose another folder.")


class CentreMissingError(DeskError):
    """The folder named holds no centre."""

    message = N_("There is no centre in {folder}. Make one with centre init, or name its folder with --centre.")


class CentreUnfinishedError(DeskError):
    """Making the centre was interrupted."""

    message = N_("The centre in {folder} is not finished. Run centre init on it again with the same passphrase.")


class CentreSettingsError(DeskError):
    """The file that says where the mailbox keeps its batches is not readable."""

    message = N_("The file {file} cannot be used. Nothing was changed. Put it back from the backup of the folder.")


class DeviceKnownError(DeskError):
    """A request names a laptop that is enrolled with other keys."""

    message = N_(
        "A laptop with this number is already enrolled with other keys. Nothing was changed. "
        "Ask for a new request, made on the laptop itself."
    )


class DeviceUnknownError(DeskError):
    """No laptop of this id is enrolled."""

    message = N_("No laptop with the number {device} is enrolled. Nothing was changed. Check the number.")


class DeviceRevokedError(DeskError):
    """A revoked laptop asks again with the same request."""

    message = N_("This laptop was revoked. Nothing was changed. Ask for a new request, made on the laptop itself.")


class CodeUsedError(DeskError):
    """A one-time code came a second time."""

    message = N_("This request was used before. Nothing was changed. Ask for a new request, made on the laptop itself.")


class KeyMissingError(DeskError):
    """The register lacks one of the centre's keys."""

    message = N_("The desk's register lacks the key for {purpose}. Nothing was changed. Use the backup of the folder.")
