"""What this program does not protect, said plainly.

The same list stands in the window and in SECURITY.md; a test holds them equal.
"""

from __future__ import annotations

from dataclasses import dataclass

from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class NotProtected:
    """One limit: a code that stays, a few words, and one or two sentences with what to do, in the worker's language."""

    code: str
    heading: str
    sentence: str


_LIST: tuple[tuple[str, str, str], ...] = (
    (
        "open_vault",
        N_("While the vault is open"),
        N_(
            "Whoever sits at the laptop can read everything. What was shown stays in the memory of the program until"
            " the next lock. Lock before you leave it."
        ),
    ),
    (
        "threat",
        N_("A passphrase given under threat"),
        N_(
            "It opens everything. There is no second passphrase that shows less. The cover hides what is on the"
            " screen; whoever looks closely sees that something is locked. Your safety comes first."
        ),
    ),
    (
        "administrator",
        N_("An administrator of the computer"),
        N_("Someone with that right can read the memory of an open vault and change this program."),
    ),
    (
        "malware",
        N_("Harmful programs"),
        N_(
            "A program that runs under your name can watch the screen and the keyboard. On Linux it cannot read the"
            " memory of this one; on Windows and macOS it may."
        ),
    ),
    (
        "devices",
        N_("Cameras and changed keyboards"),
        N_("What is filmed over your shoulder, or taken down by a device in the keyboard's cable, is out of reach."),
    ),
    (
        "screenshots",
        N_("Screenshots"),
        N_(
            "On Windows and macOS the system is asked to leave this window out of pictures and recordings. On Linux"
            " that cannot be done."
        ),
    ),
    (
        "swap",
        N_("Swap and sleep"),
        N_(
            "The system may write pieces of an open vault to the disk. Disk encryption protects them; lock before"
            " you close the lid. This program warns where it sees that the disk or the swap is not encrypted."
        ),
    ),
    (
        "prints",
        N_("Prints"),
        N_(
            "The printing system keeps what was printed for a while, and some printers do so too. Leaflets name no"
            " one; this program cannot clean a printer."
        ),
    ),
    (
        "saved_files",
        N_("Files you save yourself"),
        N_("A leaflet saved as PDF, or a file for the centre on a stick, stays where you put it until you delete it."),
    ),
    (
        "flash",
        N_("Deleted data on flash disks"),
        N_(
            "Old blocks can survive where the system no longer shows them, also after shedding and erasing. They are"
            " encrypted, and open only with the keys of their day."
        ),
    ),
    (
        "copies",
        N_("Copies made by other programs"),
        N_(
            "A copy of the vault's folder, made by a backup or a synchronising program, opens with the passphrases"
            " of its day and still holds what was erased since. Keep the folder out of such programs."
        ),
    ),
    (
        "rolled_back",
        N_("An earlier copy of the whole folder"),
        N_(
            "Put back with everything beside it, it opens as if nothing had happened. Only the centre can notice,"
            " when the laptop sends next."
        ),
    ),
    (
        "team",
        N_("Colleagues on the same laptop"),
        N_(
            "The team is one circle: every worker of a laptop can read all its notes. Only the health part has a key"
            " of its own. The other roles decide what the window offers and what is put on record, not who has a key."
        ),
    ),
    (
        "leaver",
        N_("A worker who has left"),
        N_(
            "Removing her ends her way into this laptop. What she read or printed before, and a copy of the folder"
            " she may have made, stay open to her."
        ),
    ),
    (
        "record",
        N_("The record of use"),
        N_(
            "Someone with a passphrase and a program of their own can read notes without an entry, or write the"
            " record anew. A record written anew is noticed by the centre when the laptop sends next."
        ),
    ),
    (
        "custodians",
        N_("Two custodians together with the laptop"),
        N_(
            "Two of the three custodians who act together and have the laptop in their hands can open it. One alone"
            " cannot, and neither can the centre without the laptop."
        ),
    ),
    (
        "forgotten",
        N_("A forgotten passphrase without recovery"),
        N_(
            "Until the laptop has been enrolled with a centre that has custodians, nobody can open it again. What"
            " the centre has received is safe there."
        ),
    ),
    (
        "left",
        N_("What has left the laptop"),
        N_(
            "Erasing here does not reach what was printed, told or handed to a partner. The program lists what had"
            " left, when and to whom."
        ),
    ),
    (
        "line",
        N_("That something was sent"),
        N_(
            "From the line it can be guessed who sends how much and when, made coarser by filling up. The mailbox"
            " can lose or hold back what it has; that shows as a missing receipt. Who has a sealed batch of more than"
            " 1 MiB, from a stick for instance, can keep that one from the mailbox while they go on spoiling its"
            " upload; it cannot be read or altered, and the stick still brings it to the desk."
        ),
    ),
    (
        "centre",
        N_("The centre"),
        N_("Whoever holds the desk and its passphrase can read what was sent to it. If both are lost, nobody can."),
    ),
)


def list_not_protected() -> tuple[NotProtected, ...]:
    """Return the list in the interface language, what matters most first."""
    return tuple(NotProtected(code, _(heading), _(sentence)) for code, heading, sentence in _LIST)
