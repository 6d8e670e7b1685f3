"""The steps on the laptop that need no centre: vault, record, search, assess, print."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pikepdf

from outreach_app.leaflets.catalogue import list_sheets
from outreach_app.leaflets.formats.registry import FORMATS
from outreach_app.leaflets.making import make_leaflet
from outreach_app.leaflets.requests import LeafletRequest
from outreach_app.leaflets.sheets import FIRST_SHEET
from outreach_app.practice.people import Recorded, TourFields
from outreach_app.program import Program
from outreach_app.records.encounters import EncounterRow
from outreach_app.services.assessing import assess_encounter
from outreach_app.services.session import Session
from outreach_app.tour.report import Verifier
from outreach_app.vault.passphrase import generate_passphrase

_TOUR_LANGUAGE = "ro"


def create_vault(verifier: Verifier, program: Program) -> str:
    """Create the vault under a generated passphrase and open it again; return the passphrase."""
    with verifier.step("vault", "Create the vault and open it again"):
        passphrase = generate_passphrase()
        program.create_vault(passphrase, worker_name="AM").close()
        session = program.unlock(passphrase)
        verifier.expect(session.worker.name == "AM", "the worker was not kept")
        verifier.expect(session.check() == (), "the new vault is not whole")
        session.close()
    return passphrase


def record_people(verifier: Verifier, session: Session, people: TourFields) -> tuple[Recorded, ...]:
    """Record every encounter and tally; compare each finished note with what was given."""
    with verifier.step("record", f"Record {len(people.encounters)} encounters and {len(people.tallies)} tallies"):
        recorded = tuple(
            Recorded(meeting, session.recording.record_encounter(meeting.as_json()).id)
            for meeting in people.encounters
        )
        for tally in people.tallies:
            session.tallies.record_tally(tally.as_tally())
        for made in recorded:
            _compare(verifier, session, made)
        notes = [made.note_id for made in recorded if made.note_id is not None]
        listed = [row.id for row in session.encounters.list_encounters()]
        verifier.expect(listed == notes[::-1], "the list is not the notes, newest first")
        _compare_timeline(verifier, session)
        verifier.report.encounters = len(people.encounters)
        verifier.report.tallies = len(session.tallies.list_tallies())
    return recorded


def read_back(verifier: Verifier, session: Session, before: tuple[EncounterRow, ...]) -> None:
    """After locking and opening again, everything is as it was."""
    with verifier.step("reopen", "Lock, open again, and find everything as it was"):
        verifier.expect(session.encounters.list_encounters() == before, "a note changed over the lock")


def search_notes(verifier: Verifier, session: Session, people: TourFields) -> None:
    """Search in several scripts, newest first."""
    with verifier.step("search", f"Search for {len(people.searches)} texts in three scripts"):
        for wanted in people.searches:
            found = session.search.search(wanted.text)
            verifier.expect(len(found) == wanted.finds, f"a search found {len(found)} instead of {wanted.finds}")


def assess_people(verifier: Verifier, session: Session, recorded: tuple[Recorded, ...], program: Program) -> None:
    """Assess every note again from what was kept, and compare with what must come of it."""
    with verifier.step("assess", "Assess every note, with its reasons"):
        for made in recorded:
            if made.note_id is None:
                continue
            kept = session.encounters.find_encounter(made.note_id).current
            found = assess_encounter(kept.content, program.catalogues)
            wanted = made.meeting.expect
            verifier.expect(found.outcome == wanted.outcome, f"{made.meeting.title}: {found.outcome}")
            verifier.expect(sorted(found.alerts) == sorted(wanted.alerts), f"{made.meeting.title}: {found.alerts}")
            verifier.expect(kept.assessment.outcome == found.outcome, f"{made.meeting.title}: not frozen as found")
            verifier.expect(len(found.reasons) > 0, f"{made.meeting.title}: no reasons")


def print_leaflets(verifier: Verifier, out: Path, day: date) -> None:
    """Print the first sheet in every language, one language in every format and every sheet; read each file back."""
    wanted = _leaflets_of_the_tour(day)
    with verifier.step("print", f"Print {len(wanted)} leaflets"):
        folder = out / "leaflets"
        folder.mkdir()
        for request in wanted:
            path = folder / f"{request.sheet}.{request.language}.{request.format}.pdf"
            path.write_bytes(make_leaflet(request, day).pdf)
            with pikepdf.open(path) as pdf:
                verifier.expect(str(pdf.Root.Lang).startswith(request.language), f"{path.name}: language")
                verifier.expect("/StructTreeRoot" in pdf.Root, f"{path.name}: not tagged")
            verifier.report.leaflets += 1


def _leaflets_of_the_tour(day: date) -> list[LeafletRequest]:
    there = [row for row in list_sheets(day) if row.state != "absent"]
    first = [row.language for row in there if row.sheet == FIRST_SHEET]
    sheets = [row.sheet for row in there if row.language == _TOUR_LANGUAGE]
    requests = [LeafletRequest(FIRST_SHEET, language, form) for language in first for form in ("a4", "wallet")]
    requests += [LeafletRequest(sheet, _TOUR_LANGUAGE) for sheet in sheets]
    requests += [LeafletRequest(FIRST_SHEET, _TOUR_LANGUAGE, form) for form in FORMATS]
    return list(dict.fromkeys(requests))


def _compare(verifier: Verifier, session: Session, made: Recorded) -> None:
    given, wanted = made.meeting.encounter, made.meeting.expect
    verifier.expect((made.note_id is None) == (wanted.kind == "tally"), f"{made.meeting.title}: row or tally")
    if made.note_id is None:
        return
    note = session.encounters.find_encounter(made.note_id)
    kept = msgspec.to_builtins(note.current.content)
    same = ("setting", "note", "answers", "nationality", "age", "exploitation")
    for name in same:
        verifier.expect(name not in given or kept[name] == given[name], f"{made.meeting.title}: {name} differs")
    verifier.expect(note.state == "finished", f"{made.meeting.title}: not finished")


def _compare_timeline(verifier: Verifier, session: Session) -> None:
    for contact in session.contacts.list_contacts():
        timeline = session.contacts.timeline(contact.id)
        verifier.expect(len(timeline) == contact.encounters > 0, "a timeline lacks an encounter")
