"""The steps with a centre: enrol, send by network and by stick, receipts, count."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from outreach_app.domain.consent import ConsentLevel
from outreach_app.practice.centre_process import CentreProcess
from outreach_app.practice.people import Recorded
from outreach_app.services.sending_road import SendingResult, fetch_receipts, seal_and_send
from outreach_app.services.session import Session
from outreach_app.sync.carriers.carrier import Carrier
from outreach_app.sync.carriers.http import HttpMailbox
from outreach_app.sync.carriers.stick import StickFolder
from outreach_app.tour.report import Verifier

STICK_NOTE = b'{"setting":"bar","region":"syddanmark","met_at":"2026-04-08T23:00:00+02:00","note":"Sent by stick."}'


def start_centre(verifier: Verifier, centre: CentreProcess) -> None:
    """Found a centre and start its mailbox."""
    with verifier.step("centre", "Start a centre of its own on loopback"):
        made = centre.run("centre", "init", str(centre.folder))
        verifier.expect(len(str(made["words"]).split()) == 6, "the centre showed no six words")
        verifier.detail(f"mailbox {centre.start_mailbox()}")


def enrol_laptop(verifier: Verifier, session: Session, centre: CentreProcess, out: Path) -> None:
    """Enrol by files; both pairs of six words are compared."""
    with verifier.step("enrol", "Enrol the laptop by files, six words compared both ways"):
        request = session.enrolling.request()
        file, reply = out / "request.json", out / "reply.json"
        file.write_bytes(request.data)
        answer = centre.run("enrol", "enrol", str(file), "--out", str(reply), "--json")
        verifier.expect(answer["words"]["request"] == request.words, "the words of the request differ")
        pending = session.enrolling.accept(reply.read_bytes())
        verifier.expect(answer["words"]["reply"] == pending.words, "the words of the reply differ")
        session.enrolling.confirm(pending)
        verifier.expect(session.enrolling.state().state == "enrolled", "not enrolled")


def send_by_network(verifier: Verifier, session: Session, centre: CentreProcess) -> None:
    """Seal, send, see `stored`; let the desk ingest; see `ingested`; send again and change nothing."""
    with verifier.step("send", "Seal, send by network and take the stored receipt"), HttpMailbox(centre.url) as road:
        result = _send(session, road, "network")
        verifier.expect(result.sent > 0 and result.receipts == result.sent, "a batch has no stored receipt")
        again = _send(session, road, "network")
        verifier.expect(again.sealed == 0, "something was sealed twice")
    with verifier.step("ingest", "Let the desk open the batches, and take its ingested receipts"):
        first = centre.run("ingest", "ingest", str(centre.folder), "--json")
        second = centre.run("ingest", "ingest", str(centre.folder), "--json")
        verifier.expect(first["ingested"] > 0 and second["ingested"] == 0, "a batch was ingested twice")
        with HttpMailbox(centre.url) as road:
            fetch_receipts(lambda step: step(session.sending), road)
        _all_ingested(verifier, session)


def send_by_stick(verifier: Verifier, session: Session, centre: CentreProcess, out: Path) -> None:
    """The same by a folder: one more note goes on a stick and its receipt comes back on it."""
    with verifier.step("stick", "Send one more note by stick and take its receipt from the stick"):
        stick = out / "stick"
        stick.mkdir()
        session.recording.record_encounter(STICK_NOTE)
        verifier.report.encounters += 1
        road = StickFolder(stick)
        verifier.expect(_send(session, road, "stick").sent == 1, "nothing was written to the stick")
        centre.run("stick", "ingest", str(stick), "--json")
        fetch_receipts(lambda step: step(session.sending), road)
        _all_ingested(verifier, session)


def count_receipts(verifier: Verifier, session: Session) -> None:
    """Write into the report what receipts the laptop holds."""
    kinds = Counter(kind for _, kind, _ in session.sending.list_receipts())
    verifier.report.receipts.stored = kinds["stored"]
    verifier.report.receipts.ingested = kinds["ingested"]
    verifier.report.batches = len(session.sending.list_batches())


def count_at_centre(
    verifier: Verifier, session: Session, centre: CentreProcess, recorded: tuple[Recorded, ...]
) -> None:
    """Let the centre count, and compare with what was recorded."""
    with verifier.step("count", "Count at the centre and compare with what was recorded"):
        counted: dict[str, Any] = centre.run("count", "count", "--json")
        rows = session.encounters.list_encounters()
        verifier.expect(counted["totals"]["encounters"] == len(rows), "the centre counts other encounters")
        wanted = Counter((row.shift_date.isoformat()[:7], row.setting) for row in rows)
        found = {(row["month"], row["setting"]): row["encounters"] for row in counted["rows"] if row["encounters"]}
        verifier.expect(found == dict(wanted), "a month or setting differs")
        people = sum(row.tally.count for row in session.tallies.list_tallies())
        verifier.expect(counted["totals"]["tallies"] == people, "the tallies differ")
        verifier.expect("units" in counted and "as_of" in counted, "no unit or date")
        verifier.expect(_levels_are_right(session, recorded), "a record left with another content than was agreed")
        verifier.report.statistics = counted


def _send(session: Session, road: Carrier, name: str) -> SendingResult:
    return seal_and_send(lambda step: step(session.sending), road, name)


def _all_ingested(verifier: Verifier, session: Session) -> None:
    states = {row.state for row in session.sending.list_batches()}
    verifier.expect(states == {"ingested"}, f"batches are {', '.join(sorted(states))}")
    verifier.expect(session.sending.outbox().total == 0, "something still waits")
    for row in session.encounters.list_encounters():
        steps = [step.state for step in session.encounters.find_encounter(row.id).sending]
        verifier.expect("ingested" in steps, "a note does not show its state")


def _levels_are_right(session: Session, recorded: tuple[Recorded, ...]) -> bool:
    """Tell whether each note was sent as the kind its consent allows."""
    kinds = {ConsentLevel.CODED: "coded", ConsentLevel.FOLLOW_UP: "note", ConsentLevel.REFERRAL: "referral"}
    sent = session.sending.kinds_sent()
    levels = {row.id: row.consent for row in session.encounters.list_encounters()}
    wanted = {made.note_id: made.meeting.expect.kind for made in recorded if made.note_id is not None}
    return all(sent[note] == kinds[level] for note, level in levels.items()) and wanted.items() <= sent.items()
