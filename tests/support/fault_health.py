"""A health worker has left: the next one who unlocks puts the health parts of notes under a key the leaver never had."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from outreach_app.domain.encounter import HealthBlock
from outreach_app.errors import KnownError
from outreach_app.vault import slot_change
from tests.support.fault_laptop import finished, unlocked
from tests.support.fault_operations import Acknowledge, Operation, opens
from tests.support.vaults import OTHER_PASSPHRASE, PASSPHRASE

NURSE_PASSPHRASE = "acorn bishop cactus dolphin ember"
BLOCK = HealthBlock(words="Hoste i tre uger")


class RenewHealth(Operation):
    """At any moment the health worker who stays can read the health part, and at the end it is under a new key."""

    name = "health parts renewed"

    def prepare(self) -> None:
        super().prepare()
        with unlocked(self.folder) as session:
            session.workers.add_worker("leaver", "health", OTHER_PASSPHRASE)
            session.workers.add_worker("nurse", "health", NURSE_PASSPHRASE)
            ids = {row.name: row.id for row in session.workers.list_workers()}
        with unlocked(self.folder, OTHER_PASSPHRASE, prefix=3) as session:
            self.note = finished(session, "Hos lægen", health=BLOCK)
            session.workers.grant_health(ids["nurse"])
        with unlocked(self.folder, prefix=4) as session:
            session.workers.remove_worker(ids["leaver"])

    def run(self, folder: Path, acknowledge: Acknowledge, mended: Callable[[], None]) -> None:
        try:
            with unlocked(folder, NURSE_PASSPHRASE) as session:
                if not slot_change.current(session._vault).health_due:
                    acknowledge("renewed")
        except KnownError:
            mended()
            raise

    def check(self, folder: Path, acknowledged: list[str]) -> str:
        assert not opens(folder, OTHER_PASSPHRASE), "who has left has a way in"
        with unlocked(folder, NURSE_PASSPHRASE, prefix=5) as session:
            assert session.encounters.find_encounter(self.note).current.content.health == BLOCK, "the health part is lost"
            file = slot_change.current(session._vault)
            assert (file.health_due, file.backups_due, file.health_generation) == (False, False, 1)
        self.look(folder, acknowledged, PASSPHRASE)
        return "new" if "renewed" in acknowledged else "old"


HEALTH: tuple[type[Operation], ...] = (RenewHealth,)
