"""Sending in tests: one run on any road, and what a note says about its way."""

from __future__ import annotations

from datetime import date
from typing import Any

from outreach_app.domain.tally import Tally
from outreach_app.services.sending_road import SendingResult, fetch_receipts, seal_and_send
from outreach_app.services.session import Session
from tests.support.centre_box import CentreBox
from tests.support.sessions import Laptop

TALLY = Tally(date(2026, 3, 2), "meeting_place", "hovedstaden", "women", 12, {"ro": 5}, ("talk",))


def send(session: Session, box: CentreBox, road: str = "network", **more: Any) -> SendingResult:
    return seal_and_send(lambda step: step(session.sending), box, road, **more)


def fetch(session: Session, box: CentreBox) -> tuple[int, tuple[int, ...]]:
    return fetch_receipts(lambda step: step(session.sending), box)


def steps(laptop: Laptop, note_id: str) -> list[tuple[str, int]]:
    return [(step.state, step.batch) for step in laptop.session.encounters.find_encounter(note_id).sending]


def box_name(laptop: Laptop) -> str:
    return str(laptop.session.sending.list_batches()[0].sha512)
