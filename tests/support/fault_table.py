"""All operations on which faults are tried, in the order of the report."""

from __future__ import annotations

from tests.support.fault_engine import ENGINE
from tests.support.fault_health import HEALTH
from tests.support.fault_keeping import KEEPING
from tests.support.fault_operations import MAIN_JOB, Operation
from tests.support.fault_packs import PACKS
from tests.support.fault_recovery import RECOVERY

OPERATIONS: tuple[type[Operation], ...] = (*MAIN_JOB, *ENGINE, *HEALTH, *KEEPING, *RECOVERY)
# not in the figures of docs/reliability.md yet: they are of a run of hours, and move up with the next one
NEWER: tuple[type[Operation], ...] = PACKS
