"""What can happen to a vault; each sentence says whether anything was lost and what to do next."""

from __future__ import annotations

from outreach_app.errors import BugError, KnownError
from outreach_app.i18n import N_


class VaultError(KnownError):
    """Something about the vault that is not the program's fault."""

    message = N_("The vault cannot be used now. Nothing was changed.")


class WrongPassphraseError(VaultError):
    """No slot opens with this passphrase."""

    message = N_("That passphrase does not open the vault. Check the words and try again.")


class KeyFileNeededError(WrongPassphraseError):
    """No slot opens with the passphrase alone, and at least one has a key file."""

    message = N_(
        "That passphrase does not open the vault by itself. If you have a key file on a stick, choose it; otherwise "
        "check the words."
    )


class KeyFileError(VaultError):
    """A file is not one of this program's key files."""

    message = N_("The file you chose is not a key file, or it is damaged. Choose the key file of your slot.")


class KeyFileOnlyWayError(VaultError):
    """Nobody could open the vault if the stick were lost."""

    message = N_(
        "A key file must not be the only way in: a lost stick would close the vault for good. Let another worker "
        "have a slot without a key file first, or set up recovery with the centre."
    )


class SlotMissingError(VaultError):
    """There is no slot with this id."""

    message = N_("This worker has no way into the vault any more. Nothing was changed. Look at the list again.")


class OwnSlotError(VaultError):
    """The slot in use was to be removed."""

    message = N_("You cannot remove yourself. Ask another worker of the team to do it.")


class LastSupervisorError(VaultError):
    """No supervisor would be left."""

    message = N_("This is the only supervisor on the laptop. Add another supervisor first; nothing was changed.")


class LastHealthWorkerError(VaultError):
    """No slot that opens the health parts would be left."""

    message = N_(
        "Nobody else can read the health parts of notes. Nothing was changed. Add a health worker and let the one "
        "who leaves confirm her first, or give the health parts up."
    )


class TooManySlotsError(VaultError):
    """The slot file is full."""

    message = N_("The laptop has {most} workers; there is no room for more. Remove somebody who has left first.")


class WeakPassphraseError(VaultError):
    """A passphrase of the worker's own choice is under the floor."""

    message = N_(
        "This passphrase is too easy to guess. Use the five words that are offered, or a longer one of your "
        "own."
    )


class WaitBeforeTryError(VaultError):
    """Too many wrong tries in a row."""

    message = N_("Wait {seconds} seconds, then try again. Leaflets and help lines stay open meanwhile.")


class VaultMissingError(VaultError):
    """There is no vault in the folder."""

    message = N_("There is no vault in {folder}. Create one first, or choose another folder.")


class VaultExistsError(VaultError):
    """Creating was asked for where a vault, or a part of one, already is."""

    message = N_("There is already a vault in {folder}. It was not changed. Open it, or choose another folder.")


class VaultEmptyError(VaultError):
    """The vault file has no content at all."""

    message = N_(
        "The vault file {file} is empty, as if its content had been removed. It is left as it is. "
        "Ask your supervisor before you go on."
    )


class VaultForeignError(VaultError):
    """The file is not one of this program's vaults."""

    message = N_("The file {file} is not a vault of this program. It was not changed. Choose another folder.")


class VaultDamagedError(VaultError):
    """A checksum, a page or a file does not hold what was written."""

    message = N_(
        "The vault is damaged or a part of it is missing ({part}). Nothing was changed. "
        "Keep the folder as it is and ask your supervisor."
    )


class VaultNewerError(VaultError):
    """A newer version of the program made the vault."""

    message = N_(
        "This vault was made by a newer version of the program. Nothing was changed. Install the newer "
        "version."
    )


class NoRoomToUpdateError(VaultError):
    """Before its tables change a vault is backed up, and the disk has no room for that."""

    message = N_(
        "This version of the program needs a backup of the vault before it goes on, and the disk is too full for it. "
        "Nothing was changed. Free {megabytes} MB and open the vault again."
    )


