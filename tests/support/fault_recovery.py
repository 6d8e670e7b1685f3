"""Recovery while faults strike: at any moment exactly one passphrase opens, and who has the reply can use it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from outreach_app.errors import KnownError
from outreach_app.services.session import Session
from tests.support.centre_box import enrol
from tests.support.custodians import ANNA, BO, CARLA, CUSTODIANS, answered
from tests.support.fault_laptop import program, unlocked
from tests.support.fault_operations import Acknowledge, Operation, old_or_new, opens
from tests.support.vaults import OTHER_PASSPHRASE, PASSPHRASE


class Recoverable(Operation):
    """A laptop enrolled at a centre with custodians."""

    def prepare(self) -> None:
        super().prepare()
        with unlocked(self.folder, prefix=5) as session:
            enrol(session, custodians=[keys.public for keys in CUSTODIANS])


class Recover(Recoverable):
    """A forgotten passphrase is replaced with two custodians' answers."""

    name = "recovery"

    def prepare(self) -> None:
        super().prepare()
        locked = program(self.folder, prefix=6)
        slot_id = locked.list_slots_without_passphrase()[0].slot_id
        self.reply = answered(locked.begin_recovery(slot_id, OTHER_PASSPHRASE).document, ANNA, BO)

    def run(self, folder: Path, acknowledge: Acknowledge, mended: Callable[[], None]) -> None:
        try:
            self._recover(folder, acknowledge)
        except KnownError:
            mended()
            if opens(folder, PASSPHRASE):
                self._recover(folder, acknowledge)
            raise

    def _recover(self, folder: Path, acknowledge: Acknowledge) -> None:
        session = program(folder, prefix=2).finish_recovery(self.reply, OTHER_PASSPHRASE)
        acknowledge("recovered")
        session.close()

    def check(self, folder: Path, acknowledged: list[str]) -> str:
        working = [each for each in (PASSPHRASE, OTHER_PASSPHRASE) if opens(folder, each)]
        found = old_or_new("recovered" in acknowledged, working == [OTHER_PASSPHRASE], working == [PASSPHRASE])
        if found == "old":  # looking at it with the old passphrase has not cost the reply
            program(folder, prefix=8).finish_recovery(self.reply, OTHER_PASSPHRASE).close()
        self.look(folder, acknowledged, OTHER_PASSPHRASE)
        return found

    def found(self, session: Session, acknowledged: list[str]) -> str:  # noqa: ARG002 - what was done is told by the passphrase
        return rehearsed(session)


class Drill(Recoverable):
    """A drill is passed, and the secret it used is replaced."""

    name = "drill"

    def act(self, session: Session, acknowledge: Acknowledge) -> None:
        reply = answered(session.recovering.begin_drill().document, CARLA, ANNA)
        session.recovering.finish_drill(reply)
        acknowledge("drilled")

    def found(self, session: Session, acknowledged: list[str]) -> str:
        drilled = session.recovering.status().last_drill is not None
        assert drilled or "drilled" not in acknowledged, "the drill that was passed is forgotten"
        rehearsed(session)
        return "passed" if drilled else "not yet"


def rehearsed(session: Session) -> str:
    """Recovery works with the secret in force, whatever happened to the one before."""
    session.recovering.finish_drill(answered(session.recovering.begin_drill().document, BO, CARLA))
    return "recoverable"


RECOVERY: tuple[type[Operation], ...] = (Recover, Drill)
