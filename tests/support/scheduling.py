"""Which worker runs what, and when: a file stays with one worker, and what takes long begins first.

Otherwise a long file that comes last would be waited for by workers that have nothing more to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xdist.scheduler import LoadScopeScheduling

SPREAD = (  # long tests that share nothing: each may go to any worker
    "tests/faults/test_faults.py", "tests/migrations/test_released_vaults.py", "tests/ui/shell/test_lock_for_real.py",
)  # fmt: skip
LONG = (  # the longest first; what is not named here comes after, the files with most tests first
    "tests/journeys/test_bundle.py",
    "tests/faults/test_chaos.py",
    "tests/fuzz/test_guided.py",
    "tests/unit/leaflets/test_core_leaflets.py",
    "tests/unit/leaflets/test_second_leaflets.py",
    "tests/faults/test_working_day_leaves_nothing.py",
    "tests/journeys/test_main_job.py",
    "tests/ui/pages/test_no_cut_text.py",
    "tests/journeys/test_recovery.py",
    "tests/migrations/test_released_vaults.py",
    "tests/unit/leaflets/test_memory.py",
    "tests/faults/test_failover.py",
    "tests/unit/tools/test_try_centre.py",
    "tests/ui/shell/test_lock_for_real.py",
    "tests/ui/shell/test_handing_over_for_real.py",
    "tests/unit/tour/test_walk.py",
    "tests/journeys/test_wheel.py",
    "tests/faults/test_newer_operations.py",
    "tests/journeys/test_any_order_at_the_centre.py",
    "tests/journeys/test_keys_month_by_month.py",
    "tests/journeys/test_one_person_at_the_centre.py",
    "tests/unit/centre/mailbox/test_memory.py",
    "tests/faults/test_mailbox_is_blind.py",
    "tests/ui/desk/test_window.py",
    "tests/unit/services/test_packs.py",
    "tests/unit/sync/carriers/test_stick_many.py",
    "tests/unit/cli/test_centre_publishing.py",
    "tests/faults/test_faults.py",
)


def unit_of(nodeid: str) -> str:
    """Return what goes to a worker as a whole: the file, or the test itself where its file is spread."""
    file = nodeid.split("::", 1)[0]
    return nodeid if file in SPREAD else file


def first(waiting: Mapping[str, Mapping[str, bool]]) -> str:
    """Return which of the units that wait takes longest, as far as is known."""

    def length(unit: str) -> tuple[int, int]:
        file = unit.split("::", 1)[0]
        return (LONG[::-1].index(file) if file in LONG else -1, len(waiting[unit]))

    return max(waiting, key=length)


class LongestFirst(LoadScopeScheduling):
    """Gives a unit to one worker, so that what its tests share is made once."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)

    def _assign_work_unit(self, node: Any) -> None:
        self.workqueue.move_to_end(first(self.workqueue), last=False)
        super()._assign_work_unit(node)
