"""Sending in tests: one run on any road, and what a note says about its way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from outreach_app.domain.tally import Tally
from outreach_app.records import packs
from outreach_app.records.packs import KeysRow
from outreach_app.services.sending_road import SendingResult, fetch_receipts, seal_and_send
from outreach_app.services.session import Session
from outreach_app.sync.instants import write_instant
from outreach_app.sync.keys import ReceivingKeys
from outreach_app.sync.sealing import key_id
from outreach_app.wire.centre_keys import CentreKeysBody
from outreach_app.wire.strict import write_json
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


def renew_key(laptop: Laptop, box: CentreBox, number: int = 1) -> None:
    """Let the centre have a new sealing key, and tell the laptop as a publication would."""
    box.former, box.centre = (*box.former, box.centre.receiving), replace(box.centre, receiving=ReceivingKeys.generate())
    public = box.centre.receiving.public
    body = CentreKeysBody(
        number=number, issued_at=write_instant(laptop.clock.now()), sealing_key=public.to_text(),
        sealing_key_id=key_id(public), mailbox_key=box.centre.mailbox.public.to_text(),
        desk_key=box.centre.desk.public.to_text(),
    )  # fmt: skip
    with laptop.vault.transaction() as db:
        packs.add_keys(db, KeysRow(number, laptop.clock.now(), write_json(body), 0), laptop.parts.now_text())
