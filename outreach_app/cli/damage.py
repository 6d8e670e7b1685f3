"""Names the last good backup in the sentence about a vault that is not whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from outreach_app.cli.errors import BackupThereError, VaultCheckError
from outreach_app.vault.errors import (
    AnchorLostError,
    VaultDamagedError,
    VaultEmptyError,
    VaultForeignError,
    VaultRolledBackError,
)

if TYPE_CHECKING:
    from outreach_app.program import Program

_NOT_WHOLE = (
    AnchorLostError, VaultCheckError, VaultDamagedError, VaultEmptyError, VaultForeignError, VaultRolledBackError,
)  # fmt: skip


@contextmanager
def naming_last_backup(program: Program) -> Iterator[None]:
    """Run the block; what it says of a vault that is not whole ends with the way to the last good backup.

    Raises:
        BackupThereError: the same sentence and the backup's name, where there is one.
    """
    try:
        yield
    except _NOT_WHOLE as error:
        last = program.last_backup()
        if last is None:
            raise
        raise BackupThereError(sentence=error.sentence(), name=last.name) from error
