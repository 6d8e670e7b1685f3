"""A context for pages over a real vault with a cheap passphrase, and a week of fictional work in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop

from outreach_app.domain.encounter import Encounter, FollowUp, LeafletGiven
from outreach_app.domain.tally import Tally
from outreach_app.program import Program
from outreach_app.vault.argon import FLOOR
from tests.support.clock import FakeClock
from tests.support.ids import CountingIds
from tests.support.made_vaults import NewVault
from ui.context import ChangesHub, Context, Navigation, SessionBox
from ui.messages import Messages
from ui.tasks import TaskRunner

PASSPHRASE = "corner lamp river stone velvet"


@dataclass
class WindowParts:
    """A context and what it said and asked for."""

    context: Context
    clock: FakeClock
    said: list[tuple[str, str]] = field(default_factory=list)
    undos: list[Any] = field(default_factory=list)
    went: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    def ask(self, question: Callable[[Any], Any]) -> Any:
        """Ask the session and wait for the answer."""
        return self.context.tasks.call_vault(lambda: question(self.context.sessions.session))

    def settle(self) -> None:
        """Let everything that was asked and answered arrive."""
        idle = 0
        deadline = QDeadlineTimer(10_000)
        while idle < 3 and not deadline.hasExpired():
            self.context.tasks.call_vault(lambda: None)
            self.context.tasks._free.submit(lambda: None).result()
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            QCoreApplication.sendPostedEvents()
            idle = idle + 1 if self.context.tasks._running == 0 else 0
        assert idle == 3, "work was still going on"
        assert not self.failures, self.failures

    def end(self) -> None:
        """Close the vault and stop the threads."""
        self.context.tasks.call_vault(self.context.sessions.close)
        self.context.tasks.shut_down()


def make_parts(folder: Path, *, role: str = "outreach", filled: bool = False) -> WindowParts:
    """Return a context over a new vault, with a week of fictional work in it if ``filled``; call ``end`` afterwards."""
    clock = FakeClock()
    program = Program(folder / "vault", clock=clock, ids=CountingIds(prefix=7), cost=FLOOR)
    context = Context(program, TaskRunner(), Messages(), ChangesHub(), Navigation(), SessionBox())
    parts = WindowParts(context, clock)
    context.messages.said.connect(lambda tone, text, undo: (parts.said.append((tone, text)), parts.undos.append(undo)))
    context.navigation.page_requested.connect(lambda page, place: parts.went.append((page, dict(place))))
    context.tasks.failed.connect(parts.failures.append)
    new = NewVault(PASSPHRASE, "AM", role, _fill) if filled else NewVault(PASSPHRASE, "AM", role)
    context.sessions.put(context.tasks.call_vault(lambda: new.open(program)))
    return parts


def _fill(session: Any, clock: FakeClock) -> None:
    today = clock.local_now().date()
    parlour = session.places.record_place(
        "Vesterbro 12", "massage_parlour", "hovedstaden", warning="Do not go alone after dark."
    )
    street = session.places.record_place("Station", "street", "hovedstaden", revisit_on=today)
    session.places.record_place("Havn 3", "bar", "midtjylland", note="Side door")
    jacket = session.contacts.record_contact("Red jacket")
    maria = session.contacts.record_contact("Maria P.", provisional=False)
    notes = (
        "She asked for a doctor and wants to talk again on Thursday, alone.",
        "Short talk at the door.",
        "พบที่ร้านนวด เธอกลัวหนี้",
        "",
    )
    for days in reversed(range(9)):
        session.encounters.finish_encounter(Encounter(
            met_at=clock.local_now() - timedelta(days=days, hours=days % 3),
            setting="street" if days % 2 else "massage_parlour",
            place_id=(street if days % 2 else parlour).id, contact_id=(jacket if days % 3 else maria).id,
            note=notes[days % 4], answers=_answers(days), languages=("ro",), help_given=("talk", "health_advice"),
            leaflets=(LeafletGiven("where_to_get_help", "ro"),) if days % 2 else (),
            follow_up=FollowUp(today + timedelta(days=days - 1), "call her back") if days in {0, 2} else None,
        ))  # fmt: skip
    session.tallies.record_tally(Tally(today, "meeting_place", "hovedstaden", "women", 14, {"ro": 5}))
    session.tallies.record_tally(Tally(today - timedelta(days=1), "street", "hovedstaden", "mixed", 6))


def _answers(days: int) -> dict[str, Any]:
    catalogue = json.loads((Path(__file__).parents[2] / "resources/indicators/adult_sexual.json").read_text("utf-8"))
    ids = [row["id"] for row in catalogue["indicators"] if row["strength"] == "S"]
    return dict.fromkeys(ids[:days % 4], ("told", "observed")[days % 2])
