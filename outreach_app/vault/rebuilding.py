"""Writes the database anew, so that what was deleted is in no page of it any more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from outreach_app.vault.copying import Report, copy_database
from outreach_app.vault.layout import REBUILT

if TYPE_CHECKING:
    from outreach_app.vault.open_vault import OpenVault


def rebuild(vault: OpenVault, progress: Report | None, cancelled: Callable[[], bool] | None) -> None:
    """Copy the database without what was deleted and put the copy in its place; see ``OpenVault.rebuild``."""
    new = vault.folder / REBUILT
    copy_database(vault, new, progress=progress, cancelled=cancelled)
    vault.replace_database(new)
