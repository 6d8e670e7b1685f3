"""What this computer itself does not protect: a disk that is not encrypted, memory swapped to it in the clear.

Asked after the first page stands, for it may start a program of the system. It only warns: the vault is encrypted
whatever the disk is. Linux is read directly; Windows and macOS are asked by a command of theirs (not tried there yet).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PureWindowsPath
from typing import Protocol

from outreach_app.i18n import N_
from outreach_app.i18n import gettext as _
from outreach_app.services.machine_linux import Answer, LinuxStorage

Run = Callable[[Sequence[str]], str]
_SECONDS = 20
_DRIVE = re.compile("[A-Za-z]:")
_PROTECTION = (
    "(New-Object -ComObject Shell.Application).NameSpace($args[0])"
    ".Self.ExtendedProperty('System.Volume.BitLockerProtection')"
)
_BITLOCKER: dict[str, Answer] = {"1": True, "0": False, "2": False, "4": False, "5": False, "8": False}


class State(StrEnum):
    """How one thing stands."""

    FINE = "fine"
    WARNING = "warning"
    UNKNOWN = "unknown"


_STATES: dict[Answer, State] = {True: State.FINE, False: State.WARNING, None: State.UNKNOWN}
_SENTENCES = {
    ("disk", State.FINE): N_("The disk with the vault is encrypted."),
    ("disk", State.WARNING): N_(
        "As far as this program can see, the disk of this computer is not encrypted. Your notes are, but what other"
        " programs keep, such as prints and downloads, can be read by whoever takes the disk. Ask the person who looks"
        " after this computer to switch on disk encryption."
    ),
    ("disk", State.UNKNOWN): N_(
        "This program could not find out whether the disk of this computer is encrypted. Ask the person who looks after"
        " it."
    ),
    ("swap", State.FINE): N_("This computer does not write its memory to the disk unencrypted."),
    ("swap", State.WARNING): N_(
        "This computer may write parts of its memory to the disk unencrypted while the vault is open. Ask the person"
        " who looks after it to encrypt the swap space, or to switch it off."
    ),
    ("swap", State.UNKNOWN): N_(
        "This program could not find out whether this computer writes its memory to the disk unencrypted. Ask the"
        " person who looks after it."
    ),
}


@dataclass(frozen=True, slots=True)
class MachineFinding:
    """One thing about this computer: what was asked (``disk``, ``swap``) and how it stands."""

    what: str
    state: State

    @property
    def sentence(self) -> str:
        """What a worker reads, in her language."""
        return _(_SENTENCES[self.what, self.state])


class Storage(Protocol):
    """A system that can be asked."""

    def folder_encrypted(self, folder: Path) -> Answer: ...

    def swap_encrypted(self) -> Answer: ...


def check_machine(folder: Path, storage: Storage | None = None) -> tuple[MachineFinding, ...]:
    """Return how this computer stands, the disk first; never fails, what cannot be found out is ``unknown``.

    Args:
        folder: of the vault, there or not.
        storage: the system to ask; this one by default.
    """
    asked = storage or this_system()
    answers = {"disk": asked.folder_encrypted(folder), "swap": asked.swap_encrypted()}
    return tuple(MachineFinding(what, _STATES[answer]) for what, answer in answers.items())


def this_system(platform: str = sys.platform) -> Storage:
    """Return the way this platform is asked."""
    if platform.startswith("linux"):
        return LinuxStorage()
    return {"win32": WindowsStorage, "darwin": MacStorage}.get(platform, UnknownStorage)()


class UnknownStorage:
    """A system this program cannot ask."""

    def __init__(self, run: Run | None = None) -> None:
        self._run = run or _output

    def folder_encrypted(self, folder: Path) -> Answer:  # noqa: ARG002 - the signature of those that know
        """Tell nothing."""
        return None

    def swap_encrypted(self) -> Answer:
        """Tell nothing."""
        return None


class WindowsStorage(UnknownStorage):
    """Asks the shell, which answers without an administrator; the page file lies on the system's own drive."""

    def folder_encrypted(self, folder: Path) -> Answer:
        """Tell whether BitLocker protects the folder's drive."""
        return self._protected(PureWindowsPath(folder).drive)

    def swap_encrypted(self) -> Answer:
        """Tell whether BitLocker protects the drive the page file lies on by default."""
        return self._protected(os.environ.get("SystemDrive", "C:"))  # noqa: SIM112 - Windows spells it so

    def _protected(self, drive: str) -> Answer:
        if not _DRIVE.fullmatch(drive):  # a folder of another computer
            return None
        said = self._run(["powershell", "-NoProfile", "-NonInteractive", "-Command", f"& {{{_PROTECTION}}} '{drive}'"])
        return _BITLOCKER.get(said.strip())


class MacStorage(UnknownStorage):
    """Asks for FileVault, and whether swap is encrypted (it is, unless someone switched it off)."""

    def folder_encrypted(self, folder: Path) -> Answer:  # noqa: ARG002 - FileVault is for the whole startup disk
        """Tell whether FileVault is on."""
        said = self._run(["fdesetup", "status"])
        return True if "FileVault is On" in said else False if "FileVault is Off" in said else None

    def swap_encrypted(self) -> Answer:
        """Tell whether the kernel says that its swap is encrypted."""
        said = self._run(["sysctl", "-n", "vm.swapusage"])
        return None if not said.strip() else "encrypted" in said


def _output(command: Sequence[str]) -> str:
    """Return what a command of the system says, or nothing where it is missing or does not answer."""
    try:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=_SECONDS, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace")
