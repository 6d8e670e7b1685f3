"""Names and sizes that several modules of the engine share."""

from __future__ import annotations

DATABASE = "vault.db"
JOURNAL = DATABASE + "-journal"
STAGE = "creating"  # a vault is made in this folder and moved out when it is whole
PAGE_BYTES = 4096
