"""Where things lie: the folders shipped beside the code, and the worker's vault folder."""

from __future__ import annotations

import sys
from pathlib import Path

NEUTRAL_NAME = "notes"  # a folder name that says nothing to someone looking over the shoulder
PRACTICE_FILE = "practice.json"  # lies beside a vault of practice and nowhere else


def shipped_folder(name: str) -> Path:
    """Return the ``locales`` or ``resources`` folder of this installation."""
    frozen_root = getattr(sys, "_MEIPASS", None)  # the one-folder program
    if frozen_root is not None:
        return Path(frozen_root) / name
    package = Path(__file__).resolve().parent
    in_wheel = package / "_bundled" / name
    return in_wheel if in_wheel.is_dir() else package.parent / name


def default_vault_folder() -> Path:
    """Return where the vault lies unless ``--vault`` names another folder."""
    import platformdirs  # noqa: PLC0415 - not needed by a window that was told its folder

    return Path(platformdirs.user_data_dir(NEUTRAL_NAME, appauthor=False, roaming=False)) / "vault"


def is_practice_vault(vault_folder: Path) -> bool:
    """Tell whether the vault in this folder is one for practice."""
    return (vault_folder.parent / PRACTICE_FILE).is_file()


def default_practice_folder() -> Path:
    """Return where practice lies, with a vault and a centre of its own."""
    return default_vault_folder().with_name("practice")