class BackupMissingError(VaultError):
    """There is no backup of this name."""

    message = N_("There is no backup named {name}. Choose one from the list.")


class BackupDamagedError(VaultError):
    """A backup is not whole, or belongs to another vault."""

    message = N_("The backup {name} is damaged or of another vault. Nothing was changed. Choose another one.")


class VaultRolledBackError(VaultError):
    """Files of an earlier time, or of another copy, have been put back."""

    message = N_(
        "The files of this vault do not belong together: an older or another copy seems to have been put back. "
        "Nothing was changed. Ask your supervisor before you go on."
    )


class AnchorLostError(VaultError):
    """Both anchor files are missing or damaged, so freshness cannot be told."""

    message = N_(
        "Both small files that show whether the vault is the newest one are missing or damaged. Nothing was changed. "
        "Ask your supervisor before you go on."
    )


class VaultInUseError(VaultError):
    """Another program holds the vault."""

    message = N_("The vault is already open in another window or program. Close it there first.")


class VaultClosedError(VaultError):
    """Work was asked of a vault that has been locked meanwhile."""

    message = N_("The vault is locked. Open it and try again.")


class UnsafeCostError(VaultError):
    """The parameters that slow down guessing are under the floor or absurdly high."""

    message = N_(
        "The vault's key file asks for a protection that is too weak or impossible. "
        "It may have been changed by someone. Nothing was opened. Ask your supervisor."
    )


class UnsafeLibraryError(VaultError):
    """The encryption library is not one the vault was tested with."""

    message = N_(
        "The encryption library {found} is not the one this program needs ({needed}). Install the program "
        "again."
    )


class UnsafeSettingError(VaultError):
    """The encryption library did not take a setting that protects the vault."""

    message = N_(
        "The setting {setting} could not be made safe, so the vault was not opened. Install the program "
        "again."
    )


class DiskFaultError(VaultError):
    """The disk reported a fault while reading or writing."""

    message = N_("The disk reported a fault. What was saved before is kept; the last change was not. Try again.")


class NotEnoughMemoryError(VaultError):
    """The memory that slow key derivation needs is not there."""

    message = N_("Opening the vault needs {megabytes} MB of free memory. Close other programs and try again.")


class HealthBlockError(VaultError):
    """A health block does not open: wrong context or damaged."""

    message = N_("The health part of this note cannot be read. It was left as it is.")


class HealthKeyMissingError(VaultError):
    """The slot in use has no way to the health block."""

    message = N_("The health part can be read and written only by health workers.")


class NotRecoverableError(VaultError):
    """No recovery slot: not enrolled, or the centre has named no custodians."""

    message = N_(
        "This laptop cannot be recovered: it is not enrolled, or the centre has named no custodians. "
        "Nothing was changed. Try the passphrase again, or ask another worker of this laptop to open it."
    )


class RecoveryNotAskedError(VaultError):
    """A reply came, but no request of this laptop waits for one."""

    message = N_("No recovery request of this laptop waits for a reply. Nothing was changed. Make a request first.")


class RecoveryOutdatedError(VaultError):
    """The recovery slot was made anew after the request."""

    message = N_(
        "The recovery of this laptop was set anew after the request was made. Nothing was changed. "
        "Make a new request."
    )


class RecoveryAnswerWrongError(VaultError):
    """Two answers came, but what they give does not open the recovery slot."""

    message = N_("The answers do not open this laptop. Nothing was changed. Make a new request, or ask the centre.")


class WorkerRemovedError(VaultError):
    """Recovery is asked for somebody who is no longer a worker of this laptop."""

    message = N_("This worker is not on this laptop any more, so there is nothing to recover. Ask your supervisor.")


class SqlError(BugError):
    """A statement of ours was wrong."""


class ConstraintError(BugError):
    """A rule of the schema was broken; the layer above should have checked."""


class TransactionStateError(BugError):
    """A transaction inside a transaction, or similar misuse."""


class MigrationError(BugError):
    """The migrations folder does not hold what it should."""
